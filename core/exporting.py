"""Tables that the office takes out. Each app registers what it has; who may take it and whose it is, people decides."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise


@dataclass(frozen=True)
class Column:
    """A column with its heading in both languages, always shown together."""

    my: str
    en: str

    @property
    def heading(self) -> str:
        """Both headings in one cell."""
        return f"{self.my} / {self.en}"


@dataclass(frozen=True)
class Within:
    """What may be taken out: querysets of people and of units."""

    people: Any
    units: Any


# The primary key of the person whom a row is about, None for nobody; and its cells.
Line = tuple[int | None, Sequence[Any]]


@dataclass(frozen=True)
class Export:
    """One table. code: in the address, for ever. note: what is in it. rows: the rows within, in the order of the columns."""

    code: str
    label: str | Promise = field(compare=False)
    note: str | Promise = field(compare=False)
    columns: tuple[Column, ...]
    rows: Callable[[Within], Iterator[Line]]
    is_personal: bool = True


@dataclass(frozen=True)
class Elsewhere:
    """A table that has a place of its own. verb: what one must be allowed."""

    label: str | Promise
    note: str | Promise
    url_name: str
    verb: str


EXPORTS: Final[dict[str, Export]] = {}
ELSEWHERE: Final[list[Elsewhere]] = []


def register(export: Export) -> Export:
    """Offer a table. Raises ValueError where another has its code."""
    if EXPORTS.setdefault(export.code, export) is not export:
        raise ValueError(f"{export.code} is an export already")
    return export


def point_to(elsewhere: Elsewhere) -> None:
    """Name a table that is taken out elsewhere."""
    ELSEWHERE.append(elsewhere)
