"""Brings the handlers of all stages to the outbox."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    """The top of the house: knows every room."""

    name = "laurels.config"
    label = "config"

    def ready(self) -> None:
        """Import each stage's handlers.py, which registers its jobs."""
        autodiscover_modules("handlers")
        import_module("laurels.mail.handlers")  # a room without records is no app
