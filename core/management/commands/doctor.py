"""`manage.py doctor`"""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from core import append_only
from core.doctor import CHECKS, examine


class Command(BaseCommand):
    """Examines the installation: settings, database, facts and their triggers, the audit trail, queue, search, files."""

    help = "Say in sentences what is wrong with this installation; exit 1 if something is."
    requires_system_checks = []  # their errors are findings

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for a monitor: checks made and what they found")
        parser.add_argument("--mend", action="store_true", help="put triggers back that are missing, then examine")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["mend"]:
            append_only.mend(connection)
        found = examine()
        faults = [one for one in found if one.is_fault]
        if options["json"]:
            self.stdout.write(
                json.dumps({"checks": list(CHECKS), "findings": [asdict(one) for one in found]}, indent=2)
            )
        else:
            for one in found:
                self.stdout.write(f"{one.check}: {one.sentence}")
            self.stdout.write(f"{len(CHECKS)} checks made, {len(faults)} faults found.")
        if faults:
            raise CommandError("", returncode=1) if options["json"] else CommandError("Something is wrong; see above.")
