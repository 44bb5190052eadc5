"""How long files that came in are kept."""

from datetime import datetime, timedelta
from typing import Final

from people.models import ImportRow, PeopleImport

KEPT: Final = timedelta(days=30)


def forget(before: datetime) -> int:
    """Delete the bytes and rows of files last worked on before a time. What they brought in stays, with its counts.

    Returns how many files were forgotten.
    """
    old = PeopleImport.objects.filter(updated_at__lt=before)
    rows = ImportRow.objects.filter(imported__in=old)
    found = set(rows.values_list("imported", flat=True)) | set(old.exclude(file=None).values_list("pk", flat=True))
    rows.delete()
    PeopleImport.objects.filter(pk__in=found).update(file=None)
    return len(found)
