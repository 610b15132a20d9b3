import uuid

import django.db.models.deletion
from django.db import migrations, models

import laurels.people.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MicroCredential",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(blank=True, max_length=80, null=True, unique=True)),
                ("created_at", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="micro_credentials", to="people.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                            ("retired", "Retired"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "number",
                    models.CharField(blank=True, help_text="Semantic version, drawn at approval.", max_length=20),
                ),
                (
                    "change",
                    models.CharField(
                        choices=[("major", "Major"), ("minor", "Minor"), ("patch", "Patch")],
                        default="minor",
                        max_length=5,
                    ),
                ),
                (
                    "levels",
                    models.JSONField(
                        default=laurels.people.models.default_levels,
                        help_text="The university's scale; policy is part of a version.",
                    ),
                ),
                ("block_minutes", models.PositiveIntegerField(default=720)),
                ("step_minutes", models.PositiveIntegerField(default=15)),
                ("title", models.CharField(max_length=120)),
                ("short_title", models.CharField(blank=True, max_length=24)),
                ("monogram", models.CharField(blank=True, max_length=3)),
                ("summary", models.TextField(blank=True)),
                ("audience", models.TextField(blank=True)),
                ("need", models.TextField(blank=True)),
                ("recognition", models.TextField(blank=True)),
                ("mission_alignment", models.TextField(blank=True)),
                ("language", models.CharField(default="en", max_length=10)),
                ("country", models.CharField(default="US", max_length=2)),
                (
                    "tags",
                    models.JSONField(
                        default=list, help_text="Field tags, within the scope of the unit's issuing authority."
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("on site", "On Site"),
                            ("online", "Online"),
                            ("blended", "Blended"),
                            ("at work", "At Work"),
                            ("informal", "Informal"),
                        ],
                        max_length=10,
                    ),
                ),
                ("contact_minutes", models.PositiveIntegerField(default=0)),
                ("practice_minutes", models.PositiveIntegerField(default=0)),
                ("independent_minutes", models.PositiveIntegerField(default=0)),
                ("informal_minutes_most", models.PositiveIntegerField(default=0)),
                ("prerequisites", models.TextField(blank=True)),
                (
                    "assessment",
                    models.JSONField(default=list, help_text='[{"type": "…", "weight": 60}], weights in percent.'),
                ),
                ("pass_rule", models.TextField(blank=True)),
                ("supervision", models.TextField(blank=True)),
                ("identity_check", models.TextField(blank=True)),
                ("assessor_qualification", models.TextField(blank=True)),
                ("evidence", models.TextField(blank=True, help_text="What evidence is asked for.")),
                (
                    "evidence_required",
                    models.BooleanField(default=False, help_text="Each award must name evidence at an address."),
                ),
                (
                    "evidence_visibility",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("by link", "Link"),
                            ("employer named", "Employer"),
                            ("assessors only", "Assessors"),
                        ],
                        default="assessors only",
                        max_length=15,
                    ),
                ),
                ("validity_months", models.PositiveIntegerField(blank=True, null=True)),
                ("renewal_rule", models.TextField(blank=True)),
                ("quality_assurance", models.TextField(blank=True)),
                ("next_review", models.DateField(blank=True, null=True)),
                ("scope_notice", models.TextField(blank=True)),
                ("appeal_route", models.TextField(blank=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approval",
                    models.JSONField(blank=True, help_text="catalogue.definition.Approval as plain values.", null=True),
                ),
                (
                    "frozen",
                    models.JSONField(blank=True, help_text="The frozen definition, hashed by content_hash.", null=True),
                ),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("picture_svg", models.BinaryField(default=b"")),
                ("picture_png", models.BinaryField(default=b"")),
                ("retired_on", models.DateField(blank=True, null=True)),
                ("teach_out", models.TextField(blank=True)),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.version",
                    ),
                ),
                (
                    "micro_credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="catalogue.microcredential",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Competency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="Its urn:uuid in badges: drawn anew for each version."
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("statement", models.CharField(max_length=200)),
                ("indicators", models.JSONField(default=list)),
                ("level", models.CharField(max_length=30)),
                ("evidence_kinds", models.CharField(blank=True, max_length=200)),
                ("taught", models.TextField(blank=True, help_text="How it is taught, practised and assessed.")),
                (
                    "links",
                    models.JSONField(
                        default=list, help_text='[{"framework": "O*NET-SOC", "code": "…", "name": "…", "url": "…"}]'
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="competencies", to="catalogue.version"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("micro_credential", "number"),
                name="one_version_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("micro_credential",), name="one_draft_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="competency",
            constraint=models.UniqueConstraint(fields=("version", "position"), name="one_competency_a_position"),
        ),
    ]
