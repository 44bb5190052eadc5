"""Signing in with the directory: there and back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import security_log
from core.errors import DomainError
from core.public import public
from core.ratelimit import limited
from people import directory

View = Callable[..., HttpResponse]


def _if_on(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not directory.is_on():
            raise Http404
        return redirect("account_login") if request.user.is_authenticated else view(request, *args, **kwargs)

    return guarded


def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    security_log.note("sign_in_failed", request, means="directory", why=error.code)
    return render(request, "account/directory.html", {"error": error}, status=403)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("directory", limit=300, seconds=60)
@_if_on
def begin(request: HttpRequest) -> HttpResponse:
    """A page of its own with one button: only here may a form lead to the directory."""
    try:
        if request.method == "POST":
            return directory.begin(request)
        origin = directory.origin()
    except DomainError as error:
        return _refused(request, error)
    response = render(request, "account/directory.html", {"next": get_next_redirect_url(request)})
    response._csp_update = {"form-action": origin}  # type: ignore[attr-defined]
    return response


@public
@never_cache
@require_safe
@limited("directory", limit=300, seconds=60)
@_if_on
def back(request: HttpRequest) -> HttpResponse:
    """Back from the directory: in, to the second factor where there is one, or refused with a sentence."""
    try:
        person, following = directory.finish(request)
    except DomainError as error:
        return _refused(request, error)
    record_authentication(request, person, method="directory")
    answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=following))
    return answer
