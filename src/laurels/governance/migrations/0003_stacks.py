from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_reminder"),
    ]

    operations = [
        migrations.AlterField(
            model_name="application",
            name="kind",
            field=models.CharField(
                choices=[
                    ("issuing authority", "Authority"),
                    ("micro-credential", "Micro Credential"),
                    ("stack", "Stack"),
                ],
                max_length=20,
            ),
        ),
    ]
