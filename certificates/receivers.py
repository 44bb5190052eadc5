"""A completed course earns its certificate at once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone

from assessments.models import Attempt
from assessments.signals import certificates_asked
from certificates.models import Certificate
from certificates.services import issue_certificate
from courses.models import Enrolment
from courses.signals import course_completed


@receiver(course_completed)
def certify(enrolment: Enrolment, **kwargs: Any) -> None:
    """Issue the certificate; should this fail, `manage.py issue_due` makes it up."""
    issue_certificate(enrolment, at=enrolment.completed_at or timezone.now())


@receiver(certificates_asked)
def certificates_resting_on(attempts: Sequence[Attempt], **kwargs: Any) -> dict[UUID, list[str]]:
    """The serials of the certificates that were earned where these attempts belong."""
    serials: dict[UUID, list[str]] = defaultdict(list)
    rows = Certificate.objects.filter(enrolment__public_id__in={attempt.scope for attempt in attempts})
    for scope, serial in rows.order_by("serial").values_list("enrolment__public_id", "serial"):
        serials[scope].append(serial)
    return {attempt.public_id: serials[attempt.scope] for attempt in attempts if attempt.scope in serials}
