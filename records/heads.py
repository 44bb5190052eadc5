"""The trail's head, written down daily outside the database: a chain that somebody made anew does not fit it."""

import csv
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from core.doctor import check
from core.duties import duty
from records import trail
from records.models import AuditEntry


def path() -> Path:
    """Where heads are kept: number, sha256, when written down. Copy it elsewhere, or print its last line."""
    return Path(settings.DATA_DIR) / "audit/heads.csv"


def kept() -> list[trail.Head]:
    """The heads written down so far, oldest first."""
    if not path().exists():
        return []
    with path().open(newline="") as file:
        return [trail.Head(int(number), sha256) for number, sha256, _at in csv.reader(file)]


@duty("trail's head")
def write_down(at: datetime) -> str:
    """Add today's head at the end of the file, once for each head."""
    head, before = trail.head(), kept()
    if head.number == 0 or (before and before[-1] == head):
        return "unchanged"
    path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", newline="") as file:
        csv.writer(file).writerow([head.number, head.sha256, at.isoformat()])
        file.flush()
        os.fsync(file.fileno())
    return f"entry {head.number}"


@check("heads")
def differences() -> Iterator[str]:
    """Heads that were written down and that the trail no longer has."""
    heads = kept()
    now = dict(AuditEntry.objects.filter(number__in={head.number for head in heads}).values_list("number", "sha256"))
    for head in heads:
        if now.get(head.number) != head.sha256:
            what = "another now" if head.number in now else "gone"
            yield f"Entry {head.number} of the audit trail was written down in {path()} and is {what}: the trail was made anew."


@check("trail")
def faults() -> Iterator[str]:
    """What is wrong with the chain itself."""
    yield from trail.faults()
