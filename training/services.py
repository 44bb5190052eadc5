"""Verbs of training: assign, change for some, withdraw."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from assessments.models import Quiz
from core import audit
from courses import services as course_services
from courses.catalogue import CourseInfo, ModuleInfo
from courses.models import Enrolment
from people.models import Cohort, CohortMembership, Person
from training.audit import ASSIGNMENT_CHANGED, ASSIGNMENT_ENDED
from training.errors import AssignmentOver, NobodyChosen
from training.models import Assignment, AssignmentChange


@transaction.atomic
def assign(
    cohort: Cohort,
    course: CourseInfo,
    *,
    by: Person,
    due_on: date | None,
    message: str,
    at: datetime,
    starts_on: date | None = None,
    module: ModuleInfo | None = None,
    quiz: Quiz | None = None,
) -> tuple[Assignment, int]:
    """Give a course, or one module or quiz of it, to everyone who learns in a cohort now. Returns the assignment and how many are new to
    the course.

    Who has it already keeps their progress and gets the new dates; changes for single people end with the assignment before. Who joins later
    gets it on joining.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)  # two taps are one after the other
    what: dict[str, Any] = {"course_key": course.key, "module_key": module.key if module else None, "quiz": quiz}
    Assignment.objects.standing().filter(cohort=cohort, **what).update(ended_at=at, ended_by=by, updated_at=at)
    assignment = Assignment.objects.create(
        cohort=cohort, course_code=course.code, starts_on=starts_on, due_on=due_on, message=message, assigned_by=by, assigned_at=at, **what
    )  # fmt: skip
    learners = Person.objects.filter(memberships__in=CohortMembership.objects.filter(cohort=cohort).learners())
    return assignment, len(_give(assignment, learners, course))


def _give(assignment: Assignment, people: Iterable[Person], course: CourseInfo) -> list[Enrolment]:
    """The places of those who had none."""
    if not assignment.is_whole:
        return course_services.enrol(people, course, cohort=assignment.cohort, keeps_terms=True)
    return course_services.enrol(
        people, course, cohort=assignment.cohort, starts_on=assignment.starts_on, due_on=assignment.due_on, message=assignment.message
    )  # fmt: skip


def give_assigned(cohort: Cohort, people: Iterable[Person], courses: Mapping[UUID, CourseInfo]) -> None:
    """Give people who joined a cohort what was assigned to it. courses: the published courses by key."""
    people = list(people)
    given = Assignment.objects.standing().filter(cohort=cohort).select_related("cohort").order_by("assigned_at", "pk")
    for assignment in given:
        if assignment.course_key in courses:
            _give(assignment, people, courses[assignment.course_key])
            for change in assignment.changes.filter(person__in=people):  # of before they had left; in order
                _move(assignment, [change.person_id], change.due_on)


@transaction.atomic
def change_for(
    assignment: Assignment,
    people: Sequence[Person],
    *,
    due_on: date | None,
    is_excused: bool,
    reason: str,
    by: Person,
    at: datetime,
) -> int:
    """Another day for some, or none because they are excused. Returns for how many. Raises NobodyChosen, AssignmentOver."""
    _still_standing(assignment)
    if not people:
        raise NobodyChosen
    AssignmentChange.objects.bulk_create(
        AssignmentChange(assignment=assignment, person=person, due_on=due_on, is_excused=is_excused, reason=reason, changed_by=by, changed_at=at)
        for person in people
    )  # fmt: skip
    _move(assignment, [person.pk for person in people], due_on)
    due = due_on.isoformat() if due_on else ""
    audit.record(ASSIGNMENT_CHANGED, by=by, about=assignment, people=people, due=due, count=len(people))
    return len(people)


def _move(assignment: Assignment, people: Sequence[int], due_on: date | None) -> None:
    """The due day of places under way follows the assignment of the whole course."""
    if assignment.is_whole:
        _places(assignment).filter(person__in=people).update(due_on=due_on)


def _places(assignment: Assignment) -> Any:
    under_way = Enrolment.objects.filter(status=Enrolment.Status.ACTIVE, course_key=assignment.course_key)
    return under_way.filter(cohort=assignment.cohort_id)


def _still_standing(assignment: Assignment) -> None:
    found = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if found.ended_at is not None:
        raise AssignmentOver


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: Person, at: datetime) -> None:
    """Withdraw what was given: it is no longer due. Places in the course and progress stay. Twice is once."""
    ended = Assignment.objects.standing().filter(pk=assignment.pk).update(ended_at=at, ended_by=by, updated_at=at)
    if not ended:
        return
    if assignment.is_whole:
        _places(assignment).update(starts_on=None, due_on=None, message="", updated_at=at)
    audit.record(ASSIGNMENT_ENDED, by=by, about=assignment, course=assignment.course_code)
