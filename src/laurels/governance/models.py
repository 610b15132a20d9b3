"""How a unit gets leave to issue: applications, reviews, decisions, issuing authority."""

from django.db import models

from laurels.catalogue.models import Version
from laurels.people.models import Unit, User


class Rubric(models.Model):
    """The versioned list of criteria that an application is scored against. Rows are never edited."""

    number = models.PositiveIntegerField(unique=True)
    criteria = models.JSONField(help_text='[{"key", "title", "question", "anchors": [4 texts], "least": 0–3}]')
    least_mean = models.DecimalField(max_digits=3, decimal_places=2)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"Rubric {self.number}"


class Kind(models.TextChoices):
    """What an application asks for."""

    AUTHORITY = "issuing authority"
    MICRO_CREDENTIAL = "micro-credential"
    STACK = "stack"


class State(models.TextChoices):
    """The road of an application."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under review"
    CHANGES_REQUESTED = "changes requested"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Application(models.Model):
    """A lead's bid to the university."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")
    answers = models.JSONField(
        default=dict, help_text="Issuing authority: training, mission, rigor, assessors, scope (field tags)."
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    round = models.PositiveIntegerField(
        default=0, help_text="Grows with each handing-in; reviews count in their round."
    )
    rubric = models.ForeignKey(Rubric, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(state__in=["draft", "submitted", "under review", "changes requested"]),
                name="one_open_application_a_version",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(
                    kind="issuing authority", state__in=["draft", "submitted", "under review", "changes requested"]
                ),
                name="one_open_authority_application_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.version.title if self.version else self.unit.name}"


class Submission(models.Model):
    """What was handed in, in one round: frozen, so that the differences can be shown; and what was asked to change."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="submissions")
    round = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changes_words = models.TextField(blank=True, help_text="What the committee asked to change in it.")
    changes_at = models.DateTimeField(null=True, blank=True)
    changes_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["application", "round"], name="one_submission_a_round")]

    def __str__(self) -> str:
        return f"{self.application}, round {self.round}"


class Review(models.Model):
    """One committee member's declaration of interest and, without an interest, scored verdict, in one round."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveIntegerField()
    has_interest = models.BooleanField()
    interest = models.TextField(blank=True)
    scores = models.JSONField(default=dict, help_text='{"criterion key": {"score": 0–3, "reason": "…"}}')
    declared_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer", "round"], name="one_review_a_reviewer_and_round")
        ]

    def __str__(self) -> str:
        return f"Review by {self.reviewer}"


class ReminderKind(models.TextChoices):
    """What a reminder says."""

    REVIEW_DUE = "review due"
    OWN_UNIT = "own unit"


class Reminder(models.Model):
    """A letter that somebody of the committee asked for: at most one a day about the same person."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20, choices=ReminderKind.choices)
    about = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who is to review, or who cannot, belonging to the unit.",
    )
    day = models.DateField(help_text="In the university's zone.")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "about", "day"], name="one_reminder_a_person_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"Reminder of {self.day}: {self.kind}"


class Outcome(models.TextChoices):
    """What a committee decides."""

    APPROVE = "approved"
    DECLINE = "declined"


class Decision(models.Model):
    """The committee's outcome of record. Immutable: superseded, never edited."""

    number = models.CharField(max_length=12, unique=True)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    date = models.DateField()
    body = models.CharField(max_length=160)
    rubric_number = models.PositiveIntegerField()
    scores = models.JSONField(help_text='{"criteria": {key: mean}, "mean": m, "reviews": n}')
    conditions = models.TextField(blank=True)
    note = models.TextField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    scope = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    endorsement = models.UUIDField(null=True, blank=True, help_text="Of the 3.0 endorsement, drawn at approval.")
    endorsement_ob2 = models.UUIDField(null=True, blank=True, help_text="Of the 2.0 endorsement, drawn at approval.")

    def __str__(self) -> str:
        return f"Decision {self.number}"


class IssuingAuthority(models.Model):
    """What an approved application gives a unit: scope, valid from, valid until (both days inclusive)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="authorities")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="authority")
    scope = models.JSONField(help_text="Field tags.")
    valid_from = models.DateField()
    valid_until = models.DateField()
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspension = models.TextField(blank=True)
    warned_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The last warning that went out: so many days before the end."
    )

    def __str__(self) -> str:
        return f"Issuing authority of {self.unit} until {self.valid_until}"
