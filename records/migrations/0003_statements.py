"""xAPI statements."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        help_text="given by the device, so that one that is sent twice is one",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("verb", models.CharField(max_length=20)),
                ("object_id", models.CharField(help_text="IRI of the activity, or of a part of it", max_length=300)),
                ("registration", models.UUIDField(db_index=True, help_text="the attempt")),
                (
                    "body",
                    models.JSONField(help_text="context, object and result as xAPI 1.0.3 has them, without actor"),
                ),
                ("stored_at", models.DateTimeField(db_index=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
            },
        ),
        migrations.CreateModel(
            name="StatementDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("delivered_at", models.DateTimeField()),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="delivery", to="records.statement"
                    ),
                ),
            ],
            options={"verbose_name": "statement forwarded", "verbose_name_plural": "statements forwarded"},
        ),
        AppendOnly("Statement"),
    ]
