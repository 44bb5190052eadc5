"""Facts are inserted, never changed: the database itself refuses."""

from django.db import migrations

from core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial")]
    operations = [AppendOnly("Completion")]
