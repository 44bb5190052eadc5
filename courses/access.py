"""Who may see and do what with courses and enrolments."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from courses.catalogue import CourseInfo
from courses.models import Enrolment, EnrolmentQuerySet
from people.access import reach, visible_cohorts
from people.models import Person


def visible_enrolments(viewer: Person) -> EnrolmentQuerySet:
    """For the office every one; for a trainer those of the cohorts they lead, and their own."""
    within = reach(viewer, "enrolments.see")
    if within.everything:
        return Enrolment.objects.all()
    found = Q(person=viewer)
    if viewer.may("enrolments.see"):
        found |= Q(cohort__in=visible_cohorts(viewer, "enrolments.see"))
    if within.units:
        found |= within.units_q("person__unit")
    return Enrolment.objects.filter(found)


def own_enrolment(viewer: Person, course_key: UUID) -> Enrolment | None:
    """The viewer's place in a course: the one under way, else the latest completed, else None."""
    mine = list(Enrolment.objects.filter(person=viewer, course_key=course_key))
    under_way = [one for one in mine if one.status == Enrolment.Status.ACTIVE]
    completed = [one for one in mine if one.status == Enrolment.Status.COMPLETED]
    return max(under_way or completed, key=lambda one: one.created_at, default=None)


def can_take(viewer: Person, course: CourseInfo) -> bool:
    """Whether the course is meant for the viewer's agency; the office and trainers may take every one."""
    return course.is_for(viewer.agency) or viewer.is_office


def can_read_unenrolled(viewer: Person) -> bool:
    """Trainers and the office read lessons without a place in the course."""
    return viewer.is_office


def can_see(viewer: Person, course: CourseInfo) -> bool:
    """Whether the course is the viewer's: meant for them, or taken by them."""
    return can_take(viewer, course) or own_enrolment(viewer, course.key) is not None


def course_or_404(viewer: Person, course: CourseInfo | None) -> CourseInfo:
    """The course, or 404 where there is none or it is not the viewer's."""
    if course is None or not can_see(viewer, course):
        raise Http404
    return course
