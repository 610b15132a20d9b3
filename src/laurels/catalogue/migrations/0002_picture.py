from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="icon",
            field=models.CharField(
                blank=True, default="", help_text="In icons.ICONS; empty: the monogram.", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="colours",
            field=models.CharField(
                blank=True, default="", help_text="In wreath.PALETTES; empty: laurel.", max_length=20
            ),
        ),
    ]
