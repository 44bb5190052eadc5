from typing import Any

from django.db import migrations

from myanmar.collation import sort_key  # the order of today: what is stored has to agree with what is saved from now on


def compute(apps: Any, schema_editor: Any) -> None:
    """The key of every unit and cohort."""
    for model in (apps.get_model("people", "Unit"), apps.get_model("people", "Cohort")):
        for row in model.objects.using(schema_editor.connection.alias).filter(sort_key="").iterator():
            row.sort_key = sort_key(row.name_my or row.name_en)[:400]
            row.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_sort_keys"),
    ]

    operations = [migrations.RunPython(compute, migrations.RunPython.noop)]
