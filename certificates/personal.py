"""Personal data on certificates."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from certificates.models import CertificatePrint, CertificateShare
from core.personal import Kind, register

PRINT_DAYS: Final = 3


def _end_shares(person: Any, at: datetime) -> None:
    CertificateShare.objects.filter(certificate__person=person).delete()


def _old_prints(at: datetime) -> QuerySet[Any]:
    return CertificatePrint.objects.filter(made_at__lt=at - timedelta(days=PRINT_DAYS)).exclude(file=None)


def _over(at: datetime) -> QuerySet[Any]:
    return CertificateShare.objects.filter(until__lt=timezone.localdate(at))


register(
    Kind(
        model="certificates.Certificate",
        subjects=("person", "enrolment__person"),
        personal=("claim",),
        purpose="the frozen claim that a superior can check; it is signed, and names its holder",
        keep="for good, with the name: whoever holds the paper has to be able to check it",
        exported=("serial", "code", "claim", "issued_at", "valid_until", "reason"),
    ),
    Kind(
        model="certificates.CertificateSignature",
        subjects=("certificate__person",),
        purpose="the signature over the claim",
        exported=("certificate__serial", "key__kid", "signature", "signed_at"),
    ),
    Kind(
        model="certificates.CertificateRequest",
        subjects=("certificate__person",),
        actors=("asked_by", "decided_by"),
        purpose="that somebody asked to revoke a certificate or to set it valid again, and what a second person decided",
        exported=("certificate__serial", "kind", "reason", "asked_at", "outcome", "decided_at"),
    ),
    Kind(
        model="certificates.CertificateEvent",
        subjects=("certificate__person",),
        actors=("by",),
        purpose="that a certificate was revoked or set valid again, and why",
        exported=("certificate__serial", "kind", "reason", "at"),
    ),
    Kind(
        model="certificates.CertificateReminder",
        subjects=("certificate__person",),
        personal=("by_mail",),
        purpose="that its holder was told of its end, once",
        exported=("certificate__serial", "days", "at", "by_mail"),
    ),
    Kind(
        model="certificates.CertificateShare",
        subjects=("certificate__person",),
        purpose="a link that its holder made, and what it shows",
        keep="until the day that its holder chose",
        erase=_end_shares,
        past=_over,
        exported=("certificate__serial", "with_name", "with_score", "made_at", "until"),
    ),
    Kind(
        model="certificates.CertificatePrint",
        actors=("asked_by",),
        purpose="a file of a group's certificates to print; who printed what stays, the file goes",
        keep=f"the file for {PRINT_DAYS} days",
        past=_old_prints,
        remove=lambda rows: rows.update(file=None),
    ),
    Kind(model="certificates.PaperVersion", actors=("published_by",), purpose="who published a design"),
    Kind(model="certificates.PaperPicture", actors=("added_by",), purpose="who sent a crest or a scanned signature"),
)
