"""What was handed in for assessment, and the verdicts on it."""

import uuid

from django.db import models

from laurels.catalogue.models import Competency
from laurels.people.models import User
from laurels.training.models.enrolment import Enrolment
from laurels.training.models.evidence import Evidence


class HandIn(models.Model):
    """A learner asks to be assessed in one competency. It waits until `closed_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="hand_ins")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    evidence = models.ManyToManyField(Evidence, related_name="hand_ins")
    words = models.TextField(blank=True, help_text="From the learner to the assessor.")
    handed_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="By when it is to be assessed.")
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True, help_text="When its assessors were last reminded of it.")

    class Meta:
        ordering = ["handed_in_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "competency"], condition=models.Q(closed_at=None), name="one_hand_in_waits"
            )
        ]
        indexes = [models.Index(fields=["handed_in_at"], condition=models.Q(closed_at=None), name="hand_ins_that_wait")]

    def __str__(self) -> str:
        return f"{self.competency}: {self.enrolment}"


class Sort(models.TextChoices):
    """Which look at the work it was."""

    FIRST = "first"
    MODERATION = "moderation"
    APPEAL = "appeal"


class Assessment(models.Model):
    """An assessor's verdict on one competency in one enrolment; never changed, only followed by a further one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="assessments")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    hand_in = models.ForeignKey(HandIn, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments")
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.FIRST)
    level = models.CharField(max_length=30, blank=True, help_text="The level reached; empty: not yet.")
    indicators = models.JSONField(default=list, help_text="The indicators that were seen, as they stood.")
    words = models.TextField(help_text="For the learner.")
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        help_text="The one before.",
    )

    class Meta:
        ordering = ["assessed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "competency"], condition=models.Q(replaces=None), name="one_first_assessment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.competency}: {self.level or 'not yet'}"


class RestsOn(models.Model):
    """One piece of evidence that an assessment rests on, with its SHA-256 as it was sealed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="rests_on")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="assessments")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Empty for a link: nobody fetches it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "evidence"], name="evidence_once_an_assessment")]

    def __str__(self) -> str:
        return str(self.evidence)


class Moderation(models.Model):
    """An assessment drawn for a second assessor to look at, by the university's policy."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="moderation")
    drawn_at = models.DateTimeField()
    moderated_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    moderated_at = models.DateTimeField(null=True, blank=True)
    agrees = models.BooleanField(null=True, blank=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"moderation of {self.assessment}"


class Appeal(models.Model):
    """A learner's appeal against an assessment, heard by another assessor; once for an assessment."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="appeal")
    words = models.TextField()
    appealed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    appealed_at = models.DateTimeField()
    heard_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True)
    upheld = models.BooleanField(null=True, blank=True, help_text="Whether the first assessment was upheld.")
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"appeal against {self.assessment}"
