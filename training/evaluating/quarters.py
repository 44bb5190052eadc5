"""Quarters of a year, and periods made of them. Pure but for their names.

Figures go by whole quarters: from two periods that differ by a few days the answers of a few people could be told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from core.templatetags.burmese import digits


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter. number: 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter in which a day lies."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, code: str) -> "Quarter":
        """From a code such as 2026-3. Raises ValueError for what is none."""
        year, _dash, number = code.partition("-")
        if number not in ("1", "2", "3", "4") or not 2000 <= int(year) <= 2100:
            raise ValueError(code)
        return cls(int(year), int(number))

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Quarter":
        """The next one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        """The one before."""
        return Quarter.of(self.first - timedelta(days=1))

    def __str__(self) -> str:
        return _("Quarter %(number)s of %(year)s") % {"number": digits(self.number), "year": digits(self.year)}


def recent(today: date, count: int) -> list[Quarter]:
    """The quarter of a day and those before it, the newest first."""
    found = [Quarter.of(today)]
    while len(found) < count:
        found.append(found[-1].before)
    return found


@dataclass(frozen=True)
class Period:
    """From one quarter to another, both within."""

    first: Quarter
    last: Quarter

    @property
    def since(self) -> date:
        """Its first day."""
        return self.first.first

    @property
    def until(self) -> date:
        """Its last day."""
        return self.last.last

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """When its first day begins, and when its last has ended."""
        begins, ends = (datetime.combine(day, time.min) for day in (self.since, self.until + timedelta(days=1)))
        return timezone.make_aware(begins), timezone.make_aware(ends)

    def __iter__(self) -> Iterator[Quarter]:
        one = self.first
        while one <= self.last:
            yield one
            one = one.after

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        return _("%(first)s to %(last)s") % {"first": self.first, "last": self.last}
