"""What can be earned: micro-credentials and their approved, immutable versions."""

import uuid

from django.db import models

from laurels.catalogue import hours
from laurels.people.models import Unit, default_levels


class MicroCredential(models.Model):
    """What can be earned, through all its versions. The slug is drawn once, at the first approval, for ever."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="micro_credentials")
    slug = models.SlugField(max_length=80, unique=True, null=True, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug or f"micro-credential {self.pk}"


class VersionState(models.TextChoices):
    """The life of a version."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


class Way(models.TextChoices):
    """The way of learning."""

    ON_SITE = "on site"
    ONLINE = "online"
    BLENDED = "blended"
    AT_WORK = "at work"
    INFORMAL = "informal"


class Change(models.TextChoices):
    """How much a new version changes: which part of its number grows."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


class Visibility(models.TextChoices):
    """Who may see evidence."""

    PUBLIC = "public"
    LINK = "by link"
    EMPLOYER = "employer named"
    ASSESSORS = "assessors only"


class VersionKind(models.TextChoices):
    """What a version is earned by: training, or other awards."""

    MICRO_CREDENTIAL = "micro-credential"
    STACK = "stack"


class PartsPolicy(models.TextChoices):
    """What happens to a stack's prize when a part of it is revoked or ends, and the rule is not met any more."""

    KEEP = "keep"
    FLAG = "flag"
    REVOKE = "revoke"


class Version(models.Model):
    """One definition of a micro-credential: a draft, then frozen by approval for ever. Durations are in minutes."""

    kind = models.CharField(max_length=16, choices=VersionKind.choices, default=VersionKind.MICRO_CREDENTIAL)
    rule = models.JSONField(null=True, blank=True, help_text="Of a stack: catalogue.stackrule as plain values.")
    parts_policy = models.CharField(max_length=6, choices=PartsPolicy.choices, default=PartsPolicy.FLAG)
    counts_to = models.JSONField(
        default=list, help_text="Keys of the stacks (micro-credentials) whose rule an award of this can bear on."
    )
    micro_credential = models.ForeignKey(MicroCredential, on_delete=models.PROTECT, related_name="versions")
    state = models.CharField(max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    number = models.CharField(max_length=20, blank=True, help_text="Semantic version, drawn at approval.")
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    change = models.CharField(max_length=5, choices=Change.choices, default=Change.MINOR)
    levels = models.JSONField(default=default_levels, help_text="The university's scale; policy is part of a version.")
    block_minutes = models.PositiveIntegerField(default=hours.BLOCK_MINUTES)
    step_minutes = models.PositiveIntegerField(default=hours.STEP_MINUTES)

    title = models.CharField(max_length=120)
    short_title = models.CharField(max_length=24, blank=True)
    monogram = models.CharField(max_length=3, blank=True)
    icon = models.CharField(max_length=20, blank=True, default="", help_text="In icons.ICONS; empty: the monogram.")
    colours = models.CharField(max_length=20, blank=True, default="", help_text="In wreath.PALETTES; empty: laurel.")
    summary = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    need = models.TextField(blank=True)
    recognition = models.TextField(blank=True)
    mission_alignment = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="en")
    country = models.CharField(max_length=2, default="US")
    tags = models.JSONField(default=list, help_text="Field tags, within the scope of the unit's issuing authority.")
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    contact_minutes = models.PositiveIntegerField(default=0)
    practice_minutes = models.PositiveIntegerField(default=0)
    independent_minutes = models.PositiveIntegerField(default=0)
    informal_minutes_most = models.PositiveIntegerField(default=0)
    prerequisites = models.TextField(blank=True)
    assessment = models.JSONField(default=list, help_text='[{"type": "…", "weight": 60}], weights in percent.')
    pass_rule = models.TextField(blank=True)
    supervision = models.TextField(blank=True)
    identity_check = models.TextField(blank=True)
    assessor_qualification = models.TextField(blank=True)
    evidence = models.TextField(blank=True, help_text="What evidence is asked for.")
    evidence_required = models.BooleanField(default=False, help_text="Each award must name evidence at an address.")
    evidence_visibility = models.CharField(max_length=15, choices=Visibility.choices, default=Visibility.ASSESSORS)
    validity_months = models.PositiveIntegerField(null=True, blank=True)
    renewal_rule = models.TextField(blank=True)
    quality_assurance = models.TextField(blank=True)
    next_review = models.DateField(null=True, blank=True)
    scope_notice = models.TextField(blank=True)
    appeal_route = models.TextField(blank=True)

    published_at = models.DateTimeField(null=True, blank=True)
    approval = models.JSONField(null=True, blank=True, help_text="catalogue.definition.Approval as plain values.")
    frozen = models.JSONField(null=True, blank=True, help_text="The frozen definition, hashed by content_hash.")
    content_hash = models.CharField(max_length=64, blank=True)
    picture_svg = models.BinaryField(default=b"")
    picture_png = models.BinaryField(default=b"")
    retired_on = models.DateField(null=True, blank=True)
    teach_out = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["micro_credential", "number"], condition=~models.Q(number=""), name="one_version_a_number"
            ),
            models.UniqueConstraint(
                fields=["micro_credential"], condition=models.Q(state="draft"), name="one_draft_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number or '(draft)'}"

    @property
    def minutes(self) -> int:
        """The training asked for, in minutes."""
        return self.contact_minutes + self.practice_minutes + self.independent_minutes

    @property
    def blocks(self) -> int:
        """The whole blocks of the training asked for."""
        return hours.blocks(self.minutes, self.block_minutes)

    @property
    def is_stack(self) -> bool:
        """Whether it is earned by other awards."""
        return self.kind == VersionKind.STACK


class Competency(models.Model):
    """One thing a holder is able to do."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="competencies")
    key = models.UUIDField(default=uuid.uuid4, help_text="Its urn:uuid in badges: drawn anew for each version.")
    position = models.PositiveIntegerField()
    statement = models.CharField(max_length=200)
    indicators = models.JSONField(default=list)
    level = models.CharField(max_length=30)
    evidence_kinds = models.CharField(max_length=200, blank=True)
    taught = models.TextField(blank=True, help_text="How it is taught, practised and assessed.")
    links = models.JSONField(
        default=list, help_text='[{"framework": "O*NET-SOC", "code": "…", "name": "…", "url": "…"}]'
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="one_competency_a_position")]

    def __str__(self) -> str:
        return self.statement
