"""Telling the audit trail what was done. The trail itself is kept by `records`; every app on its left may speak to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Model
from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

audited = Signal()  # action, by, about, people, detail
history_asked = Signal()  # about

ACTIONS: Final[dict[str, "Action"]] = {}


@dataclass(frozen=True)
class Action:
    """A kind of thing that is recorded. code: for ever. label: for people. shown: also to the person it was done to."""

    code: str
    label: str | Promise = field(compare=False)
    shown: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if ACTIONS.setdefault(self.code, self) is not self:
            raise ValueError(f"{self.code} is an action already")


def record(
    action: Action, *, by: Model | None, about: Model | None = None, people: Iterable[Model] = (), **detail: Any
) -> None:
    """Add an entry to the audit trail, in the transaction that is open: what is rolled back was not done.

    by: the person who acted; None for the product itself. about: the record that was acted on; one with a `public_id`.
    people: whose records it concerns, who may see that it happened (`Action.shown`). detail: what JSON holds, such as the
    values before and after, without names, codes to sign in with, or anything else that could harm in a list.
    """
    told = audited.send(sender=Action, action=action, by=by, about=about, people=people, detail=detail)
    if not told:
        raise RuntimeError("nobody keeps the audit trail")


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What differs between two states of a record, as `record` takes it: name -> [before, after]."""
    return {name: [value, after[name]] for name, value in before.items() if value != after[name]}


def history(about: Model) -> list[Any]:
    """The entries about a record, newest first; each with `at`, `label`, `by` (or None) and `details`."""
    answers: list[Any] = history_asked.send(sender=Action, about=about)
    return [entry for _receiver, entries in answers for entry in entries]


LOOKED: Final = Action("looked", _("Somebody looked at the record"), shown=True)
LOOK_SECONDS: Final = 3600  # looks of one person at one record within it are one look


def looked(viewer: Model, *people: Model) -> None:
    """Tell the trail that a viewer was shown the records of people: once an hour each, never one's own.

    For views that show what one person did (results, progress, the office's page of a person), not for lists of names.
    """
    seen = [
        person
        for person in people
        if person.pk != viewer.pk and cache.add(f"looked:{viewer.pk}:{person.pk}", 1, LOOK_SECONDS)
    ]
    if seen:
        record(LOOKED, by=viewer, people=seen)
