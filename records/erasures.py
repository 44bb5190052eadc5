"""The office's pages of erasing a person: one registrar asks, another confirms."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from people.access import may_or_404, person_for, visible_people
from people.erasing import ask_erasure, confirm_erasure, end_erasure
from people.models import Erasure, Person
from records.forms import ReasonForm


@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """Those that wait for a second person. `number` finds the person whose data is to be erased."""
    viewer = may_or_404(request.user, "people.erase")
    people = visible_people(viewer, "people.erase")
    waiting = Erasure.objects.filter(person__in=people, confirmed_at=None, ended_at=None)
    asked = request.GET.get("number", "").strip()
    try:
        found = people.get(pk=Person.objects.get_by_natural_key(asked).pk) if asked else None
    except Person.DoesNotExist:
        found = None
    return render(
        request,
        "records/erasures.html",
        {"waiting": waiting.select_related("person", "asked_by").order_by("asked_at"), "asked": asked, "found": found},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for one person's erasure, confirm it or end it."""
    viewer = may_or_404(request.user, "people.erase")
    found: HttpResponse = _erase(request, viewer, person_for(viewer, public_id, "people.erase"))
    return found


@reauthentication_required
def _erase(request: HttpRequest, viewer: Person, person: Person) -> HttpResponse:
    erasure = Erasure.objects.filter(person=person, ended_at=None).select_related("asked_by").first()
    form = ReasonForm(request.POST if request.method == "POST" and not erasure else None)
    if request.method == "POST":
        now, act = timezone.now(), request.POST.get("action")
        try:
            if erasure and act == "confirm":
                confirm_erasure(erasure, by=viewer, at=now)
                messages.success(request, _("The personal data is erased. What was learned stays, without a name."))
                return redirect("records:erasures")
            if erasure and act == "end":
                end_erasure(erasure, by=viewer, at=now)
                messages.info(request, _("Nothing is erased."))
                return redirect("records:erasures")
            if not erasure and form.is_valid():
                ask_erasure(person, by=viewer, reason=form.cleaned_data["reason"], at=now)
                messages.info(request, _("It waits for a second person. Nothing is erased yet."))
                return redirect("records:erasures")
        except DomainError as error:
            messages.error(request, str(error))
        except ValidationError as error:
            form.add_error(None, error.messages)
    return render(
        request,
        "records/erase.html",
        {
            "person": person,
            "erasure": erasure,
            "form": form,
            "is_second": erasure and viewer.pk not in (erasure.asked_by_id, person.pk),
        },
    )
