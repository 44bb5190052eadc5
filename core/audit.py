"""Telling the audit trail what was done. The trail itself is kept by `records`; every app on its left may speak to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model
from django.dispatch import Signal
from django.utils.functional import Promise

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


def history(about: Model) -> list[Any]:
    """The entries about a record, newest first; each with `at`, `label`, `by` (or None) and `details`."""
    answers: list[Any] = history_asked.send(sender=Action, about=about)
    return [entry for _receiver, entries in answers for entry in entries]
