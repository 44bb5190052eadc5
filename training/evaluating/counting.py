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


def count_session(session: TrainingSession, counted: Sexes, *, by: Person, at: datetime) -> SessionCount:
    """Keep the counts of a session, instead of those before. Raises SessionCancelled, or CountTooHigh where they are more than were there."""
    if session.is_cancelled:
        raise SessionCancelled
    with write_transaction():
        TrainingSession.objects.select_for_update().get(pk=session.pk)
        there = session.attendance.there().count()
        if counted.women + counted.men + counted.others > there:
            raise CountTooHigh(there=digits(there))
        one, _is_new = SessionCount.objects.update_or_create(
            session=session, defaults={**asdict(counted), "entered_by": by, "entered_at": at}
        )
        audit.record(SESSION_COUNTED, by=by, about=session)
    return one


def counted_before(session: TrainingSession) -> dict[str, int]:
    """The counts of a session by name; nothing where nobody counted."""
    found = SessionCount.objects.filter(session=session).first()
    return {"women": found.women, "men": found.men, "others": found.others} if found else {}
