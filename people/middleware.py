"""Who may go where before any view decides: signed in, with the second factor that their role asks."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core import security_log
from people import passkeys, sessions
from people.factors import has_factor, way_to_prove
from people.models import Person
from people.roles import follow_roles

# What somebody may reach who still has to prove or set up a second factor, or to choose a password.
ON_THE_WAY_IN = frozenset(
    [
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "set_language",
        "healthz",
        "readyz",
    ]
)
# Who has a factor proves it before adding another: else the password alone would be enough.
ADDING_A_FACTOR = frozenset(["mfa_activate_totp", "mfa_add_webauthn"])


class SessionLimitsMiddleware:
    """Ends what has lasted too long (people/sessions.py): the request goes on as that of nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session and request.user.is_authenticated and sessions.is_over(request):
            logout(request)
            messages.info(request, _("You were signed out, because this session was long. What was sent is kept."))
        return self.get_response(request)


def _was_used(method: str, request: HttpRequest) -> bool:
    return any(record.get("method") == method for record in get_authentication_records(request, request.user))


def has_proven_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was used when this session began."""
    return _was_used("mfa", request)


class SignedInMiddleware(LoginRequiredMiddleware):
    """Deny by default: views are for signed-in people unless marked `public`; holders of a role need a second factor."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is not None or not isinstance(request.user, Person):
            return refusal
        if request.path_info.startswith("/admin/"):
            if not (request.user.may("pages.edit") or request.user.may("items.edit") or request.user.is_superuser):
                raise Http404
            follow_roles(request.user)  # a role may have begun or ended with the day
            return self._way_in(request)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name in ADDING_A_FACTOR and has_factor(request.user) and not has_proven_second_factor(request):
            return self._to_the_factor(request)
        if name in ON_THE_WAY_IN or not getattr(view_func, "login_required", True):
            return None
        return self._way_in(request)

    def _way_in(self, request: HttpRequest) -> HttpResponseBase | None:
        """What somebody has to do first: choose a password, set up or prove the second factor."""
        person: Person = request.user  # type: ignore[assignment]
        if person.must_change_password and not _was_used("directory", request):  # who need not know it
            return redirect("account_change_password")
        if person.is_office and not has_proven_second_factor(request):
            return self._to_the_factor(request)
        return None

    def _to_the_factor(self, request: HttpRequest) -> HttpResponseBase:
        return redirect(way_to_prove(request.user, with_passkeys=passkeys.work_at(request)))  # type: ignore[arg-type]

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Notes what was refused to who is signed in, and takes a person's language to a device where nobody chose one."""
        if response.status_code in (403, 404) and request.resolver_match and isinstance(request.user, Person):
            security_log.note("refused", request, person=request.user, status=str(response.status_code))
        if language := request.META.get("thindan.language"):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite="Lax",
            )
        return response
