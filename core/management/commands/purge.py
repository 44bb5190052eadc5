"""`manage.py purge`"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from core.personal import purge


class Command(BaseCommand):
    """Removes what is past the time that the register of personal data gives it. Safe to repeat; done daily anyway."""

    help = "Remove personal data that is past its time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count what would go, and remove nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            found = purge(timezone.now(), dry_run=options["dry_run"])
        for model, count in found.items():
            self.stdout.write(f"{model}: {count}")
        said = "would be removed" if options["dry_run"] else "removed"
        self.stdout.write(f"{sum(found.values())} rows {said}.")
