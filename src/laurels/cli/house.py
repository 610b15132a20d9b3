"""Opens the house: settings read and checked, Django ready, before any record is touched."""

import os

import django
from django.core.exceptions import ImproperlyConfigured

from laurels.errors import Refused


def enter() -> None:
    """Set Django up once; unsafe or wrong settings are refused in plain words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Refused(str(error)) from error
