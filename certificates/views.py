"""One's certificates: to download, to renew, to show to others."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates import access, badge, life, sharing, transcript
from certificates.claim import CertificateClaim
from certificates.document import certificate_pdf
from certificates.earning import waiting_of
from certificates.forms import ShareForm
from certificates.models import Certificate
from core.errors import DomainError, unprintable
from core.pdf import MissingGlyph, PdfUnavailable
from people.models import Person


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own certificates, with what can be done with each; and what is earned and being made."""
    person: Person = request.user  # type: ignore[assignment]
    today, language = timezone.localdate(), get_language() or "my"
    found = access.own_certificates(person).select_related("rule", "superseded_by").prefetch_related("events")
    certificates = list(found.order_by("-issued_at", "-pk"))
    renewals = life.renewals_of(person.pk, certificates, on=today, language=language)
    rows = [
        {
            "certificate": one,
            "claim": CertificateClaim.from_dict(one.claim),
            "status": life.status_of(one, on=today),
            "event": life.last_event(one),
            "renewal": renewals[one.pk],
            "days_left": (one.valid_until - today).days if one.valid_until else None,
        }
        for one in certificates
    ]
    context = {"rows": rows, "waiting": waiting_of(person), "remind_days": life.REMIND_DAYS[0]}
    return render(request, "certificates/mine.html", context)


def pdf_response(request: HttpRequest, make: Any, name: str, *, back: str) -> HttpResponse:
    """A file to download, or back with a sentence where it cannot be made."""
    try:
        data = make()
    except PdfUnavailable as error:
        messages.error(request, str(error))
        return redirect(back)
    except MissingGlyph as error:
        messages.error(request, unprintable(error))
        return redirect(back)
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


@require_safe
def download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The printable certificate, signed."""
    person: Person = request.user  # type: ignore[assignment]
    certificate = access.own_certificate(person, public_id)
    return pdf_response(request, lambda: certificate_pdf(certificate), certificate.serial, back="certificates:mine")


@require_safe
def credential(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The certificate as an Open Badges credential, for other systems."""
    person: Person = request.user  # type: ignore[assignment]
    certificate = access.own_certificate(person, public_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{certificate.serial}.jwt"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(badge.credential_jwt(certificate), content_type="application/vc+jwt", headers=headers)


@require_safe
def own_transcript(request: HttpRequest) -> HttpResponse:
    """Everything that one completed, as a signed PDF."""
    person: Person = request.user  # type: ignore[assignment]
    return pdf_response(
        request, lambda: transcript.transcript_pdf(person, at=timezone.now()), "transcript", back="certificates:mine"
    )


@require_POST
def renew(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin renewing; lands in the course."""
    person: Person = request.user  # type: ignore[assignment]
    certificate = access.own_certificate(person, public_id)
    try:
        life.renew(certificate, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("certificates:mine")
    state = life.renewal_of(certificate, on=timezone.localdate(), language=get_language() or "my")
    messages.success(request, _("You are renewing this certificate. The old one and its record stay as they are."))
    return redirect("course", state.course.slug) if state.course else redirect("certificates:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a link that shows as much of a certificate as one wants, and see or end those there are."""
    person: Person = request.user  # type: ignore[assignment]
    certificate = access.own_certificate(person, public_id)
    claim = CertificateClaim.from_dict(certificate.claim)
    form = ShareForm(claim, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.share(certificate, by=person, at=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The link is ready. Send it to whom you choose; you can end it at any time."))
            return redirect("certificates:share", certificate.public_id)
    context = {
        "certificate": certificate,
        "claim": claim,
        "form": form,
        "shares": certificate.shares.filter(until__gte=timezone.localdate()).order_by("-made_at"),
    }
    return render(request, "certificates/share.html", context)


@require_POST
def unshare(request: HttpRequest, public_id: UUID, share_id: UUID) -> HttpResponse:
    """End a link: whoever has it sees nothing any more."""
    person: Person = request.user  # type: ignore[assignment]
    certificate: Certificate = access.own_certificate(person, public_id)
    get_object_or_404(certificate.shares, public_id=share_id).delete()
    messages.success(request, _("The link is ended. Whoever has it sees nothing any more."))
    return redirect("certificates:share", certificate.public_id)
