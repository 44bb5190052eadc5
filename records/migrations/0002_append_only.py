"""The trail is added to, never changed: the database itself refuses."""

from django.db import migrations

from core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [AppendOnly("AuditEntry"), AppendOnly("AuditPerson")]
