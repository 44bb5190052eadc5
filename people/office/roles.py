"""Roles: who holds them, giving, confirming and ending them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from people import access
from people.models import RoleGrant
from people.office.acts import act
from people.office.forms import ReasonForm, RoleForm
from people.proof import ask_again
from people.roles import confirm_role, end_role, grant_role

PAGE = 50


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Roles that wait for a second person, then those in force. An auditor reads the names of who holds power, no more."""
    viewer = access.may_or_404(request.user, "roles.see")
    role = request.GET.get("role", "")
    seen = access.visible_grants(viewer).select_related("person", "unit", "cohort", "granted_by")
    decides = set(access.visible_grants(viewer, "roles.give").waiting()) if viewer.may("roles.give") else set()
    waiting = [
        (grant, grant in decides, viewer.pk not in (grant.granted_by_id, grant.person_id))
        for grant in seen.waiting().order_by("created_at")
    ]
    held = seen.current()
    held = held.filter(role=role) if role in RoleGrant.Role.values else held
    page = Paginator(held.order_by("role", "person__sort_key", "pk"), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"waiting": waiting, "page": page, "role": role, "roles": RoleGrant.Role.choices}
    context["can_open"] = viewer.may("people.see")
    return render(request, "office/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a person a role."""
    viewer = access.may_or_404(request.user, "roles.give")
    found = access.person_for(viewer, public_id, "roles.give")
    if found == viewer:
        raise Http404
    ask_again(request)
    form = RoleForm(viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grant = grant_role(found, by=viewer, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if grant.is_confirmed:
                messages.success(request, _("The role is given."))
            else:
                messages.success(request, _("The role waits until a second person has confirmed it."))
            return redirect("office:person", found.public_id)
    return act(
        request, form, title=_("Give a role"), button=_("Give"), back="office:person", about=found,
        text=_("A registrar, programme lead or auditor takes two people: it counts once another has confirmed it."),
    )  # fmt: skip


@require_POST
def confirm(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The second person's word."""
    viewer = access.may_or_404(request.user, "roles.give")
    grant = access.grant_for(viewer, public_id, "roles.give")
    ask_again(request)
    try:
        confirm_role(grant, by=viewer)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role is in force."))
    return redirect("office:person", grant.person.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a role, or refuse one that waits."""
    viewer = access.may_or_404(request.user, "roles.give")
    grant = access.grant_for(viewer, public_id, "roles.give")
    if grant.ended_at:
        raise Http404
    ask_again(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_role(grant, by=viewer, reason=form.cleaned_data["reason"], at=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The role is ended."))
        return redirect("office:person", grant.person.public_id)
    title, button = (_("End the role"), _("End")) if grant.is_confirmed else (_("Refuse the role"), _("Refuse"))
    return act(
        request, form, title=title, button=button, back="office:person", about=grant.person,
        text=str(grant.get_role_display()),
    )  # fmt: skip
