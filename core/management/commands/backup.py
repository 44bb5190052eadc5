"""`manage.py backup`"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core import backup


class Command(BaseCommand):
    """Writes one encrypted archive of database and media. People may go on working meanwhile."""

    help = "Write an encrypted archive of the database and the media files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, help="file to write; default: DATA_DIR/backups/thindan-TIME.age")
        parser.add_argument("--recipient", default="", help="age public key; default: BACKUP_RECIPIENT")
        parser.add_argument("--make-key", type=Path, metavar="FILE", help="only write a new private key to FILE and print its public key")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["make_key"]:
                self.stdout.write(backup.make_key(options["make_key"]))
                return
            now = timezone.now()
            to = options["to"] or Path(settings.DATA_DIR) / "backups" / f"thindan-{now:%Y%m%dT%H%M%SZ}.age"
            to.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            made = backup.back_up(to, key=options["recipient"] or backup.recipient(), at=now)
        except backup.BackupError as error:
            raise CommandError(str(error)) from None
        except FileExistsError as error:
            raise CommandError(
                f"{error.filename} is there already. Nothing was written; choose another name."
            ) from None
        self.stdout.write(f"{made.path}: {made.size} bytes, the database and {made.files} files.")
