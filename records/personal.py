"""Personal data in the audit trail: ids only, kept for good. Erasure leaves them, pointing to somebody without a name."""

from collections.abc import Iterator
from typing import Any

from core.audit import ACTIONS
from core.personal import Kind, register
from people.models import Person
from records.models import AuditEntry


def _looks(person: Person) -> Iterator[dict[str, Any]]:
    """What the page "who looked at my record" says: without who it was."""
    shown = [code for code, action in ACTIONS.items() if action.shown]
    for entry in AuditEntry.objects.filter(people__person=person, action__in=shown).order_by("number"):
        yield {"at": entry.at, "action": entry.action, "what": str(entry.label), "by_oneself": entry.by_id == person.pk}


register(
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
