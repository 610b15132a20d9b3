import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["address", "version"], name="awards_of_a_learner"),
        ),
        migrations.CreateModel(
            name="StackPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("lost_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lost_by",
                    models.CharField(blank=True, help_text="revoked or expired.", max_length=10),
                ),
                (
                    "fate",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("still met", "Still Met"),
                            ("kept", "Kept"),
                            ("flagged", "Flagged"),
                            ("revoked", "Revoked"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, help_text="When the registrar answered a flag.", null=True),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prizes", to="awards.award"
                    ),
                ),
                (
                    "prize",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="awards.award"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("prize", "part"), name="one_part_each")],
            },
        ),
    ]
