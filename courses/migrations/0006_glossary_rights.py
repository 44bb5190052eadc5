"""Curriculum editors keep the glossary. Terms are not deleted: texts were written with them."""

from django.db import migrations

GROUP = "Curriculum editors"
VERBS = ["add", "change"]


def _permissions(apps):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="content", model="glossaryterm"
    )
    for verb in VERBS:
        permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{verb}_glossaryterm", defaults={"name": f"Can {verb} glossary term"}
        )
        yield permission


def forwards(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=GROUP).permissions.add(*_permissions(apps))


def backwards(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=GROUP).permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0005_exam_by_subject"),
        ("content", "0004_glossary_and_translation"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
