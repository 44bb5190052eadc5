"""What a trainer gave to somebody and is still to be done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from people.models import Person


@dataclass(frozen=True)
class Due:
    """One thing to do. title: its name, with its language. url: where it is done. course_key: of a course that was given whole, else None.

    starts_on: the day from which it is due, where that is still to come. reminder: what the trainer wrote last, "" after two weeks.
    """

    title: object
    code: str
    url: str
    starts_on: date | None
    due_on: date | None
    is_overdue: bool
    given_by: Person
    message: str
    reminder: str
    course_key: UUID | None

    @property
    def place(self) -> tuple[bool, date]:
        """Where it stands among others: the soonest first, what is still to come after them."""
        return self.starts_on is not None, self.starts_on or self.due_on or date.max
