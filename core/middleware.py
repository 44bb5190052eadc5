"""What holds for every response."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import activate, get_language, get_language_from_path

from core.languages import offered_languages

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


class ProxyMiddleware:
    """Behind a proxy, a request comes from the address that the proxy saw, which it wrote at the end of `X-Forwarded-For`.

    What stands before it anybody may have written. Without a proxy the header is worth nothing, and this is not used.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.BEHIND_PROXY:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        with suppress(ValueError):
            request.META["REMOTE_ADDR"] = str(ip_address(seen))
        return self.get_response(request)


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

    def process_request(self, request: HttpRequest) -> HttpResponse | None:  # type: ignore[override]
        """TRACE, which would send a request's own headers back, is answered nowhere."""
        super().process_request(request)
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"]) if request.method == "TRACE" else None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(ADMIN):  # a preview comes with the policy of the page that it shows
            del response["Content-Security-Policy"]
        response = super().process_response(request, response)
        response["Permissions-Policy"] = PERMISSIONS
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Who has a session may be anyone; asking the database who it is could fail just when it is away.
        personal = settings.SESSION_COOKIE_NAME in request.COOKIES or request.method == "POST"
        if personal and "Cache-Control" not in response:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Django's, without its second guess: a place that is not there answers 404 and leads nowhere else.

    A language that nobody switched on is no language here: its places answer 404, and who chose it once reads Burmese.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if get_language() not in ("my", "en") and get_language() not in offered_languages():
            activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
        return response
