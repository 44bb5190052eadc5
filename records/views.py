"""The audit trail for those who watch over it, and each person's own view of who looked at their record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.audit import ACTIONS, record
from core.tables import write_csv
from core.templatetags.burmese import digits
from people.access import may_or_404
from people.models import Person, RoleGrant
from records import access
from records.audit import TRAIL_EXPORTED
from records.forms import ReasonForm, TrailForm
from records.models import AuditEntry, AuditPerson

PAGE: Final = 50
FEW: Final = 10  # people that are shown of one entry; a file brings in thousands
LONGEST_EXPORT: Final = 50_000  # rows


@dataclass(frozen=True)
class Line:
    """One entry as a reader may see it: people by name where the reader knows them, else "somebody" with a mark."""

    entry: AuditEntry
    by: str
    people: list[str]
    details: list[tuple[str, str]]


def _concerned(entries: list[AuditEntry]) -> tuple[dict[int, list[Person]], dict[int, int]]:
    """The first FEW people of each entry, and how many there are, by number of the entry."""
    people: dict[int, list[Person]] = {entry.pk: [] for entry in entries}
    numbers: dict[int, int] = {}
    for start in range(0, len(entries), access.PIECE):
        rows = AuditPerson.objects.filter(entry__in=[entry.pk for entry in entries[start : start + access.PIECE]])
        numbers |= dict(rows.values_list("entry").annotate(n=Count("pk")))
        place = Window(RowNumber(), partition_by=[F("entry")], order_by="pk")
        for one in rows.annotate(place=place).filter(place__lte=FEW).select_related("person").order_by("pk"):
            people[one.entry_id].append(one.person)
    return people, numbers


def _lines(viewer: Person, entries: Iterable[AuditEntry]) -> list[Line]:
    listed = list(entries)
    concerned, numbers = _concerned(listed)
    everyone = {person.pk for people in concerned.values() for person in people}
    known = access.known_by_name(viewer, everyone | {entry.by_id for entry in listed if entry.by_id})

    def shown(person: Person | None) -> str:
        if person is None:
            return _("the product itself")
        if person.pk in known:
            return str(person)
        # The same mark for the same person, so that a reader can follow one without knowing who it is.
        return _("somebody (%(mark)s)") % {"mark": str(person.public_id)[:8].upper()}

    def all_shown(entry: AuditEntry) -> list[str]:
        names = [shown(person) for person in concerned[entry.pk]]
        more = numbers.get(entry.pk, 0) - len(names)
        return [*names, _("and %(count)s more") % {"count": digits(more)}] if more > 0 else names

    return [
        Line(
            entry,
            shown(entry.by),
            all_shown(entry),
            [
                (name, digits(value) if isinstance(value, int) else str(value))
                for name, value in entry.details.items()
                if value not in ("", None)
            ],
        )
        for entry in listed
    ]


def _asked(viewer: Person, form: TrailForm) -> QuerySet[AuditEntry]:
    entries = access.visible_entries(viewer)
    entries = entries.filter(**form.filters()) if form.is_valid() else entries.none()
    return entries.select_related("by").order_by("-number")


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The entries, newest first. `before`: the number below which this page begins, so that new entries move nothing."""
    viewer = may_or_404(request.user, "audit.see")
    form = TrailForm(request.GET or {})
    entries = _asked(viewer, form)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        entries = entries.filter(number__lt=int(before))
    found = list(entries[: PAGE + 1])
    return render(
        request,
        "records/audit.html",
        {
            "form": form,
            "lines": _lines(viewer, found[:PAGE]),
            "earlier": found[PAGE - 1].number if len(found) > PAGE else None,
            "is_first": not before,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """The entries that were asked for as CSV, to whoever gives a reason; it is itself an entry."""
    found: HttpResponse = _export(request, may_or_404(request.user, "audit.see"))
    return found


@reauthentication_required  # after 404: nobody is asked their password for what is not there for them
def _export(request: HttpRequest, viewer: Person) -> HttpResponse:
    form, asked = ReasonForm(request.POST or None), TrailForm(request.GET or {})
    if request.method == "POST" and form.is_valid():
        found = _lines(viewer, _asked(viewer, asked)[:LONGEST_EXPORT])
        record(TRAIL_EXPORTED, by=viewer, rows=len(found), reason=form.cleaned_data["reason"])
        rows = (
            [
                line.entry.number, line.entry.at.isoformat(), line.entry.action, str(line.entry.label), str(line.by),
                line.entry.about_kind, line.entry.about_id, "; ".join(map(str, line.people)), line.entry.detail, line.entry.sha256,
            ]
            for line in found
        )  # fmt: skip
        headings = ["number", "at", "action", "label", "by", "about", "about_id", "people", "detail", "sha256"]
        response = HttpResponse(write_csv(headings, rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate():%Y-%m-%d}.csv"'
        response["Cache-Control"] = "no-store"
        return response
    return render(request, "records/export.html", {"form": form, "longest": LONGEST_EXPORT})


@require_safe
def own_record(request: HttpRequest) -> HttpResponse:
    """Who looked at or changed one's record: what was done, when, by somebody of which role and unit. No names of staff."""
    person: Person = request.user  # type: ignore[assignment]
    shown = [code for code, action in ACTIONS.items() if action.shown]
    entries = AuditEntry.objects.filter(people__person=person, action__in=shown).select_related("by__unit")
    page = Paginator(entries.order_by("-number"), PAGE).get_page(request.GET.get("page"))
    return render(request, "records/own_record.html", {"page": page, "lines": _by_role(person, list(page.object_list))})


def _by_role(reader: Person, entries: list[AuditEntry]) -> list[dict[str, Any]]:
    """Each entry with who did it: oneself, the product, or the roles held on that day and the unit."""
    grants = list(RoleGrant.objects.filter(person__in={entry.by_id for entry in entries}, is_confirmed=True))

    def roles(entry: AuditEntry) -> list[str]:
        day = timezone.localtime(entry.at).date()
        held = {
            str(grant.get_role_display())
            for grant in grants
            if grant.person_id == entry.by_id
            and grant.starts_on <= day
            and (grant.ends_on is None or day <= grant.ends_on)
            and (grant.ended_at is None or entry.at <= grant.ended_at)
        }
        return sorted(held)

    return [
        {
            "entry": entry,
            "is_own": entry.by_id == reader.pk,
            "roles": roles(entry),
            "unit": entry.by.unit if entry.by else None,
        }
        for entry in entries
    ]
