"""Activities inside lessons: attempts, states and results."""

import uuid

import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

from core.append_only import AppendOnly, StillAppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0006_packages"),
        ("courses", "0008_exam_only"),
        ("records", "0003_statements"),
    ]

    operations = [
        StillAppendOnly("Completion"),
        migrations.AlterField(
            model_name="completion",
            name="key",
            field=models.UUIDField(help_text="translation_key of the page; of an activity the id of its block"),
        ),
        migrations.AlterField(
            model_name="completion",
            name="requirement",
            field=models.CharField(
                choices=[
                    ("read", "Lesson read to its end"),
                    ("checks", "Checks of the lesson answered"),
                    ("activity", "Activity of the lesson done"),
                    ("lesson", "Lesson"),
                    ("module", "Module"),
                    ("exam", "Exam"),
                    ("course", "Course"),
                ],
                max_length=8,
            ),
        ),
        StillAppendOnly("Completion"),
        migrations.AlterField(
            model_name="lessonpage",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("text", 0),
                    ("key_point", 3),
                    ("case", 6),
                    ("figure", 11),
                    ("fact", 12),
                    ("check", 13),
                    ("activity", 19),
                ],
                block_lookup={
                    0: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {
                            "features": ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"],
                            "label": "Text",
                            "template": "content/blocks/text.html",
                        },
                    ),
                    1: ("wagtail.blocks.TextBlock", (), {"label": "Rule"}),
                    2: ("wagtail.blocks.CharBlock", (), {}),
                    3: ("wagtail.blocks.StructBlock", [[("text", 1), ("source", 2)]], {}),
                    4: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                    5: (
                        "wagtail.blocks.RichTextBlock",
                        (),
                        {"features": ["bold", "italic", "ol", "ul"], "label": "Text"},
                    ),
                    6: ("wagtail.blocks.StructBlock", [[("title", 4), ("text", 5)]], {}),
                    7: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {"help_text": "What it shows, for a person who cannot see it", "label": "Text alternative"},
                    ),
                    8: ("wagtail.blocks.CharBlock", (), {"label": "Caption", "max_length": 300}),
                    9: ("wagtail.blocks.CharBlock", (), {"max_length": 120}),
                    10: (
                        "wagtail.blocks.ListBlock",
                        (9,),
                        {"help_text": "In the order of the drawing", "label": "Words in the drawing"},
                    ),
                    11: (
                        "wagtail.blocks.StructBlock",
                        [[("drawing", 2), ("alt", 7), ("caption", 8), ("labels", 10)]],
                        {},
                    ),
                    12: ("wagtail.blocks.StructBlock", [[("fact", 2)]], {}),
                    13: ("wagtail.blocks.StructBlock", [[("item", 2)]], {}),
                    14: ("wagtail.blocks.IntegerBlock", (), {}),
                    15: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "Shown above the activity and read out as its name",
                            "label": "Title",
                            "max_length": 120,
                        },
                    ),
                    16: ("wagtail.blocks.ChoiceBlock", [], {"choices": []}),
                    17: (
                        "wagtail.blocks.IntegerBlock",
                        (),
                        {
                            "help_text": "For “open for some time”",
                            "label": "Seconds",
                            "max_value": 3600,
                            "min_value": 5,
                            "required": False,
                        },
                    ),
                    18: (
                        "wagtail.blocks.BooleanBlock",
                        (),
                        {
                            "help_text": "This is practice. It can be needed beside reading and checks, and its score never counts: whoever knows how can read the answers in the browser. It can be no exam, and no certificate rests on it. For an exam, take its questions over into the item bank.",
                            "label": "Needed to complete the lesson",
                            "required": False,
                        },
                    ),
                    19: (
                        "wagtail.blocks.StructBlock",
                        [[("package", 14), ("title", 15), ("rule", 16), ("seconds", 17), ("needed", 18)]],
                        {},
                    ),
                },
                verbose_name="text",
            ),
        ),
        migrations.CreateModel(
            name="ActivityAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="public id"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("activity", models.UUIDField(help_text="id of the block in the lesson, the same in every language")),
                ("lesson_key", models.UUIDField()),
                ("number", models.PositiveSmallIntegerField()),
                ("started_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_attempts",
                        to="courses.enrolment",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="content.packageversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "attempt at an activity",
                "verbose_name_plural": "attempts at activities",
            },
        ),
        migrations.CreateModel(
            name="ActivityResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        blank=True, help_text="a question or page inside; empty: the whole activity", max_length=120
                    ),
                ),
                ("verb", models.CharField(max_length=12)),
                ("client_raw", models.FloatField(null=True)),
                ("client_max", models.FloatField(null=True)),
                ("raw", models.FloatField(help_text="what counts: the server's where it could judge", null=True)),
                ("max", models.FloatField(null=True)),
                (
                    "verification",
                    models.CharField(
                        choices=[
                            ("verified", "Checked by the server"),
                            ("corrected", "Corrected by the server"),
                            ("unverified", "Not checked"),
                            ("rejected", "Does not fit the question"),
                        ],
                        max_length=10,
                    ),
                ),
                ("grader", models.CharField(blank=True, max_length=20)),
                ("recorded_at", models.DateTimeField()),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="courses.activityattempt",
                    ),
                ),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.statement"
                    ),
                ),
            ],
            options={
                "verbose_name": "result of an activity",
                "verbose_name_plural": "results of activities",
            },
        ),
        migrations.CreateModel(
            name="ActivityState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("data_id", models.CharField(max_length=120)),
                ("sub_content_id", models.CharField(blank=True, max_length=64)),
                ("data", models.TextField()),
                (
                    "order",
                    models.BigIntegerField(
                        help_text="of the device's clock, in milliseconds: an older word comes too late"
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="states", to="courses.activityattempt"
                    ),
                ),
            ],
            options={
                "verbose_name": "state of an activity",
                "verbose_name_plural": "states of activities",
            },
        ),
        migrations.AddConstraint(
            model_name="activityattempt",
            constraint=models.UniqueConstraint(
                fields=("enrolment", "activity", "number"), name="activity_attempt_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="activityattempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("enrolment", "activity"),
                name="activity_attempt_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="activityresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("max", None), ("raw", None)),
                    models.Q(("max__gt", 0), ("raw__gte", 0), ("raw__lte", models.F("max"))),
                    _connector="OR",
                ),
                name="activity_result_within_its_maximum",
            ),
        ),
        migrations.AddConstraint(
            model_name="activitystate",
            constraint=models.UniqueConstraint(
                fields=("attempt", "data_id", "sub_content_id"), name="activity_state_once"
            ),
        ),
        AppendOnly("ActivityResult"),
    ]
