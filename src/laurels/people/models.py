"""People and the parts of the university that they act for."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Finds users by their e-mail address, in its folded form."""


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, known by an e-mail address."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)

    # Unit, whether it is the university, role: read once where many rights are asked for (permissions.remember).
    held_roles: frozenset[tuple[int, bool, str]] | None = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of the university that acts: a department or an institute. The university is the unit without a slug."""

    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=60, unique=True, blank=True)
    email = models.EmailField(help_text="The public contact address.")
    description = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_university(self) -> bool:
        """Whether this unit is the university itself."""
        return self.slug == ""


def default_levels() -> list[str]:
    """The scale of competency that a university begins with."""
    return ["foundational", "proficient", "mastery"]


class University(models.Model):
    """The institution that runs this installation, and its policy numbers. There is one row."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="university")
    short_name = models.CharField(max_length=40)
    place = models.CharField(max_length=120, blank=True)
    mission = models.TextField()
    vision = models.TextField(blank=True)
    values = models.TextField(blank=True)
    accreditor = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2, default="US")
    language = models.CharField(max_length=10, default="en")
    zone = models.CharField(max_length=64, default="UTC")
    body = models.CharField(max_length=160, default="Committee on Micro-credentials")
    levels = models.JSONField(default=default_levels)
    block_minutes = models.PositiveIntegerField(default=720)
    step_minutes = models.PositiveIntegerField(default=15)
    quorum = models.PositiveIntegerField(default=2)
    authority_months = models.PositiveIntegerField(default=36)
    teach_out_days = models.PositiveIntegerField(default=90)
    assessment_days = models.PositiveIntegerField(default=14)
    moderation_percent = models.PositiveIntegerField(default=10)

    def __str__(self) -> str:
        return self.unit.name


class Role(models.TextChoices):
    """What a person may be in a unit, or (the last four) in the university."""

    INSTRUCTOR = "instructor"
    ASSESSOR = "assessor"
    LEAD = "lead"
    COMMITTEE = "committee member"
    CHAIR = "chair"
    DEPUTY = "deputy chair"
    REGISTRAR = "registrar"


class Membership(models.Model):
    """One person in one role of one unit."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "unit", "role"], name="one_membership_each")]

    def __str__(self) -> str:
        return f"{self.user} {self.role} of {self.unit}"


class Address(models.Model):
    """An e-mail address that was verified, or attested by a unit. Awards belong to it, by an opaque subject id."""

    folded = models.CharField(max_length=254, unique=True)
    as_given = models.CharField(max_length=254)
    subject = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="addresses")
    attested_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.folded
