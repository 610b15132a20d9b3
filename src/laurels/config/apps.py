"""Brings the handlers of all stages to the outbox, and the questions of start-up to Django's checks."""

from importlib import import_module

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    """The top of the house: knows every room."""

    name = "laurels.config"
    label = "config"

    def ready(self) -> None:
        """Import each stage's handlers.py, which registers its jobs."""
        autodiscover_modules("handlers")
        import_module("laurels.mail.handlers")  # a room without records is no app
        checks.register(import_module("laurels.config.checks").origin, checks.Tags.database)
