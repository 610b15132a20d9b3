"""The app `web`: templates and static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the face with Django."""

    name = "laurels.web"
    label = "web"
