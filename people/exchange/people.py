"""People who come in."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from modelsearch.index import get_indexed_models
from wagtail.search.backends import get_search_backends
from wagtail.search.models import IndexEntry

from core import audit
from myanmar.likeness import sound_key
from people.access import Reach
from people.audit import CHANGED_BY_IMPORT
from people.exchange import joining
from people.exchange.known import Known
from people.exchange.resources import PersonTable
from people.exchange.rows import Examined, pieces
from people.identity import service_key
from people.models import CohortMembership, PeopleImport, Person

_SHOWN = 3
Names = dict[str, list[int | str]]  # how a name sounds -> rows of this file, and numbers of people who are here


class PeopleIntake:
    """Rows of people."""

    piece = 1000

    def __init__(self, reach: Reach, *, is_storing: bool = False) -> None:
        self.reach, self.is_storing = reach, is_storing
        self.known, self.table = Known(reach), PersonTable()
        self.rows: dict[str, int] = {}  # service number -> the row in which it stands first
        self.names: dict[int, Names] = {}  # unit -> names

    def examine(self, rows: Sequence[Examined]) -> None:
        here, within = self._people(rows)
        for row in rows:
            number = _number(row.cells.get("service_number", ""))
            person = here.get(number)
            row.is_here, row.made = person is not None, person or Person()
            before = self._told(row.made) if person else {}
            cells = row.cells
            if person and person.pk in within:
                # What stands here already is taken as it is, though it could not come in by now, such as a unit that was closed.
                cells = {name: "" if text == before.get(name) else text for name, text in cells.items()}
            self.table.read(row.made, cells, row, self.known)
            if not row.cells.get("service_number"):
                row.fault("empty", column="service_number")
            elif number and (first := self.rows.setdefault(number, row.number)) != row.number:
                row.fault("twice", text=number, row=first)
            if person and person.pk not in within:
                row.fault("person_outside", text=number)
            if not person:
                self._whole(row)
            else:
                row.changes = [
                    [name, before[name], after] for name, after in self._told(row.made).items() if before[name] != after
                ]
        joining.examine(rows, self.known, within)
        if not self.is_storing:
            self._similar(rows)

    def _people(self, rows: Sequence[Examined]) -> tuple[dict[str, Person], set[int]]:
        """Who is here of the rows, by number, and the ids of those within reach."""
        numbers = {number for row in rows if (number := _number(row.cells.get("service_number", "")))}
        here = {one.service_number: one for one in Person.objects.filter(service_number__in=numbers)}
        for person in here.values():
            if person.unit_id:
                person.unit = self.known.units[person.unit_id]
        within = Person.objects.filter(self.reach.people_q(), pk__in=[one.pk for one in here.values()])
        return here, set(within.values_list("pk", flat=True))

    def _told(self, person: Person) -> dict[str, str]:
        """What a person's columns say."""
        names = [field.column_name for field in self.table.outs]
        return dict(zip(names, self.table.cells(person), strict=True))

    @staticmethod
    def _whole(row: Examined) -> None:
        """What somebody new needs."""
        told = {code for code, _values in row.faults}
        if not row.cells.get("unit"):
            row.fault("empty", column="unit")
        if not row.cells.get("name_my") and not row.cells.get("name_latin") and "no_name" not in told:
            row.fault("no_name")

    def _similar(self, rows: Sequence[Examined]) -> None:
        """Notes where somebody else of almost the same name is in the same unit, here or further up in the file."""
        self._read_names({row.made.unit_id for row in rows if row.made.unit_id} - self.names.keys())
        for row in rows:
            person: Person = row.made
            if row.faults or not person.unit_id or (row.is_here and not row.changes):
                continue
            names = self.names[person.unit_id]
            keys = {sound_key(name) for name in (person.name_my, person.name_latin) if name}
            found = [one for key in keys for one in names.get(key, ()) if one != person.service_number]
            if others := [one for one in found if isinstance(one, str)]:
                row.note("similar", names=list(dict.fromkeys(others))[:_SHOWN])
            elif found and not row.is_here:
                row.note("similar_row", row=found[0])
            if not row.is_here:
                for key in keys:
                    names[key].append(row.number)

    def _read_names(self, units: set[int]) -> None:
        """The names of the people in some units."""
        for unit in units:
            self.names[unit] = defaultdict(list)
        found = Person.objects.filter(unit__in=units).values_list("unit", "service_number", "name_my", "name_latin")
        for unit, number, *both in found.iterator() if units else ():
            for key in {sound_key(name) for name in both if name}:
                self.names[unit][key].append(number)

    def store(self, rows: Sequence[Examined], came: PeopleImport, *, at: datetime) -> dict[str, int]:
        new = [row.made for row in rows if not row.is_here]
        for person in new:
            person.brought_by = came
            person.sort_key = person.key_of_name()[:400]
            person.password = make_password(None)  # until a slip lets them choose one
        Person.objects.bulk_create(new, batch_size=self.piece)
        changed = [row.made for row in rows if row.is_here and {name for name, *_ in row.changes} - {"cohort"}]
        for person in changed:
            person.sort_key = person.key_of_name()[:400]
            person.updated_at = at
        fields = ["name_my", "name_latin", "unit", "language", "sort_key", "updated_at"]
        Person.objects.bulk_update(changed, fields, batch_size=200)
        if changed:
            audit.record(CHANGED_BY_IMPORT, by=came.brought_in_by, about=came, people=changed, rows=len(changed))
        keep_findable(changed)
        joined = joining.store(rows, came, part=CohortMembership.Part.LEARNER, at=at)
        return {"people": len(new), "changed": len(changed), "joined": joined}


def keep_findable(people: Sequence[Person]) -> None:
    """Put people into the search index, many at once: what `bulk_create` does not announce."""
    for backend in get_search_backends(with_auto_update=True):
        if people and Person in get_indexed_models():
            backend.get_index_for_model(Person).add_items(Person, people)


def make_findable(came: PeopleImport) -> None:
    """Put the people whom a file brought into the search index, a piece at a time; who is in it already is left."""
    ids = list(Person.objects.filter(brought_by=came).order_by("pk").values_list("pk", flat=True))
    entries = IndexEntry.objects.filter(content_type=ContentType.objects.get_for_model(Person))
    for piece in pieces(ids, PeopleIntake.piece):
        known = set(entries.filter(object_id__in=map(str, piece)).values_list("object_id", flat=True))
        missing = [pk for pk in piece if str(pk) not in known]
        with transaction.atomic():
            keep_findable(list(Person.objects.filter(pk__in=missing)))


def _number(text: str) -> str:
    try:
        return service_key(text)
    except ValueError:
        return ""
