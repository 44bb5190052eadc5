"""What people thought of a session (level 1). Nobody can tell who thought what: not from a row, not from the order of rows, not from a figure.

An answer and the fact that somebody answered are two rows that nothing joins. Figures come from sessions with five answers at least of which
none can still come: otherwise the sixth answer could be taken from the figures before and after it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from core import audit
from core.db import write_transaction
from core.devices import KEPT
from core.privacy import SMALLEST_CELL
from people.models import Person
from training.audit import REACTION_TYPED
from training.errors import NotOnTheList, ReactionClosed, ReactionsComplete, ReactionTooEarly, SessionCancelled
from training.models import Attendance, Reaction, ReactionGiven, TrainingSession
from training.models.evaluation import HIGHEST, STATEMENTS

OPENS_BEFORE = timedelta(minutes=30)  # of the end
AGREES = HIGHEST - 1  # from here on somebody agrees


@dataclass(frozen=True)
class Given:
    """What was answered. levels: by the name of the statement, 1 to 4. language: of the page or sheet."""

    levels: dict[str, int]
    comment: str
    language: str


def react(session: TrainingSession, person: Person, given: Given, *, at: datetime) -> None:
    """Keep what somebody who was there thought. Sent twice it is one: the first counts, and nobody can find it to change it.

    Raises SessionCancelled, NotOnTheList, ReactionTooEarly or ReactionClosed.
    """
    _may_come(session, at)
    if not session.attendance.there().filter(person=person).exists():
        raise NotOnTheList
    with write_transaction():
        TrainingSession.objects.select_for_update().get(pk=session.pk)  # one after the other
        _row, is_first = ReactionGiven.objects.get_or_create(session=session, person=person)
        if is_first:
            _store(session, given, is_paper=False, at=at)


def type_in(session: TrainingSession, given: Given, *, by: Person, at: datetime) -> None:
    """Keep what stands on one sheet of paper. Raises SessionCancelled, ReactionTooEarly, ReactionClosed, or ReactionsComplete where as many
    have answered as were there."""
    _may_come(session, at)
    with write_transaction():
        TrainingSession.objects.select_for_update().get(pk=session.pk)
        if session.reactions.count() >= session.attendance.there().count():
            raise ReactionsComplete
        _store(session, given, is_paper=True, at=at)
        audit.record(REACTION_TYPED, by=by, about=session)


def _may_come(session: TrainingSession, at: datetime) -> None:
    if session.is_cancelled:
        raise SessionCancelled
    if at < session.ends_at - OPENS_BEFORE:
        raise ReactionTooEarly
    if at > session.ends_at + KEPT:
        raise ReactionClosed


def is_open(session: TrainingSession, at: datetime) -> bool:
    """Whether answers are taken."""
    return not session.is_cancelled and session.ends_at - OPENS_BEFORE <= at <= session.ends_at + KEPT


def _store(session: TrainingSession, given: Given, *, is_paper: bool, at: datetime) -> None:
    """Add an answer and write all of the session anew in the order of their random keys: the order in which a database keeps rows would
    tell who came last."""
    new = Reaction(
        session=session, comment=given.comment, language=given.language, is_paper=is_paper, received_on=timezone.localdate(at), **given.levels
    )  # fmt: skip
    rows = [*session.reactions.all(), new]
    session.reactions.all().delete()
    Reaction.objects.bulk_create(sorted(rows, key=lambda one: one.pk.hex))


# --- Figures --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rate:
    """How many answered, of how many who were asked."""

    answered: int
    asked: int

    @property
    def is_shown(self) -> bool:
        """Whether neither number is so small that it could point at a person."""
        return self.asked >= SMALLEST_CELL and (self.answered == 0 or self.answered >= SMALLEST_CELL)

    @property
    def percent(self) -> int:
        return self.answered * 100 // self.asked if self.asked else 0


@dataclass(frozen=True)
class StatementRow:
    """A statement: how many of n agree (levels 3 and 4), and the mean level, 1 to 4."""

    name: str
    text: Any
    agree: int
    n: int
    mean: float

    @property
    def percent(self) -> int:
        return self.agree * 100 // self.n


@dataclass(frozen=True)
class Reactions:
    """The answers for some sessions. statements: none where nothing may be shown. counted: how many answers these are made of."""

    rate: Rate
    counted: int
    statements: tuple[StatementRow, ...]


def text_of(name: str) -> Any:
    """A statement in the reader's language."""
    return Reaction._meta.get_field(name).verbose_name  # type: ignore[union-attr]


@dataclass(frozen=True)
class SessionAnswers:
    """The answers for one session. sums: how many agree and the sum of levels, by statement; none where nothing may be shown."""

    answered: int
    asked: int
    sums: dict[str, tuple[int, int]]


def answers_by_session(sessions: Sequence[tuple[int, datetime]], *, at: datetime) -> dict[int, SessionAnswers]:
    """The answers for each session, in two queries. sessions: id and end of each."""
    ids = [pk for pk, _end in sessions]
    wanted: dict[str, Any] = {"n": Count("pk")}
    for name in STATEMENTS:
        wanted[f"{name}_agree"] = Count("pk", filter=Q(**{f"{name}__gte": AGREES}))
        wanted[f"{name}_sum"] = Sum(name)
    there = dict(
        Attendance.objects.there().filter(session__in=ids).order_by().values_list("session").annotate(n=Count("pk"))
    )
    rows: Any = Reaction.objects.filter(session__in=ids).order_by().values("session").annotate(**wanted)
    given: dict[int, dict[str, int]] = {row["session"]: row for row in rows}
    found = {}
    for pk, end in sessions:
        row = given.get(pk, {"n": 0})
        is_told = is_shown(row["n"], there.get(pk, 0), end, at=at)
        sums = {name: (row[f"{name}_agree"], row[f"{name}_sum"]) for name in STATEMENTS} if is_told else {}
        # Who was taken off the list afterwards has answered all the same.
        found[pk] = SessionAnswers(row["n"], max(there.get(pk, 0), row["n"]), sums)
    return found


def together(answers: Iterable[SessionAnswers]) -> Reactions:
    """The answers for several sessions as one."""
    told = list(answers)
    shown = [one for one in told if one.sums]
    counted = sum(one.answered for one in shown)
    rows = []
    for name in STATEMENTS if counted else ():
        agree, levels = (sum(one.sums[name][place] for one in shown) for place in (0, 1))
        rows.append(StatementRow(name, text_of(name), agree, counted, levels / counted))
    rate = Rate(sum(one.answered for one in told), sum(one.asked for one in told))
    return Reactions(rate, counted, tuple(rows))


def reactions_of(sessions: Sequence[tuple[int, datetime]], *, at: datetime) -> Reactions:
    """The answers for sessions, in two queries. sessions: id and end of each."""
    return together(answers_by_session(sessions, at=at).values())


def is_shown(given: int, there: int, end: datetime, *, at: datetime) -> bool:
    """Whether the answers for one session may be counted: five at least, and none to come."""
    return given >= SMALLEST_CELL and (given >= there or at > end + KEPT)


def comments_of(session: TrainingSession) -> list[str]:
    """The free words for a session, in no order; for a caller that asked `is_shown`."""
    return [one.comment for one in session.reactions.all() if one.comment]
