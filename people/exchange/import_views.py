"""The office brings in people, units and groups."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.tables import MAX_BYTES, MAX_ROWS, XLSX
from people.access import may_or_404
from people.exchange import importing, sheets
from people.exchange.columns import COLUMNS, column
from people.exchange.errors import FileNeeded
from people.exchange.faults import FAULTS, NOTES, worded
from people.exchange.rows import reach_of
from people.exchange.tasks import work
from people.models import ImportRow, PeopleImport, Person

VERB: Final = "people.import"
PER_PAGE: Final = 50
Outcome = ImportRow.Outcome

# What of the rows is shown: in the address -> its label; beside them those that are good but to be looked at.
SHOWN: Final[dict[str, Any]] = {
    "refused": _("To mend"),
    "noted": _("To look at"),
    "changed": _("Here already, with other values"),
    "new": _("New"),
    "same": _("Here already"),
}


@dataclass(frozen=True)
class RowShown:
    """A row as the page shows it."""

    row: ImportRow
    became: Any
    cells: list[tuple[str, str]]
    faults: list[str]
    notes: list[str]
    changes: list[tuple[str, str, str]]


def _came_for(viewer: Person, public_id: UUID) -> PeopleImport:
    """The file, or 404."""
    found: PeopleImport = get_object_or_404(
        importing.visible_imports(viewer, reach_of(viewer)).select_related("brought_in_by"), public_id=public_id
    )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Send a file to be examined, get a template, or go back to a file that was sent."""
    viewer = may_or_404(request.user, VERB)
    kind = request.POST.get("kind", PeopleImport.Kind.PEOPLE)
    if kind not in COLUMNS:
        raise Http404
    refusal = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            refusal = str(FileNeeded())
        else:
            came = importing.receive(kind, upload.read(MAX_BYTES + 1), upload.name or "", by=viewer)
            work.enqueue(str(came.public_id))
            return redirect("exchange:arrival", came.public_id)
    found = importing.visible_imports(viewer, reach_of(viewer)).order_by("-created_at")
    return render(
        request,
        "people/exchange/imports.html",
        {
            "kinds": PeopleImport.Kind.choices,
            "kind": kind,
            "refusal": refusal,
            "megabytes": MAX_BYTES // 2**20,
            "most_rows": MAX_ROWS,
            "page": Paginator(found.select_related("brought_in_by"), 20).get_page(request.GET.get("page")),
        },
    )


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The workbook to fill in."""
    viewer = may_or_404(request.user, VERB)
    if kind not in COLUMNS:
        raise Http404
    return _download(sheets.template(kind, reach_of(viewer)), f"thindan-{kind}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a file would do, row by row; how far the work on it is; and, on the registrar's word, what is done with it."""
    viewer = may_or_404(request.user, VERB)
    came = _came_for(viewer, public_id)
    if request.method == "POST":
        _act(request, came)
        return redirect("exchange:arrival", came.public_id)
    counts = _counts(came)
    show = request.GET.get("show", "")
    if show not in counts:
        show = next((name for name in SHOWN if counts.get(name)), "")
    page = Paginator(_rows(came, show), PER_PAGE).get_page(request.GET.get("page"))
    used = [(str(column(came.kind, name)), came.headings[name]) for name in importing.columns_of(came)]
    return render(
        request,
        "people/exchange/arrival.html",
        {
            "came": came,
            "used": used,
            "counts": [(name, label, counts[name]) for name, label in SHOWN.items() if counts.get(name)],
            "made": _made(came),
            "show": show,
            "label": SHOWN.get(show, ""),
            "page": page,
            "rows": [_shown(came, row) for row in page],
            "has_rows": came.rows.exists(),
            "stands_still": came.stands_still(at=timezone.now()),
            "will_store": counts.get("new", 0),
        },
    )


def _act(request: HttpRequest, came: PeopleImport) -> None:
    """What one of the buttons says."""
    does: dict[str, Callable[[], PeopleImport]] = {
        "store": lambda: importing.confirm(
            came, whole=request.POST.get("how") != "each", change_existing="change" in request.POST
        ),
        "undo": lambda: importing.undo(came),
        "again": lambda: importing.again(came),
        "drop": lambda: importing.drop(came),
        "go_on": lambda: came,
    }
    try:
        now = does.get(request.POST.get("action", ""), lambda: came)()
    except DomainError as error:
        messages.error(request, str(error))
        return
    if now.is_working:
        work.enqueue(str(now.public_id))


def _counts(came: PeopleImport) -> dict[str, int]:
    return {name: many for name, many in came.counts.items() if isinstance(many, int)}


def _made(came: PeopleImport) -> list[tuple[Any, int]]:
    """What was stored, in words."""
    words = {
        "people": _("People who are new"),
        "units": _("Units that are new"),
        "cohorts": _("Groups that are new"),
        "joined": _("Came into a group"),
        "changed": _("Changed"),
    }
    made = came.counts.get("made", {})
    return [(label, made[name]) for name, label in words.items() if made.get(name)]


def _rows(came: PeopleImport, show: str) -> Any:
    rows = came.rows.order_by("number")
    if show == "noted":
        return rows.exclude(notes=[]).exclude(outcome=Outcome.REFUSED)
    return rows.filter(outcome=show)


def _shown(came: PeopleImport, row: ImportRow) -> RowShown:
    return RowShown(
        row=row,
        became=sheets.became(came, row),
        cells=[(str(column(came.kind, name)), text) for name, text in row.cells.items() if text],
        faults=worded(came.kind, row.faults, FAULTS),
        notes=worded(came.kind, row.notes, NOTES),
        changes=[(str(column(came.kind, name)), before, after) for name, before, after in row.changes],
    )


@require_safe
def rows(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rows with what became of each, or only those to mend (?show=refused), as a workbook that can be sent again."""
    viewer = may_or_404(request.user, VERB)
    came = _came_for(viewer, public_id)
    found = came.rows.order_by("number")
    if request.GET.get("show") == "refused":
        found = found.filter(outcome=Outcome.REFUSED)
    return _download(sheets.marked(came, found.iterator(chunk_size=1000)), f"rows-{came.created_at:%Y%m%d-%H%M}.xlsx")


def _download(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=XLSX, headers=headers)
