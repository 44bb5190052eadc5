"""`manage.py db_worker`"""

from typing import Any

from django.core.management.base import CommandError
from django_tasks_db.management.commands import db_worker

from core import serving
from core.errors import OutOfService


class Command(db_worker.Command):
    """The queue's own; while it works nobody replaces the data under it."""

    def handle(self, **options: Any) -> None:
        try:
            with serving.together():
                super().handle(**options)
        except OutOfService as error:
            raise CommandError(str(error)) from None
