"""What holds for every response."""

import logging
from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language, get_language_from_path

from core import views

log = logging.getLogger("thindan")

ADMIN = "/admin/"
# Wagtail's admin writes scripts and styles into its pages; its frames are its own previews.
ADMIN_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
# Nothing of the device is asked for.
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class PolicyMiddleware(CSPMiddleware):
    """Sends the content security policy, the permissions policy, and `no-store` on everything that is personal."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        # A preview is the site's own page shown in a frame of the admin.
        if request.path_info.startswith(ADMIN):
            parts.replace = ADMIN_POLICY
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(ADMIN):  # a preview comes with the policy of the page that it shows
            del response["Content-Security-Policy"]
        response = super().process_response(request, response)
        response["Permissions-Policy"] = PERMISSIONS
        user = getattr(request, "user", None)
        if "Cache-Control" not in response and (user is None or user.is_authenticated or request.method == "POST"):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response


class BusyMiddleware:
    """Answers 503 with Retry-After where the database is locked, full or away: the client keeps what it has and asks again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError):
            return None
        log.error("database unavailable: %s", error)
        response: HttpResponse
        if request.headers.get("Accept", "").startswith("application/json"):
            response = JsonResponse({"error": "busy"}, status=503)
        else:
            response = views.error_page(request, 503)
        response["Retry-After"] = "5"
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Django's, without its second guess: a place that is not there answers 404 and leads nowhere else."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
        return response
