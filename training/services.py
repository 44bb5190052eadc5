"""Verbs of training: assign."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from courses import services as course_services
from courses.catalogue import CourseInfo
from people.models import Cohort, CohortMembership, Person
from training.models import Assignment


@transaction.atomic
def assign(
    cohort: Cohort, course: CourseInfo, *, by: Person, due_on: date | None, message: str, at: datetime
) -> tuple[Assignment, int]:
    """Give a course to everyone who learns in a cohort now. Returns the assignment and how many are new to the course.

    Who has it already keeps their progress and gets the new due date. Who joins later gets it on joining.
    """
    assignment = Assignment.objects.create(
        cohort=cohort,
        course_key=course.key,
        course_code=course.code,
        due_on=due_on,
        message=message,
        assigned_by=by,
        assigned_at=at,
    )
    learners = Person.objects.filter(memberships__in=CohortMembership.objects.filter(cohort=cohort).learners())
    return assignment, len(course_services.enrol(learners, course, cohort=cohort, due_on=due_on, message=message))


def give_assigned(cohort: Cohort, people: Iterable[Person], courses: Mapping[UUID, CourseInfo]) -> None:
    """Give people who joined a cohort what was assigned to it. courses: the published courses by key."""
    people = list(people)
    newest = {a.course_key: a for a in Assignment.objects.filter(cohort=cohort).order_by("assigned_at")}
    for key, assignment in newest.items():
        if key in courses:
            course_services.enrol(
                people, courses[key], cohort=cohort, due_on=assignment.due_on, message=assignment.message
            )
