"""Write xAPI statements, one JSON object a line."""

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from records.statements import listed


class Command(BaseCommand):
    """What people did in activities, without their names."""

    help = "Writes every xAPI statement as a line of JSON. Actors are accounts without names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="only those stored from that day on")

    def handle(self, *args: Any, since: str | None = None, **options: Any) -> None:
        moment = None
        if since:
            day = parse_date(since)
            if day is None:
                raise CommandError(f"{since} is no date. Write it as 2026-11-29.")
            moment = timezone.make_aware(datetime(day.year, day.month, day.day))
        for statement in listed(since=moment):
            self.stdout.write(json.dumps(statement, ensure_ascii=False))
