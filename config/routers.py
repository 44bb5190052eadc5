"""Which database holds what, when SQLite is used."""

from typing import Any

QUEUE = "django_tasks_database"


class TasksRouter:
    """The queue's table lives in its own file; everything else in the default one."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "tasks" if model._meta.app_label == QUEUE else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == "tasks") == (app_label == QUEUE)
