"""One person's way through a course, and the questions that most of a group fails."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.audit import looked
from core.privacy import SMALLEST_CELL
from courses.catalogue import Catalogue, CourseInfo, catalogue
from people import access as people_access
from people.models import Cohort
from training import access, queries
from training.assigning.standing import given_by, places_of, standings
from training.models import Assignment
from training.progress import answers


def course_of(request: HttpRequest, cohort: Cohort, known: Catalogue) -> tuple[CourseInfo | None, list[CourseInfo]]:
    """The course that is asked for, else the first that is given; and all that are or were given to the group, these last."""
    rows = Assignment.objects.filter(cohort=cohort).order_by("assigned_at").values_list("course_key", "ended_at")
    keys = dict.fromkeys(key for key, _ended in sorted(rows, key=lambda row: row[1] is not None))
    given = [known.by_key[key] for key in keys if key in known.by_key]
    return known.by_code.get(request.GET.get("course", "")) or next(iter(given), None), given


def _known() -> Catalogue:
    return catalogue(get_language() or "my")


@require_safe
def person(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """How far one person of a group is in a course: modules, lessons, objectives, sittings, and what is given to them."""
    viewer = access.teacher_or_404(request.user)
    cohort = people_access.cohort_for(viewer, public_id)
    found = get_object_or_404(queries.learners_of(cohort), public_id=person_id)
    known = _known()
    course, _given = course_of(request, cohort, known)
    looked(viewer, found)
    context: dict[str, Any] = {"cohort": cohort, "person": found, "course": course}
    if course:
        now, today = timezone.now(), timezone.localdate()
        (row,) = queries.grid(course, [found], now=now, today=today)
        given = list(Assignment.objects.standing().filter(cohort=cohort, course_key=course.key).select_related("quiz"))
        rows = standings(given, [found], today=today)
        context |= {
            "row": row,
            "modules": answers.module_rows(course, row.enrolment, row.cells, language=known.language),
            "attempts": answers.attempt_rows(course, row.enrolment),
            "given": [(given_by(one, known), rows[one.pk][0]) for one in given],
            "can_assign": people_access.can_assign(viewer, cohort),
        }
    return render(request, "training/progress/person.html", context)


@require_safe
def items(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The questions that most of a group had wrong, where five people or more have answered."""
    viewer = access.teacher_or_404(request.user)
    cohort = people_access.cohort_for(viewer, public_id)
    known = _known()
    course, given = course_of(request, cohort, known)
    rows = []
    if course:
        places = list(places_of(list(queries.learners_of(cohort)), [course.key]).values())
        counted = answers.kept_counts(cohort, course, places)
        rows = answers.item_rows(course, counted, language=known.language)
    context = {
        "cohort": cohort,
        "course": course,
        "given": given,
        "rows": [(row, course.objectives.get(row.objective)) for row in rows if row.is_failed] if course else [],
        "others": sum(not row.is_failed for row in rows),
        "smallest": SMALLEST_CELL,
    }
    return render(request, "training/progress/items.html", context)
