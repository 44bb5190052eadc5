"""People and units as tables, and taking out whatever is registered (core/exporting.py)."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import audit
from core.exporting import Column, Export, Line, Within, register
from core.tables import XLSX, write_csv, write_xlsx
from people.access import Reach, reach
from people.audit import TAKEN_OUT
from people.exchange.columns import COLUMNS, Kind
from people.exchange.errors import ReasonNeeded
from people.exchange.resources import PersonTable, UnitTable
from people.exchange.rows import reach_of
from people.models import CohortMembership, Person, Unit

FORMATS: Final = {
    "xlsx": (write_xlsx, XLSX),
    "csv": (write_csv, "text/csv; charset=utf-8"),
}
_PIECE: Final = 1000

# What names a person in every table that is about people.
PERSON: Final = (
    Column("ဝန်ထမ်းအမှတ်", "Service number"),
    Column("မြန်မာအမည်", "Name in Burmese"),
    Column("အင်္ဂလိပ်စာလုံးဖြင့် အမည်", "Name in Latin letters"),
    Column("ဌာနခွဲ", "Unit"),
)


def person_cells(person: Person) -> list[str]:
    """The cells under `PERSON`."""
    return [person.service_number, person.name_my, person.name_latin, person.unit.code if person.unit else ""]


def reach_out(by: Person | None) -> Reach:
    """How far somebody takes out."""
    return reach_of(None) if by is None else reach(by, "people.export")


def within(far: Reach, unit: Unit | None = None) -> Within:
    """What lies within reach, or of that what lies within a unit and those below it."""
    people, units = Person.objects.filter(far.people_q()), Unit.objects.filter(far.units_q())
    if unit:
        narrow = Reach(far.viewer, everything=False, units=frozenset([unit.pk]), cohorts=frozenset(), led=False)
        people, units = people.filter(narrow.people_q()), units.filter(narrow.units_q())
    return Within(people.distinct(), units)


def take_out(
    export: Export, form: str, *, by: Person | None, reason: str, unit: Unit | None = None
) -> tuple[bytes, int]:
    """A registered table as XLSX or CSV, and its number of rows. What is personal asks a reason and is told to the trail.

    Raises ReasonNeeded.
    """
    reason = reason.strip()
    if export.is_personal and not reason:
        raise ReasonNeeded
    far, people, rows = reach_out(by), set(), []
    for person, cells in export.rows(within(far, unit)):
        rows.append(cells)
        if person is not None:
            people.add(person)
    write, _type = FORMATS[form]
    data = write([one.heading for one in export.columns], rows)
    audit.record(
        TAKEN_OUT,
        by=by,
        people=_people(people),
        export=export.code,
        format=form,
        rows=len(rows),
        unit=unit.code if unit else "",
        everything=far.everything,
        reason=reason[:200],
    )
    return data, len(rows)


def _people(ids: Iterable[int]) -> Iterator[Person]:
    """People by id, read in pieces."""
    ids = sorted(ids)
    for start in range(0, len(ids), _PIECE):
        yield from Person.objects.filter(pk__in=ids[start : start + _PIECE]).only("pk", "public_id")


def in_pieces(rows: QuerySet[Any]) -> Iterator[Any]:
    """The rows of a queryset, read in pieces."""
    return iter(rows.iterator(chunk_size=_PIECE))


# --- People and units ----------------------------------------------------------------------------------------------------


def _people_rows(scope: Within) -> Iterator[Line]:
    table = PersonTable()
    groups: dict[int, list[str]] = {}
    members = CohortMembership.objects.current().filter(person__in=scope.people).select_related("cohort")
    for one in members.order_by("joined_at", "pk"):
        groups.setdefault(one.person_id, []).append(one.cohort.name_my or one.cohort.name_en)
    for person in in_pieces(scope.people.select_related("unit").in_order()):
        yield (
            person.pk,
            [
                *table.cells(person),
                "; ".join(groups.get(person.pk, [])),
                person.agency,
                "yes" if person.is_active else "no",
                person.last_login,
            ],
        )


def _units_rows(scope: Within) -> Iterator[Line]:
    table = UnitTable()
    for unit in in_pieces(scope.units.select_related("parent").order_by("agency", "code")):
        yield None, table.cells(unit)


def _of_table(kind: str) -> tuple[Column, ...]:
    """The columns of a table that comes in: what goes out may come back."""
    return tuple(Column(one.my, one.en) for one in COLUMNS[kind])


PEOPLE: Final = register(
    Export(
        "people",
        _("People"),
        _("Service number, names, unit, language and groups. The table can be brought in again."),
        (
            *_of_table(Kind.PEOPLE),
            Column("ဌာန", "Agency"),
            Column("ဝင်ရောက်နိုင်", "May sign in"),
            Column("နောက်ဆုံးဝင်ရောက်ချိန်", "Last sign-in"),
        ),
        _people_rows,
    )
)
UNITS: Final = register(
    Export(
        "units",
        _("Units"),
        _("Codes, names and what belongs to what. The table can be brought in again."),
        _of_table(Kind.UNITS),
        _units_rows,
        is_personal=False,
    )
)
