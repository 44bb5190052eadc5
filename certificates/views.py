"""One's certificates, and verification by anyone who holds a code."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from certificates import access, services
from certificates.claim import CertificateClaim
from certificates.codes import clean_code, grouped
from core.pdf import PdfUnavailable
from core.public import public
from core.ratelimit import limited
from people.models import Person


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own certificates."""
    person: Person = request.user  # type: ignore[assignment]
    today = timezone.localdate()
    rows = [
        {
            "certificate": one,
            "claim": CertificateClaim.from_dict(one.claim),
            "status": services.status_of(one, on=today),
        }
        for one in access.own_certificates(person).prefetch_related("events").order_by("-issued_at")
    ]
    return render(request, "certificates/mine.html", {"rows": rows})


@require_safe
def download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The printable certificate, as a PDF."""
    from certificates.paper import render_certificate  # noqa: PLC0415 (needs a system library; the rest does not)

    person: Person = request.user  # type: ignore[assignment]
    certificate = access.certificate_for(person, public_id)
    verify_url = settings.SITE_URL + reverse("certificates:verify", args=[certificate.code])
    try:
        pdf = render_certificate(CertificateClaim.from_dict(certificate.claim), verify_url=verify_url)
    except PdfUnavailable as error:
        messages.error(request, str(error))
        return redirect("certificates:mine")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{certificate.serial}.pdf"'
    return response


@public
@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a typed one goes to its own address."""
    if typed := request.GET.get("code", ""):
        code = clean_code(typed)
        if len(code) == services.CODE_LENGTH:
            return redirect("certificates:verify", code)
        return render(request, "certificates/verify.html", {"typed": typed[:60], "is_malformed": True})
    return render(request, "certificates/verify.html", {})


@public
@require_safe
@limited("verify", limit=60, seconds=60)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What a certificate says and whether it stands. An unknown code answers 404 and says so."""
    certificate = access.certificate_by_code(code)
    if certificate is None:
        return render(request, "certificates/verify.html", {"typed": code[:60], "is_unknown": True}, status=404)
    context = {
        "certificate": certificate,
        "claim": CertificateClaim.from_dict(certificate.claim),
        "code": grouped(certificate.code),
        "status": services.status_of(certificate, on=timezone.localdate()),
        "is_intact": services.digest(certificate.claim) == certificate.claim_sha256,
        "event": services.last_event(certificate),
        "today": timezone.localdate(),
    }
    return render(request, "certificates/verified.html", context)
