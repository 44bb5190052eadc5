"""Units: the tree, one of them with its history, and what a registrar does with them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.errors import DomainError
from core.templatetags.burmese import sentence
from people import access
from people import units as services
from people.models import Person, Unit
from people.office.acts import act
from people.office.forms import MergeForm, ReasonForm, UnitForm
from people.office.history import lines
from people.proof import ask_again

ACTIVE = Count("people", filter=Q(people__is_active=True))


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The tree of the units that the viewer may see; closed ones only where asked for."""
    viewer = access.may_or_404(request.user, "units.see")
    with_closed = "closed" in request.GET
    found = access.visible_units(viewer).annotate(serving=ACTIVE).in_order()
    rows = list(found if with_closed else found.open())
    here = {one.pk for one in rows}
    below: dict[int | None, list[Unit]] = {}
    for one in rows:
        below.setdefault(one.parent_id if one.parent_id in here else None, []).append(one)
    tree = [(top, [(child, below.get(child.pk, [])) for child in below.get(top.pk, [])]) for top in below.get(None, [])]
    context = {
        "tree": tree,
        "with_closed": with_closed,
        "can_manage": viewer.may("units.manage"),
        "can_open": viewer.may("people.see"),
    }
    return render(request, "office/units.html", context)


@require_safe
def unit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One unit: what belongs to it, who holds a role within it, and what was done with it."""
    viewer = access.may_or_404(request.user, "units.see")
    found = access.unit_for(viewer, public_id)
    context = {
        "unit": found,
        "children": found.children.open().annotate(serving=ACTIVE).in_order(),
        "people": access.visible_people(viewer).filter(unit=found, is_active=True).count(),
        "can_open": viewer.may("people.see"),
        "can_manage": _manages(viewer, found),
        "grants": access.visible_grants(viewer).current().filter(unit=found).select_related("person"),
        "history": lines(audit.history(found)),
    }
    return render(request, "office/unit.html", context)


def _manages(viewer: Person, unit: Unit) -> bool:
    return access.visible_units(viewer, "units.manage").filter(pk=unit.pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    viewer = access.may_or_404(request.user, "units.manage")
    form = UnitForm(viewer, None, request.POST or None, initial={"parent": request.GET.get("parent", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_unit(by=viewer, **{"agency": "", **form.cleaned_data})
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, sentence(_("%(name)s is added."), name=made))
            return redirect("office:unit", made.public_id)
    return act(request, form, title=_("Add a unit"), button=_("Add"), back="office:units")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change names, code or the unit above."""
    viewer = access.may_or_404(request.user, "units.manage")
    found = access.unit_for(viewer, public_id, "units.manage")
    initial = {name: getattr(found, name) for name in ("name_my", "name_en", "code", "parent")}
    form = UnitForm(viewer, found, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_unit(found, by=viewer, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The change is saved."))
            return redirect("office:unit", found.public_id)
    return act(request, form, title=_("Change the unit"), button=_("Save"), back="office:unit", about=found)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a unit in which nobody serves, or open a closed one again."""
    viewer = access.may_or_404(request.user, "units.manage")
    found = access.unit_for(viewer, public_id, "units.manage")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if found.closed_at:
                services.open_unit(found, by=viewer, reason=form.cleaned_data["reason"])
            else:
                services.close_unit(found, by=viewer, reason=form.cleaned_data["reason"], at=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The unit is open again.") if found.closed_at else _("The unit is closed."))
            return redirect("office:unit", found.public_id)
    words: dict[str, Any] = (
        {"title": _("Open the unit again"), "button": _("Open again")}
        if found.closed_at
        else {
            "title": _("Close the unit"),
            "button": _("Close"),
            "text": _("It stays in all records, but nobody can be entered there any more."),
        }
    )
    return act(request, form, **words, back="office:unit", about=found)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose a unit, look at what would move, and merge."""
    viewer = access.may_or_404(request.user, "units.manage")
    found = access.unit_for(viewer, public_id, "units.manage")
    ask_again(request)
    chosen = request.POST or request.GET
    form = MergeForm(viewer, found, chosen if "into" in chosen else None)
    context: dict[str, Any] = {"unit": found, "form": form}
    if form.is_bound and form.is_valid():
        into = form.cleaned_data["into"]
        reason = ReasonForm(request.POST or None)
        try:
            if request.method == "POST" and reason.is_valid():
                services.merge_units(found, into, by=viewer, reason=reason.cleaned_data["reason"], at=timezone.now())
                messages.success(request, sentence(_("%(name)s is merged into this unit."), name=found))
                return redirect("office:unit", into.public_id)
            context |= {"into": into, "reason": reason, "moves": services.what_merges(found, into)}
        except DomainError as refusal:
            form.add_error("into", str(refusal))
    return render(request, "office/merge.html", context)
