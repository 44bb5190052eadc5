"""manage.py verify_certificate FILE"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jwt
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from certificates import document, keyring, life
from certificates.claim import CertificateClaim
from certificates.models import Certificate
from certificates.signing import message, read_short, said_by


class Command(BaseCommand):
    """Says whether a certificate is genuine: its PDF, its credential, or what a scanner found in its square.

    With --keys it needs neither a line nor the database. Exit 1: not genuine, or no longer standing; 2: not readable.
    """

    help = "Verify a certificate's file: PDF, credential (JWT), or a text file with what is in the square."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--keys", type=Path, help="the published key set, kept from /verify/keys.json")

    def handle(self, *args: Any, file: Path, keys: Path | None, **options: Any) -> None:
        try:
            data = file.read_bytes()
            known = json.loads(keys.read_bytes()) if keys else keyring.published()
        except (OSError, ValueError) as error:
            raise CommandError(f"Not readable: {error}", returncode=2) from None
        if data.startswith(b"%PDF-"):
            serial = self._pdf(data, known["keys"])
        elif data.lstrip().startswith(b"ey"):
            serial = self._credential(data.decode("ascii", "replace").strip(), known["keys"])
        else:
            serial = self._square(data.decode("utf-8", "replace").strip(), known["keys"])
        if keys is None:
            self._register(serial)
        else:
            self.stdout.write("The register was not asked: whether it was revoked since then is not known.")

    def _pdf(self, data: bytes, keys: Sequence[Mapping[str, Any]]) -> str:
        found = document.examine(data, keys)
        if found.outcome == "changed":
            raise CommandError("The file was changed after it was issued.", returncode=1)
        if found.outcome == "foreign":
            raise CommandError("The file was not signed by any of these keys.", returncode=1)
        self.stdout.write(f"The file is genuine and unchanged (key {found.key}).")
        if found.claim is None:
            raise CommandError("It is a list, not a certificate.", returncode=1)
        signed = found.claim
        key = _key(keys, str(signed["kid"]))
        if key is None or not keyring.is_signature(dict(key), str(signed["signature"]), message(signed["claim"])):
            raise CommandError("The claim inside it is not signed by any of these keys.", returncode=1)
        claim = CertificateClaim.from_dict(signed["claim"])
        self.stdout.write(f"The claim is signed (key {signed['kid']}).")
        self._say(
            claim.serial, [claim.name_my, claim.name_latin], f"{claim.course_code} {claim.course_title_en}", claim.issued_on, claim.valid_until
        )  # fmt: skip
        return claim.serial

    def _credential(self, text: str, keys: Sequence[Mapping[str, Any]]) -> str:
        kid = str(jwt.get_unverified_header(text).get("kid", "")).removesuffix(".json").rpartition("/")[2]
        key = _key(keys, kid)
        if key is None:
            raise CommandError("The credential names a key that is not among these.", returncode=1)
        try:
            said = jwt.decode(text, jwt.PyJWK(dict(key)).key, algorithms=["RS256"], options={"verify_exp": False})
        except jwt.InvalidTokenError as error:
            raise CommandError(f"The credential is not genuine: {error}", returncode=1) from None
        self.stdout.write(f"The credential is genuine (key {kid}).")
        subject = said["credentialSubject"]
        names = [one["identityHash"] for one in subject["identifier"]]
        self._say(said["id"], names, subject["achievement"]["name"], said["validFrom"], said.get("validUntil"))
        return str(said["id"])

    def _square(self, text: str, keys: Sequence[Mapping[str, Any]]) -> str:
        try:
            name, signature, over = read_short(text.rpartition("#")[2])
        except ValueError:
            raise CommandError(
                "This is neither a PDF, a credential nor the square of a certificate.", returncode=2
            ) from None
        key = next((one for one in keys if keyring.unb64(one["kid"]).startswith(name)), None)
        if key is None or not keyring.is_signature(dict(key), keyring.b64(signature), over):
            raise CommandError("The square was not signed by any of these keys.", returncode=1)
        self.stdout.write(f"The square is genuine (key {key['kid']}).")
        claim = said_by(over)
        names = [claim.name_my, claim.name_latin]
        self._say(
            claim.serial, names, f"{claim.course_code} {claim.course_version}", claim.issued_on, claim.valid_until
        )
        return claim.serial

    def _say(self, serial: str, names: list[str], what: str, issued: object, until: object) -> None:
        self.stdout.write(
            f"{serial}: {' · '.join(filter(None, names))}; {what}; issued {issued}, valid until {until or 'further notice'}"
        )

    def _register(self, serial: str) -> None:
        """What became of it, where this database knows it."""
        try:
            of = {"public_id": serial.removeprefix("urn:uuid:")} if serial.startswith("urn:") else {"serial": serial}
            found = Certificate.objects.filter(**of).select_related("superseded_by").prefetch_related("events").first()
        except DatabaseError:
            self.stdout.write("There is no register here: whether it was revoked since then is not known.")
            return
        if found is None:
            raise CommandError("The register does not know this serial.", returncode=1)
        status = life.status_of(found, on=timezone.localdate())
        self.stdout.write(f"The register says: {status}.")
        if status != "valid":
            raise CommandError("It does not stand.", returncode=1)


def _key(keys: Sequence[Mapping[str, Any]], kid: str) -> Mapping[str, Any] | None:
    return next((key for key in keys if key["kid"] == kid), None)
