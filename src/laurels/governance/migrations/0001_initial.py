import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Rubric",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "criteria",
                    models.JSONField(help_text='[{"key", "title", "question", "anchors": [4 texts], "least": 0–3}]'),
                ),
                ("least_mean", models.DecimalField(decimal_places=2, max_digits=3)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("issuing authority", "Authority"), ("micro-credential", "Micro Credential")],
                        max_length=20,
                    ),
                ),
                (
                    "answers",
                    models.JSONField(
                        default=dict,
                        help_text="Issuing authority: training, mission, rigor, assessors, scope (field tags).",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("under review", "Under Review"),
                            ("changes requested", "Changes Requested"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                (
                    "round",
                    models.PositiveIntegerField(
                        default=0, help_text="Grows with each handing-in; reviews count in their round."
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="people.unit"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="catalogue.version",
                    ),
                ),
                (
                    "rubric",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.rubric",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=12, unique=True)),
                (
                    "outcome",
                    models.CharField(choices=[("approved", "Approve"), ("declined", "Decline")], max_length=10),
                ),
                ("date", models.DateField()),
                ("body", models.CharField(max_length=160)),
                ("rubric_number", models.PositiveIntegerField()),
                ("scores", models.JSONField(help_text='{"criteria": {key: mean}, "mean": m, "reviews": n}')),
                ("conditions", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("scope", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "endorsement",
                    models.UUIDField(blank=True, help_text="Of the 3.0 endorsement, drawn at approval.", null=True),
                ),
                (
                    "endorsement_ob2",
                    models.UUIDField(blank=True, help_text="Of the 2.0 endorsement, drawn at approval.", null=True),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="governance.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IssuingAuthority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.JSONField(help_text="Field tags.")),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                ("suspended_at", models.DateTimeField(blank=True, null=True)),
                ("suspension", models.TextField(blank=True)),
                (
                    "warned_days",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="The last warning that went out: so many days before the end.", null=True
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authority", to="governance.decision"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authorities", to="people.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("at", models.DateTimeField()),
                ("changes_words", models.TextField(blank=True, help_text="What the committee asked to change in it.")),
                ("changes_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to="governance.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "changes_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["round"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveIntegerField()),
                ("has_interest", models.BooleanField()),
                ("interest", models.TextField(blank=True)),
                (
                    "scores",
                    models.JSONField(default=dict, help_text='{"criterion key": {"score": 0–3, "reason": "…"}}'),
                ),
                ("declared_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="governance.application"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "reviewer", "round"), name="one_review_a_reviewer_and_round"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "under review", "changes requested"])),
                fields=("version",),
                name="one_open_application_a_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "issuing authority"),
                    ("state__in", ["draft", "submitted", "under review", "changes requested"]),
                ),
                fields=("unit",),
                name="one_open_authority_application_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("application", "round"), name="one_submission_a_round"),
        ),
    ]
