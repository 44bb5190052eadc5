"""One person's way through a course, and the questions that most of a group fails."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.audit import looked
from core.privacy import SMALLEST_CELL
from courses.catalogue import Catalogue, CourseInfo, spoken
from courses.queries import places_of
from people import access as people_access
from people.models import Cohort
from training import access, queries
from training.assigning.standing import given_by, standings
from training.models import Assignment
from training.progress import answers


@dataclass(frozen=True)
class Given:
    """What a group is given. course: the one that is looked at, or None where there is none. courses: all that are or were given, those last.
    standing: the assignments of that course that stand.
    """

    course: CourseInfo | None
    courses: list[CourseInfo]
    standing: list[Assignment]


def given_to(cohort: Cohort, known: Catalogue, *, asked: str) -> Given:
    """What a group is given, in one query. asked: the code of the course to look at; else it is the first that is given."""
    rows = list(Assignment.objects.filter(cohort=cohort).select_related("quiz").order_by("assigned_at", "pk"))
    keys = dict.fromkeys(one.course_key for one in sorted(rows, key=lambda one: one.ended_at is not None))
    courses = [known.by_key[key] for key in keys if key in known.by_key]
    course = known.by_code.get(asked) or next(iter(courses), None)
    standing = [one for one in rows if course and one.course_key == course.key and one.ended_at is None]
    return Given(course, courses, standing)


@require_safe
def person(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """How far one person of a group is in a course: modules, lessons, objectives, sittings, and what is given to them."""
    viewer = access.teacher_or_404(request.user)
    cohort = people_access.cohort_for(viewer, public_id)
    found = get_object_or_404(queries.learners_of(cohort), public_id=person_id)
    known = spoken()
    given = given_to(cohort, known, asked=request.GET.get("course", ""))
    course = given.course
    looked(viewer, found)
    context: dict[str, Any] = {"cohort": cohort, "person": found, "course": course}
    if course:
        now, today = timezone.now(), timezone.localdate()
        (row,) = queries.grid(course, [found], now=now, today=today)
        rows = standings(given.standing, [found], today=today)
        context |= {
            "row": row,
            "modules": answers.module_rows(course, row.enrolment, row.cells, language=known.language),
            "attempts": answers.attempt_rows(course, row.enrolment),
            "given": [(given_by(one, known), rows[one.pk][0]) for one in given.standing],
            "can_assign": people_access.can_assign(viewer, cohort),
        }
    return render(request, "training/progress/person.html", context)


@require_safe
def items(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The questions that most of a group had wrong, where five people or more have answered."""
    viewer = access.teacher_or_404(request.user)
    cohort = people_access.cohort_for(viewer, public_id)
    known = spoken()
    given = given_to(cohort, known, asked=request.GET.get("course", ""))
    course, rows = given.course, []
    if course:
        places = list(places_of(list(queries.learners_of(cohort)), [course.key]).values())
        counted = answers.kept_counts(cohort, course, places)
        rows = answers.item_rows(course, counted, language=known.language)
    context = {
        "cohort": cohort,
        "course": course,
        "given": given.courses,
        "rows": [(row, course.objectives.get(row.objective)) for row in rows if row.is_failed] if course else [],
        "others": sum(not row.is_failed for row in rows),
        "smallest": SMALLEST_CELL,
    }
    return render(request, "training/progress/items.html", context)
