"""Curriculum editors keep rubrics and facilitator guides. What was observed keeps the rubric as it was; so both can be deleted."""

from django.db import migrations

GROUP = "Curriculum editors"
MODELS = [("rubric", "rubric"), ("facilitatorguide", "facilitator guide")]
VERBS = ["add", "change", "delete"]


def _permissions(apps):
    for model, name in MODELS:
        content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="content", model=model
        )
        for verb in VERBS:
            permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {name}"}
            )
            yield permission


def forwards(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=GROUP).permissions.add(*_permissions(apps))


def backwards(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=GROUP).permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0010_observed"),
        ("content", "0008_guides"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
