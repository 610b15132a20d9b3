"""Who earned what, and why."""

import uuid

from django.db import models

from laurels.badges.models import Badge
from laurels.catalogue.models import Version
from laurels.people.models import Address, User


class RosterState(models.TextChoices):
    """The life of a roster."""

    CHECKED = "checked"
    CONFIRMED = "confirmed"
    DONE = "done"


class Roster(models.Model):
    """A list of completions that a lead or an assessor attests."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="rosters")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=RosterState.choices, default=RosterState.CHECKED)
    attestation = models.TextField(blank=True, help_text="The sentence that was attested, as it stood.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.filename


class Award(models.Model):
    """The fact that a learner earned a version, and why (its basis). One live award for (version, address, cycle)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="awards")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="awards")
    cycle = models.PositiveSmallIntegerField(default=1)
    holder = models.CharField(
        max_length=120, help_text="Name as the unit knows it: for the unit's eyes, never in the badge."
    )
    completed_on = models.DateField()
    granted_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    basis = models.JSONField(help_text="awards.basis.Basis as plain values.")
    salt = models.CharField(max_length=32, help_text="Of the recipient hash: 128 random bits, hexadecimal.")
    badge = models.OneToOneField(Badge, on_delete=models.PROTECT, related_name="award")
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "address", "cycle"], condition=models.Q(live=True), name="one_live_award"
            )
        ]
        indexes = [models.Index(fields=["address", "version"], name="awards_of_a_learner")]

    def __str__(self) -> str:
        return f"{self.version} for {self.holder}"


class PartFate(models.TextChoices):
    """What became of a prize when one of its parts was lost."""

    STILL_MET = "still met"
    KEPT = "kept"
    FLAGGED = "flagged"
    REVOKED = "revoked"


class StackPart(models.Model):
    """One award that a stack's prize rests on, and what came of it when it was lost."""

    prize = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="parts")
    part = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="prizes")
    position = models.PositiveSmallIntegerField()
    lost_at = models.DateTimeField(null=True, blank=True)
    lost_by = models.CharField(max_length=10, blank=True, help_text="revoked or expired.")
    fate = models.CharField(max_length=10, choices=PartFate.choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="When the registrar answered a flag.")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["prize", "part"], name="one_part_each")]

    def __str__(self) -> str:
        return f"part {self.position} of {self.prize}"


class RosterRow(models.Model):
    """One line of a roster with the verdict of the dry run, and the award that came of it."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    address = models.CharField(max_length=320)
    name = models.TextField(blank=True)
    data = models.JSONField(help_text="The cells as given, and what was read from them.")
    problem = models.TextField(blank=True, help_text="Empty: good. Else why this row is not awarded.")
    award = models.OneToOneField(Award, null=True, blank=True, on_delete=models.PROTECT, related_name="roster_row")

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["roster", "line"], name="one_row_a_line")]

    def __str__(self) -> str:
        return f"line {self.line}"
