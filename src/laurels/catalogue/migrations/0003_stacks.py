from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_picture"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="kind",
            field=models.CharField(
                choices=[("micro-credential", "Micro Credential"), ("stack", "Stack")],
                default="micro-credential",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="rule",
            field=models.JSONField(blank=True, help_text="Of a stack: catalogue.stackrule as plain values.", null=True),
        ),
        migrations.AddField(
            model_name="version",
            name="parts_policy",
            field=models.CharField(
                choices=[("keep", "Keep"), ("flag", "Flag"), ("revoke", "Revoke")], default="flag", max_length=6
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="counts_to",
            field=models.JSONField(
                default=list,
                help_text="Keys of the stacks (micro-credentials) whose rule an award of this can bear on.",
            ),
        ),
    ]
