"""A certificate's fields for a completed enrolment, without going through a whole course."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from certificates import life
from certificates.claim import CertificateClaim
from certificates.issuing import digest, new_code
from certificates.models import Certificate, CertificateEvent
from certificates.rules import rule_of_course
from courses.catalogue import catalogue
from courses.models import Enrolment
from tests.factories import PersonFactory


def change_status(
    certificate: Certificate, kind: str = "revoked", *, reason: str = "A mistake", at: datetime | None = None
) -> CertificateEvent:
    """Two people change the status of a certificate."""
    asks, confirms = PersonFactory(registrar=True), PersonFactory(lead=True)
    moment = at or timezone.now()
    request = life.ask(Certificate.objects.get(pk=certificate.pk), kind, by=asks, reason=reason, at=moment)
    return life.decide(request, by=confirms, is_confirmed=True, at=moment).event


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
        "rule": rule_of_course(catalogue("en").by_code["C1"]),
        "occasion": enrolment.public_id,
        "serial": claim.serial,
        "code": claim.code,
        "claim": stored,
        "claim_sha256": digest(stored),
        "issued_at": timezone.now(),
        "valid_until": claim.valid_until,
    }
