"""The app `awards`."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Registers the stage with Django."""

    name = "laurels.awards"
    label = "awards"
    default_auto_field = "django.db.models.BigAutoField"
