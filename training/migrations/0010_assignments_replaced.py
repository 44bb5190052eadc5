from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef, Q


def end(apps: Any, editor: Any) -> None:
    """What was given anew ended with the newer row, by whoever gave it."""
    rows = apps.get_model("training", "Assignment").objects.all()
    of_same = rows.filter(cohort=OuterRef("cohort"), course_key=OuterRef("course_key"))
    newer = of_same.filter(
        Q(assigned_at__gt=OuterRef("assigned_at")) | Q(assigned_at=OuterRef("assigned_at"), pk__gt=OuterRef("pk"))
    )
    for row in rows.filter(Exists(newer), ended_at=None).order_by("pk"):
        after = rows.filter(cohort=row.cohort_id, course_key=row.course_key).filter(
            Q(assigned_at__gt=row.assigned_at) | Q(assigned_at=row.assigned_at, pk__gt=row.pk)
        )
        next_one = after.order_by("assigned_at", "pk").first()
        rows.filter(pk=row.pk).update(ended_at=next_one.assigned_at, ended_by=next_one.assigned_by_id)


def stand(apps: Any, editor: Any) -> None:
    """Before, nothing ended."""
    apps.get_model("training", "Assignment").objects.update(ended_at=None, ended_by=None)


class Migration(migrations.Migration):
    dependencies = [("training", "0009_assignments")]

    operations = [migrations.RunPython(end, stand)]
