"""manage.py import_people"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from core.errors import DomainError
from core.tables import MAX_BYTES
from people.exchange import importing
from people.exchange.faults import FAULTS, NOTES, worded
from people.models import ImportRow, PeopleImport, Person


class Command(BaseCommand):
    """Brings in a file of people, units or groups; may run twice. Exit 1: rows that cannot be taken; nothing else is wrong."""

    help = "Bring in people, units or groups from an XLSX or CSV file. --dry-run only examines it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=PeopleImport.Kind.values, default=PeopleImport.Kind.PEOPLE)
        parser.add_argument("--by", metavar="SERVICE_NUMBER", help="who brings in; their reach is the bound")
        parser.add_argument("--dry-run", action="store_true", help="examine the file and store nothing")
        parser.add_argument("--rows", choices=["all", "good"], default="all", help="all or nothing, or the good rows")
        parser.add_argument("--update", action="store_true", help="also change who is here already")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("en"):
            self._bring(**options)

    def _bring(
        self, *, file: Path, kind: str, by: str | None, dry_run: bool, rows: str, update: bool, **_: Any
    ) -> None:
        actor = person_by(by, "people.import")
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=2) from None
        came = importing.run(importing.receive(kind, data, file.name, by=actor))
        if came.state == PeopleImport.State.REFUSED:
            raise CommandError(came.refusal, returncode=2)
        self._tell(came)
        refused = came.counts.get("refused", 0)
        counted = ", ".join(f"{came.counts.get(name, 0)} {name}" for name in ImportRow.Outcome.values)
        if dry_run:
            importing.drop(came)
            self._end(f"{counted}; nothing was stored.", refused)
            return
        try:
            came = importing.run(importing.confirm(came, whole=rows == "all", change_existing=update))
        except DomainError as error:
            importing.drop(came)
            raise CommandError(f"{counted}. {error}", returncode=1) from None
        if came.state != PeopleImport.State.STORED:
            raise CommandError("Something changed here meanwhile; nothing was stored. Run it again.", returncode=1)
        counts = came.counts.get("made", {})
        made = ", ".join(f"{counts[name]} {name}" for name in importing.MADE if counts.get(name))
        self._end(f"{counted}; stored: {made or 'nothing'} (import {came.public_id}).", came.counts.get("refused", 0))

    def _tell(self, came: PeopleImport) -> None:
        for row in came.rows.exclude(faults=[], notes=[]).order_by("number").iterator(chunk_size=1000):
            for sentence in worded(came.kind, row.faults, FAULTS):
                self.stdout.write(f"Row {row.number}: {sentence}")
            for sentence in worded(came.kind, row.notes, NOTES):
                self.stdout.write(f"Row {row.number} (to look at): {sentence}")

    def _end(self, line: str, refused: int) -> None:
        if refused:
            raise CommandError(line, returncode=1)
        self.stdout.write(line)


def person_by(number: str | None, verb: str) -> Person | None:
    """Who acts, if named. Raises CommandError where there is nobody of that number, or they may not."""
    if number is None:
        return None
    person = somebody(number)
    if not person.may(verb):
        raise CommandError(f"{person.service_number} may not do this.", returncode=2)
    return person


def somebody(number: str) -> Person:
    """The person of that number, in any spelling. Raises CommandError where there is nobody."""
    person: Person | None = Person.objects.by_number(number)
    if person is None:
        raise CommandError(f"Nobody has the service number {number}.", returncode=2)
    return person
