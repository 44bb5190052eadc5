"""Certificates: finding them, one of them, printing it again, correcting it."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from certificates import access, issuing, life
from certificates.audit import PRINTED
from certificates.claim import CertificateClaim
from certificates.codes import grouped
from certificates.document import certificate_pdf
from certificates.models import Certificate, CertificateRequest, CertificateRule
from certificates.models.certificates import CertificateQuerySet
from certificates.rules import titles
from certificates.views import pdf_response
from core import audit
from core.errors import DomainError
from core.search import matching
from people.access import may_or_404, visible_cohorts, visible_people
from people.office.acts import act
from people.office.forms import ReasonForm
from people.office.history import VALUES, lines
from people.proof import ask_again

PAGE: Final = 50
MOST_TYPED: Final = 200
STATUSES: Final = {
    "valid": gettext_lazy("Valid"),
    "ending": gettext_lazy("Ending within 90 days"),
    "expired": gettext_lazy("Expired"),
    "revoked": gettext_lazy("Revoked or withdrawn"),
    "superseded": gettext_lazy("Replaced"),
}
VALUES["status"] = dict(CertificateRequest.Kind.choices)


def with_status(found: CertificateQuerySet, status: str) -> CertificateQuerySet:
    """Those that have a status of the list today; every one for any other word."""
    today = timezone.localdate()
    match status:
        case "valid":
            return found.standing().filter(Q(valid_until=None) | Q(valid_until__gte=today))
        case "ending":
            return found.standing().filter(valid_until__range=(today, today + timedelta(days=life.REMIND_DAYS[0])))
        case "expired":
            return found.standing().filter(valid_until__lt=today)
        case "revoked":
            return found.gone()
        case "superseded":
            return found.not_gone().filter(superseded_by__isnull=False)
        case _:
            return found


@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Those of the people within reach; by name, service number or serial, what they certify, and status."""
    viewer = may_or_404(request.user, "certificates.see")
    asked = {name: request.GET.get(name, "")[:MOST_TYPED].strip() for name in ("q", "rule", "status")}
    found = access.visible_certificates(viewer)
    if typed := asked["q"]:
        people = matching(visible_people(viewer, "certificates.see"), typed)
        found = found.filter(Q(serial=typed.upper()) | Q(person__in=people.values("pk")))
    if asked["rule"]:
        found = found.filter(rule__code=asked["rule"])
    found = with_status(found, asked["status"]).select_related("person__unit", "rule", "superseded_by")
    page = Paginator(found.prefetch_related("events").order_by("-issued_at", "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [
            (one, CertificateClaim.from_dict(one.claim), life.status_of(one, on=today), life.last_event(one))
            for one in page
        ],
        "asked": asked,
        "rules": titles(CertificateRule.objects.all()),
        "statuses": STATUSES.items(),
        "waiting": access.waiting_requests(viewer).count(),
        "cohorts": visible_cohorts(viewer, "certificates.issue").in_order() if viewer.may("certificates.issue") else [],
    }
    return render(request, "certificates/office/certificates.html", context)


def _can(viewer: Any, found: Certificate, verb: str) -> bool:
    return viewer.pk != found.person_id and access.visible_certificates(viewer, verb).filter(pk=found.pk).exists()


@require_safe
def certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One certificate: what it says, what became of it, and what can be done with it."""
    viewer = may_or_404(request.user, "certificates.see")
    found = access.certificate_for(viewer, public_id)
    audit.looked(viewer, found.person)
    status = life.status_of(found, on=timezone.localdate())
    context = {
        "certificate": found,
        "claim": CertificateClaim.from_dict(found.claim),
        "code": grouped(found.code),
        "status": status,
        "is_intact": life.is_intact(found),
        "events": found.events.select_related("by", "request__asked_by"),
        "waiting": found.requests.filter(outcome="waiting").select_related("asked_by").first(),
        "newer": life.newer(found),
        "can_correct": status in ("valid", "expired") and _can(viewer, found, "certificates.issue"),
        "can_print": status in ("valid", "expired")
        and access.visible_certificates(viewer, "certificates.issue").filter(pk=found.pk).exists(),
        "can_revoke": _can(viewer, found, "certificates.revoke"),
        "history": lines(audit.history(found)),
    }
    return render(request, "certificates/office/certificate.html", context)


@require_safe
def pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The certificate as its holder downloads it, to print it again; who printed it is told."""
    viewer = may_or_404(request.user, "certificates.issue")
    found = access.certificate_for(viewer, public_id, "certificates.issue")
    audit.record(PRINTED, by=viewer, about=found, people=[found.person], serial=found.serial)
    return pdf_response(request, lambda: certificate_pdf(found), found.serial, back="certificate_office:certificates")


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Replace a certificate by one with the names and titles that are recorded today."""
    viewer = may_or_404(request.user, "certificates.issue")
    found = access.certificate_for(viewer, public_id, "certificates.issue")
    ask_again(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = issuing.correct(found, by=viewer, reason=form.cleaned_data["reason"], at=timezone.now())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The corrected certificate is issued; the old one says that it was replaced."))
            return redirect("certificate_office:certificate", new.public_id)
    return act(
        request,
        form,
        title=_("Correct the certificate"),
        button=_("Issue the corrected one"),
        back="certificate_office:certificate",
        about=found,
        text=_(
            "The new certificate takes names, unit and titles as they are recorded today; what was earned, and until when, "
            "stays as it was. Change the person's names first."
        ),
    )
