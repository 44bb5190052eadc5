"""Evaluation in the office: a course on four levels, and what agencies counted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.languages import interface_language
from core.pdf import PdfUnavailable
from core.tables import XLSX
from courses.catalogue import catalogue, spoken
from people.access import may_or_404, reach, sees_names
from people.models import Person
from training import access
from training.evaluating import results as entering
from training.evaluating.forms import CorrectionForm, ReportForm, ResultsForm
from training.evaluating.levels import course_rows, levels_of, result_row
from training.evaluating.quarters import Quarter, recent
from training.evaluating.report import report_of
from training.evaluating.report.files import in_words, report_pdf, report_xlsx
from training.evaluating.scope import QUARTERS_SHOWN, Scope, places, regions, scope_of

PAGE = 50


def asked_scope(request: HttpRequest, viewer: Person) -> Scope:
    """Of what a page is to speak, by its filters."""
    told = {name: request.GET.get(name, "") for name in ("region", "since", "until")}
    return scope_of(viewer, **told, today=timezone.localdate())


def filters(scope: Scope) -> dict[str, Any]:
    """What the filters of a page offer."""
    return {
        "scope": scope,
        "regions": list(regions(scope.within)),
        "quarters": recent(timezone.localdate(), QUARTERS_SHOWN),
    }


def _small(viewer: Person) -> dict[str, Any]:
    """Whether a page shows small counts, as its viewer sees of whom they are."""
    return {"with_small": sees_names(viewer, "reports.see")}


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Every course, with what was held of it."""
    viewer = may_or_404(request.user, "reports.see")
    scope = asked_scope(request, viewer)
    context = filters(scope) | _small(viewer)
    context["rows"] = course_rows(spoken().courses, scope, at=timezone.now(), with_small=context["with_small"])
    return render(request, "training/evaluating/courses.html", context)


@require_safe
def course(request: HttpRequest, code: str) -> HttpResponse:
    """One course on four levels: how many answered at each, and what they said. Counts only."""
    viewer = may_or_404(request.user, "reports.see")
    found = spoken().by_code.get(code)
    if found is None:
        raise Http404
    scope = asked_scope(request, viewer)
    context = filters(scope) | _small(viewer) | {"course": found}
    context["levels"] = levels_of(found, scope, at=timezone.now(), with_small=context["with_small"])
    return render(request, "training/evaluating/course.html", context)


# --- Results ----------------------------------------------------------------------------------------------------------------


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What agencies counted, the newest quarter first; what was corrected stands below what counts."""
    viewer = may_or_404(request.user, "results.see")
    rows = access.visible_results(viewer).filter(superseded_by=None).select_related("unit", "entered_by", "supersedes")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    may_enter = viewer.may("results.enter")
    context = {"page": page, "rows": [result_row(one) for one in page], "may_enter": may_enter}
    return render(request, "training/evaluating/results.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter_results(request: HttpRequest) -> HttpResponse:
    """The figures of an agency or region for a quarter that is over."""
    viewer = may_or_404(request.user, "results.enter")
    quarters = recent(timezone.localdate(), QUARTERS_SHOWN)[1:]
    form = ResultsForm(places(reach(viewer, "results.enter")), quarters, request.POST or None)
    if request.method == "POST" and form.is_valid():
        quarter = Quarter.read(form.cleaned_data["quarter"])
        try:
            entering.enter(form.place_given(), quarter, form.totals(), by=viewer, at=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The figures are saved."))
            return redirect("training:results")
    return render(request, "training/evaluating/results_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def correct_results(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Other figures for a place and quarter, with the reason; and what stood there before."""
    viewer = may_or_404(request.user, "results.enter")
    old = access.results_for(viewer, public_id, "results.enter")
    form = CorrectionForm(old, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entering.correct(old, form.totals(), reason=form.cleaned_data["reason"], by=viewer, at=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The correction is saved. The earlier figures are kept beside it."))
            return redirect("training:results")
    context = {"form": form, "old": old, "quarter": Quarter(old.year, old.quarter)}
    return render(request, "training/evaluating/results_form.html", context)


# --- The report ---------------------------------------------------------------------------------------------------------------


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Figures by agency, region and quarter for those who pay, as a page, PDF or spreadsheet; in the language that was chosen."""
    viewer = may_or_404(request.user, "reports.see")
    scope = asked_scope(request, viewer)
    language = request.GET.get("language", "")
    if language not in ("my", "en"):
        language = interface_language()
    codes = request.GET.getlist("course")
    at = timezone.now()
    with override(language):
        known = catalogue(language)
        made = report_of(scope, [one for one in known.courses if one.code in codes or not codes], at=at)
        match request.GET.get("format"):
            case "xlsx":
                return as_file(report_xlsx(made), XLSX, "training-report.xlsx")
            case "pdf":
                try:
                    return as_file(report_pdf(made, language, at=at), "application/pdf", "training-report.pdf")
                except PdfUnavailable as error:
                    messages.error(request, str(error))
        context = filters(scope) | {
            "report": made,
            "tables": [(one, [[in_words(cell) for cell in row] for row in one.rows]) for one in made.tables],
            "form": ReportForm(known, initial={"course": codes, "language": language}),
        }
        return render(request, "training/evaluating/report.html", context)


def as_file(data: bytes, kind: str, name: str) -> HttpResponse:
    """An answer that is saved as a file."""
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
