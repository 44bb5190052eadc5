"""A question's parts become one block of its kind, so that kinds other than choices have a place.

Translations of options keep their place: the paths under which wagtail-localize knows them are rewritten.
"""

import hashlib
import json
import uuid

import wagtail.fields
from django.db import migrations, models

from core.append_only import StillAppendOnly

SPACE = uuid.UUID("5c3a1b9e-52b1-4d9b-8f0e-6f4a4d3c2b1a")
PATHS = uuid.UUID("fcab004a-2b50-11ea-978f-2e728ce88125")  # wagtail-localize's, for the ids of paths


def block_id(translation_key):
    return str(uuid.uuid5(SPACE, str(translation_key)))


def question(kind, key, options):
    items = [{"type": "item", "id": one["id"], "value": one["value"]} for one in options]
    return [{"type": kind, "id": block_id(key), "value": {"options": items}}]


def options_of(raw):
    found = raw[0]["value"].get("options", []) if raw else []
    return [{"type": "option", "id": one["id"], "value": one["value"]} for one in found]


def _text(value):
    return json.loads(value) if isinstance(value, str) else value


def _each_content(apps, change):
    """Rewrite every kept copy of an item: revisions, and what wagtail-localize took apart."""
    types = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="assessments", model="item")
    for kind in types:
        for revision in apps.get_model("wagtailcore", "Revision").objects.filter(content_type_id=kind.pk):
            change(revision.content)
            revision.save(update_fields=["content"])
        for source in apps.get_model("wagtail_localize", "TranslationSource").objects.filter(
            specific_content_type_id=kind.pk
        ):
            content = json.loads(source.content_json)
            change(content)
            source.content_json = json.dumps(content)
            source.save(update_fields=["content_json"])


def _each_path(apps, old, new, field):
    keys = set(apps.get_model("assessments", "Item").objects.values_list("translation_key", flat=True))
    contexts = apps.get_model("wagtail_localize", "TranslationContext").objects.filter(object_id__in=keys)
    for context in contexts.filter(path__startswith=old):
        context.path = new(context)
        context.path_id = uuid.uuid5(PATHS, context.path)
        context.field_path = field(context)
        context.save()


STORED = [
    "objective",
    "competency",
    "bloom",
    "difficulty",
    "kind",
    "use",
    "facts",
    "sources",
    "stem",
    "feedback",
    "options",
]


def _forget_the_old_shape(apps):
    """The load of the curriculum knows an item by the fingerprint of its stored form, which is about to change. An item that
    nobody edited since it was loaded stays one; an edited one stays edited."""
    Origin = apps.get_model("content", "Origin")
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for item in apps.get_model("assessments", "Item").objects.filter(locale__language_code="en"):
        latest = revisions.filter(pk=item.latest_revision_id).values_list("content", flat=True).first()
        stored = {name: str(latest[name]) for name in STORED} if latest else {}
        sha = hashlib.sha256(json.dumps(stored, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        Origin.objects.filter(key=f"item:{item.code}:en", stored_sha256=sha).update(stored_sha256="")


def forwards(apps, schema_editor):
    _forget_the_old_shape(apps)
    Item = apps.get_model("assessments", "Item")
    kinds = {}
    for item in Item.objects.all():
        kinds[item.translation_key] = item.kind
        item.question = question(item.kind, item.translation_key, list(item.options.raw_data))
        item.save(update_fields=["question"])

    def change(content):
        if "options" in content:
            parts = question(content["kind"], content["translation_key"], _text(content.pop("options")))
            content["question"] = json.dumps(parts)

    _each_content(apps, change)
    _each_path(
        apps,
        "options.",
        lambda c: f"question.{block_id(c.object_id)}.{c.path}",
        lambda c: f"question.{kinds[c.object_id]}.options.{c.field_path.rpartition('.')[2]}",
    )


def backwards(apps, schema_editor):
    Item = apps.get_model("assessments", "Item")
    for item in Item.objects.all():
        item.options = json.dumps(options_of(item.question))
        item.save(update_fields=["options"])

    def change(content):
        if "question" in content:
            content["options"] = json.dumps(options_of(_text(content.pop("question"))))

    _each_content(apps, change)
    _each_path(
        apps,
        "question.",
        lambda c: c.path.split(".", 2)[2],
        lambda c: f"options.option.{c.field_path.rpartition('.')[2]}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0003_one_check_one_exam_a_subject"),
        ("content", "0005_files_of_translations"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        StillAppendOnly("ItemVersion"),
        migrations.AddField("item", "question", models.JSONField(default=list)),
        migrations.RunPython(forwards, backwards),
        migrations.RemoveField("item", "options"),
        migrations.AlterField("item", "question", wagtail.fields.StreamField([], verbose_name="kind and parts")),
        migrations.AddField(
            "item", "asks_certainty", models.BooleanField(default=False, verbose_name="asks how sure one is")
        ),
        migrations.AlterField(
            "itemversion", "key", models.JSONField(help_text="what is right; its shape is the kind's")
        ),
        migrations.AddField("itemversion", "asks_certainty", models.BooleanField(default=False)),
        migrations.AlterField("item", "kind", models.CharField(editable=False, max_length=12, verbose_name="kind")),
        migrations.AlterField("itemversion", "kind", models.CharField(max_length=12)),
        StillAppendOnly("ItemVersion"),
    ]
