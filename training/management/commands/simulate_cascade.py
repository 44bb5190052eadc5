"""`manage.py simulate_cascade`"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courses.catalogue import catalogue
from people.models import Unit
from training.simulating import simulate


class Command(BaseCommand):
    """Fills an installation on this machine with an invented cascade. Never on a public address, and once only."""

    help = "Invent three generations of 60 trainers and their officers, with known effects, to see the programme's pages at their real size."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--course", default="C1")
        parser.add_argument("--officers", type=int, default=5000, help="a multiple of 500")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOOPBACK:
            raise CommandError("SITE_URL is a public address. Nothing was made.")
        course = catalogue("en").by_code.get(options["course"])
        if course is None:
            raise CommandError(f"No course {options['course']} is published. Load the curriculum first.")
        if Unit.objects.filter(code__startswith="SIM-").exists():
            raise CommandError("There is an invented cascade already. Nothing was made.")
        try:
            made = simulate(course, officers=options["officers"], until=timezone.now())
        except ValueError as error:
            raise CommandError(f"Nothing was made: {error}.") from None
        self.stdout.write(
            f"{made.officers} officers in {sum(made.sessions)} sessions; by generation: sessions {made.sessions}, reached {made.reached}, "
            f"never delivered {made.never}; sessions of an old version: {made.outdated}."
        )
