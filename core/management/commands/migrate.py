"""`manage.py migrate`"""

from django.conf import settings
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

QUEUE = "django_tasks_database"


class Command(migrate.Command):
    """Django's own; typed without a database or an app, it brings the queue's file up to date as well."""

    def run_from_argv(self, argv: list[str]) -> None:
        super().run_from_argv(argv)
        asked = self.create_parser(*argv[:2]).parse_args(argv[2:])
        if asked.database == DEFAULT_DB_ALIAS and not asked.app_label and "tasks" in settings.DATABASES:
            # The app is named, since going through the migrations of all others takes as long as making their tables does.
            super().run_from_argv([*argv[:2], QUEUE, *argv[2:], "--database", "tasks"])
