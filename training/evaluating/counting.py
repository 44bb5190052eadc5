"""How many women and men came to a session: counts, where an agency keeps them, and never of whom."""

from dataclasses import asdict, dataclass
from datetime import datetime

from core import audit
from core.db import write_transaction
from core.templatetags.burmese import digits
from people.models import Person
from training.audit import SESSION_COUNTED
from training.errors import CountTooHigh, SessionCancelled
from training.models import SessionCount, TrainingSession


@dataclass(frozen=True)
class Sexes:
    """others: also those of whom it is not said."""

    women: int
    men: int
    others: int

    def fit(self, there: int) -> bool:
        """Whether so many were there. They no longer fit where the list was corrected down after they were counted."""
        return self.women + self.men + self.others <= there


def count_session(session: TrainingSession, counted: Sexes, *, by: Person, at: datetime) -> SessionCount:
    """Keep the counts of a session, instead of those before. Raises SessionCancelled, or CountTooHigh where they are more than were there."""
    if session.is_cancelled:
        raise SessionCancelled
    with write_transaction():
        TrainingSession.objects.select_for_update().get(pk=session.pk)
        there = session.attendance.there().count()
        if not counted.fit(there):
            raise CountTooHigh(there=digits(there))
        one, _is_new = SessionCount.objects.update_or_create(
            session=session, defaults={**asdict(counted), "entered_by": by, "entered_at": at}
        )
        audit.record(SESSION_COUNTED, by=by, about=session)
    return one


def count_of(session: TrainingSession) -> Sexes | None:
    """The counts of a session; None where nobody counted."""
    found = SessionCount.objects.filter(session=session).first()
    return Sexes(found.women, found.men, found.others) if found else None
