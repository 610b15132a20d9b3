"""The hours ledger: entries that are never changed, and one verdict on each."""

import uuid

from django.db import models

from laurels.people.models import User
from laurels.training.models.enrolment import Enrolment
from laurels.training.models.kinds import HoursKind
from laurels.training.models.offering import Meeting

__all__ = ["HoursEntry", "HoursKind", "HoursVerdict"]


class HoursEntry(models.Model):
    """One line of the ledger. It is never changed: a further entry `corrects` it, and counts in its place.

    A correction with no minutes takes the corrected entry out. An entry without a span counts against its day's cap.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="hours")
    day = models.DateField(help_text="The day in the entry's zone on which it began.")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64)
    minutes = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=HoursKind.choices)
    informal = models.BooleanField(default=False)
    what = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="hours")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    why = models.CharField(max_length=200, blank=True, help_text="Why it corrects.")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "starts_at", "entered_at"]
        verbose_name_plural = "hours entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at=None, ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="a_span_has_a_length",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "meeting"],
                condition=models.Q(meeting__isnull=False, corrects=None),
                name="one_entry_a_meeting",
            ),
        ]
        indexes = [models.Index(fields=["enrolment", "day"])]

    def __str__(self) -> str:
        return f"{self.day}: {self.minutes} min, {self.what}"


class HoursVerdict(models.Model):
    """That an entry was confirmed or returned, by whom: never by who entered it, never by the learner."""

    entry = models.OneToOneField(HoursEntry, on_delete=models.PROTECT, related_name="verdict")
    confirmed = models.BooleanField(help_text="Else it was returned, with words.")
    words = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return "confirmed" if self.confirmed else f"returned: {self.words}"
