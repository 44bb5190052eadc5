"""What is given to a group: the list, each with who has done it, changes for some, withdrawing, reminding."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from core.templatetags.burmese import digits
from courses.catalogue import spoken
from people import access as people_access
from people.models import Person
from training import access, queries, services
from training.assigning import reminding
from training.assigning.standing import Standing, given_by, standings
from training.forms import ChangeForm, ReminderForm
from training.models import Assignment


@require_safe
def assignments(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is given to a group, with how many have done it and how many are late; and what was withdrawn."""
    viewer = access.teacher_or_404(request.user)
    cohort = people_access.cohort_for(viewer, public_id)
    known, today = spoken(), timezone.localdate()
    given = list(Assignment.objects.filter(cohort=cohort).select_related("quiz", "assigned_by", "ended_by"))
    shown = [one for one in given if one.ended_at is None]
    rows = standings(shown, list(queries.learners_of(cohort)), today=today)
    found = []
    for one in shown:
        counts = Counter(row.state for row in rows[one.pk])
        found.append(
            {
                "assignment": one,
                "what": given_by(one, known),
                "counts": counts,
                "all": len(rows[one.pk]),
                "is_ahead": one.is_ahead(today),
            }
        )
    context = {
        "cohort": cohort,
        "rows": found,
        "ended": [(one, given_by(one, known)) for one in given if one.ended_at],
        "can_assign": people_access.can_assign(viewer, cohort),
    }  # fmt: skip
    return render(request, "training/assigning/assignments.html", context)


def _people(assignment: Assignment) -> list[Standing]:
    """How the group stands with it: those who are late first, then those who have it to do, then the others; each by name."""
    people = list(queries.learners_of(assignment.cohort))
    rows = standings([assignment], people, today=timezone.localdate())[assignment.pk]
    order = ("overdue", "open", "ahead", "excused", "done")
    return sorted(rows, key=lambda row: order.index(row.state))


@require_safe
def assignment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who has done what was given, and who has not."""
    viewer = access.teacher_or_404(request.user)
    return _page(request, viewer, access.assignment_for(viewer, public_id))


def _page(
    request: HttpRequest, viewer: Person, one: Assignment, form: ChangeForm | None = None, error: str = ""
) -> HttpResponse:
    rows, posted = _people(one), set(request.POST.getlist("person"))
    context = {
        "assignment": one,
        "what": given_by(one, spoken()),
        "rows": rows,
        "counts": Counter(row.state for row in rows),
        "form": form or ChangeForm(),
        "error": error,
        "ticked": {row.person.pk for row in rows if str(row.person.public_id) in posted},
        "can_assign": one.ended_at is None and people_access.can_assign(viewer, one.cohort),
        "is_ahead": one.is_ahead(timezone.localdate()),
        "reminders": list(one.reminders.select_related("sent_by").order_by("-sent_at")[:1]),
    }
    return render(request, "training/assigning/assignment.html", context)


def _own(request: HttpRequest, public_id: UUID) -> tuple[Person, Assignment]:
    """The viewer, and what was given to a group that they lead; or 404."""
    viewer = people_access.may_or_404(request.user, "teach.assign")
    return viewer, access.assignment_for(viewer, public_id, "teach.assign")


@require_POST
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another day for those who are ticked, or none."""
    viewer, one = _own(request, public_id)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, one, form)
    ticked = set(request.POST.getlist("person"))
    people = [person for person in queries.learners_of(one.cohort) if str(person.public_id) in ticked]
    try:
        count = services.change_for(one, people, by=viewer, at=timezone.now(), **form.cleaned_data)
    except DomainError as refusal:
        return _page(request, viewer, one, form, str(refusal))
    text = ngettext("It was changed for %(count)s person.", "It was changed for %(count)s people.", count)
    messages.success(request, text % {"count": digits(count)})
    return redirect(one)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw what was given, after a question."""
    viewer, one = _own(request, public_id)
    if request.method == "POST":
        services.end_assignment(one, by=viewer, at=timezone.now())
        messages.success(request, _("It is withdrawn and no longer due. Places in the course and progress stay."))
        return redirect("training:assignments", one.cohort.public_id)
    return render(request, "training/assigning/end.html", {"assignment": one, "what": given_by(one, spoken())})


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write to those who have it still to do. A POST without a text comes from the grid with those who were ticked there."""
    viewer, one = _own(request, public_id)
    now = timezone.now()
    rows = [row for row in _people(one) if row.is_to_do]
    had = reminding.reminded_on(one, at=now)
    ticked = set(request.POST.getlist("person"))
    is_sent = request.method == "POST" and "text" in request.POST
    form = ReminderForm(request.POST if is_sent else None, initial={"text": reminding.proposed(one, at=now)})
    error = ""
    if is_sent and form.is_valid():
        chosen = {row.person.pk for row in rows if str(row.person.public_id) in ticked}
        try:
            sent = reminding.remind(one, rows, chosen, text=form.cleaned_data["text"], by=viewer, at=now)
        except DomainError as refusal:
            error = str(refusal)
        else:
            count = sent.people.count()
            text = ngettext("%(count)s person is reminded.", "%(count)s people are reminded.", count)
            messages.success(request, text % {"count": digits(count)})
            return redirect(one)
    context: dict[str, Any] = {
        "assignment": one,
        "what": given_by(one, spoken()),
        "form": form,
        "error": error,
        "rows": [
            {
                "standing": row,
                "had": row.person.pk in had,
                "is_ticked": str(row.person.public_id) in ticked if ticked or is_sent else row.person.pk not in had,
            }
            for row in rows
        ],
    }
    return render(request, "training/assigning/remind.html", context)
