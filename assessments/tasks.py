"""Work that waits for its time. Every task is safe to run twice."""

from django.utils import timezone
from django_tasks import task

from assessments.models import Attempt
from assessments.services import close_if_over


@task()
def close_attempt(public_id: str) -> None:
    """Hand in an attempt whose time is over, if nobody did."""
    close_if_over(Attempt.objects.select_related("quiz").get(public_id=public_id), at=timezone.now())
