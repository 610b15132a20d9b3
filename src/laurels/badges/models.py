"""Signed, portable documents: keys, badges, stored bytes, status lists. Knows no learner's history."""

from django.db import models

from laurels.people.models import Unit


class KeyState(models.TextChoices):
    """The life of a signing key."""

    CURRENT = "current"
    OLD = "old"
    COMPROMISED = "compromised"


class SigningKey(models.Model):
    """An Ed25519 key of one unit. The private half is sealed; badges/keys.py alone opens it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="signing_keys")
    number = models.PositiveIntegerField()
    public = models.CharField(max_length=60, help_text="Multibase multikey, z6Mk….")
    sealed = models.BinaryField()
    state = models.CharField(max_length=12, choices=KeyState.choices, default=KeyState.CURRENT)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["unit", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="one_key_a_number"),
            models.UniqueConstraint(fields=["unit"], condition=models.Q(state="current"), name="one_current_key"),
        ]

    def __str__(self) -> str:
        return f"key {self.number} of {self.unit}"


class StatusList(models.Model):
    """One Bitstring Status List of a unit. Members draw a keyed permutation of the counter `used`."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="status_lists")
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField(default=131072)
    used = models.PositiveIntegerField(default=0)
    permutation = models.BinaryField(help_text="Secret of the permutation.")
    revision = models.PositiveIntegerField(default=0, help_text="Grows with each signature; the last one counts.")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_status_list_a_number")]

    def __str__(self) -> str:
        return f"status list {self.number} of {self.unit}"


class BadgeState(models.TextChoices):
    """The life of a badge. Expiry is a date, not a state."""

    SIGNING = "signing"
    LIVE = "live"
    REVOKED = "revoked"


class Badge(models.Model):
    """The signed documents of one award. Its id is 128 random bits and stands in its address."""

    id = models.CharField(primary_key=True, max_length=32)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="badges")
    state = models.CharField(max_length=10, choices=BadgeState.choices, default=BadgeState.SIGNING)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="badges")
    status_index = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    reason_words = models.TextField(blank=True, help_text="The registrar's own words: never public.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["status_list", "status_index"], name="one_badge_a_status_index")]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"badge {self.id}"


class Document(models.Model):
    """Bytes under a permanent address (a path). The newest row at an address is served; rows are never edited."""

    address = models.CharField(max_length=200)
    badge = models.ForeignKey(Badge, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    status = models.PositiveSmallIntegerField(
        default=200, help_text="HTTP status: 200, or 410 for a revoked 2.0 assertion."
    )
    media_type = models.CharField(max_length=80)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "-id"])]

    def __str__(self) -> str:
        return self.address


class Origin(models.Model):
    """The origin recorded with the first signature: start-up refuses another one. There is at most one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    base_url = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.base_url
