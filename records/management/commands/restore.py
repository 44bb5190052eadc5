"""`manage.py restore`"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.checks import OURS
from core.errors import DomainError, StoreAway
from people.factors import unreadable
from records.backup import own_key, private_key, restore


class Command(BaseCommand):
    """Puts an archive of `manage.py backup` in place. Stop the server first, and run the doctor afterwards."""

    help = "Restore database and uploads from an encrypted archive."
    requires_system_checks = (OURS,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--identity", type=Path, help="the file with the age private key; DATA_DIR/backup.key if not given"
        )
        parser.add_argument(
            "--yes", action="store_true", help="also where there are people or files; they are moved aside"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = private_key(options["identity"] or own_key())
            manifest = restore(options["archive"], key, replace=options["yes"], at=timezone.now())
        except DomainError as error:
            raise CommandError(str(error)) from None
        except StoreAway as error:
            raise CommandError(
                f"The store that STORAGE_URL names does not answer or refuses: {error}. The database is as it was."
            ) from None
        self.stdout.write(
            f"{len(manifest['files'])} files of {manifest['made_at']} restored. Now run: manage.py doctor."
        )
        for sentence in unreadable():
            self.stdout.write(sentence)
