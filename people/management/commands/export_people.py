"""manage.py export_people"""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from core.errors import DomainError
from core.exporting import EXPORTS
from people.exchange.exports import FORMATS, take_out
from people.management.commands.import_people import person_by
from people.models import Unit


class Command(BaseCommand):
    """Takes a table out, within the reach of who does it; the audit trail keeps who and why."""

    help = "Write people, or another table that the office may take out, to an XLSX or CSV file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("output", type=Path)
        parser.add_argument("--table", choices=sorted(EXPORTS), default="people")
        parser.add_argument("--format", choices=sorted(FORMATS), help="by default what the name of the file says")
        parser.add_argument("--unit", metavar="CODE", help="only what lies within this unit")
        parser.add_argument("--reason", required=True, help="kept in the audit trail")
        parser.add_argument(
            "--by", metavar="SERVICE_NUMBER", required=True, help="who takes out; their reach is the bound"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path = options["output"]
        form = options["format"] or output.suffix.removeprefix(".").lower()
        if form not in FORMATS:
            raise CommandError("Say --format xlsx or --format csv.", returncode=2)
        actor = person_by(options["by"], "people.export")
        unit = None
        if options["unit"] and not (unit := Unit.objects.filter(code=options["unit"]).first()):
            raise CommandError(f"There is no unit {options['unit']}.", returncode=2)
        with override("en"):
            try:
                data, rows = take_out(EXPORTS[options["table"]], form, by=actor, reason=options["reason"], unit=unit)
            except DomainError as error:
                raise CommandError(str(error), returncode=2) from None
        try:
            with open(output, "wb", opener=_private) as file:
                file.write(data)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.", returncode=2) from None
        self.stdout.write(f"{rows} rows of {options['table']} written to {output}.")


def _private(path: str, flags: int) -> int:
    """Opens a file that only its owner can read."""
    return os.open(path, flags, 0o600)
