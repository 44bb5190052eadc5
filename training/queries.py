"""Reads for the trainer's desk and the office."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from assessments.models import AttemptAllowance, GradeRecord
from courses.catalogue import Catalogue, CourseInfo, ModuleInfo
from courses.models import Completion, Enrolment
from people.models import Agency, Cohort, CohortMembership, Person
from training.models import Assignment

STUCK_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class CohortRow:
    """A cohort on the desk. courses: what is assigned, newest due date each."""

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
    for assignment in Assignment.objects.filter(cohort__in=cohorts).order_by("assigned_at"):
        assigned[assignment.cohort_id][assignment.course_key] = assignment.due_on
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
    """One person in the grid. exam: passed, failed, none. Flags say why the trainer should look."""

    person: Person
    enrolment: Enrolment | None
    cells: list[Cell]
    exam: str
    exam_percent: int | None
    attempts: int
    is_overdue: bool
    is_stuck: bool
    needs_attempt: bool
    last_active_at: datetime | None


def grid(course: CourseInfo, people: Sequence[Person], *, now: datetime, today: date) -> list[GridRow]:
    """People × modules of one course, in four queries whatever their number. `people` come with their unit."""
    enrolments: dict[int, Enrolment] = {}
    for enrolment in (
        Enrolment.objects.filter(person__in=people, course_key=course.key).active().order_by("-status", "created_at")
    ):
        enrolments[enrolment.person_id] = enrolment  # the one under way, else the latest
    met: dict[int, set[tuple[str, UUID]]] = defaultdict(set)
    wanted = [Completion.Requirement.LESSON, Completion.Requirement.MODULE, Completion.Requirement.EXAM]
    rows = Completion.objects.filter(enrolment__in=enrolments.values(), requirement__in=wanted)
    for pk, requirement, key in rows.values_list("enrolment_id", "requirement", "key"):
        met[pk].add((requirement, key))
    grades: dict[UUID, list[GradeRecord]] = defaultdict(list)
    extra: Counter[UUID] = Counter()
    if course.exam:
        scopes = [e.public_id for e in enrolments.values()]
        for grade in GradeRecord.objects.filter(attempt__quiz=course.exam, attempt__scope__in=scopes).select_related(
            "attempt"
        ):
            grades[grade.attempt.scope].append(grade)
        extra.update(
            AttemptAllowance.objects.filter(quiz=course.exam, scope__in=scopes).values_list("scope", flat=True)
        )
    return [
        _row(course, person, enrolments.get(person.pk), met, grades, extra, now=now, today=today) for person in people
    ]


def _row(
    course: CourseInfo,
    person: Person,
    enrolment: Enrolment | None,
    met: Any,
    grades: Any,
    extra: Counter[UUID],
    *,
    now: datetime,
    today: date,
) -> GridRow:
    have = met[enrolment.pk] if enrolment else set()
    cells = [_cell(module, have, person.agency, enrolment is not None) for module in course.modules]
    mine = grades[enrolment.public_id] if enrolment else []
    passed = (Completion.Requirement.EXAM, course.key) in have
    best = max((grade.percent for grade in mine), default=None)
    sittings = len({grade.attempt_id for grade in mine})
    active = enrolment is not None and enrolment.status == Enrolment.Status.ACTIVE
    last = (enrolment.last_active_at or enrolment.created_at) if enrolment else None
    allowed = (course.exam.attempts_allowed if course.exam else 0) + (extra[enrolment.public_id] if enrolment else 0)
    return GridRow(
        person=person,
        enrolment=enrolment,
        cells=cells,
        exam="passed" if passed else "failed" if mine else "none",
        exam_percent=best,
        attempts=sittings,
        is_overdue=bool(active and enrolment and enrolment.due_on and enrolment.due_on < today),
        is_stuck=bool(active and last and now - last > STUCK_AFTER),
        needs_attempt=bool(active and mine and not passed and sittings >= allowed),
        last_active_at=enrolment.last_active_at if enrolment else None,
    )


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
    people: int
    enrolled: int | None
    completed: int | None
    last_active_at: datetime | None


SMALLEST_CELL = 5  # a group smaller than this could point at a person


def reach() -> list[AgencyRow]:
    """Per agency: people, how many are enrolled in anything, how many completed a course."""
    counted = {
        agency: (people, enrolled, completed, last)
        for agency, people, enrolled, completed, last in Person.objects.filter(is_active=True, unit__isnull=False)
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
        small = people < SMALLEST_CELL
        rows.append(
            AgencyRow(
                str(agency.label),
                people,
                None if small else enrolled,
                None if small else completed,
                None if small else last,
            )
        )
    return rows
