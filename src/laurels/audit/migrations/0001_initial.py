from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=40)),
                ("verb", models.CharField(max_length=80)),
                ("thing", models.CharField(max_length=120)),
                ("detail", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["thing"], name="audit_entry_thing_91ab9a_idx"),
                    models.Index(fields=["at"], name="audit_entry_at_06beca_idx"),
                ],
            },
        ),
    ]
