"""One run of training, who gives it, and its dated sittings."""

import uuid

from django.db import models

from laurels.catalogue.models import Version
from laurels.people.models import Role, User
from laurels.training.models.kinds import HoursKind


class OfferingState(models.TextChoices):
    """The life of an offering. After a cancellation nobody's hours are lost."""

    OPEN = "open"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Seats(models.TextChoices):
    """Who may take a seat."""

    PUBLIC = "public"
    RESERVED = "reserved"


class Offering(models.Model):
    """One run of training towards an approved version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="offerings")
    title = models.CharField(max_length=120, help_text="The version's title, unless this run has one of its own.")
    starts_on = models.DateField()
    ends_on = models.DateField()
    zone = models.CharField(max_length=64, help_text="IANA time zone in which its meetings are said.")
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=500, blank=True, help_text="Where it meets online, for those enrolled.")
    note = models.TextField(blank=True)
    seats = models.CharField(max_length=10, choices=Seats.choices, default=Seats.PUBLIC)
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="Seats; empty: as many as come.")
    state = models.CharField(max_length=10, choices=OfferingState.choices, default=OfferingState.OPEN)
    state_words = models.TextField(blank=True, help_text="Why it was cancelled, for those enrolled.")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on", "title"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.starts_on}"


class Staff(models.Model):
    """One person who teaches or assesses in an offering."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="staffing")
    role = models.CharField(
        max_length=20, choices=[(role, role) for role in (Role.INSTRUCTOR.value, Role.ASSESSOR.value)]
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offering", "user", "role"], name="one_staffing_each")]

    def __str__(self) -> str:
        return f"{self.user}, {self.role}"


class Meeting(models.Model):
    """One dated sitting of an offering; its hours are recorded for all who attended with one act."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(help_text="Training in it, in minutes: without the breaks.")
    kind = models.CharField(max_length=12, choices=HoursKind.choices, default=HoursKind.CONTACT)
    what = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True, help_text="Empty: where the offering is.")
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_has_a_length")
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.starts_at:%Y-%m-%d %H:%M} UTC"
