import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import laurels.people.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("slug", models.SlugField(blank=True, max_length=60, unique=True)),
                ("email", models.EmailField(help_text="The public contact address.", max_length=254)),
                ("description", models.TextField(blank=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("is_system", models.BooleanField(default=False)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("folded", models.CharField(max_length=254, unique=True)),
                ("as_given", models.CharField(max_length=254)),
                ("subject", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="addresses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="University",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("short_name", models.CharField(max_length=40)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("mission", models.TextField()),
                ("vision", models.TextField(blank=True)),
                ("values", models.TextField(blank=True)),
                ("accreditor", models.CharField(blank=True, max_length=160)),
                ("country", models.CharField(default="US", max_length=2)),
                ("language", models.CharField(default="en", max_length=10)),
                ("zone", models.CharField(default="UTC", max_length=64)),
                ("body", models.CharField(default="Committee on Micro-credentials", max_length=160)),
                ("levels", models.JSONField(default=laurels.people.models.default_levels)),
                ("block_minutes", models.PositiveIntegerField(default=720)),
                ("step_minutes", models.PositiveIntegerField(default=15)),
                ("quorum", models.PositiveIntegerField(default=2)),
                ("authority_months", models.PositiveIntegerField(default=36)),
                ("teach_out_days", models.PositiveIntegerField(default=90)),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="university", to="people.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("instructor", "Instructor"),
                            ("assessor", "Assessor"),
                            ("lead", "Lead"),
                            ("committee member", "Committee"),
                            ("chair", "Chair"),
                            ("deputy chair", "Deputy"),
                            ("registrar", "Registrar"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="people.unit"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "unit", "role"), name="one_membership_each")],
            },
        ),
    ]
