"""What people do differently at work (level 3): asked of the officer and of who sees them work, 60 to 90 days after a session."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import audit
from core.db import write_transaction
from courses.catalogue import CourseInfo
from people.models import Person
from training.audit import BEHAVIOUR_REPORTED
from training.errors import NotOnTheList, ReportClosed, ReportTooEarly
from training.models import Attendance, BehaviourReport, TrainingSession
from training.observing.forms import LEVEL_NAMES

Kind = BehaviourReport.Kind
FROM, UNTIL = timedelta(days=60), timedelta(days=90)
TASKS: Final = 3
DONE: Final = 2  # from here on somebody does it mostly, or to standard
HOW_OFTEN: Final[dict[int, str | Promise]] = {
    0: _("not once"), 1: _("now and then"), 2: _("mostly"), 3: _("always"),
}  # fmt: skip
BARRIERS: Final[dict[str, str | Promise]] = {
    "time": _("too little time at the post"),
    "supervisor": _("my supervisor expects something else"),
    "colleagues": _("colleagues do it otherwise"),
    "tools": _("no form, room, light or line for it"),
    "referral": _("no service to refer to"),
    "interpreter": _("no interpreter"),
    "safety": _("it did not feel safe"),
    "occasion": _("no occasion yet"),
    "unsure": _("I am not sure how"),
}


@dataclass(frozen=True)
class Told:
    """What is reported. tasks: (code of an objective, level 0 to 3) each; barriers: codes."""

    tasks: Sequence[tuple[str, int]]
    barriers: Sequence[str]
    comment: str


def report(session: TrainingSession, person: Person, told: Told, *, by: Person, at: datetime) -> BehaviourReport:
    """Keep a report on what a person does of what a session taught; by themselves or by who sees them work. A repeat changes nothing.

    Raises NotOnTheList, ReportTooEarly or ReportClosed.
    """
    if before := BehaviourReport.objects.filter(session=session, person=person, by=by).first():
        return before
    if not session.attendance.there().filter(person=person).exists():
        raise NotOnTheList
    if at < session.ends_at + FROM:
        raise ReportTooEarly
    if at > session.ends_at + UNTIL:
        raise ReportClosed
    with write_transaction():
        one, is_new = BehaviourReport.objects.get_or_create(
            session=session,
            person=person,
            by=by,
            defaults={
                "kind": Kind.SELF if by.pk == person.pk else Kind.SUPERVISOR,
                "tasks": [list(task) for task in told.tasks],
                "barriers": list(told.barriers),
                "comment": told.comment,
                "reported_at": at,
            },
        )
        if is_new and one.kind == Kind.SUPERVISOR:
            audit.record(BEHAVIOUR_REPORTED, by=by, about=session, people=[person])
    return one


def is_open(session: TrainingSession, at: datetime) -> bool:
    """Whether reports are taken."""
    return not session.is_cancelled and session.ends_at + FROM <= at <= session.ends_at + UNTIL


def objectives_of(session: TrainingSession, course: CourseInfo | None) -> dict[str, Any]:
    """What a session taught: the objectives of its modules by code; nothing where the course is no longer published."""
    modules = [one for one in course.modules if one.code in session.modules] if course else []
    return {code: text for module in modules for code, text in module.objectives.items()}


@dataclass(frozen=True)
class InWords:
    """A report as its person reads it. tasks: text and level."""

    report: BehaviourReport
    tasks: list[tuple[Any, Any]]
    barriers: list[Any]


def in_words(one: BehaviourReport, objectives: Mapping[str, Any]) -> InWords:
    """A report in the reader's language. objectives: texts by code."""
    levels: Mapping[int, Any] = HOW_OFTEN if one.kind == Kind.SELF else LEVEL_NAMES
    return InWords(
        one,
        [(objectives.get(code, code), levels[level]) for code, level in one.tasks],
        [BARRIERS[code] for code in one.barriers if code in BARRIERS],
    )


# --- What is due ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """A report that is asked for. until: the last day."""

    session: TrainingSession
    person: Person
    until: datetime


def attended(whose: Q, *, at: datetime) -> QuerySet[Attendance]:
    """Who was in which session of the last ninety days, the oldest first."""
    rows = Attendance.objects.there().filter(whose, session__ends_at__range=(at - UNTIL, at))
    return rows.select_related("session", "person__unit").order_by("session__ends_at", "pk")


def due_of(mine: Iterable[Attendance], *, at: datetime) -> list[Due]:
    """What somebody is asked about themselves: one question for a course, about the last session of it. mine: as `attended` gives it; one
    query more, where anything may be due."""
    return _due(mine, Q(kind=Kind.SELF), at=at)


def due_about(people: Any, *, by: Person, at: datetime) -> list[Due]:
    """What is asked about others: of those among `people`, without oneself, on whom nobody has reported yet. Two queries at most."""
    return _due(attended(Q(person__in=people) & ~Q(person=by), at=at), Q(kind=Kind.SUPERVISOR), at=at)


def _due(rows: Iterable[Attendance], done: Q, *, at: datetime) -> list[Due]:
    newest = {(one.person_id, one.session.course_key): one for one in rows}
    asked = {key: one for key, one in newest.items() if one.session.ends_at <= at - FROM}
    if not asked:
        return []
    told = BehaviourReport.objects.filter(done, person__in=[pk for pk, _key in asked], reported_at__gte=at - UNTIL)
    have = set(told.values_list("person", "session__course_key"))
    return [Due(one.session, one.person, one.session.ends_at + UNTIL) for key, one in asked.items() if key not in have]


# --- Figures ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Behaviour:
    """The reports of one kind. tasks, done: tasks reported, and those mostly done or to standard; barriers: code and how many named it."""

    reports: int
    tasks: int
    done: int
    barriers: tuple[tuple[str, int], ...]

    @property
    def percent(self) -> int:
        return self.done * 100 // self.tasks if self.tasks else 0


def counted(rows: Iterable[tuple[Any, Any]]) -> Behaviour:
    """What reports say together. rows: tasks and barriers of each."""
    reports = tasks = done = 0
    named: Counter[str] = Counter()
    for given, barriers in rows:
        reports += 1
        tasks += len(given)
        done += sum(level >= DONE for _code, level in given)
        named.update(barriers)
    return Behaviour(reports, tasks, done, tuple(named.most_common()))
