"""Questions that are kept fresh, the answers to them, and when an objective was last shown."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0006_attempt_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RefresherCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="public id"),
                ),
                ("item_key", models.UUIDField(help_text="translation_key of the item")),
                ("objective", models.CharField(max_length=10)),
                ("stability", models.FloatField()),
                ("difficulty", models.FloatField()),
                ("reviewed_at", models.DateTimeField(help_text="when it was last answered, or learned")),
                ("due_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refresher_cards",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "refresher card",
                "verbose_name_plural": "refresher cards",
            },
        ),
        migrations.CreateModel(
            name="RefresherReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("value", models.JSONField(help_text="the response")),
                ("is_right", models.BooleanField()),
                ("rating", models.PositiveSmallIntegerField(help_text="FSRS's grade, 1 again to 4 easy")),
                ("reviewed_at", models.DateTimeField(db_index=True)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="assessments.refreshercard",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.itemversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "refresher answer",
                "verbose_name_plural": "refresher answers",
            },
        ),
        migrations.CreateModel(
            name="Demonstration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("objective", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demonstrations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "demonstration",
                "verbose_name_plural": "demonstrations",
                "indexes": [models.Index(fields=["objective", "at"], name="demonstration_by_objective")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "objective"), name="demonstration_once_per_objective")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="refreshercard",
            constraint=models.UniqueConstraint(fields=("person", "item_key"), name="card_item_once_per_person"),
        ),
        migrations.AddConstraint(
            model_name="refreshercard",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("reviewed_at"))), name="card_due_after_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="refresherreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("rating__gte", 1), ("rating__lte", 4)), name="review_rating_1_to_4"
            ),
        ),
        AppendOnly("RefresherReview"),
    ]
