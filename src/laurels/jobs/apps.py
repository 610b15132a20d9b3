"""The app `jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the stage with Django."""

    name = "laurels.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
