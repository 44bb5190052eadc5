"""`manage.py daily`"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core import serving
from core.duties import do_all
from core.errors import OutOfService


class Command(BaseCommand):
    """Does the day's duties; deploy/run.py runs it once a day, and a timer may instead. Safe to repeat."""

    help = "Do what is due once a day: write down the trail's head, remove what is past its time, make up certificates."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with serving.together():
                done, failed = do_all(timezone.now())
        except OutOfService as error:
            raise CommandError(str(error)) from None
        for line in done:
            self.stdout.write(line)
        if failed:
            raise CommandError(f"These duties failed and are tried again tomorrow; see the log: {', '.join(failed)}.")
