"""`manage.py restore`"""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from core import backup


class Command(BaseCommand):
    """Puts an archive back. The server must be stopped; what was there is kept beside it."""

    help = "Put an archive made by `backup` back."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--identity", type=Path, default=None, help="file with the private key; default: DATA_DIR/backup.key")  # fmt: skip
        parser.add_argument("--replace", action="store_true", help="put it in the place of the records that are here")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            is_empty = not get_user_model()._default_manager.exists()
        except DatabaseError:  # no tables yet
            is_empty = True
        try:
            done = backup.restore(
                options["archive"],
                key=options["identity"] or backup.own_key(),
                replace=options["replace"],
                is_empty=is_empty,
                at=timezone.now(),
            )
        except backup.BackupError as error:
            raise CommandError(str(error)) from None
        call_command("migrate", verbosity=0)
        cache.clear()
        self.stdout.write(f"Restored as of {done.made_at}: the database and {done.files} files. Run: manage.py doctor")
