"""Showing a certificate to others: by a link that its holder makes, that says what they chose, until a day."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from certificates.audit import SHARED
from certificates.errors import NotStanding
from certificates.life import status_of
from certificates.models import Certificate, CertificateShare
from core import audit
from people.models import Person


@transaction.atomic
def share(
    certificate: Certificate,
    *,
    by: Person,
    at: datetime,
    until: date,
    with_name: bool = False,
    with_score: bool = False,
) -> CertificateShare:
    """A link with 128 bits in it. Raises NotStanding for a certificate that is revoked, withdrawn or superseded."""
    if status_of(certificate, on=timezone.localdate(at)) not in ("valid", "expired"):
        raise NotStanding
    made = CertificateShare.objects.create(
        certificate=certificate,
        token=secrets.token_urlsafe(16),
        with_name=with_name,
        with_score=with_score,
        made_at=at,
        until=until,
    )
    audit.record(SHARED, by=by, about=certificate, people=[by], until=until.isoformat())
    return made
