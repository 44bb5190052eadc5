"""Places that belong to no app: language, health and error pages."""

import logging
import shutil
import sys
from datetime import UTC, timedelta
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template import loader
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST, require_safe
from django.views.i18n import set_language as django_set_language
from django.views.static import serve

from core import caches
from core.errors import StoreAway
from core.languages import offered_languages
from core.public import public
from core.signals import language_chosen

log = logging.getLogger("thindan")

SECURITY_TXT_LASTS = timedelta(days=180)  # it is made anew with each request

# Status -> what happened, what to do. Shown in Burmese and English together: the reader's language may be unknown.
ERRORS = {
    400: (_("The request could not be read"), _("Go back, check what you entered and try again.")),
    403: (_("This is not allowed"), _("Go back and reload the page, then try again. If it happens again, sign in anew.")),
    404: (_("This page is not here"), _("It may have moved, or it is not open to you. Go to the first page and look from there.")),
    429: (_("Too many tries"), _("For safety there is a pause. Wait a few minutes and try again; nothing was lost.")),
    500: (_("Something went wrong on our side"), _("What you saved before is kept. Try again in a few minutes.")),
    503: (_("The service is busy"), _("Your answers stay on this device and in your last saved state. Try again in a minute.")),
}  # fmt: skip


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """An error page that needs neither database nor session, in both languages, without internals."""
    title, advice = ERRORS[status]
    texts = []
    for language in ("my", "en"):
        with translation.override(language):
            texts.append({"language": language, "title": str(title), "advice": str(advice)})
    body = loader.get_template("error.html").render({"status": status, "texts": texts})
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400"""
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403"""
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": "reload"}, status=HTTPStatus.FORBIDDEN)
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404"""
    return error_page(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429"""
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 with Retry-After where the database is locked, full or away, or the store of files is: the client keeps what it has and
    asks again.
    """
    error = sys.exc_info()[1]
    if not isinstance(error, OperationalError | StoreAway):
        return error_page(request, 500)
    log.error("%s unavailable: %s", "store" if isinstance(error, StoreAway) else "database", error)
    response: HttpResponse
    if request.headers.get("Accept", "").startswith("application/json"):
        response = JsonResponse({"error": "busy"}, status=503)
    else:
        response = error_page(request, 503)
    response["Retry-After"] = "5"
    return response


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Show the page one came from in another language, and remember the choice."""
    language, place = request.POST.get("language", ""), request.POST.get("next", "")
    if language not in offered_languages():
        return redirect(safe_next(request, "/"))
    with translation.override(translation.get_language_from_path(place) or translation.get_language()):
        response: HttpResponse = django_set_language(request)  # it finds a place only in the language that is active
    language_chosen.send(sender=None, request=request, language=language)
    return response


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database can be read and is up to date, the cache answers, the disk has room. No detail for outsiders."""
    faults = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            faults.append("migrations")
    except DatabaseError:
        faults.append("database")
    try:
        cache.set("readyz", 1, 10)
        if cache.get("readyz") != 1 or caches.is_away():
            faults.append("cache")
    except Exception:
        faults.append("cache")
    disk = shutil.disk_usage(settings.DATA_DIR)
    if disk.free < min(disk.total // 10, 2 * 2**30):
        faults.append("disk")
    if faults:
        log.error("not ready: %s", ", ".join(faults))
    return HttpResponse("not ready" if faults else "ready", status=503 if faults else 200, content_type="text/plain")


def safe_next(request: HttpRequest, default: str) -> str:
    """Where a form asked to go on to, if that is on this site; else `default`."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure()) else default


@public
@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines have nothing to look for here."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116), if the installation says whom: SECURITY_CONTACT."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + SECURITY_TXT_LASTS).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: my, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _opened(path: str) -> File:  # type: ignore[type-arg]
    try:
        return default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded image, for signed-in people. Documents have Wagtail's own view; nothing else is given out."""
    if not path.startswith(("images/", "original_images/")):
        raise Http404
    response: HttpResponseBase
    if isinstance(default_storage, FileSystemStorage):
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    else:
        response = FileResponse(_opened(path), filename=path.rpartition("/")[2])
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response
