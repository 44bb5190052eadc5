"""Items have editors of their own from here on. Who edited both goes on doing so."""

from uuid import uuid4

from django.db import migrations


def forwards(apps, schema_editor):
    RoleGrant = apps.get_model("people", "RoleGrant")
    for grant in RoleGrant.objects.filter(role="editor"):
        grant.pk, grant.public_id, grant.role = None, uuid4(), "assessor"
        grant.save(force_insert=True)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_roles_with_scope")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
