"""The certificate as an Open Badges 3.0 credential: a JSON document, signed as a JWT, that other systems read.

Source: 1EdTech Open Badges 3.0, sections 5.1 (documents) and 8.2.4 (VC-JWT): the payload is the credential itself with
iss, jti, sub, nbf and exp beside it; RS256.
"""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID, uuid5

import jwt
from django.conf import settings
from django.db.models import Max, Q
from django.urls import reverse

from certificates import keyring
from certificates.claim import CertificateClaim
from certificates.models import GONE, Certificate, CertificateRule, SigningKey

CONTEXT: Final = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
_TYPES: Final = {
    CertificateRule.Kind.COURSE: "Course",
    CertificateRule.Kind.PROGRAMME: "LearningProgram",
    CertificateRule.Kind.ATTENDANCE: "CoCurricular",
    CertificateRule.Kind.ACCREDITATION: "License",
}
_LEAST_BITS: Final = 131_072
# For the holder of one certificate: two certificates of one person cannot be put together by this name.
_SUBJECTS: Final = UUID("6f0f9f7e-8f7c-5d0e-9a51-0c6f3a3f1d11")


def _at(name: str, *args: Any) -> str:
    return str(settings.SITE_URL) + reverse(f"certificates:{name}", args=args)


def issuer() -> dict[str, Any]:
    """The issuer as anyone may read it."""
    return {
        "@context": CONTEXT,
        "id": _at("issuer"),
        "type": ["Profile"],
        "name": settings.ISSUER_EN,
        "url": settings.SITE_URL,
        "description": settings.ISSUER_MY,
    }


def achievement(rule: CertificateRule, claim: CertificateClaim | None = None) -> dict[str, Any]:
    """What is certified: as a claim froze it, or as it is now."""
    title = (claim.course_title_en or claim.course_title_my) if claim else (rule.title_en or rule.title_my or rule.code)
    narrative = "Every requirement of the course was met, and its exam passed where it has one."
    if claim and claim.objectives:
        narrative += " Objectives: " + " ".join(en or my for my, en in claim.objectives)
    said = {
        "id": _at("achievement", rule.public_id),
        "type": ["Achievement"],
        "achievementType": _TYPES[CertificateRule.Kind(rule.kind)],
        "name": title,
        "description": f"{rule.get_kind_display()}: {title}"
        if claim is None
        else f"{title}, version {claim.course_version}",
        "criteria": {"narrative": narrative},
    }
    return said | ({"humanCode": claim.course_code} if claim else {})


def credential(certificate: Certificate) -> dict[str, Any]:
    """The credential, unsigned: no more of the person than the paper says."""
    claim = CertificateClaim.from_dict(certificate.claim)
    names = [name for name in (claim.name_latin, claim.name_my) if name]
    subject: dict[str, Any] = {
        "id": f"urn:uuid:{uuid5(_SUBJECTS, certificate.public_id.hex)}",
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"} for name in names
        ],
        "achievement": achievement(certificate.rule, claim),
    }
    if claim.score_percent is not None:
        subject["result"] = [{"type": ["Result"], "value": str(claim.score_percent)}]
    said = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{certificate.public_id}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": _at("issuer"), "type": ["Profile"], "name": claim.issuer_en},
        "validFrom": _moment(claim.issued_on),
        "name": claim.course_title_en or claim.course_title_my,
        "credentialSubject": subject,
        "credentialStatus": {
            "id": f"{_at('status_list')}#{certificate.pk}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(certificate.pk),
            "statusListCredential": _at("status_list"),
        },
    }
    if claim.valid_until:
        said["validUntil"] = _moment(claim.valid_until, time(23, 59, 59))
    return said


def credential_jwt(certificate: Certificate) -> str:
    """The credential, signed."""
    said = credential(certificate)
    signer = keyring.signer(SigningKey.Purpose.CREDENTIAL)
    payload = said | {
        "iss": said["issuer"]["id"],
        "jti": said["id"],
        "sub": said["credentialSubject"]["id"],
        "nbf": _seconds(said["validFrom"]),
    }
    if "validUntil" in said:
        payload["exp"] = _seconds(said["validUntil"])
    return jwt.encode(payload, signer.private, algorithm="RS256", headers={"kid": _at("key", signer.key.kid)})


def status_list(*, at: datetime) -> str:
    """Which credentials no longer stand, one bit each, signed: revoked, withdrawn, or superseded. It tells nobody whose.

    Source: W3C Bitstring Status List 1.0, sections 3.2 and 4.2: at least 131,072 bits, the first the leftmost, gzip,
    base64url with the prefix u.
    """
    gone = Certificate.objects.with_last().filter(Q(last__in=GONE) | Q(superseded_by__isnull=False))
    bits = bytearray(max(_LEAST_BITS // 8, (Certificate.objects.aggregate(last=Max("pk"))["last"] or 0) // 8 + 1))
    for index in gone.values_list("pk", flat=True):
        bits[index // 8] |= 0x80 >> index % 8
    said = {
        "@context": CONTEXT[:1],
        "id": _at("status_list"),
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": _at("issuer"),
        "validFrom": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": f"{_at('status_list')}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "u" + keyring.b64(gzip.compress(bytes(bits), mtime=0)),
        },
    }
    signer = keyring.signer(SigningKey.Purpose.CREDENTIAL)
    payload = said | {"iss": said["issuer"], "jti": said["id"], "sub": said["id"], "nbf": int(at.timestamp())}
    return jwt.encode(payload, signer.private, algorithm="RS256", headers={"kid": _at("key", signer.key.kid)})


def _moment(day: date, at: time = time()) -> str:
    return datetime.combine(day, at, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
