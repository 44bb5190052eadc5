"""What is done about files that came in once a day, and what is told of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from core.doctor import QUEUE_MINUTES, check
from core.duties import duty
from people.exchange.importing import take_up, working


@duty("imports")
def go_on(at: datetime) -> str:
    """Goes on with files over which a task, a command or the server died."""
    return f"{take_up(at=at)} taken up"


@check("imports")
def _imports() -> Iterator[str]:
    now = timezone.now()
    begun, not_begun = (
        Q(lease_until__lt=now),
        Q(lease_until=None, updated_at__lt=now - timedelta(minutes=QUEUE_MINUTES)),
    )
    if left := working().filter(begun | not_begun).count():
        yield f"{left} files of people, units or groups are half done and nobody is at them: a task or a command died over them. The daily duty goes on with them; to do it now, run: manage.py daily."
