"""Personal data in the audit trail: ids only, kept for good. Erasure leaves them, pointing to somebody without a name."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from core import append_only
from core.audit import ACTIONS
from core.personal import Kind, register
from people.models import Person
from records.models import AuditEntry, Statement


def _looks(person: Person) -> Iterator[dict[str, Any]]:
    """What the page "who looked at my record" says: without who it was."""
    shown = [code for code, action in ACTIONS.items() if action.shown]
    for entry in AuditEntry.objects.filter(people__person=person, action__in=shown).order_by("number"):
        yield {"at": entry.at, "action": entry.action, "what": str(entry.label), "by_oneself": entry.by_id == person.pk}


def _take_words(person: Person, at: datetime) -> None:
    """What somebody wrote into a question goes; that they answered, and what it was worth, stays."""
    rows = [one for one in Statement.objects.filter(person=person) if "response" in one.body["result"]]
    for one in rows:
        del one.body["result"]["response"]
    if rows:
        with append_only.suspended(connection, [Statement._meta.db_table]):
            Statement.objects.bulk_update(rows, ["body"], 500)


register(
    Kind(
        model="records.Statement",
        subjects=("person",),
        purpose="what somebody did in activities, in the words of xAPI",
        exported=("verb", "object_id", "body", "stored_at"),
        erase=_take_words,
    ),
    Kind(
        model="records.StatementDelivery",
        subjects=("statement__person",),
        purpose="that an outside record store took a statement",
        exported=("statement_id", "delivered_at"),
    ),
    Kind(
        model="records.AuditPerson",
        subjects=("person",),
        purpose="whose record an act concerned",
        keep="for good, as ids",
        rows=_looks,
    ),
    Kind(
        model="records.AuditEntry",
        actors=("by",),
        personal=("detail",),
        purpose="who did what, so that it can be answered for",
        keep="for good, as ids",
    ),
)
