"""What an assessment rests on."""

import uuid

from django.db import models

from laurels.catalogue.models import Visibility
from laurels.people.models import User
from laurels.training.models.enrolment import Enrolment


class EvidenceKind(models.TextChoices):
    """What was handed in."""

    FILE = "file"
    LINK = "link"
    TEXT = "text"


class Patients(models.TextChoices):
    """The question that is asked before anything leaves *assessors only*."""

    NOT_ASKED = ""
    NONE = "no patient can be recognised"
    CONSENT = "consent is recorded"


class Evidence(models.Model):
    """A file, a link or a text. A file lies under a random name outside of every public folder."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=4, choices=EvidenceKind.choices)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=500, blank=True)
    stored = models.CharField(max_length=80, blank=True, unique=True, null=True, help_text="Random name of the file.")
    media_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the file as kept, or of the text in UTF-8.")
    visibility = models.CharField(max_length=15, choices=Visibility.choices, default=Visibility.ASSESSORS)
    visible_until = models.DateTimeField(null=True, blank=True)
    patients = models.CharField(max_length=30, choices=Patients.choices, default=Patients.NOT_ASKED, blank=True)
    handed_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True, blank=True, help_text="When an assessment first rested on it.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["handed_in_at"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.title
