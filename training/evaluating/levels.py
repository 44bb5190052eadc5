"""A course on four levels: how many answered at each, and what they said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from core.privacy import SMALLEST_CELL, shown
from courses.catalogue import CourseInfo
from people.models import Agency, Unit
from training.evaluating import behaviour, reactions
from training.evaluating.learning import Learned, learned
from training.evaluating.quarters import Quarter
from training.evaluating.reactions import Rate, Reactions
from training.evaluating.scope import Scope
from training.models import Attendance, BehaviourReport, ResultFigures

Kind = BehaviourReport.Kind


@dataclass(frozen=True)
class Practice:
    """Level 3, one kind of reports. found: what the reports say that may be shown; None where none may."""

    rate: Rate
    found: behaviour.Behaviour | None
    barriers: tuple[tuple[Any, int], ...]


@dataclass(frozen=True)
class ResultRow:
    """Level 4, one place and quarter. A number of one to four, or that leaves one to four, is None."""

    figures: ResultFigures
    quarter: Quarter
    referrals: int | None
    with_consent: int | None
    complaints: int | None

    @property
    def percent(self) -> int | None:
        """The share of referrals with consent recorded."""
        return self.with_consent * 100 // self.referrals if self.referrals and self.with_consent is not None else None


@dataclass(frozen=True)
class Levels:
    """All four. people: who attended, None where they are too few to be shown; result_rate: places and quarters with figures, of those in the period that are over."""

    sessions: int
    people: int | None
    reaction: Reactions
    learned: Sequence[Learned]
    own: Practice
    seen: Practice
    results: Sequence[ResultRow]
    result_rate: tuple[int, int]


def levels_of(course: CourseInfo, scope: Scope, *, at: datetime, with_small: bool = False) -> Levels:
    """The course as far as a scope reaches, in a number of queries that does not grow with it. with_small: for a viewer who sees names, also
    how many attended where they are few."""
    sessions = list(
        scope.held(at=at)
        .filter(course_key=course.key)
        .order_by("pk")
        .values_list("pk", "ends_at", "unit", "cohort__unit")
    )
    ends = {pk: end for pk, end, _unit, _of_cohort in sessions}
    there = list(Attendance.objects.there().filter(session__in=ends).values_list("person", "session"))
    regions = regions_of_units() if sessions else {}
    blocks = {
        pk: (regions.get(unit or of_cohort), Quarter.of(timezone.localdate(end)))
        for pk, end, unit, of_cohort in sessions
    }
    due = {person for person, session in there if ends[session] <= at - behaviour.FROM}
    reports = list(
        BehaviourReport.objects.filter(session__in=ends).values_list("session", "person", "kind", "tasks", "barriers")
    )
    results, rate = _results(scope, at=at)
    return Levels(
        sessions=len({session for _person, session in there}),
        people=_attended(len({person for person, _session in there}), with_small=with_small),
        reaction=reactions.reactions_of(list(ends.items()), at=at),
        learned=learned(course, scope),
        own=_practice(due, [row for row in reports if row[2] == Kind.SELF], blocks),
        seen=_practice(due, [row for row in reports if row[2] == Kind.SUPERVISOR], blocks),
        results=results,
        result_rate=rate,
    )


def regions_of_units() -> dict[int | None, int | None]:
    """The region of every unit that lies in one or is one."""
    rows = list(Unit.objects.order_by().values_list("pk", "kind", "parent"))
    return {pk: pk if kind == Unit.Kind.REGION else parent for pk, kind, parent in rows if kind != Unit.Kind.AGENCY}


def _practice(due: set[int], rows: Sequence[tuple[Any, ...]], blocks: Mapping[int, tuple[Any, Quarter]]) -> Practice:
    """Reports together. A region and quarter on which fewer than five people reported adds nothing: else its reports could be taken from
    the figures for two regions or periods."""
    whose: dict[tuple[Any, Quarter], set[int]] = defaultdict(set)
    for session, person, *_rest in rows:
        whose[blocks[session]].add(person)
    kept = [row for row in rows if len(whose[blocks[row[0]]]) >= SMALLEST_CELL]
    found = behaviour.counted((tasks, barriers) for _s, _p, _k, tasks, barriers in kept) if kept else None
    named = found.barriers if found else ()
    return Practice(
        Rate(len({person for _session, person, *_rest in rows} & due), len(due)),
        found,
        tuple((behaviour.BARRIERS[code], n) for code, n in named if n >= SMALLEST_CELL and code in behaviour.BARRIERS),
    )


def _results(scope: Scope, *, at: datetime) -> tuple[list[ResultRow], tuple[int, int]]:
    rows = list(scope.results().select_related("unit"))
    over = [one for one in scope.period if one.last < timezone.localdate(at)]
    told = {(one.agency, one.year, one.quarter) for one in rows if Quarter(one.year, one.quarter) in over}
    if scope.region:
        places = 1
    elif scope.within.everything:
        places = len(Agency)
    else:
        places = Unit.objects.filter(pk__in=scope.within.units).values("agency").distinct().count()
    return [result_row(one) for one in rows], (len(told), places * len(over))


def result_row(one: ResultFigures) -> ResultRow:
    """Figures as they may be shown."""
    referrals = shown(one.referrals)
    with_consent = None if referrals is None else shown(one.with_consent, referrals)
    return ResultRow(one, Quarter(one.year, one.quarter), referrals, with_consent, shown(one.complaints))


@dataclass(frozen=True)
class CourseRow:
    """A course in the list: sessions that are over, and different people who attended them; None where they are too few to be shown."""

    course: CourseInfo
    sessions: int
    people: int | None


def course_rows(courses: Iterable[CourseInfo], scope: Scope, *, at: datetime, with_small: bool) -> list[CourseRow]:
    """Every course with what was held of it, counted as its own page does, in one query."""
    counts: dict[UUID, tuple[int, int]] = {
        key: (sessions, people)
        for key, sessions, people in Attendance.objects.there()
        .filter(session__in=scope.held(at=at))
        .order_by()
        .values_list("session__course_key")
        .annotate(sessions=Count("session", distinct=True), people=Count("person", distinct=True))
    }
    rows = []
    for one in courses:
        sessions, people = counts.get(one.key, (0, 0))
        rows.append(CourseRow(one, sessions, _attended(people, with_small=with_small)))
    return rows


def _attended(people: int, *, with_small: bool) -> int | None:
    return people if with_small else shown(people)
