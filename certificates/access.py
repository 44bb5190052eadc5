"""Who may see and download which certificate."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from certificates.codes import clean_code
from certificates.models import Certificate
from people.models import Person


def own_certificates(viewer: Person) -> QuerySet[Certificate]:
    """One's own."""
    return Certificate.objects.filter(person=viewer)


def certificate_for(viewer: Person, public_id: UUID) -> Certificate:
    """One's own certificate, or 404."""
    return get_object_or_404(own_certificates(viewer), public_id=public_id)


def certificate_by_code(text: str) -> Certificate | None:
    """The certificate with a verification code, however it was typed; anyone who holds the code may ask."""
    return Certificate.objects.filter(code=clean_code(text)).prefetch_related("events").first()
