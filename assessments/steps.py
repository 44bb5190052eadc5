"""What becomes of an event of an attempt, and what the answers are after all of them. Pure functions.

Steps reach the server late, twice and in any order. Each is stored once; whether it counts is decided when it comes:

- a device's newer choice for an item (by the device's own count) replaces its older one, whichever comes first;
- a choice of another device or page counts only if that one had seen the newest that counts so far: what was chosen
  on a page that was out of date never overwrites something newer, and is kept in the log for the person to see.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

FLAGS = ("flag", "unflag")


@dataclass(frozen=True)
class Event:
    """The part of a step that decides."""

    kind: str
    place: int
    value: list[str]
    device: str
    client_seq: int
    base_seq: int
    seq: int = 0

    @property
    def stream(self) -> tuple[int, bool]:
        """What it competes with: other answers, or other marks, for the same item."""
        return self.place, self.kind in FLAGS


def counts(event: Event, newest: Event | None) -> bool:
    """Whether an event replaces the newest that counts in its stream so far (None: there is none)."""
    if newest is None:
        return True
    if newest.device == event.device:
        return event.client_seq > newest.client_seq
    return event.base_seq >= newest.seq


@dataclass
class Sheet:
    """The answers as they stand. answers: place -> chosen option ids; flags: places marked for review.

    place: where one is in a quiz without going back; every earlier question is left for good.
    """

    answers: dict[int, list[str]] = field(default_factory=dict)
    flags: set[int] = field(default_factory=set)
    head: int = 0
    place: int = 0


def project(accepted: Iterable[Any]) -> Sheet:
    """The sheet after the accepted steps, given in the server's order."""
    sheet = Sheet()
    for step in accepted:
        sheet.head = max(sheet.head, step.seq)
        match step.kind:
            case "answer":
                sheet.answers[step.place] = list(step.value)
            case "clear":
                sheet.answers.pop(step.place, None)
            case "flag":
                sheet.flags.add(step.place)
            case "unflag":
                sheet.flags.discard(step.place)
            case "next":
                sheet.place = max(sheet.place, step.place + 1)
    return sheet
