"""The load of the curriculum knows a fact by the fingerprint of its stored form, which has more fields from here on. A fact that
nobody edited since it was loaded stays one; an edited one stays edited."""

import hashlib
import json

from django.db import migrations

BEFORE = ("text", "sources", "confidence", "flags", "jurisdiction", "status", "checked_on")


def forwards(apps, schema_editor):
    origins = apps.get_model("content", "Origin").objects
    for fact in apps.get_model("content", "Fact").objects.filter(locale__language_code="en"):
        stored = {name: fact._meta.get_field(name).value_to_string(fact) for name in BEFORE}
        sha = hashlib.sha256(json.dumps(stored, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        origins.filter(key=f"fact:{fact.code}:en", stored_sha256=sha).update(stored_sha256="")


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0009_cards_and_facts_to_check_again"),
    ]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
