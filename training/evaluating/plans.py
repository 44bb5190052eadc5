"""The training plan: how many people of a place are to be trained in a course until a day, and how far that has come."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit
from core.privacy import shown
from courses.catalogue import Catalogue, CourseInfo
from courses.models import Enrolment
from people.models import Person, Unit
from training.audit import TARGET_SET
from training.errors import TargetThere
from training.evaluating.results import Place
from training.models import Attendance, TrainingTarget


@dataclass(frozen=True)
class Goal:
    """What is to be reached."""

    people: int
    due_on: date


def set_target(place: Place, course: CourseInfo, goal: Goal, *, by: Person, at: datetime) -> TrainingTarget:
    """A new target, for the year in which it is due. Raises TargetThere where there is one for the place, year and course."""
    try:
        with transaction.atomic():
            made = TrainingTarget.objects.create(
                year=goal.due_on.year, agency=place.agency, unit=place.unit, course_key=course.key, course_code=course.code,
                people=goal.people, due_on=goal.due_on, set_by=by, set_at=at,
            )  # fmt: skip
            audit.record(TARGET_SET, by=by, about=made, course=course.code, target=goal.people, due_on=f"{goal.due_on}")
    except IntegrityError:
        raise TargetThere from None
    return made


def change_target(target: TrainingTarget, goal: Goal, *, by: Person, at: datetime) -> None:
    """Other numbers for the same place and course; what stood there before is in the trail. Raises TargetThere where the day lies in another
    year that has a target."""
    before = {"target": target.people, "due_on": f"{target.due_on}"}
    after = {"target": goal.people, "due_on": f"{goal.due_on}"}
    if before == after:
        return
    target.people, target.due_on, target.year = goal.people, goal.due_on, goal.due_on.year
    target.set_by, target.set_at = by, at
    try:
        with transaction.atomic():
            target.save()
            audit.record(TARGET_SET, by=by, about=target, **audit.changes(before, after))
    except IntegrityError:
        raise TargetThere from None


# --- Progress ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """A target with what was reached of it in its year. serving: who serves there now; attended: of them, all modules in sessions; completed:
    the course; trained: either. None where a number could point at a person and the viewer sees no names."""

    target: TrainingTarget
    course: CourseInfo | None
    serving: int
    attended: int | None
    completed: int | None
    trained: int | None
    is_reached: bool
    is_late: bool


def progress_of(targets: Sequence[TrainingTarget], known: Catalogue, *, on: date, with_small: bool) -> list[Progress]:
    """Each target with its progress, in four queries whatever their number. with_small: for a viewer who sees names, numbers that could point
    at a person too."""
    serving = _serving(targets)
    keys = {one.course_key for one in targets}
    years = {one.year for one in targets}
    attended = _attended(keys, years, known)
    completed: dict[tuple[UUID, int], set[int]] = defaultdict(set)
    done = Enrolment.objects.filter(course_key__in=keys, status=Enrolment.Status.COMPLETED)
    for key, person, when in done.values_list("course_key", "person", "completed_at"):
        completed[key, timezone.localdate(when).year].add(person)
    found = []
    for one in targets:
        people = serving[one.pk]
        in_sessions = people & attended[one.course_key, one.year]
        finished = people & completed[one.course_key, one.year]
        counts = (len(in_sessions), len(finished), len(in_sessions | finished))
        is_reached = counts[2] >= one.people
        attended_n, completed_n, trained_n = counts if with_small else (shown(n, len(people)) for n in counts)
        found.append(
            Progress(
                target=one,
                course=known.by_key.get(one.course_key),
                serving=len(people),
                attended=attended_n,
                completed=completed_n,
                trained=trained_n,
                is_reached=is_reached,
                is_late=one.due_on < on and not is_reached,
            )
        )
    return found


def _serving(targets: Iterable[TrainingTarget]) -> dict[int, set[int]]:
    """Who serves at the place of each target, with the units below. Two queries."""
    parents = dict(Unit.objects.order_by().values_list("pk", "parent"))
    by_place: dict[Any, set[int]] = defaultdict(set)
    for person, unit, agency in Person.objects.filter(is_active=True, unit__isnull=False).order_by().values_list("pk", "unit", "unit__agency"):  # fmt: skip
        by_place[agency].add(person)
        place: int | None = unit
        while place:
            by_place[place].add(person)
            place = parents[place]
    return {one.pk: by_place[one.unit_id or one.agency] for one in targets}


def _attended(keys: set[UUID], years: set[int], known: Catalogue) -> dict[tuple[UUID, int], set[int]]:
    """By course and year, who attended every module that is required of their agency, in whatever sessions. One query."""
    taken: dict[tuple[UUID, int, int, str], set[str]] = defaultdict(set)
    rows = Attendance.objects.there().filter(session__course_key__in=keys, session__starts_at__year__in=years)
    for key, begins, person, agency, modules in rows.values_list(
        "session__course_key", "session__starts_at", "person", "person__unit__agency", "session__modules"
    ):
        taken[key, timezone.localdate(begins).year, person, agency or ""].update(modules)
    found: dict[tuple[UUID, int], set[int]] = defaultdict(set)
    for (key, year, person, agency), modules in taken.items():
        course = known.by_key.get(key)
        if course and modules.issuperset(one.code for one in course.required_modules(agency)):
            found[key, year].add(person)
    return found
