"""Curriculum editors keep competencies and outside curricula. Modules and items name competencies by code, so these are not deleted."""

from django.db import migrations

GROUP = "Curriculum editors"
VERBS = {
    ("content", "competency"): ["add", "change"],
    ("courses", "outsidecurriculum"): ["add", "change", "delete"],
}


def _permissions(apps):
    for (app, model), verbs in VERBS.items():
        content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app, model=model
        )
        for verb in verbs:
            permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {model}"}
            )
            yield permission


def forwards(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=GROUP).permissions.add(*_permissions(apps))


def backwards(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=GROUP).permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0014_outside_curricula"),
        ("content", "0012_competencies"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
