"""The app `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the stage with Django."""

    name = "laurels.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
