"""Work that waits for its time. Every task is safe to run twice."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from assessments.ending import close_if_over, closing_of
from assessments.models import Attempt


@task()
def close_attempt(public_id: str) -> None:
    """Hand in an attempt whose time is over, if nobody did."""
    close_if_over(Attempt.objects.select_related("quiz").get(public_id=public_id), at=timezone.now())


def close_in_time(attempt: Attempt) -> None:
    """Have an attempt handed in at its end, should nobody do it."""
    if run_after := closing_of(attempt):
        transaction.on_commit(lambda: close_attempt.using(run_after=run_after).enqueue(str(attempt.public_id)))
