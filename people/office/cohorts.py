"""Groups: who learns together, and who leads them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit
from core.templatetags.burmese import digits, sentence
from people import access
from people import cohorts as services
from people.models import Cohort, CohortMembership, Person
from people.office.acts import act
from people.office.forms import CohortForm, JoinForm
from people.office.history import lines

PAGE = 100
Part = CohortMembership.Part
_NOW = Q(memberships__left_at=None, memberships__part=Part.LEARNER)


@require_safe
def cohorts(request: HttpRequest) -> HttpResponse:
    """The groups that the viewer looks after, with how many learn in each."""
    viewer = access.may_or_404(request.user, "cohorts.see")
    found = access.visible_cohorts(viewer).select_related("unit").annotate(learning=Count("memberships", filter=_NOW))
    page = Paginator(found.in_order(), PAGE).get_page(request.GET.get("page"))
    return render(request, "office/cohorts.html", {"page": page, "can_manage": viewer.may("cohorts.manage")})


def _manages(viewer: Person, cohort: Cohort) -> bool:
    return access.visible_cohorts(viewer, "cohorts.manage").filter(pk=cohort.pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def cohort(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One group with its people; POST brings people in by their service numbers."""
    viewer = access.may_or_404(request.user, "cohorts.see")
    found = access.cohort_for(viewer, public_id, "cohorts.manage" if request.method == "POST" else "cohorts.see")
    can_manage = _manages(viewer, found)
    form = JoinForm(viewer, request.POST or None) if can_manage else None
    if form and request.method == "POST" and form.is_valid():
        new = services.join(
            found, form.cleaned_data["numbers"], part=form.cleaned_data["part"], by=viewer, at=timezone.now()
        )
        count = len(new)
        text = ngettext("%(count)s person joined the group.", "%(count)s people joined the group.", count)
        messages.success(request, text % {"count": digits(count)} if count else _("They were in the group already."))
        return redirect("office:cohort", found.public_id)
    members = found.memberships.current().select_related("person__unit").order_by("person__sort_key", "pk")
    context = {
        "cohort": found,
        "trainers": members.filter(part=Part.TRAINER),
        "page": Paginator(members.filter(part=Part.LEARNER), PAGE).get_page(request.GET.get("page")),
        "form": form,
        "can_manage": can_manage,
        "can_open": viewer.may("people.see"),
        "can_teach": viewer.may("teach"),
        "can_slip": viewer.may("slips.print"),
        "can_certify": access.visible_cohorts(viewer, "certificates.issue").filter(pk=found.pk).exists(),
        "history": lines(audit.history(found)) if viewer.may("audit.see") or can_manage else [],
    }
    return render(request, "office/cohort.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a group."""
    viewer = access.may_or_404(request.user, "cohorts.manage")
    form = CohortForm(viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.make_cohort(by=viewer, **form.cleaned_data)
        messages.success(request, sentence(_("%(name)s is added."), name=made))
        return redirect("office:cohort", made.public_id)
    return act(request, form, title=_("Add a group"), button=_("Add"), back="office:cohorts")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a group's names or its unit."""
    viewer = access.may_or_404(request.user, "cohorts.manage")
    found = access.cohort_for(viewer, public_id, "cohorts.manage")
    form = CohortForm(viewer, request.POST or None, initial={name: getattr(found, name) for name in services.TOLD})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_cohort(found, by=viewer, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The change is saved."))
            return redirect("office:cohort", found.public_id)
    return act(request, form, title=_("Change the group"), button=_("Save"), back="office:cohort", about=found)


@require_POST
def leave(request: HttpRequest, public_id: UUID, membership_id: UUID) -> HttpResponse:
    """End somebody's time in a group."""
    viewer = access.may_or_404(request.user, "cohorts.manage")
    found = access.cohort_for(viewer, public_id, "cohorts.manage")
    membership = get_object_or_404(found.memberships.current().select_related("person"), public_id=membership_id)
    services.leave(membership, by=viewer, at=timezone.now())
    messages.success(
        request, sentence(_("%(name)s is no longer in the group. What they did stays theirs."), name=membership.person)
    )
    return redirect("office:cohort", found.public_id)
