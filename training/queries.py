"""Reads for the trainer's desk and the office."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from assessments.models import Allowance, Demonstration, GradeRecord
from core.privacy import SMALLEST_CELL, shown
from courses.catalogue import Catalogue, CourseInfo, ModuleInfo
from courses.models import Completion, Enrolment
from courses.queries import places_of
from people import access as people_access
from people.models import Agency, Cohort, CohortMembership, Person, Unit
from training.models import Assignment

STUCK_AFTER = timedelta(days=7)
SHOWN_WITHIN = timedelta(days=180)


@dataclass(frozen=True)
class CohortRow:
    """A cohort on the desk. courses: those of which something is given now; the day is that of the whole course."""

    cohort: Cohort
    learners: int
    completed: int
    overdue: int
    courses: list[tuple[CourseInfo, date | None]]


def cohort_rows(cohorts: Sequence[Cohort], known: Catalogue, *, today: date) -> list[CohortRow]:
    """The cohorts with their counts, in three queries."""
    learners = dict(
        CohortMembership.objects.filter(cohort__in=cohorts).learners().values_list("cohort").annotate(n=Count("pk"))
    )
    counts = {
        pk: (completed, overdue)
        for pk, completed, overdue in Enrolment.objects.filter(cohort__in=cohorts)
        .values_list("cohort")
        .annotate(
            completed=Count("pk", filter=Q(status=Enrolment.Status.COMPLETED)),
            overdue=Count("pk", filter=Q(status=Enrolment.Status.ACTIVE, due_on__lt=today)),
        )
    }
    assigned: dict[int, dict[UUID, date | None]] = defaultdict(dict)
    for one in Assignment.objects.standing().filter(cohort__in=cohorts).order_by("assigned_at"):
        due = assigned[one.cohort_id].get(one.course_key)
        assigned[one.cohort_id][one.course_key] = one.due_on if one.is_whole else due
    return [
        CohortRow(
            cohort,
            learners.get(cohort.pk, 0),
            *counts.get(cohort.pk, (0, 0)),
            [(known.by_key[key], due) for key, due in assigned[cohort.pk].items() if key in known.by_key],
        )
        for cohort in cohorts
    ]


@dataclass(frozen=True)
class Cell:
    """One person's way through one module. state: done, open, none, or not_needed."""

    module: ModuleInfo
    done: int
    total: int
    state: str


@dataclass(frozen=True)
class GridRow:
    """One person in the grid. exam: passed, failed, waiting (to be marked), none. Flags say why the trainer should look. is_late: with a
    part of the course that was given. cells: of the modules that were asked for (`with_cells`).
    """

    person: Person
    enrolment: Enrolment | None
    cells: list[Cell]
    exam: str
    exam_percent: int | None
    attempts: int
    is_overdue: bool
    is_late: bool
    is_stuck: bool
    needs_attempt: bool
    last_active_at: datetime | None

    @property
    def needs_attention(self) -> bool:
        """Whether the trainer should look."""
        return self.is_overdue or self.is_stuck or self.needs_attempt

    @property
    def is_completed(self) -> bool:
        """Whether the course is done."""
        return self.enrolment is not None and self.enrolment.status == Enrolment.Status.COMPLETED


def grid(course: CourseInfo, people: Sequence[Person], *, now: datetime, today: date) -> list[GridRow]:
    """People × modules of one course, in five queries whatever their number. `people` come with their unit."""
    return with_cells(course, grid_rows(course, people, now=now, today=today), course.modules)


def grid_rows(
    course: CourseInfo, people: Sequence[Person], *, now: datetime, today: date, late: Collection[int] = ()
) -> list[GridRow]:
    """The rows without their cells, which are many, in four queries. late: people, by primary key, who are overdue with a part of the course."""
    places = places_of(people, [course.key])
    enrolments = {pk: enrolment for (pk, _course), enrolment in places.items()}
    exams = Completion.objects.filter(
        enrolment__in=enrolments.values(), requirement=Completion.Requirement.EXAM, key=course.key
    )
    passed = set(exams.values_list("enrolment_id", flat=True))
    grades: dict[UUID, list[GradeRecord]] = defaultdict(list)
    extra: Counter[UUID] = Counter()
    if course.exam:
        scopes = [e.public_id for e in enrolments.values()]
        of_exam = GradeRecord.objects.filter(attempt__quiz=course.exam, attempt__scope__in=scopes)
        for grade in of_exam.standing().select_related("attempt").defer("attempt__paper", "attempt__rules"):
            grades[grade.attempt.scope].append(grade)
        for scope, more in Allowance.objects.filter(quiz=course.exam, scope__in=scopes).values_list(
            "scope", "attempts"
        ):
            extra[scope] += more
    return [
        _row(course, person, enrolments.get(person.pk), passed, grades, extra, now=now, today=today, is_late=person.pk in late)
        for person in people
    ]  # fmt: skip


def _row(
    course: CourseInfo,
    person: Person,
    enrolment: Enrolment | None,
    passed: Collection[int],
    grades: Any,
    extra: Counter[UUID],
    *,
    now: datetime,
    today: date,
    is_late: bool,
) -> GridRow:
    mine = grades[enrolment.public_id] if enrolment else []
    has_passed = enrolment is not None and enrolment.pk in passed
    waits = any(grade.is_waiting for grade in mine)
    best = max((grade.percent for grade in mine if not grade.is_waiting), default=None)
    sittings = len({grade.attempt_id for grade in mine})
    active = enrolment is not None and enrolment.status == Enrolment.Status.ACTIVE
    begun = enrolment is not None and (enrolment.starts_on is None or enrolment.starts_on <= today)
    last = (enrolment.last_active_at or enrolment.created_at) if enrolment else None
    allowed = (course.exam.attempts_allowed if course.exam else 0) + (extra[enrolment.public_id] if enrolment else 0)
    return GridRow(
        person=person,
        enrolment=enrolment,
        cells=[],
        exam="passed" if has_passed else "waiting" if waits else "failed" if mine else "none",
        exam_percent=best,
        attempts=sittings,
        is_overdue=is_late or bool(active and enrolment and enrolment.due_on and enrolment.due_on < today),
        is_late=is_late,
        is_stuck=bool(active and begun and last and now - last > STUCK_AFTER),
        needs_attempt=bool(active and mine and not has_passed and not waits and sittings >= allowed),
        last_active_at=enrolment.last_active_at if enrolment else None,
    )


def with_cells(course: CourseInfo, rows: Sequence[GridRow], modules: Sequence[ModuleInfo]) -> list[GridRow]:
    """The same rows with their cells for some modules, in one query."""
    met: dict[int, set[tuple[str, UUID]]] = defaultdict(set)
    enrolments = [row.enrolment for row in rows if row.enrolment]
    wanted = [Completion.Requirement.LESSON, Completion.Requirement.MODULE]
    found = Completion.objects.filter(enrolment__in=enrolments, requirement__in=wanted)
    if len(modules) < len(course.modules):
        keys = [module.key for module in modules] + [lesson.key for module in modules for lesson in module.lessons]
        found = found.filter(key__in=keys)
    for pk, requirement, key in found.values_list("enrolment_id", "requirement", "key"):
        met[pk].add((requirement, key))
    return [
        replace(
            row,
            cells=[
                _cell(module, met[row.enrolment.pk] if row.enrolment else set(), row.person.agency, bool(row.enrolment))
                for module in modules
            ],
        )
        for row in rows
    ]


def _cell(module: ModuleInfo, have: set[tuple[str, UUID]], agency: str, enrolled: bool) -> Cell:
    done = sum((Completion.Requirement.LESSON, lesson.key) in have for lesson in module.lessons)
    if (Completion.Requirement.MODULE, module.key) in have:
        state = "done"
    elif not module.is_required_of(agency):
        state = "not_needed"
    else:
        state = "open" if done else "none"
    return Cell(module, done, len(module.lessons), state if enrolled else "none")


@dataclass(frozen=True)
class AgencyRow:
    """What one agency reached, as counts only. None where a count is too small to be shown."""

    agency: str
    people: int | None
    enrolled: int | None
    completed: int | None
    last_active_at: datetime | None


def reach(viewer: Person, *, with_small: bool) -> list[AgencyRow]:
    """Per agency: people, how many are enrolled in anything, how many completed a course; of what the viewer answers for. with_small: for a
    viewer who sees names, numbers that could point at a person too."""
    within = people_access.reach(viewer, "reports.see")
    counted = {
        agency: (people, enrolled, completed, last)
        for agency, people, enrolled, completed, last in Person.objects.filter(
            within.people_q(), is_active=True, unit__isnull=False
        )
        .values_list("unit__agency")
        .annotate(
            people=Count("pk", distinct=True),
            enrolled=Count("enrolments__person", distinct=True),
            completed=Count(
                "enrolments__person", distinct=True, filter=Q(enrolments__status=Enrolment.Status.COMPLETED)
            ),
            last=Max("enrolments__last_active_at"),
        )
    }
    rows = []
    for agency in Agency:
        people, enrolled, completed, last = counted.get(agency.value, (0, 0, 0, None))
        row = AgencyRow(str(agency.label), people, enrolled, completed, last)
        rows.append(row if with_small else _without_small(row))
    return rows


def _without_small(row: AgencyRow) -> AgencyRow:
    """Each number lies within the one before it, and is shown where neither it nor what it leaves of them is small."""
    people, enrolled, completed = row.people or 0, row.enrolled or 0, row.completed or 0
    if shown(enrolled, people) is None:
        return replace(row, people=shown(people), enrolled=None, completed=None, last_active_at=None)
    rests = shown(completed, enrolled), shown(completed, people)
    return replace(row, people=shown(people), completed=None if None in rests else completed)


def units_shown(viewer: Person) -> list[Unit]:
    """The units of which figures may be shown to a viewer, by name. People of units below count there only, so that no two figures
    can be taken from each other."""
    counted = people_access.visible_units(viewer, "reports.see").annotate(
        officers=Count("people", filter=Q(people__is_active=True))
    )
    return list(counted.filter(officers__gte=SMALLEST_CELL).in_order())


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective, and the share in whole per cent of a unit's officers who showed it lately; None: fewer than five did."""

    course: CourseInfo
    code: str
    text: object
    percent: int | None


def objective_shares(unit: Any, known: Catalogue, *, at: datetime) -> list[ObjectiveRow]:
    """How many of a unit's officers showed each objective required of their agency within 180 days.

    unit: as `units_shown` gives it.
    """
    able = dict(
        Demonstration.objects.filter(person__unit=unit, person__is_active=True, at__gt=at - SHOWN_WITHIN)
        .values_list("objective")
        .annotate(n=Count("pk"))
    )
    return [
        ObjectiveRow(
            course, code, text, able[code] * 100 // unit.officers if able.get(code, 0) >= SMALLEST_CELL else None
        )
        for course in known.courses
        if course.is_for(unit.agency)
        for module in course.required_modules(unit.agency)
        for code, text in module.objectives.items()
    ]


def learners_of(cohort: Cohort) -> Any:
    """Who learns in a cohort now, by name, with their units."""
    return Person.objects.filter(
        memberships__cohort=cohort, memberships__part="learner", memberships__left_at=None
    ).select_related("unit").in_order()  # fmt: skip
