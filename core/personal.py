"""The register of personal data: for every kind of record, whose it is, why it is kept, how long, how it leaves and ends.

Each app declares its own in `personal.py`; tests/core/test_core_personal.py walks every model and fails for one that
points to a person, or holds what looks personal, and is not declared here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q, QuerySet

from core.duties import duty

ACCOUNT: Final = "as long as the account"
RECORD: Final = "as long as the record of learning; without a name after erasure"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of record with personal data.

    model: its label. subjects: lookups to the person whose data it is. actors: fields that say who acted; they go on
    pointing to the person, who has no name after erasure. personal: fields that look personal though they point to
    nobody. purpose and keep: for people. days: how long, where that is a number. exported: fields in the export of
    one's own data; `rows` instead where that takes more care; neither, and `not_exported` says why. erase: what becomes
    of a person's rows (nothing: they stay, without a name). past: rows whose time is over at a moment, and `purge` removes.
    """

    model: str
    purpose: str
    keep: str = RECORD
    subjects: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    exported: tuple[str, ...] = ()
    rows: Callable[[Any], Iterable[Mapping[str, Any]]] | None = None
    not_exported: str = ""
    erase: Callable[[Any, datetime], None] | None = None
    past: Callable[[datetime], QuerySet[Any]] | None = None
    remove: Callable[[QuerySet[Any]], int] | None = field(default=None)

    def of(self, person: Model) -> QuerySet[Any]:
        """A person's rows."""
        found = Q(pk__in=[])
        for lookup in self.subjects:
            found |= Q(**{lookup: person.pk if lookup == "pk" else person})
        rows: QuerySet[Any] = apps.get_model(self.model)._default_manager.filter(found)
        return rows.distinct()

    def told(self, person: Model) -> list[dict[str, Any]]:
        """What the export of one's own data says of them."""
        if self.rows:
            return [dict(row) for row in self.rows(person)]
        return list(self.of(person).order_by("pk").values(*self.exported)) if self.exported else []


KINDS: Final[dict[str, Kind]] = {}


def register(*kinds: Kind) -> None:
    """Adds kinds to the register. Raises ValueError for one that is there, or that says nothing of its export."""
    for kind in kinds:
        name = kind.model.lower()
        if name in KINDS:
            raise ValueError(f"{kind.model} is declared twice")
        if kind.subjects and not (kind.exported or kind.rows or kind.not_exported):
            raise ValueError(f"{kind.model}: say what of it is exported, or why nothing is")
        KINDS[name] = kind


def export(person: Model) -> dict[str, list[dict[str, Any]]]:
    """Everything that is a person's own, by kind of record."""
    return {kind.model: rows for kind in KINDS.values() if kind.subjects and (rows := kind.told(person))}


def erase(person: Model, at: datetime) -> None:
    """Take the person out of every kind of record. Within the transaction of the caller."""
    for kind in KINDS.values():
        if kind.erase:
            kind.erase(person, at)


def purge(at: datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Remove what is past its time. Returns how many rows of each kind."""
    found = {}
    for kind in KINDS.values():
        if kind.past:
            rows = kind.past(at)
            found[kind.model] = rows.count() if dry_run else kind.remove(rows) if kind.remove else rows.delete()[0]
    return found


@duty("personal data")
def purge_daily(at: datetime) -> str:
    """What is past its time goes."""
    with transaction.atomic():
        return f"{sum(purge(at).values())} rows removed"
