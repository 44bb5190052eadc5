"""Everything that a person completed, on a signed sheet in both languages."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from certificates.claim import CertificateClaim
from certificates.document import sign_document
from certificates.earning import minutes_of, percent_of, titles_of, version_of
from certificates.issuing import unit_of
from certificates.life import status_of
from certificates.models import Certificate
from certificates.paper.transcript import Row, Transcript, render_transcript
from courses.models import Enrolment
from people.models import Person

_WORDS = {
    "valid": "Valid",
    "expired": "Expired",
    "revoked": "Revoked",
    "withdrawn": "Withdrawn",
    "superseded": "Replaced",
}


def transcript_of(person: Person, *, at: datetime) -> Transcript:
    """Every completed course with its certificate, and every other certificate, in the order of their days."""
    today = timezone.localdate(at)
    held = Certificate.objects.filter(person=person, superseded_by=None).select_related("rule", "superseded_by")
    certificates = list(held.prefetch_related("events").order_by("issued_at", "pk"))
    of_enrolment = {one.enrolment_id: one for one in certificates if one.enrolment_id}
    rows = [_row(one, CertificateClaim.from_dict(one.claim), today) for one in certificates]
    done = Enrolment.objects.filter(person=person, status=Enrolment.Status.COMPLETED).exclude(pk__in=of_enrolment)
    for enrolment in done.order_by("completed_at", "pk"):
        titles = titles_of(enrolment.course_key)
        if titles and enrolment.completed_at:
            rows.append(
                Row(
                    kind="course",
                    code=enrolment.course_code,
                    title_my=titles[0],
                    title_en=titles[1],
                    version=version_of(enrolment),
                    completed_on=timezone.localdate(enrolment.completed_at),
                    minutes=minutes_of(enrolment, person),
                    score_percent=percent_of(enrolment),
                    status_my="",
                    status_en="",
                )
            )
    gone = (_WORDS["revoked"], _WORDS["withdrawn"])
    courses = {row.code: row for row in rows if row.kind == "course" and row.status_en not in gone}  # each counts once
    return Transcript(
        name_my=person.name_my,
        name_latin=person.name_latin,
        unit=unit_of(person),
        issuer_my=settings.ISSUER_MY,
        issuer_en=settings.ISSUER_EN,
        made_on=today,
        verify_url=settings.SITE_URL + reverse("certificates:verify_form"),
        completed=len(courses),
        minutes=sum(row.minutes for row in courses.values()),
        rows=tuple(sorted(rows, key=lambda row: (row.completed_on, row.code))),
    )


def _row(certificate: Certificate, claim: CertificateClaim, today: date) -> Row:
    status = status_of(certificate, on=today)
    words = []
    for language in ("my", "en"):
        with override(language):
            words.append(gettext(_WORDS[status]))
    return Row(
        kind=claim.kind,
        code=claim.course_code,
        title_my=claim.course_title_my,
        title_en=claim.course_title_en,
        version=claim.course_version,
        completed_on=claim.issued_on,
        minutes=claim.minutes,
        score_percent=claim.score_percent,
        serial=claim.serial,
        status_my=words[0],
        status_en=words[1],
        valid_until=claim.valid_until,
    )


def transcript_pdf(person: Person, *, at: datetime) -> bytes:
    """The transcript, signed. Raises pdf.PdfUnavailable, pdf.MissingGlyph."""
    said = transcript_of(person, at=at)
    return sign_document(render_transcript(said, square=said.verify_url))
