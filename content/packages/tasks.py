"""Work on packages that were sent."""

from django.utils import timezone
from django_tasks import task

from content.models import PackageImport
from content.packages import importing


@task()
def take_in(public_id: str) -> None:
    """Read a file that was sent, and store it or say why not."""
    importing.run(PackageImport.objects.get(public_id=public_id), at=timezone.now())
