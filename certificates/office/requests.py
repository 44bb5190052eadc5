"""Revoking, withdrawing and setting valid again: asked by one, decided by another."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates import access, life
from certificates.models import CertificateRequest
from core.errors import DomainError
from people.access import may_or_404
from people.office.acts import act
from people.office.forms import ReasonForm
from people.proof import ask_again

Kind = CertificateRequest.Kind


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what was decided last."""
    viewer = may_or_404(request.user, "certificates.revoke")
    rows = access.visible_requests(viewer).select_related("certificate__person", "asked_by", "decided_by")
    context = {
        "waiting": rows.filter(outcome=CertificateRequest.Outcome.WAITING).order_by("asked_at"),
        "decided": rows.exclude(outcome=CertificateRequest.Outcome.WAITING).order_by("-decided_at")[:20],
    }
    return render(request, "certificates/office/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Ask, with the reason."""
    viewer = may_or_404(request.user, "certificates.revoke")
    found = access.certificate_for(viewer, public_id, "certificates.revoke")
    if kind not in Kind.values:
        raise Http404
    ask_again(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            life.ask(found, kind, by=viewer, reason=form.cleaned_data["reason"], at=timezone.now())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Asked. A second person has to confirm it; until then nothing changes."))
            return redirect("certificate_office:certificate", found.public_id)
    return act(
        request,
        form,
        title=str(Kind(kind).label),
        button=_("Ask"),
        back="certificate_office:certificate",
        about=found,
        text=_("A second person has to confirm it; until then nothing changes."),
    )


@require_POST
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Confirm or refuse."""
    viewer = may_or_404(request.user, "certificates.revoke")
    asked = access.request_for(viewer, public_id)
    ask_again(request)
    is_confirmed = request.POST.get("decision") == "confirm"
    try:
        life.decide(asked, by=viewer, is_confirmed=is_confirmed, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done. Verification says so from now on.") if is_confirmed else _("Refused."))
    return redirect("certificate_office:requests")
