"""What is signed: claims, the square, the file, the credential; a byte changed fails everywhere."""

import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import jwt
import pikepdf
import pytest
from cryptography.hazmat.primitives import serialization
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates import badge, document, keyring, life
from certificates.claim import CertificateClaim
from certificates.issuing import issue_certificate
from certificates.models import Certificate, SigningKey
from certificates.signing import ShortClaim, message, read_short, said_by
from core import append_only
from courses.models import Enrolment
from tests.certificates.claims import change_status
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
Purpose = SigningKey.Purpose


@pytest.fixture(autouse=True)
def _own_keys(tmp_path, settings):
    """Keys that a test may change; those of the others are left in peace."""
    settings.CERTIFICATE_KEYS = tmp_path / "keys"
    SigningKey.objects.all().delete()
    for purpose in Purpose:
        keyring.signer(purpose)


@pytest.fixture
def certificate() -> Certificate:
    person = PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin")
    done = EnrolmentFactory(person=person, status=Enrolment.Status.COMPLETED, completed_at=NOW)
    return issue_certificate(done, at=NOW)


@pytest.fixture
def paper(certificate) -> bytes:
    return document.certificate_pdf(certificate)


def told(name, *args) -> str:
    """What a command said."""
    out = BytesIO()
    text = SimpleNamespace(write=lambda said: out.write(said.encode()))
    call_command(name, *map(str, args), stdout=text)
    return out.getvalue().decode()


# --- Keys -----------------------------------------------------------------------------------------------------------------


def test_private_keys_are_files_of_their_owner_and_not_in_the_database(settings):
    files = list(settings.CERTIFICATE_KEYS.iterdir())
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert settings.CERTIFICATE_KEYS.stat().st_mode & 0o777 == 0o700
    for key in SigningKey.objects.all():
        assert not {"d", "p", "q", "dp", "dq", "qi"} & set(key.jwk)


def test_a_key_that_is_lost_is_followed_by_another_and_what_it_signed_stays_good(certificate, settings):
    shutil.rmtree(settings.CERTIFICATE_KEYS)
    keyring._loaded.clear()
    assert keyring.signer(Purpose.CLAIM).key.kid != certificate.signatures.get().key.kid
    assert life.is_intact(certificate)


def test_a_key_whose_record_is_lost_is_recorded_again():
    kid = keyring.signer(Purpose.CLAIM).key.kid
    SigningKey.objects.all().delete()  # as when an older archive is restored
    assert keyring.signer(Purpose.CLAIM).key.kid == kid


def test_after_rotating_new_keys_sign_and_the_old_ones_are_still_believed(certificate, settings):
    told("certificate_keys", "rotate")
    assert life.is_intact(certificate)
    assert keyring.signer(Purpose.CLAIM).key.kid != certificate.signatures.get().key.kid
    assert len(list(settings.CERTIFICATE_KEYS.iterdir())) == 3
    assert len(keyring.published()["keys"]) == SigningKey.objects.count()


def test_what_a_withdrawn_key_signed_is_signed_anew_and_the_key_is_no_longer_published(certificate):
    kid = certificate.signatures.get().key.kid
    assert "1 certificates signed anew" in told("certificate_keys", "withdraw", kid, "--reason", "A laptop was stolen")
    assert life.is_intact(certificate)
    assert kid not in {key["kid"] for key in keyring.published()["keys"]}
    assert SigningKey.objects.get(kid=kid).reason == "A laptop was stolen"


def test_what_was_issued_before_there_were_keys_is_signed_by_an_upgrade(certificate):
    with append_only.suspended(connection, ["certificates_certificatesignature"]):
        certificate.signatures.all().delete()
    assert not life.is_intact(certificate)
    assert "0 certificates issued, 1 signed anew" in told("issue_due")
    assert "0 certificates issued, 0 signed anew" in told("issue_due")
    assert life.is_intact(certificate)


def test_a_certificate_that_only_a_withdrawn_key_signed_is_not_believed(certificate):
    keyring.withdraw(certificate.signatures.get().key.kid, reason="Stolen", at=NOW)
    assert not life.is_intact(certificate)


def test_the_thumbprint_is_that_of_the_standard():
    """The example of RFC 8037, appendix A.3."""
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    assert keyring.thumbprint(jwk) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


# --- Claims ---------------------------------------------------------------------------------------------------------------


def test_whoever_changes_the_record_and_its_hash_is_found_by_the_signature(certificate):
    from certificates.issuing import digest

    claim = certificate.claim | {"name_latin": "Somebody Else"}
    with append_only.suspended(connection, ["certificates_certificate"]):
        Certificate.objects.filter(pk=certificate.pk).update(claim=claim, claim_sha256=digest(claim))
    assert not life.is_intact(Certificate.objects.get())
    page = Client(headers={"accept-language": "en"}).get(f"/verify/{certificate.code}/").content.decode()
    assert "The record of this certificate is damaged" in page


# --- The square -----------------------------------------------------------------------------------------------------------


def square_of(certificate) -> str:
    return "".join(text for text, _mode in document.square(certificate))


def is_genuine(digits: str) -> bool:
    """As `verify_certificate` and the page on a telephone decide."""
    try:
        name, signature, over = read_short(digits)
    except ValueError:
        return False
    key = next((one for one in keyring.published()["keys"] if keyring.unb64(one["kid"]).startswith(name)), None)
    return key is not None and keyring.is_signature(key, keyring.b64(signature), over)


def test_the_square_says_who_what_and_until_when_and_opens_the_register(certificate):
    address, digits = square_of(certificate).split("#")
    assert address.endswith(f"/verify/{certificate.code}/")
    claim = CertificateClaim.from_dict(certificate.claim)
    assert said_by(read_short(digits)[2]) == ShortClaim.of(claim)
    assert is_genuine(digits)
    assert len(digits) < 620


def test_every_changed_digit_of_the_square_is_found(certificate):
    digits = square_of(certificate).split("#")[1]
    changed = [digits[:at] + str((int(digits[at]) + 1) % 10) + digits[at + 1 :] for at in range(len(digits))]
    assert [one for one in changed if is_genuine(one)] == []


@given(st.text(max_size=40) | st.from_regex("[0-9]{1,150}", fullmatch=True))
@settings(max_examples=60)
def test_what_is_no_square_is_refused(text):
    with pytest.raises(ValueError, match="no short form"):
        read_short(text)


def test_a_signature_of_a_claim_is_none_of_a_square(certificate):
    """The same key signs both: words of its own begin each."""
    assert (
        message(certificate.claim).split(b"\n")[0]
        != read_short(square_of(certificate).split("#")[1])[2].split(b"\n")[0]
    )


# --- The file -------------------------------------------------------------------------------------------------------------


def test_a_file_that_was_downloaded_is_genuine_and_carries_its_signed_claim(certificate, paper):
    found = document.examine(paper)
    assert (found.outcome, found.claim["claim"], found.key) == (
        "genuine", certificate.claim, keyring.signer(Purpose.DOCUMENT).key.kid
    )  # fmt: skip
    assert keyring.is_signature(
        certificate.signatures.get().key.jwk, found.claim["signature"], message(found.claim["claim"])
    )


IN_A_PROCESS_OF_ITS_OWN = """
import json, sys
from types import SimpleNamespace
import django
django.setup()
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from certificates import document, keyring
said = json.load(sys.stdin)
private = load_pem_private_key(said["private"].encode(), None)
keyring.signer = lambda purpose: SimpleNamespace(key=SimpleNamespace(certificate=said["certificate"]), private=private)
paper = bytes.fromhex(said["paper"])
assert document.examine(paper, said["keys"]).outcome == "genuine"
assert document.examine(document.sign_document(bytes.fromhex(said["sheet"])), said["keys"]).outcome == "genuine"
"""


def test_a_server_that_first_verified_a_file_signs_the_next_one(paper):
    signer = keyring.signer(Purpose.DOCUMENT)
    private = signer.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    sheet = BytesIO()
    with pikepdf.new() as blank:
        blank.add_blank_page()
        blank.save(sheet)
    said = {
        "paper": paper.hex(),
        "sheet": sheet.getvalue().hex(),
        "keys": keyring.published()["keys"],
        "certificate": signer.key.certificate,
        "private": private.decode(),
    }
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN],
        input=json.dumps(said),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr[-500:]) == (0, "")


def test_pyhanko_finds_the_signature_whole_valid_and_trusted(paper):
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    (signature,) = PdfFileReader(BytesIO(paper)).embedded_signatures
    trusted = ValidationContext(
        trust_roots=[document._load(keyring.signer(Purpose.DOCUMENT).key.certificate)], allow_fetching=False
    )
    status = validate_pdf_signature(signature, trusted)
    assert (status.intact, status.valid, status.trusted, status.docmdp_ok) == (True, True, True, True)
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="needs poppler-utils")
def test_pdfsig_finds_the_signature_valid(paper, tmp_path):
    (tmp_path / "certificate.pdf").write_bytes(paper)
    said = subprocess.run(["pdfsig", tmp_path / "certificate.pdf"], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_it_stays_an_archival_tagged_file(paper):
    with pikepdf.open(BytesIO(paper)) as opened:
        assert opened.open_metadata().pdfa_status == "3A"
        assert "/StructTreeRoot" in opened.Root
        assert set(opened.attachments) == {"claim.json", "credential.jwt"}


def test_one_byte_changed_anywhere_is_found(paper):
    """Some of the whole file, and more of the signature itself: what lies beside it in its container too."""
    around = paper.rfind(b"/Contents")
    places = {
        *range(0, len(paper), 2003),
        *range(around - 60, around + 12),
        *range(around + 13, len(paper), 97),
        len(paper) - 1,
    }
    kept = [
        at
        for at in places
        if document.examine(paper[:at] + bytes([paper[at] ^ 1]) + paper[at + 1 :]).outcome == "genuine"
    ]
    assert kept == []


@pytest.mark.parametrize(
    "change", [lambda data: data + b"\n", lambda data: data[:-1], lambda data: b"%PDF-1.7\n", lambda data: b"", lambda data: b"x" * 999]
)  # fmt: skip
def test_what_was_added_to_cut_off_or_is_no_file_of_ours_is_not_genuine(change, paper):
    assert document.examine(change(paper)).outcome != "genuine"


def test_a_file_signed_by_somebody_elses_key_is_foreign(paper, tmp_path, settings):
    settings.CERTIFICATE_KEYS = tmp_path / "others"
    other = keyring._make(Purpose.DOCUMENT).key.kid
    keys = keyring.published()["keys"]
    assert document.examine(paper, [key for key in keys if key["kid"] == other]).outcome == "foreign"
    assert document.examine(paper, keys).outcome == "genuine"


def test_the_same_certificate_gives_a_signature_over_the_same_bytes(certificate, paper):
    signed, _container = document._signed_parts(paper)
    again, _container = document._signed_parts(document.certificate_pdf(certificate))
    cut = signed.rfind(b"/ID")
    assert signed[: cut - 2000] == again[: cut - 2000]


# --- By anyone ------------------------------------------------------------------------------------------------------------


def sent(data: bytes, language: str = "en") -> str:
    """The page that answers to a file."""
    upload = BytesIO(data)
    upload.name = "certificate.pdf"
    return Client(headers={"accept-language": language}).post("/verify/", {"file": upload}).content.decode()


def test_a_file_that_is_dropped_shows_what_the_register_says(certificate, paper):
    page = sent(paper)
    assert "This certificate is valid" in page
    assert "The file is genuine" in page
    change_status(certificate, "revoked")
    assert "This certificate was revoked on" in sent(paper)


def test_a_changed_and_a_foreign_file_are_told_apart(paper):
    at = len(paper) // 2
    assert "This file was changed after it was issued." in sent(paper[:at] + b"!" + paper[at + 1 :])
    assert "This file is no certificate that was downloaded here." in sent(b"%PDF-1.4 nothing")


def test_a_file_that_is_too_large_is_not_read():
    assert "larger than any certificate" in sent(b"%PDF-" + bytes(document.MOST_BYTES))


def test_no_file_is_told_so(client):
    assert "No file came." in client.post("/verify/", headers={"accept-language": "en"}).content.decode()


# --- On a laptop ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def keys(tmp_path):
    """The key set as somebody kept it."""
    path = tmp_path / "keys.json"
    path.write_bytes(Client().get("/verify/keys.json").content)
    return path


@pytest.mark.parametrize("kind", ["pdf", "jwt", "txt"])
def test_the_command_verifies_without_the_register(kind, certificate, keys, tmp_path, django_assert_num_queries):
    file = tmp_path / f"certificate.{kind}"
    file.write_bytes(
        {
            "pdf": lambda: document.certificate_pdf(certificate),
            "jwt": lambda: badge.credential_jwt(certificate).encode(),
            "txt": lambda: square_of(certificate).encode(),
        }[kind]()
    )
    with django_assert_num_queries(0):
        said = told("verify_certificate", file, "--keys", keys)
    assert "genuine" in said
    assert "Daw Thida Lwin" in said
    assert "The register says: valid." in told("verify_certificate", file)
    change_status(certificate, "revoked")
    with pytest.raises(CommandError, match="does not stand") as refusal:
        told("verify_certificate", file)
    assert refusal.value.returncode == 1


@pytest.mark.parametrize("kind", ["pdf", "jwt", "txt"])
def test_the_command_refuses_one_that_was_changed(kind, certificate, keys, tmp_path):
    file = tmp_path / f"certificate.{kind}"
    text = {"jwt": badge.credential_jwt(certificate), "txt": square_of(certificate)}.get(kind, "")
    data = document.certificate_pdf(certificate) if kind == "pdf" else text.encode()
    at = len(data) * 2 // 3
    file.write_bytes(data[:at] + (b"1" if data[at : at + 1] != b"1" else b"2") + data[at + 1 :])
    with pytest.raises(CommandError) as refusal:
        told("verify_certificate", file, "--keys", keys)
    assert refusal.value.returncode == 1


def test_the_command_says_that_a_file_is_none(tmp_path):
    (tmp_path / "x.txt").write_text("hello")
    with pytest.raises(CommandError) as refusal:
        told("verify_certificate", tmp_path / "x.txt")
    assert refusal.value.returncode == 2


# --- Open Badges ----------------------------------------------------------------------------------------------------------


def test_the_credential_is_verified_by_the_published_key_that_its_header_names(certificate):
    text = badge.credential_jwt(certificate)
    header = jwt.get_unverified_header(text)
    assert header["alg"] == "RS256"
    answer = Client().get(re.sub(r"^https?://[^/]+", "", header["kid"]))
    key = jwt.PyJWK(json.loads(answer.content)).key
    said = jwt.decode(text, key, algorithms=["RS256"], options={"verify_exp": False, "verify_nbf": False})
    assert said["sub"] == said["credentialSubject"]["id"]
    assert said["jti"] == said["id"] == f"urn:uuid:{certificate.public_id}"
    head, body, signature = text.split(".")
    with pytest.raises(jwt.InvalidTokenError):
        jwt.decode(f"{head}.{body[:-1]}{'A' if body[-1] != 'A' else 'B'}.{signature}", key, algorithms=["RS256"])


def test_the_credential_says_no_more_of_a_person_than_the_paper(certificate):
    text = json.dumps(badge.credential(certificate), ensure_ascii=False)
    person = certificate.person
    told_of_them = [person.service_number, str(person.public_id), person.unit.name_en, person.unit.name_my]
    assert [one for one in told_of_them if one in text] == []
    assert "Daw Thida Lwin" in text


def test_what_the_credential_names_is_published(certificate):
    said = badge.credential(certificate)
    for address in (said["issuer"]["id"], said["credentialSubject"]["achievement"]["id"]):
        answer = Client().get(re.sub(r"^https?://[^/]+", "", address))
        assert json.loads(answer.content)["id"] == address


def test_the_credential_expires_with_the_certificate(certificate):
    said = jwt.decode(badge.credential_jwt(certificate), options={"verify_signature": False})
    assert datetime.fromtimestamp(said["exp"], UTC).date() == certificate.valid_until
    assert said["nbf"] <= timezone.now().timestamp()


def verified(certificate, *, downloads=None, **kwargs):
    """As another product's verifier reads it, with nothing fetched but from here."""
    from openbadgeslib.ob3.verifier import OB3Verifier

    public = keyring.signer(Purpose.CREDENTIAL).private.public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return OB3Verifier(pem.decode()).verify(badge.credential_jwt(certificate), download=downloads, **kwargs)


def test_an_independent_library_verifies_the_credential_and_its_status():
    from openbadgeslib.ob3.verifier import OB3VerificationError

    done = EnrolmentFactory(status=Enrolment.Status.COMPLETED, completed_at=timezone.now())
    certificate = issue_certificate(done, at=timezone.now() - timedelta(days=1))

    def fetch(address, *args, **kwargs):
        return Client().get(re.sub(r"^https?://[^/]+", "", address)).content

    assert verified(certificate).recipient_id.startswith("urn:uuid:")
    verified(certificate, check_status=True, downloads=fetch)
    change_status(certificate, "revoked")
    with pytest.raises(OB3VerificationError, match="revocation"):
        verified(certificate, check_status=True, downloads=fetch)
    change_status(certificate, "reinstated")
    cache.clear()
    verified(certificate, check_status=True, downloads=fetch)


def test_the_list_of_revoked_credentials_tells_nobody_whose(certificate):
    change_status(certificate, "revoked")
    text = json.dumps(jwt.decode(badge.status_list(at=NOW), options={"verify_signature": False}), ensure_ascii=False)
    told_of_them = [certificate.serial, certificate.code, str(certificate.public_id), "Thida", "သီတာ"]
    assert [one for one in told_of_them if one in text] == []
