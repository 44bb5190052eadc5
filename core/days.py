"""Arithmetic on dates that a constraint may use."""

from typing import Any

from django.db.models import DateField, Func
from django.utils.deconstruct import deconstructible


@deconstructible(path="core.days.DaysAfter")
class DaysAfter(Func):
    """The date some days after another, by the database's own arithmetic: SQLite takes no function of Django's into a constraint
    (`trusted_schema` is off)."""

    output_field = DateField()

    def __init__(self, day: Any, days: int) -> None:
        super().__init__(day)
        self.days = days

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite keeps dates as text, year first."""
        return self.as_sql(compiler, connection, template=f"date(%(expressions)s, '+{self.days} days')", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """A date and a number of days."""
        return self.as_sql(compiler, connection, template=f"(%(expressions)s::date + {self.days})", **context)
