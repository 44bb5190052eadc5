"""The row of the content counter."""

import uuid

from django.db import migrations


def forwards(apps, schema_editor):
    apps.get_model("content", "ContentVersion").objects.get_or_create(pk=1, defaults={"token": uuid.uuid4()})


def backwards(apps, schema_editor):
    apps.get_model("content", "ContentVersion").objects.filter(pk=1).delete()


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
