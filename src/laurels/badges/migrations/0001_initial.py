import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("base_url", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StatusList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField(default=131072)),
                ("used", models.PositiveIntegerField(default=0)),
                ("permutation", models.BinaryField(help_text="Secret of the permutation.")),
                (
                    "revision",
                    models.PositiveIntegerField(default=0, help_text="Grows with each signature; the last one counts."),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="status_lists", to="people.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Badge",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("signing", "Signing"), ("live", "Live"), ("revoked", "Revoked")],
                        default="signing",
                        max_length=10,
                    ),
                ),
                ("status_index", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("reason_words", models.TextField(blank=True, help_text="The registrar's own words: never public.")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="badges", to="people.unit"
                    ),
                ),
                (
                    "status_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="badges", to="badges.statuslist"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=200)),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        default=200, help_text="HTTP status: 200, or 410 for a revoked 2.0 assertion."
                    ),
                ),
                ("media_type", models.CharField(max_length=80)),
                ("body", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "badge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="badges.badge",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["address", "-id"], name="badges_docu_address_35e53f_idx")],
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("public", models.CharField(help_text="Multibase multikey, z6Mk….", max_length=60)),
                ("sealed", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("old", "Old"), ("compromised", "Compromised")],
                        default="current",
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signing_keys", to="people.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["unit", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "number"), name="one_key_a_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "current")), fields=("unit",), name="one_current_key"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="statuslist",
            constraint=models.UniqueConstraint(fields=("unit", "number"), name="one_status_list_a_number"),
        ),
        migrations.AddIndex(
            model_name="badge",
            index=models.Index(fields=["state"], name="badges_badg_state_ca12ba_idx"),
        ),
        migrations.AddConstraint(
            model_name="badge",
            constraint=models.UniqueConstraint(fields=("status_list", "status_index"), name="one_badge_a_status_index"),
        ),
    ]
