"""One's own account."""

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.models import Person, RoleGrant


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What is kept about one, and where to change password, language and second factor."""
    person: Person = request.user  # type: ignore[assignment]
    roles = [RoleGrant.Role(role).label for role in sorted(person.roles)]
    return render(request, "account/overview.html", {"has_second_factor": is_mfa_enabled(person), "roles": roles})
