"""The audit trail: adding to it, and finding out whether it is whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Model

from core.audit import Action
from people.models import Person
from records.models import FIRST, AuditEntry, AuditPerson, canonical

_LOCK: Final = 0x7468696E  # of PostgreSQL's advisory locks, ours
_PIECE: Final = 1000


@dataclass(frozen=True)
class Head:
    """The end of the chain: what is written down elsewhere, so that a chain made anew is found out."""

    number: int
    sha256: str


def named(about: Model | None) -> tuple[str, str]:
    """How entries name a record: kind and id; two empty texts for none."""
    return (about._meta.label_lower, str(getattr(about, "public_id", about.pk))) if about else ("", "")


def head() -> Head:
    """The last entry; number 0 where there is none."""
    last = AuditEntry.objects.order_by("-number").values_list("number", "sha256").first()
    return Head(*last) if last else Head(0, FIRST)


def append(
    action: Action,
    *,
    by: Person | None,
    about: Model | None,
    people: Iterable[Person],
    detail: dict[str, Any],
    at: datetime,
) -> AuditEntry:
    """Add an entry at the end of the chain. Writers take turns until the end of their transactions."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = head()
        about_kind, about_id = named(about)
        concerned = {person.pk: str(person.public_id) for person in people}
        entry = AuditEntry(
            number=last.number + 1,
            at=at.astimezone(UTC),
            action=action.code,
            by=by,
            about_kind=about_kind,
            about_id=about_id,
            detail=canonical(detail),
            before=last.sha256,
        )
        entry.sha256 = entry.digest(concerned.values())
        entry.save(force_insert=True)
        AuditPerson.objects.bulk_create((AuditPerson(entry=entry, person_id=pk) for pk in concerned), batch_size=_PIECE)
    return entry


def has(head: Head, *, using: str = "default") -> bool:
    """Whether a head that was written down is an entry of the chain."""
    if head.number == 0:
        return True
    return AuditEntry.objects.using(using).filter(number=head.number, sha256=head.sha256).exists()


def faults(*, using: str = "default") -> Iterator[str]:
    """What is wrong with the chain, one sentence each; nothing where it is whole. using: the database."""
    before, number = FIRST, 0
    while True:
        later = AuditEntry.objects.using(using).filter(number__gt=number)
        found = list(later.select_related("by").order_by("number")[:_PIECE])
        if not found:
            return
        concerned: dict[int, list[str]] = defaultdict(list)
        rows = AuditPerson.objects.using(using).filter(
            entry__number__gte=found[0].number, entry__number__lte=found[-1].number
        )
        for at, public_id in rows.values_list("entry", "person__public_id"):
            concerned[at].append(str(public_id))
        for entry in found:
            if entry.number != number + 1:
                yield f"Entries {number + 1} to {entry.number - 1} are missing."
            if entry.before != before:
                yield f"Entry {entry.number} does not follow the one before it."
            entry.at = entry.at.astimezone(UTC)
            if entry.digest(concerned[entry.number]) != entry.sha256:
                yield f"Entry {entry.number} is not what was written."
            before, number = entry.sha256, entry.number
