"""A certificate's fields for a completed enrolment, without going through a whole course."""

from datetime import date
from typing import Any

from django.utils import timezone

from certificates.claim import CertificateClaim
from certificates.services import digest, new_code
from courses.models import Enrolment


def claim_for(
    enrolment: Enrolment, *, valid_until: date | None = None, serial: str = "THD-2026-000001"
) -> dict[str, Any]:
    """Keywords for Certificate.objects.create()."""
    person = enrolment.person
    claim = CertificateClaim(
        serial=serial,
        code=new_code(),
        name_my=person.name_my,
        name_latin=person.name_latin,
        course_code="C1",
        course_title_my="သင်တန်း",
        course_title_en="A small course",
        course_version="1.0",
        minutes=40,
        issued_on=date(2026, 1, 5),
        valid_until=valid_until,
        issuer_my="သင်တန်း",
        issuer_en="Thindan",
    )
    stored = claim.to_dict()
    return {
        "person": person,
        "enrolment": enrolment,
        "serial": claim.serial,
        "code": claim.code,
        "claim": stored,
        "claim_sha256": digest(stored),
        "issued_at": timezone.now(),
        "valid_until": claim.valid_until,
    }
