"""The app `governance`."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Registers the stage with Django."""

    name = "laurels.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"
