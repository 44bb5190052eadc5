"""The file that a person downloads: the printed sheet with the signed claim and the credential inside it, signed as a whole.

The signature is PAdES B-B by the product's own key. Whether anything in a file was changed is found by its digest and its
signature alone, before anything in it is read: a stranger's PDF is never parsed.
"""

# ruff: noqa: PLC0415  # pyHanko is loaded on first use: half a second, for a few requests a day

from __future__ import annotations

import asyncio
import base64
import functools
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final, Literal

import asn1crypto.tsp  # noqa: F401 (adds names of attributes, which are looked up once: before the first one is read)
from asn1crypto import cms, pem, x509
from cryptography import x509 as pki
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from certificates import badge, keyring
from certificates.claim import CertificateClaim
from certificates.issuing import design_of
from certificates.models import Certificate, CertificateSignature, PaperPicture, SigningKey
from certificates.paper import render_certificate
from certificates.signing import short_digits
from core.pdf import Attachment

CLAIM_FILE: Final = "claim.json"
CREDENTIAL_FILE: Final = "credential.jwt"
MOST_BYTES: Final = 2 * 2**20


def signature_of(certificate: Certificate) -> CertificateSignature | None:
    """The newest signature by a key that is believed."""
    return (
        certificate.signatures.filter(key__withdrawn_at=None)
        .select_related("key")
        .order_by("-signed_at", "-pk")
        .first()
    )


def square(certificate: Certificate) -> list[tuple[str, str]]:
    """What the square on the paper holds: the address that shows the register, and behind it, never sent to anybody, the
    short form that a telephone verifies without a line.
    """
    claim = CertificateClaim.from_dict(certificate.claim)
    signer = keyring.signer(SigningKey.Purpose.CLAIM)
    digits = short_digits(claim, kid=keyring.unb64(signer.key.kid), sign=signer.private.sign)
    return [(f"{settings.SITE_URL}{certificate.get_absolute_url()}#", "byte"), (digits, "numeric")]


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate as its holder downloads it. Raises pdf.PdfUnavailable, pdf.MissingGlyph."""
    design, signature = design_of(certificate.paper), signature_of(certificate)
    signed = {
        "claim": certificate.claim,
        "signature": signature.signature if signature else "",
        "kid": signature.key.kid if signature else "",
    }
    sheet = render_certificate(
        CertificateClaim.from_dict(certificate.claim),
        design,
        square=square(certificate),
        images=PaperPicture.read(design.images),
        attachments=[
            Attachment(CLAIM_FILE, json.dumps(signed, ensure_ascii=False, sort_keys=True).encode(), "Signed claim"),
            Attachment(CREDENTIAL_FILE, badge.credential_jwt(certificate).encode(), "Open Badges 3.0 credential"),
        ],
    )
    return sign_document(sheet)


# --- Signing -----------------------------------------------------------------------------------------------------------


@functools.cache
def _hanko() -> SimpleNamespace:
    """pyHanko, imported once, with a signer that uses our loaded key and gives the same signature for the same bytes."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.signers.pdf_cms import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class OwnSigner(Signer):
        def __init__(self, certificate: Any, private: ec.EllipticCurvePrivateKey) -> None:
            super().__init__(signing_cert=certificate, cert_registry=SimpleCertificateStore())  # type: ignore[no-untyped-call]
            self.private = private

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            if dry_run:
                return bytes(72)  # the longest that a P-256 signature can be in DER
            return self.private.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    return SimpleNamespace(Writer=IncrementalPdfFileWriter, fields=fields, signers=signers, OwnSigner=OwnSigner)


def _load(text: str) -> Any:
    _kind, _headers, der = pem.unarmor(text.encode())
    return x509.Certificate.load(der)


def sign_document(sheet: bytes) -> bytes:
    """A PDF with the issuer's signature added behind it: PAdES B-B, ECDSA P-256, no change allowed afterwards."""
    engine, signer = _hanko(), keyring.signer(SigningKey.Purpose.DOCUMENT)
    writer = engine.Writer(io.BytesIO(sheet), strict=True)
    metadata = engine.signers.PdfSignatureMetadata(
        field_name="IssuerSignature",
        subfilter=engine.fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=engine.fields.MDPPerm.NO_CHANGES,
        name=settings.ISSUER_EN,
    )
    own = engine.OwnSigner(_load(signer.key.certificate), signer.private)
    out = io.BytesIO()
    asyncio.run(engine.signers.PdfSigner(metadata, signer=own).async_sign_pdf(writer, output=out))
    return out.getvalue()


# --- Verifying ---------------------------------------------------------------------------------------------------------

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
Outcome = Literal["genuine", "changed", "foreign"]


@dataclass(frozen=True)
class Found:
    """What a file turned out to be: genuine (ours, and as it was issued), changed (signed here, and altered since), or
    foreign. claim: the attached claim of a genuine one, with its signature and the name of the key.
    """

    outcome: Outcome
    claim: Mapping[str, Any] | None = None
    key: str = ""


def examine(data: bytes, keys: Iterable[Mapping[str, Any]] | None = None) -> Found:
    """Whether a file was issued here and not altered. keys: to believe, as `keyring.published` gives them; those of the
    database when not given.
    """
    keys = keyring.published()["keys"] if keys is None else keys
    parts = _signed_parts(data)
    if parts is None:
        return Found("foreign")
    signed, container = parts
    try:
        content = cms.ContentInfo.load(container)["content"]
        signer = content["signer_infos"][0]
        attributes = signer["signed_attrs"]
        said = {one["type"].native: one["values"][0].native for one in attributes}
        digest, signature = said["message_digest"], signer["signature"].native
        serial = signer["sid"].chosen["serial_number"].native
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return Found("foreign")
    for key in keys:
        if "x5c" not in key:
            continue
        certificate = pki.load_der_x509_certificate(base64.b64decode(key["x5c"][0]))
        public = certificate.public_key()
        if certificate.serial_number != serial or not isinstance(public, ec.EllipticCurvePublicKey):
            continue
        try:
            public.verify(signature, attributes.untag().dump(), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return Found("changed")
        if digest != hashlib.sha256(signed).digest() or container != _container(certificate, attributes, signature):
            return Found("changed")
        inside = attached(data)
        return Found("genuine", json.loads(inside[CLAIM_FILE]) if CLAIM_FILE in inside else None, str(key["kid"]))
    return Found("foreign")


def _container(certificate: pki.Certificate, attributes: cms.CMSAttributes, signature: bytes) -> bytes:
    """The container as we write it around a signature: what it carries beside, such as our own X.509 certificate, no
    signature is over, so it is compared instead.
    """
    own = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    sha256 = {"algorithm": "sha256"}
    signer = {
        "version": "v1",
        "sid": {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}},
        "digest_algorithm": sha256,
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": signature,
    }
    content = {
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data"},
        "certificates": [own],
        "signer_infos": [signer],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)}).dump())


def _signed_parts(data: bytes) -> tuple[bytes, bytes] | None:
    """(the bytes that the last signature is over, its container), where it covers the whole file but for itself."""
    ranges = _RANGE.findall(data[-200_000:])
    if not data.startswith(b"%PDF-") or not ranges:
        return None
    first, length, second, rest = map(int, ranges[-1])
    hole = data[length:second]
    if first != 0 or second + rest != len(data) or not 2 < len(hole) <= 60_000 or hole[:1] + hole[-1:] != b"<>":
        return None
    try:
        filled = bytes.fromhex(hole[1:-1].decode("ascii"))
        container = filled[: len(cms.ContentInfo.load(filled).dump())]
    except (ValueError, TypeError):
        return None
    # The rest of the room is empty, and written in one way only.
    if any(filled[len(container) :]) or hole[1:-1].upper() != hole[1:-1]:
        return None
    return data[:length] + data[second:], container


def attached(data: bytes) -> dict[str, bytes]:
    """The files inside a PDF, by name; to be asked of a file that is genuine: it is read here."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        found = [document.get_attachment(index) for index in range(document.count_attachments())]
        return {one.get_name(): bytes(one.get_data()) for one in found}
