"""Who may go where before any view decides: signed in, with the second factor that their role asks."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from people import sessions
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
        "mfa_activate_totp",
        "mfa_index",
        "set_language",
        "healthz",
        "readyz",
    ]
)


class SessionLimitsMiddleware:
    """Ends what has lasted too long (people/sessions.py): the request goes on as that of nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session and request.user.is_authenticated and sessions.is_over(request):
            logout(request)
            messages.info(request, _("You were signed out, because this session was long. What was sent is kept."))
        return self.get_response(request)


def has_proven_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was used when this session began."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


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
        if name in ON_THE_WAY_IN or not getattr(view_func, "login_required", True):
            return None
        return self._way_in(request)

    def _way_in(self, request: HttpRequest) -> HttpResponseBase | None:
        """What somebody has to do first: choose a password, set up or prove the second factor."""
        person: Person = request.user  # type: ignore[assignment]
        if person.must_change_password:
            return redirect("account_change_password")
        if person.is_office and not has_proven_second_factor(request):
            return redirect("mfa_reauthenticate" if is_mfa_enabled(person) else "mfa_activate_totp")
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Takes a person's language to a device where nobody chose one."""
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
