"""`manage.py backup`"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError, StoreAway
from records.backup import back_up, folder, make_key, recipients


class Command(BaseCommand):
    """Writes one encrypted archive of database and uploads, while the server goes on."""

    help = "Back up database and uploads into one archive, encrypted to a public age key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", type=Path, help="the archive's file; DATA_DIR/backups/thindan-<time>.age if not given"
        )
        parser.add_argument("--recipient", action="append", help="age public key; BACKUP_RECIPIENT if not given")
        parser.add_argument(
            "--make-key",
            type=Path,
            metavar="FILE",
            help="only write a new private key to FILE and print its public key",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["make_key"]:
            try:
                self.stdout.write(make_key(options["make_key"]))
            except FileExistsError:
                raise CommandError(f"{options['make_key']} is there already. Nothing was written.") from None
            return
        at = timezone.now()
        to = options["to"] or folder() / f"thindan-{at:%Y%m%d-%H%M%S}.age"
        try:
            manifest = back_up(to, options["recipient"] or recipients(), at=at)
        except DomainError as error:
            raise CommandError(str(error)) from None
        except StoreAway as error:
            raise CommandError(
                f"The store that STORAGE_URL names does not answer or refuses: {error}. The database is as it was."
            ) from None
        self.stdout.write(f"{len(manifest['files'])} files, {to.stat().st_size:,} bytes: {to}")
