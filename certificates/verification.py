"""Verification by anyone: by code, by the file itself, by a link that a holder gave, and without a line."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from certificates import access, badge, document, keyring, life
from certificates.claim import CertificateClaim
from certificates.codes import clean_code, grouped
from certificates.issuing import CODE_LENGTH
from certificates.models import Certificate, CertificateRule, SigningKey
from core.public import public
from core.ratelimit import limited
from courses.catalogue import catalogue
from myanmar.dates import MONTHS


def told(certificate: Certificate) -> dict[str, Any]:
    """What a page says of a certificate and whether it stands."""
    return {
        "certificate": certificate,
        "claim": CertificateClaim.from_dict(certificate.claim),
        "code": grouped(certificate.code),
        "status": life.status_of(certificate, on=timezone.localdate()),
        "is_intact": life.is_intact(certificate),
        "event": life.last_event(certificate),
        "newer": life.newer(certificate),
        "today": timezone.localdate(),
    }


@public
@require_http_methods(["GET", "HEAD", "POST"])
@limited("verify", limit=60, seconds=60)
def verify_form(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a typed one goes to its own address. A file that is sent is examined and not kept."""
    if request.method == "POST":
        return _file(request)
    if typed := request.GET.get("code", ""):
        code = clean_code(typed)
        if len(code) == CODE_LENGTH:
            return redirect("certificates:verify", code)
        return render(request, "certificates/verify.html", {"typed": typed[:60], "is_malformed": True})
    return render(request, "certificates/verify.html", {})


def _file(request: HttpRequest) -> HttpResponse:
    """What became of a file that somebody sent."""
    upload = request.FILES.get("file")
    if upload is None:
        return render(request, "certificates/verify.html", {"file": "none"})
    if (upload.size or 0) > document.MOST_BYTES:
        return render(request, "certificates/verify.html", {"file": "large"})
    found = document.examine(upload.read())
    if found.outcome != "genuine":
        return render(request, "certificates/verify.html", {"file": found.outcome})
    certificate = access.certificate_by_code(found.claim["claim"]["code"]) if found.claim else None
    if certificate is None or found.claim is None:
        return render(request, "certificates/verify.html", {"file": "sheet"})
    context = told(certificate) | {"by_file": True}
    context["is_intact"] = context["is_intact"] and found.claim["claim"] == certificate.claim
    return render(request, "certificates/verified.html", context)


@public
@require_safe
@limited("verify", limit=60, seconds=60)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What a certificate says and whether it stands. An unknown code answers 404 and says so."""
    certificate = access.certificate_by_code(code)
    if certificate is None:
        return render(request, "certificates/verify.html", {"typed": code[:60], "is_unknown": True}, status=404)
    return render(request, "certificates/verified.html", told(certificate))


@public
@require_safe
@limited("verify", limit=60, seconds=60)
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What a holder chose to show, until the day they chose."""
    found = access.shared_certificate(token)
    return render(request, "certificates/shared.html", told(found.certificate) | {"share": found})


# --- Without a line ----------------------------------------------------------------------------------------------------


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """A page to keep on a telephone: it checks the square on a paper by the published keys, and asks nobody."""
    claims = SigningKey.objects.filter(purpose=SigningKey.Purpose.CLAIM, withdrawn_at=None)
    keys = {key.kid: key.jwk["x"] for key in claims}
    known = [catalogue(language) for language in ("my", "en")]
    titles = {
        rule.code: [rule.title_my, rule.title_en] for rule in CertificateRule.objects.filter(kind=CertificateRule.Kind.PROGRAMME)
    } | {course.code: [one.by_key[course.key].title.text for one in known] for course in known[1].courses}  # fmt: skip
    months = MONTHS["my" if get_language() == "my" else "en"]
    context = {"data": {"keys": keys, "titles": titles, "months": months}, "kept": timezone.localdate()}
    return render(request, "certificates/offline.html", context)


@public
@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps that page on the telephone; served here so that it reaches /verify/ and nothing else."""
    return render(request, "certificates/worker.js", {}, content_type="text/javascript; charset=utf-8")


# --- For other systems -------------------------------------------------------------------------------------------------


@public
@require_safe
@cache_control(max_age=3600, public=True)
def keys(request: HttpRequest) -> HttpResponse:
    """The key set."""
    return JsonResponse(keyring.published())


@public
@require_safe
@cache_control(max_age=3600, public=True)
def key(request: HttpRequest, kid: str) -> HttpResponse:
    """One key, as the credential's header names it."""
    found = next((one for one in keyring.published()["keys"] if one["kid"] == kid), None)
    if found is None:
        raise Http404
    return JsonResponse(found)


@public
@require_safe
@limited("status", limit=60, seconds=60)
@cache_control(max_age=300, public=True)
def status_list(request: HttpRequest) -> HttpResponse:
    """Which credentials no longer stand, without saying whose."""
    return HttpResponse(badge.status_list(at=timezone.now()), content_type="application/vc+jwt")


@public
@require_safe
@cache_control(max_age=3600, public=True)
def issuer(request: HttpRequest) -> HttpResponse:
    """The issuer's profile."""
    return JsonResponse(badge.issuer())


@public
@require_safe
@cache_control(max_age=3600, public=True)
def achievement(request: HttpRequest, public_id: Any) -> HttpResponse:
    """What is certified."""
    return JsonResponse(
        {"@context": badge.CONTEXT} | badge.achievement(get_object_or_404(CertificateRule, public_id=public_id))
    )
