"""Facts have a name, a day from which they hold, and telephone numbers an owner; how each stands is kept in versions."""

import hashlib
import json

import django.core.validators
from django.db import migrations, models
from django.utils import timezone

from core.append_only import AppendOnly
from core.days import DaysAfter

BEFORE = (
    "kind",
    "text",
    "sources",
    "confidence",
    "flags",
    "jurisdiction",
    "status",
    "checked_on",
    "recheck_on",
)
RECORDED = (*BEFORE, "code", "title", "telephone", "owner", "valid_from", "reviewer")


def first_versions(apps, schema_editor):
    """What stands now is the first version. A loaded fact that nobody edited stays one, though its stored form has more fields.

    An approval without its day, and a number without its owner, are confirmed anew."""
    facts = apps.get_model("content", "Fact").objects
    origins = apps.get_model("content", "Origin").objects
    for fact in facts.filter(locale__language_code="en"):
        stored = {name: fact._meta.get_field(name).value_to_string(fact) for name in BEFORE}
        sha = hashlib.sha256(json.dumps(stored, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        origins.filter(key=f"fact:{fact.code}:en", stored_sha256=sha).update(stored_sha256="")
    facts.filter(status="approved", checked_on=None).update(status="draft")
    facts.filter(kind="telephone").update(kind="body", status="draft", flags="P")
    versions = apps.get_model("content", "FactVersion").objects
    versions.bulk_create(
        [
            versions.model(
                fact_key=fact.translation_key,
                number=1,
                recorded_at=timezone.now(),
                **{name: getattr(fact, name) for name in RECORDED},
            )
            for fact in facts.filter(locale__language_code="en")
        ]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0010_loaded_facts_have_more_fields"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="FactVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("statement", "Statement"),
                            ("provision", "Provision"),
                            ("body", "Body"),
                            ("telephone", "Telephone number"),
                        ],
                        default="statement",
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="What it is about, without saying it: it is also shown while the text waits for somebody",
                        max_length=150,
                        verbose_name="name",
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                (
                    "telephone",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?[0-9]+( [0-9]+)*$", "Digits with single spaces, with + before them if need be."
                            )
                        ],
                        verbose_name="telephone number",
                    ),
                ),
                (
                    "owner",
                    models.CharField(
                        blank=True,
                        help_text="The agency that answers the number and vouches for it",
                        max_length=150,
                        verbose_name="owner",
                    ),
                ),
                ("sources", models.TextField(blank=True, verbose_name="sources")),
                ("confidence", models.CharField(max_length=3, verbose_name="confidence")),
                (
                    "flags",
                    models.CharField(
                        blank=True, help_text="L, S, P, T", max_length=4, verbose_name="to be confirmed by"
                    ),
                ),
                ("jurisdiction", models.CharField(max_length=20, verbose_name="jurisdiction")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force since")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("approved", "Approved"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="A telephone number: the day on which it was last tested",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                ("recheck_on", models.DateField(blank=True, null=True, verbose_name="to be checked again by")),
                (
                    "reviewer",
                    models.CharField(
                        blank=True,
                        help_text="Name and office, as readers are to see them",
                        max_length=120,
                        verbose_name="confirmed by",
                    ),
                ),
                ("fact_key", models.UUIDField(help_text="translation_key of the fact")),
                ("number", models.PositiveIntegerField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "version of a fact",
                "verbose_name_plural": "versions of facts",
            },
        ),
        migrations.RemoveConstraint(
            model_name="fact",
            name="fact_approved_by_somebody",
        ),
        migrations.AddField(
            model_name="fact",
            name="owner",
            field=models.CharField(
                blank=True,
                help_text="The agency that answers the number and vouches for it",
                max_length=150,
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="fact",
            name="telephone",
            field=models.CharField(
                blank=True,
                max_length=20,
                validators=[
                    django.core.validators.RegexValidator(
                        "^\\+?[0-9]+( [0-9]+)*$", "Digits with single spaces, with + before them if need be."
                    )
                ],
                verbose_name="telephone number",
            ),
        ),
        migrations.AddField(
            model_name="fact",
            name="title",
            field=models.CharField(
                blank=True,
                help_text="What it is about, without saying it: it is also shown while the text waits for somebody",
                max_length=150,
                verbose_name="name",
            ),
        ),
        migrations.AddField(
            model_name="fact",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="in force since"),
        ),
        migrations.AlterField(
            model_name="fact",
            name="checked_on",
            field=models.DateField(
                blank=True,
                help_text="A telephone number: the day on which it was last tested",
                null=True,
                verbose_name="checked on",
            ),
        ),
        migrations.AlterField(
            model_name="fact",
            name="reviewer",
            field=models.CharField(
                blank=True,
                help_text="Name and office, as readers are to see them",
                max_length=120,
                verbose_name="confirmed by",
            ),
        ),
        migrations.RunPython(first_versions, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "approved"), _negated=True),
                    models.Q(models.Q(("reviewer", ""), _negated=True), ("checked_on__isnull", False)),
                    _connector="OR",
                ),
                name="fact_approved_by_somebody_on_a_day",
                violation_error_message="Say who confirmed the fact, and on which day, before you approve it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "telephone"),
                        models.Q(("telephone", ""), _negated=True),
                        models.Q(("owner", ""), _negated=True),
                    ),
                    models.Q(models.Q(("kind", "telephone"), _negated=True), ("telephone", "")),
                    _connector="OR",
                ),
                name="fact_telephone_has_its_number_and_owner",
                violation_error_message="A telephone number needs its digits and its owner. A fact of another kind has no digits to call.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "telephone"), _negated=True),
                    models.Q(("recheck_on", None), models.Q(("status", "approved"), _negated=True)),
                    models.Q(
                        ("recheck_on__isnull", False),
                        (
                            "recheck_on__lte",
                            DaysAfter("checked_on", 90),
                        ),
                    ),
                    _connector="OR",
                ),
                name="fact_telephone_tested_again_in_90_days",
                violation_error_message="A telephone number is to be tested again at most 90 days after its last test. Say by which day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="factversion",
            constraint=models.UniqueConstraint(fields=("fact_key", "number"), name="fact_version_number_once"),
        ),
        AppendOnly("FactVersion"),
    ]
