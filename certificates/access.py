"""Who may see and do what with certificates."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from certificates.codes import clean_code
from certificates.models import Certificate, CertificatePrint, CertificateRequest, CertificateShare
from certificates.models.certificates import CertificateQuerySet
from people.access import may_or_404, reach, visible_people
from people.models import Person


def own_certificates(viewer: Person) -> CertificateQuerySet:
    """One's own."""
    return Certificate.objects.filter(person=viewer)


def own_certificate(viewer: Person, public_id: UUID) -> Certificate:
    """One's own certificate, or 404."""
    return get_object_or_404(own_certificates(viewer).select_related("rule", "paper"), public_id=public_id)


def visible_certificates(viewer: Person, verb: str = "certificates.see") -> CertificateQuerySet:
    """Those of the people for whom a viewer may do this; one's own are the officer's page's, not the office's."""
    return Certificate.objects.filter(person__in=visible_people(viewer, verb))


def certificate_for(viewer: Person, public_id: UUID, verb: str = "certificates.see") -> Certificate:
    """The certificate in the office, or 404."""
    found = visible_certificates(viewer, verb).select_related(
        "person__unit", "rule", "paper", "supersedes", "superseded_by"
    )
    return get_object_or_404(found, public_id=public_id)


def visible_requests(viewer: Person) -> QuerySet[CertificateRequest]:
    """What is asked about certificates that the viewer may revoke."""
    return CertificateRequest.objects.filter(certificate__in=visible_certificates(viewer, "certificates.revoke"))


def waiting_requests(viewer: Person) -> QuerySet[CertificateRequest]:
    """What waits for a second person."""
    return visible_requests(viewer).filter(outcome=CertificateRequest.Outcome.WAITING)


def request_for(viewer: Person, public_id: UUID) -> CertificateRequest:
    """One of them, or 404."""
    return get_object_or_404(visible_requests(viewer).select_related("certificate__person"), public_id=public_id)


def print_for(viewer: Person, public_id: UUID) -> CertificatePrint:
    """A file of certificates that the viewer asked for, or 404."""
    return get_object_or_404(CertificatePrint.objects.filter(asked_by=viewer).defer("file"), public_id=public_id)


def designer_or_404(viewer: object) -> Person:
    """Who may change rules and designs, which hold for everybody; a registrar of a part may not."""
    person = may_or_404(viewer, "certificates.design")
    if not reach(person, "certificates.design").everything:
        raise Http404
    return person


def certificate_by_code(text: str) -> Certificate | None:
    """The certificate with a verification code, however it was typed; anyone who holds the code may ask."""
    found = Certificate.objects.filter(code=clean_code(text)).select_related("rule", "superseded_by", "supersedes")
    return found.prefetch_related("events").first()


def shared_certificate(token: str) -> CertificateShare:
    """What a holder shows by a link; anyone who has the link may ask. 404 for a link that is none, was taken back or has ended."""
    found = CertificateShare.objects.filter(token=token, until__gte=timezone.localdate())
    return get_object_or_404(
        found.select_related("certificate__superseded_by").prefetch_related("certificate__events"), token=token
    )
