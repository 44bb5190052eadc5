"""`manage.py rebuild`"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from assessments import demonstrations
from courses.services import make_up_cards


class Command(BaseCommand):
    """Compares what is kept beside the record (what was last shown, the cards to refresh) with the record, and puts it right.

    Safe to repeat.
    """

    help = "Put right what follows from grades and completions: demonstrated objectives, refresher cards and probes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count what is not right, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            shown, cards = demonstrations.rebuild(), make_up_cards()
            if options["dry_run"]:
                transaction.set_rollback(True)
        said = "would be put right" if options["dry_run"] else "put right"
        self.stdout.write(f"{shown} demonstrations and {cards} cards {said}.")
