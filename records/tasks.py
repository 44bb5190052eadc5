"""Work on records that waits for nobody."""

from django.utils import timezone
from django_tasks import task

from records import statements


@task()
def forward_statements() -> int:
    """Send new statements to the outside record store."""
    return statements.forward(at=timezone.now())
