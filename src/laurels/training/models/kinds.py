"""The kinds of training time."""

from django.db import models


class HoursKind(models.TextChoices):
    """What the time was spent on."""

    CONTACT = "contact"
    PRACTICE = "practice"
    INDEPENDENT = "independent"
