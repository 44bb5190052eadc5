"""Work that waits for a worker. Every task is safe to run twice, and to be cut off."""

from django.utils import timezone
from django_tasks import task

from certificates import prints
from certificates.issuing import issue_for
from certificates.models import CertificatePrint
from people.models import Person


@task()
def certify(public_id: str) -> None:
    """Issue what a person earned."""
    issue_for(Person.objects.select_related("unit").filter(public_id=public_id), at=timezone.now())


@task()
def print_group(public_id: str) -> None:
    """Make a print-ready file."""
    prints.make(CertificatePrint.objects.get(public_id=public_id), at=timezone.now())
