"""The app `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the stage with Django."""

    name = "laurels.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
