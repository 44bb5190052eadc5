"""One's own account."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account import views as account_views
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.languages import interface_language
from core.public import public
from core.templatetags.burmese import digits
from myanmar.dates import format_duration_minutes
from people import sessions
from people.models import Person, RoleGrant


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What is kept about one, and where to change password, language and second factor."""
    person: Person = request.user  # type: ignore[assignment]
    roles = [RoleGrant.Role(role).label for role in sorted(person.roles)]
    return render(request, "account/overview.html", {"has_second_factor": is_mfa_enabled(person), "roles": roles})


@require_safe
def no_password(request: HttpRequest) -> HttpResponse:
    """Where allauth leads who wants to change a password and has none."""
    person: Person = request.user  # type: ignore[assignment]
    if person.has_usable_password():
        return redirect("account_change_password")
    return render(request, "account/no_password.html")


@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and leave nothing on a shared phone: no page in the cache, and nothing stored.

    What is stored may be answers that the server does not have, and another tab may be adding to it: the page's script
    empties it after asking (core/static/core/sign-out.js).
    """
    answer: HttpResponse = account_views.logout(request)
    if request.method == "POST":
        answer["Clear-Site-Data"] = '"cache"'
    return answer


@require_safe
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in: on what, since when, when last. Ids are of the list only; the key that signs in stays here."""
    person: Person = request.user  # type: ignore[assignment]
    limit = sessions.limit_for(person)
    since = timezone.now() - timedelta(seconds=limit.idle + 3600)  # what was not used so long has ended
    here = request.session.session_key
    rows = [(row, row.session_key == here) for row in person.sessions.filter(seen_at__gte=since).order_by("-began_at")]
    language: Any = interface_language()
    context = {
        "rows": sorted(rows, key=lambda row: not row[1]),
        "idle": format_duration_minutes(limit.idle // 60, language),
        "whole": format_duration_minutes(limit.whole // 60, language),
    }
    return render(request, "account/sessions.html", context)


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one other session, or every other one."""
    person: Person = request.user  # type: ignore[assignment]
    here = request.session.session_key
    try:
        only = UUID(request.POST["session"]) if request.POST.get("session") else None
    except ValueError:
        return redirect("account_sessions")
    ended = sessions.end_sessions(person, but=here, only=only)
    if ended:
        said = ngettext("%(n)s session was ended.", "%(n)s sessions were ended.", ended) % {"n": digits(ended)}
        messages.success(request, said)
    return redirect("account_sessions")
