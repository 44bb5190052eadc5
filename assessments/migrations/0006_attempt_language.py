"""In which language an attempt was begun, to compare the versions of an item."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0005_bank"),
    ]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="language",
            field=models.CharField(blank=True, help_text="in which it was begun; empty if not known", max_length=8),
        ),
    ]
