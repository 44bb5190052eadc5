"""The trainer's desk and the office."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.services import allow_attempt
from core.templatetags.burmese import digits
from courses.access import visible_enrolments
from courses.catalogue import Catalogue, CourseInfo, catalogue
from people import access as people_access
from people.models import Cohort, Person, RoleGrant
from training import access, queries, services
from training.forms import AllowanceForm, AssignForm
from training.models import Assignment

PAGE = 50


def _known() -> Catalogue:
    return catalogue(get_language() or "my")


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The cohorts one leads, with what is due."""
    viewer = access.teacher_or_404(request.user)
    cohorts = list(people_access.visible_cohorts(viewer).select_related("unit").order_by("created_at"))
    rows = queries.cohort_rows(cohorts, _known(), today=timezone.localdate())
    return render(request, "training/desk.html", {"rows": rows})


@require_safe
def cohort(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The progress grid of a cohort: people × modules of one of its courses."""
    viewer = access.teacher_or_404(request.user)
    found = people_access.cohort_for(viewer, public_id)
    known = _known()
    assigned = _assigned(found, known)
    course = known.by_code.get(request.GET.get("course", "")) or next(iter(assigned), None)
    people = Person.objects.filter(
        memberships__cohort=found, memberships__part="learner", memberships__left_at=None
    ).select_related("unit").in_order()  # fmt: skip
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = queries.grid(course, list(page.object_list), now=now, today=timezone.localdate()) if course else []
    show = request.GET.get("show", "")
    if show == "attention":
        rows = [row for row in rows if row.is_overdue or row.is_stuck or row.needs_attempt]
    return render(
        request,
        "training/cohort.html",
        {
            "cohort": found,
            "course": course,
            "assigned": assigned,
            "rows": rows,
            "page": page,
            "show": show,
            "can_assign": people_access.can_assign(viewer, found),
            "attention": sum(row.is_overdue or row.is_stuck or row.needs_attempt for row in rows),
        },
    )


def _assigned(cohort: Cohort, known: Catalogue) -> dict[CourseInfo, Any]:
    """The courses given to a cohort with the newest due date, in the order of giving."""
    found: dict[CourseInfo, Any] = {}
    for assignment in Assignment.objects.filter(cohort=cohort).order_by("assigned_at"):
        if assignment.course_key in known.by_key:
            found[known.by_key[assignment.course_key]] = assignment
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a course to a cohort."""
    viewer = access.teacher_or_404(request.user)
    found = people_access.cohort_for(viewer, public_id)
    if not people_access.can_assign(viewer, found):
        raise Http404
    known = _known()
    form = AssignForm(known, request.POST or None)
    if request.method == "POST" and form.is_valid():
        course = known.by_code[form.cleaned_data["course"]]
        _assignment, new = services.assign(
            found,
            course,
            by=viewer,
            due_on=form.cleaned_data["due_on"],
            message=form.cleaned_data["message"],
            at=timezone.now(),
        )
        text = ngettext(
            "%(course)s is assigned. %(count)s person is new to it; the others keep their progress.",
            "%(course)s is assigned. %(count)s people are new to it; the others keep their progress.",
            new,
        )
        messages.success(request, text % {"course": course.title, "count": digits(new)})
        return redirect("training:cohort", found.public_id)
    return render(request, "training/assign.html", {"cohort": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def allow(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Allow one more attempt at a course's exam to a person in a cohort one leads."""
    viewer = access.teacher_or_404(request.user)
    enrolment = get_object_or_404(visible_enrolments(viewer).select_related("person", "cohort"), public_id=public_id)
    course = _known().by_key.get(enrolment.course_key)
    if not course or not course.exam or not enrolment.cohort or not people_access.can_assign(viewer, enrolment.cohort):
        raise Http404
    form = AllowanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        allowed = allow_attempt(
            course.exam, enrolment.person, scope=enrolment.public_id, by=viewer, reason=form.cleaned_data["reason"]
        )
        if allowed:
            messages.success(request, _("%(name)s may sit the exam once more.") % {"name": enrolment.person})
        else:
            messages.info(
                request, _("%(name)s has an attempt left already; none was added.") % {"name": enrolment.person}
            )
        return redirect("training:cohort", enrolment.cohort.public_id)
    return render(request, "training/allow.html", {"enrolment": enrolment, "course": course, "form": form})


@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """Reach by agency, as counts."""
    viewer: Person = request.user  # type: ignore[assignment]
    if not viewer.has_role(RoleGrant.Role.REGISTRAR, RoleGrant.Role.LEAD):
        raise Http404
    return render(request, "training/office.html", {"rows": queries.reach(), "smallest": queries.SMALLEST_CELL})
