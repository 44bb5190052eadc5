"""What is told to the audit trail."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.dispatch import receiver
from django.utils import timezone

from core.audit import Action, audited
from people.models import Person
from records.trail import append


@receiver(audited)
def keep(
    action: Action, by: Person | None, about: Model | None, people: Iterable[Person], detail: Any, **kwargs: Any
) -> None:
    """Keeps it."""
    append(action, by=by, about=about, people=people, detail=detail, at=timezone.now())
