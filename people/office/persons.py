"""People: finding them, one of them, and what a registrar does with them."""

from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.errors import DomainError
from core.search import matching
from core.templatetags.burmese import sentence
from people import access
from people import persons as services
from people.models import CohortMembership, Person, RoleGrant
from people.office.acts import act
from people.office.forms import PersonForm, ReasonForm
from people.office.history import lines
from people.proof import ask_again

PAGE = 50
MOST_TYPED = 200


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The people whom the viewer may see, in the order of a Burmese dictionary; by name or number, unit, role, account."""
    viewer = access.may_or_404(request.user, "people.see")
    asked = {name: request.GET.get(name, "")[:MOST_TYPED].strip() for name in ("q", "unit", "role", "state")}
    everyone = access.visible_people(viewer)
    found = matching(everyone, asked["q"]) if asked["q"] else everyone
    found = found.filter(is_active=asked["state"] != "closed")
    units = access.visible_units(viewer).open().in_order()
    if unit := next((one for one in units if one.code == asked["unit"]), None):
        found = found.filter(access.below(unit))
    if asked["role"] in RoleGrant.Role.values and viewer.may("roles.see"):
        found = found.filter(pk__in=RoleGrant.objects.current().filter(role=asked["role"]).values("person"))
    page = Paginator(found.select_related("unit").in_order(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "units": units,
        "roles": RoleGrant.Role.choices if viewer.may("roles.see") else [],
        "can_manage": viewer.may("people.manage"),
        "can_import": viewer.may("people.import"),
    }
    return render(request, "office/people.html", context)


@require_safe
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person: what is kept, the account, the groups, the roles, and what was done; no answers and no results."""
    viewer = access.may_or_404(request.user, "people.see")
    found = access.person_for(viewer, public_id)
    audit.looked(viewer, found)
    grants = access.visible_grants(viewer).filter(person=found) if viewer.may("roles.see") else RoleGrant.objects.none()
    decides = (
        set(access.visible_grants(viewer, "roles.give").filter(person=found)) if viewer.may("roles.give") else set()
    )
    rows = [
        (grant, grant in decides, viewer.pk not in (grant.granted_by_id, found.pk))
        for grant in grants.select_related("unit", "cohort", "granted_by").order_by("-starts_on", "-pk")
    ]
    today = timezone.localdate()
    context = {
        "can_trace": viewer.may("cascade.see"),
        "person": found,
        "has_second_factor": is_mfa_enabled(found),
        "memberships": CohortMembership.objects.current()
        .filter(person=found, cohort__in=access.visible_cohorts(viewer))
        .select_related("cohort"),
        "can_manage": _within(viewer, found, "people.manage"),
        "can_slip": access.people_for_slips(viewer).filter(pk=found.pk).exists(),
        "can_reset": found != viewer and is_mfa_enabled(found) and _within(viewer, found, "factors.reset"),
        "can_give": found != viewer and _within(viewer, found, "roles.give"),
        "can_erase": found != viewer and _within(viewer, found, "people.erase"),
        "can_certify": _within(viewer, found, "certificates.see"),
        "is_self": found == viewer,
        "open_roles": [row for row in rows if not row[0].ended_at and (not row[0].ends_on or row[0].ends_on >= today)],
        "past_roles": [row[0] for row in rows if row[0].ended_at or (row[0].ends_on and row[0].ends_on < today)],
        "history": lines(audit.history(found)) if viewer.may("roles.see") else [],
        "today": today,
    }
    return render(request, "office/person.html", context)


def _within(viewer: Person, person: Person, verb: str) -> bool:
    return access.visible_people(viewer, verb).filter(pk=person.pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add one person; many come from a table."""
    viewer = access.may_or_404(request.user, "people.manage")
    form = PersonForm(viewer, request.POST or None, initial={"unit": request.GET.get("unit", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_person(by=viewer, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, sentence(_("%(name)s is added. Print a slip for the first sign-in."), name=made))
            return redirect("office:person", made.public_id)
    return act(request, form, title=_("Add a person"), button=_("Add"), back="office:people")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change what is kept about a person."""
    viewer = access.may_or_404(request.user, "people.manage")
    found = access.person_for(viewer, public_id, "people.manage")
    initial: dict[str, Any] = {
        name: getattr(found, name) for name in ("service_number", "name_my", "name_latin", "unit")
    }
    form = PersonForm(viewer, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_person(found, by=viewer, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The change is saved."))
            return redirect("office:person", found.public_id)
    return act(request, form, title=_("Change what is kept"), button=_("Save"), back="office:person", about=found)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an account, or open a closed one again."""
    viewer = access.may_or_404(request.user, "people.manage")
    found = access.person_for(viewer, public_id, "people.manage")
    ask_again(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change = services.close_account if found.is_active else services.open_account
        try:
            change(found, by=viewer, reason=form.cleaned_data["reason"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The account is closed.") if found.is_active else _("The account is open again.")
            )
            return redirect("office:person", found.public_id)
    if found.is_active:
        words = {
            "title": _("Close the account"),
            "button": _("Close"),
            "text": _("Nobody signs in to it any more, and who is signed in is signed out. All records stay."),
        }
    else:
        words = {"title": _("Open the account again"), "button": _("Open again")}
    return act(request, form, **words, back="office:person", about=found)
