"""Reads about learning."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from courses.catalogue import CourseInfo
from courses.models import Completion, Enrolment
from courses.progress import CourseProgress, course_progress
from people.models import Person


def met(enrolment: Enrolment) -> set[tuple[str, UUID]]:
    """The requirements met in an enrolment."""
    return set(Completion.objects.filter(enrolment=enrolment).values_list("requirement", "key"))


def met_by_enrolment(enrolments: Iterable[Enrolment]) -> dict[int, set[tuple[str, UUID]]]:
    """The same for many at once, by the enrolment's key."""
    found: dict[int, set[tuple[str, UUID]]] = defaultdict(set)
    rows = Completion.objects.filter(enrolment__in=[e.pk for e in enrolments])
    for pk, requirement, key in rows.values_list("enrolment_id", "requirement", "key"):
        found[pk].add((requirement, key))
    return found


def codes_done(person: Person) -> set[str]:
    """Codes of the courses and modules a person ever completed, for prerequisites."""
    rows = Completion.objects.filter(
        enrolment__person=person,
        requirement__in=[Completion.Requirement.COURSE, Completion.Requirement.MODULE],
    )
    return set(rows.values_list("code", flat=True))


def progress_of(person: Person, course: CourseInfo, enrolment: Enrolment | None) -> CourseProgress:
    """How far a person is in a course."""
    done_so_far = met(enrolment) if enrolment else set()
    asked = bool(course.prerequisites) or any(module.prerequisites for module in course.modules)
    done = codes_done(person) if asked else set()
    return course_progress(course, done_so_far, person.agency, done, exam_only=bool(enrolment and enrolment.exam_only))


def places_of(people: Sequence[Person], courses: Collection[UUID]) -> dict[tuple[int, UUID], Enrolment]:
    """The place of each in each course: the one under way, else the latest. By person and course."""
    rows = (
        Enrolment.objects.filter(person__in=people, course_key__in=courses).active().order_by("-status", "created_at")
    )
    return {(one.person_id, one.course_key): one for one in rows}
