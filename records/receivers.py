"""What is told to the audit trail."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.dispatch import receiver
from django.utils import timezone

from core.audit import Action, audited, history_asked
from people.models import Person
from records.models import AuditEntry
from records.trail import append, named

MOST = 100  # entries about one record that its page shows


@receiver(audited)
def keep(
    action: Action, by: Person | None, about: Model | None, people: Iterable[Person], detail: Any, **kwargs: Any
) -> None:
    """Keeps it."""
    append(action, by=by, about=about, people=people, detail=detail, at=timezone.now())


@receiver(history_asked)
def tell(about: Model, **kwargs: Any) -> list[AuditEntry]:
    """What was done with a record."""
    kind, record = named(about)
    found = AuditEntry.objects.filter(about_kind=kind, about_id=record).select_related("by")
    return list(found.order_by("-number")[:MOST])
