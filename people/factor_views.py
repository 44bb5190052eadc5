"""Resetting second factors: the office asks, a second person confirms."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from people import access, factors
from people.factor_forms import ResetForm
from people.models import FactorReset, Person


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what was decided last."""
    viewer = access.may_or_404(request.user, "factors.reset")
    people = access.visible_people(viewer, "factors.reset")
    rows = FactorReset.objects.filter(person__in=people).select_related("person__unit", "asked_by", "decided_by")
    context = {
        "waiting": rows.filter(outcome=FactorReset.Outcome.WAITING).order_by("asked_at"),
        "decided": rows.exclude(outcome=FactorReset.Outcome.WAITING).order_by("-decided_at")[:20],
    }
    return render(request, "factors/waiting.html", context)


@access.only("factors.reset")
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask that somebody's second factor be taken off, with the reason."""
    viewer: Person = request.user  # type: ignore[assignment]
    person = access.person_for(viewer, public_id, "factors.reset")
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factors.ask_reset(person, by=viewer, reason=form.cleaned_data["reason"], at=timezone.now())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Asked. A second person has to confirm it; until then nothing changes."))
            return redirect("factors:waiting")
    context = {"form": form, "person": person, "has_factor": factors.has_factor(person)}
    return render(request, "factors/ask.html", context)


@access.only("factors.reset")
@reauthentication_required
@require_POST
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Confirm or refuse."""
    viewer: Person = request.user  # type: ignore[assignment]
    people = access.visible_people(viewer, "factors.reset")
    reset = get_object_or_404(FactorReset.objects.filter(person__in=people), public_id=public_id)
    is_confirmed = request.POST.get("decision") == "confirm"
    try:
        factors.decide_reset(reset, by=viewer, is_confirmed=is_confirmed, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("The second factor is taken off and every session ended. They set up a new one at the next sign-in.")
            if is_confirmed
            else _("Refused. The second factor stays."),
        )
    return redirect("factors:waiting")
