"""The app `badges`."""

from django.apps import AppConfig


class BadgesConfig(AppConfig):
    """Registers the stage with Django."""

    name = "laurels.badges"
    label = "badges"
    default_auto_field = "django.db.models.BigAutoField"
