"""Groups at the trainer's desk, and joining one by its code."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.ratelimit import allow
from core.search import matching as found_by
from core.templatetags.burmese import digits, sentence
from core.views import too_many_requests
from people import access as people_access
from people import cohorts as people_cohorts
from people.models import Cohort, CohortMembership, Person
from training.groups import making
from training.groups.forms import EnterForm, GroupForm, RuleForm
from training.models import CohortDoor, CohortRule

PAGE = 50
TRIES, TRIES_SECONDS = 10, 600


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A group of one's own unit."""
    viewer = people_access.may_or_404(request.user, "cohorts.make")
    form = GroupForm(viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = making.make_group(by=viewer, at=timezone.now(), **form.cleaned_data)
        messages.success(request, sentence(_("%(name)s is added."), name=made))
        return redirect("training:ways", made.public_id)
    return render(request, "training/groups/new.html", {"form": form})


def _led(request: HttpRequest, public_id: UUID) -> tuple[Person, Cohort]:
    """The viewer, and a group that they lead and may bring people into; or 404."""
    viewer = people_access.may_or_404(request.user, "cohorts.make")
    return viewer, people_access.cohort_for(viewer, public_id, "cohorts.make")


@require_http_methods(["GET", "HEAD", "POST"])
def ways(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The ways into a group: people ticked from a list, a code, a rule. POST brings in those who are ticked."""
    viewer, cohort = _led(request, public_id)
    inside = CohortMembership.objects.current().filter(cohort=cohort).values("person")
    others = making.nameable(viewer).exclude(pk__in=inside).select_related("unit")
    if request.method == "POST":
        ticked = request.POST.getlist("person")
        people = list(others.filter(public_id__in=_ids(ticked)))
        new_ones = people_cohorts.join(cohort, people, by=viewer, at=timezone.now(), origin=making.Origin.TRAINER)
        count = len(new_ones)
        text = ngettext("%(count)s person joined the group.", "%(count)s people joined the group.", count)
        messages.success(request, text % {"count": digits(count)})
        return redirect("training:ways", cohort.public_id)
    asked = " ".join(request.GET.get("q", "").split())
    rows = found_by(others, asked) if asked else others
    context = {
        "cohort": cohort,
        "page": Paginator(rows.in_order(), PAGE).get_page(request.GET.get("page")),  # type: ignore[attr-defined]
        "asked": asked,
        "door": CohortDoor.objects.filter(cohort=cohort, closed_at=None, closes_at__gt=timezone.now()).first(),
        "rule": CohortRule.objects.filter(cohort=cohort).select_related("unit").first(),
    }
    return render(request, "training/groups/ways.html", context)


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@require_POST
def door(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open or close the code of a group."""
    viewer, cohort = _led(request, public_id)
    if request.POST.get("action") == "close":
        making.close_door(cohort, at=timezone.now())
        messages.success(request, _("The code no longer works. Who joined stays."))
    else:
        making.open_door(cohort, by=viewer, at=timezone.now())
    return redirect("training:ways", cohort.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rule of a group: who belongs to it by where they serve. POST saves it and brings them in, or ends it."""
    viewer, cohort = _led(request, public_id)
    stored = CohortRule.objects.filter(cohort=cohort).first()
    if request.method == "POST" and request.POST.get("action") == "end":
        CohortRule.objects.filter(cohort=cohort).delete()
        messages.success(request, _("The rule ended. Who is in the group stays."))
        return redirect("training:ways", cohort.public_id)
    form = RuleForm(viewer, request.POST or None, instance=stored or CohortRule(cohort=cohort, made_by=viewer))
    if request.method == "POST" and form.is_valid():
        form.instance.made_by = viewer
        count = making.apply(form.save(), at=timezone.now())
        text = ngettext("%(count)s person joined the group.", "%(count)s people joined the group.", count)
        messages.success(request, text % {"count": digits(count)})
        return redirect("training:ways", cohort.public_id)
    return render(request, "training/groups/rule.html", {"form": form, "cohort": cohort, "stored": stored})


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Join a group by the code that its trainer shows."""
    person: Any = request.user
    form = EnterForm(request.POST or None, initial={"code": request.GET.get("c", "")[:16]})
    if request.method == "POST":
        if not allow("group-code", str(person.pk), limit=TRIES, seconds=TRIES_SECONDS):
            return too_many_requests(request)
        if form.is_valid():
            try:
                cohort = making.enter(person, form.cleaned_data["code"], at=timezone.now())
            except DomainError as refusal:
                form.add_error("code", str(refusal))
            else:
                messages.success(
                    request, sentence(_("You are in the group %(name)s. What it is given appears here."), name=cohort)
                )
                return redirect("courses:learn")
    return render(request, "training/groups/enter.html", {"form": form})
