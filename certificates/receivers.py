"""A completed course earns its certificate at once."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from certificates.services import issue_certificate
from courses.models import Enrolment
from courses.signals import course_completed


@receiver(course_completed)
def certify(enrolment: Enrolment, **kwargs: Any) -> None:
    """Issue the certificate; should this fail, `manage.py issue_due` makes it up."""
    issue_certificate(enrolment, at=enrolment.completed_at or timezone.now())
