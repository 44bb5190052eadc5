"""Rows of a table on their way in: as they came, and what was found out about each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from people.access import Reach, reach
from people.exchange.faults import Told
from people.models import ImportRow, PeopleImport, Person

Outcome = ImportRow.Outcome


@dataclass
class Examined(Told):
    """A row: its number in the sheet, its texts by column, and what storing it would do.

    made: the record that it describes, as it would be saved; here: whether that is stored already; changes: [column,
    before, after] each; comes_into: the groups that somebody comes into with it; cohort, part, member: the group that a row of
    groups names, as what somebody is in it, and their membership where it changes.
    """

    number: int = 0
    cells: dict[str, str] = field(default_factory=dict)
    made: Any = None
    is_here: bool = False
    changes: list[list[str]] = field(default_factory=list)
    comes_into: list[Any] = field(default_factory=list)
    cohort: Any = None
    part: str = ""
    member: Any = None

    @property
    def outcome(self) -> ImportRow.Outcome:
        """In one word."""
        if self.faults:
            return Outcome.REFUSED
        if not self.is_here:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.SAME

    def as_row(self, came: PeopleImport) -> ImportRow:
        """As it is kept."""
        return ImportRow(
            imported=came,
            number=self.number,
            cells=self.cells,
            outcome=self.outcome,
            faults=self.faults,
            notes=self.notes,
            changes=self.changes,
        )


class Intake(Protocol):
    """How rows of one kind are examined and stored. One is made for each examination and for each piece that is stored."""

    piece: int

    def examine(self, rows: Sequence[Examined]) -> None:
        """Fill in what each row would do. Called with piece after piece of one file, in order."""

    def store(self, rows: Sequence[Examined], came: PeopleImport, *, at: datetime) -> dict[str, int]:
        """Store rows without faults. Returns how many records were made, by kind."""


def reach_of(by: Person | None) -> Reach:
    """How far somebody brings in and takes out; the product itself, asked from its own machine, without bounds."""
    if by is None:
        return Reach(None, everything=True, units=frozenset(), cohorts=frozenset(), led=False)  # type: ignore[arg-type]
    return reach(by, "people.import")


def pieces(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """One piece after the other."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
