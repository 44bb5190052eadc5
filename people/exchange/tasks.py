"""Work on files that came in. Safe to run twice, and to be cut off."""

from django_tasks import task

from people.exchange.importing import run
from people.models import PeopleImport


@task()
def work(public_id: str) -> None:
    """Do what is due for a file."""
    run(PeopleImport.objects.get(public_id=public_id))
