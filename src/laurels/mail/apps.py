"""The app `mail`: templates of messages."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Registers the room with Django."""

    name = "laurels.mail"
    label = "mail"
