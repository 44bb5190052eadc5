"""manage.py certificate_keys"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from certificates import keyring
from certificates.audit import KEY_WITHDRAWN, KEYS_RETIRED
from certificates.issuing import sign_lacking
from certificates.models import SigningKey
from core import audit


class Command(BaseCommand):
    """Lists the keys that sign certificates, changes them, and withdraws one that fell into wrong hands."""

    help = "Keys that sign certificates: list; rotate; withdraw KID --reason; sign (again, what no believed key has signed)."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="every key, with its state and how many certificates it signed")
        verbs.add_parser("rotate", help="retire the keys in use: new ones are made, what was signed stays good")
        withdraw = verbs.add_parser("withdraw", help="believe a key no more; then sign again what it signed")
        withdraw.add_argument("kid")
        withdraw.add_argument("--reason", required=True)
        verbs.add_parser("sign", help="sign what no believed key has signed; safe to repeat")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        now = timezone.now()
        if verb == "list":
            for key in SigningKey.objects.all():
                state = "withdrawn" if key.withdrawn_at else "retired" if key.retired_at else "in use"
                signed = f", {key.signatures.count()} certificates" if key.purpose == SigningKey.Purpose.CLAIM else ""
                self.stdout.write(f"{key.kid}  {key.get_purpose_display()}  {state}  {key.added_at:%Y-%m-%d}{signed}")
        elif verb == "rotate":
            with transaction.atomic():
                ended = keyring.rotate(at=now)
                audit.record(KEYS_RETIRED, by=None, kids=[key.kid for key in ended])
            made = [keyring.signer(purpose).key for purpose in SigningKey.Purpose]
            self.stdout.write(f"{len(ended)} keys retired; {len(made)} new ones: {', '.join(key.kid for key in made)}.")
        elif verb == "withdraw":
            self._withdraw(options["kid"], options["reason"])
        else:
            self._sign()

    def _withdraw(self, kid: str, reason: str) -> None:
        try:
            with transaction.atomic():
                key = keyring.withdraw(kid, reason=reason, at=timezone.now())
                audit.record(KEY_WITHDRAWN, by=None, kid=kid, reason=reason)
        except SigningKey.DoesNotExist:
            raise CommandError(
                f"There is no key {kid}. Nothing was changed. `certificate_keys list` shows them."
            ) from None
        except ValueError as error:
            raise CommandError(f"Nothing was changed: {error}.") from None
        self.stdout.write(f"{kid} is withdrawn: nothing is believed for its sake.")
        if key.purpose == SigningKey.Purpose.CLAIM:
            self._sign()
        self.stdout.write(
            "Papers and files signed with it are to be issued or downloaded anew; their codes still verify."
        )

    def _sign(self) -> None:
        self.stdout.write(f"{sign_lacking(at=timezone.now())} certificates signed anew.")
