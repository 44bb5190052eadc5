"""The training plan: targets, how far they have come, and which are late."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.tables import XLSX, write_xlsx
from courses.catalogue import spoken
from people.access import may_or_404, reach, sees_names
from people.models import Person
from training import access
from training.evaluating import plans
from training.evaluating.forms import GoalForm, TargetForm
from training.evaluating.office_views import as_file
from training.evaluating.plans import Progress, progress_of
from training.evaluating.scope import places

HEADINGS = (
    "နှစ် / Year", "အဖွဲ့အစည်း / Agency", "ဌာနခွဲ / Unit", "သင်တန်း / Course", "ရည်မှန်းချက် (ဦး) / Target (people)", "နောက်ဆုံးရက် / Until",
    "သင်ပြီး / Trained", "တက်ရောက်၍ / By attendance", "သင်တန်းပြီးဆုံး၍ / By completion", "တာဝန်ထမ်းဆောင်နေသူ / Serving", "နောက်ကျ / Late",
)  # fmt: skip


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """The targets of a year with their progress, those due first; also as a spreadsheet."""
    viewer = may_or_404(request.user, "plans.see")
    found = access.visible_targets(viewer)
    years = list(found.order_by("-year").values_list("year", flat=True).distinct())
    asked = request.GET.get("year", "")
    today = timezone.localdate()
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else today.year
    rows = _progress(viewer, list(found.filter(year=year).select_related("unit")))
    if request.GET.get("format") == "xlsx":
        return as_file(write_xlsx(HEADINGS, [_line(one) for one in rows]), XLSX, f"training-plan-{year}.xlsx")
    context = {
        "rows": rows,
        "year": year,
        "years": sorted({*years, today.year}, reverse=True),
        "late": sum(one.is_late for one in rows),
        "may_set": viewer.may("plans.set"),
    }
    return render(request, "training/evaluating/targets.html", context)


def _progress(viewer: Person, found: Sequence[Any]) -> list[Progress]:
    return progress_of(found, spoken(), on=timezone.localdate(), with_small=sees_names(viewer, "plans.see"))


def _line(one: Progress) -> tuple[Any, ...]:
    target = one.target
    told = ["–" if count is None else count for count in (one.trained, one.attended, one.completed)]
    return (
        target.year, str(target.get_agency_display()), str(target.unit) if target.unit else "", target.course_code, target.people,
        target.due_on, *told, one.serving, "!" if one.is_late else "",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def new_target(request: HttpRequest) -> HttpResponse:
    """A target for an agency, a region or a post."""
    viewer = may_or_404(request.user, "plans.set")
    known = spoken()
    form = TargetForm(places(reach(viewer, "plans.set"), with_posts=True), known, request.POST or None)
    if request.method == "POST" and form.is_valid():
        course = known.by_code[form.cleaned_data["course"]]
        try:
            plans.set_target(form.place_given(), course, form.goal(), by=viewer, at=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The target is set."))
            return redirect("training:targets")
    return render(request, "training/evaluating/target_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change_target(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another number or day for a target; what stood there before is in the trail."""
    viewer = may_or_404(request.user, "plans.set")
    target = access.target_for(viewer, public_id, "plans.set")
    form = GoalForm(request.POST or None, initial={"people": target.people, "due_on": f"{target.due_on:%d-%m-%Y}"})
    if request.method == "POST" and form.is_valid():
        try:
            plans.change_target(target, form.goal(), by=viewer, at=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The target is changed."))
            return redirect("training:targets")
    return render(request, "training/evaluating/target_form.html", {"form": form, "target": target})
