"""The app `training`."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Registers the stage with Django."""

    name = "laurels.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"
