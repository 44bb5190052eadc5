"""Curriculum editors keep the pocket cards. A card is not deleted: copies of it are on telephones and on paper."""

from django.db import migrations

GROUP = "Curriculum editors"
VERBS = ["add", "change"]


def _permissions(apps):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="content", model="pocketcard"
    )
    for verb in VERBS:
        permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{verb}_pocketcard", defaults={"name": f"Can {verb} pocket card"}
        )
        yield permission


def forwards(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=GROUP).permissions.add(*_permissions(apps))


def backwards(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get(name=GROUP).permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0012_enrolment_starts_on"),
        ("content", "0010_loaded_facts_have_more_fields"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
