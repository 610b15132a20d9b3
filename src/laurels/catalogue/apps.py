"""The app `catalogue`."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Registers the stage with Django."""

    name = "laurels.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
