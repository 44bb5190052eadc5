"""Pocket cards as they are read: plain objects in a reader's language. See `content.models.PocketCard`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from content.models import PocketCard
from content.models.teaching import PointBlock
from content.renditions import blocks, renditions
from core.languages import Spoken


@dataclass(frozen=True)
class Point:
    """One line. kind: do, warning or never."""

    text: Spoken
    kind: str

    @property
    def label(self) -> str:
        """What kind of line it is, in words; a line that says what to do needs none."""
        return "" if self.kind == PointBlock.Kind.DO else str(PointBlock.Kind(self.kind).label)


@dataclass(frozen=True)
class CardInfo:
    """A card in one language; what is not translated is in English."""

    key: UUID
    code: str
    title: Spoken
    points: tuple[Point, ...]
    version: str
    valid_until: date

    def is_past(self, on: date) -> bool:
        """Whether it is out of date on the day on which it is read."""
        return self.valid_until < on


def cards(codes: Collection[str], language: str) -> dict[str, CardInfo]:
    """The cards of modules by their codes; a module without one is not among them. One query."""
    return {
        source.code: CardInfo(
            key=source.translation_key,
            code=source.code,
            title=Spoken(row.title, row.locale.language_code),
            points=tuple(
                Point(Spoken(value["text"], spoken), told["kind"])
                for _id, told, value, spoken in blocks(row, source, "points")
            ),
            version=source.version,
            valid_until=source.valid_until,
        )
        for row, source in renditions(PocketCard.objects.filter(code__in=codes), language)
    }
