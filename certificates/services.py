"""Issuing certificates, exactly once each, and what becomes of them."""

import hashlib
import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.models import Attempt, GradeRecord
from certificates.claim import CertificateClaim, canonical_json
from certificates.models import Certificate, CertificateEvent
from courses.catalogue import CourseInfo, catalogue
from courses.models import Enrolment
from people.models import Person

# Without I, L, O and U: nothing that is misread or mistyped (Crockford's base 32). 16 letters carry 80 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16


def new_code() -> str:
    """A verification code that cannot be guessed or counted up to."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def issue_certificate(enrolment: Enrolment, *, at: datetime) -> Certificate | None:
    """The certificate of a completed enrolment, made on the first call; None while the course is not completed.

    Called twice, or by two at once, it gives the same certificate.
    """
    enrolment = Enrolment.objects.select_related("person__unit").get(pk=enrolment.pk)
    existing = Certificate.objects.filter(enrolment=enrolment).first()
    if existing or enrolment.status != Enrolment.Status.COMPLETED:
        return existing
    known_my, known_en = catalogue("my").by_key, catalogue("en").by_key
    if enrolment.course_key not in known_en:
        return None
    course_my, course_en = known_my[enrolment.course_key], known_en[enrolment.course_key]
    for _try in range(5):
        try:
            with transaction.atomic():
                claim = _claim(enrolment, course_my, course_en, at=at)
                stored = claim.to_dict()
                return Certificate.objects.create(
                    person=enrolment.person,
                    enrolment=enrolment,
                    serial=claim.serial,
                    code=claim.code,
                    claim=stored,
                    claim_sha256=digest(stored),
                    issued_at=at,
                    valid_until=claim.valid_until,
                )
        except IntegrityError:  # another process took the serial, or issued this very certificate
            if existing := Certificate.objects.filter(enrolment=enrolment).first():
                return existing
    raise RuntimeError("no free serial after five tries")


def digest(claim: dict[str, object]) -> str:
    """SHA-256 of a stored claim in its canonical form."""
    return hashlib.sha256(canonical_json(claim)).hexdigest()


def _claim(enrolment: Enrolment, course_my: CourseInfo, course_en: CourseInfo, *, at: datetime) -> CertificateClaim:
    person, today = enrolment.person, timezone.localdate(at)
    required = {module.key for module in course_en.required_modules(person.agency)}
    grade = _best_grade(enrolment)
    return CertificateClaim(
        serial=_next_serial(today.year),
        code=new_code(),
        name_my=person.name_my,
        name_latin=person.name_latin,
        course_code=course_en.code,
        course_title_my=str(course_my.title) if course_my.title.language == "my" else "",
        course_title_en=str(course_en.title),
        course_version=course_en.version,
        minutes=sum(module.minutes for module in course_en.modules if module.key in required),
        issued_on=today,
        valid_until=_months_later(today, course_en.valid_months) if course_en.valid_months else None,
        issuer_my=settings.ISSUER_MY,
        issuer_en=settings.ISSUER_EN,
        score_percent=grade.percent if grade else None,
    )


def _best_grade(enrolment: Enrolment) -> GradeRecord | None:
    """The grade of the passed exam."""
    attempts = Attempt.objects.filter(scope=enrolment.public_id, quiz__subject_key=enrolment.course_key)
    return (
        GradeRecord.objects.standing().filter(attempt__in=attempts, passed=True).order_by("-score", "-version").first()
    )


def _next_serial(year: int) -> str:
    prefix = f"THD-{year}-"
    last = (
        Certificate.objects.filter(serial__startswith=prefix)
        .order_by("-serial")
        .values_list("serial", flat=True)
        .first()
    )
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:06d}"


def _months_later(day: date, months: int) -> date:
    """The same day so many months on; the last day of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def last_event(certificate: Certificate) -> CertificateEvent | None:
    """What happened to it last."""
    return next(reversed(certificate.events.all()), None)


def status_of(certificate: Certificate, *, on: date) -> str:
    """valid, expired, revoked or superseded."""
    last = last_event(certificate)
    if last and last.kind != CertificateEvent.Kind.REINSTATED:
        return str(last.kind)
    if certificate.valid_until and certificate.valid_until < on:
        return "expired"
    return "valid"


def revoke(certificate: Certificate, *, by: Person, reason: str, at: datetime) -> CertificateEvent:
    """Withdraw a certificate, with the reason. The record stays; verification says so from now on."""
    return CertificateEvent.objects.create(
        certificate=certificate, kind=CertificateEvent.Kind.REVOKED, reason=reason, at=at, by=by
    )


def issue_due(*, at: datetime) -> int:
    """Issue every certificate that is earned and missing; how many were made."""
    waiting = Enrolment.objects.filter(status=Enrolment.Status.COMPLETED, certificate=None)
    return sum(issue_certificate(enrolment, at=at) is not None for enrolment in waiting)
