"""The drawings of items, as pictures that stand alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from content import drawing
from content.models import Drawing

# What the classes of a drawing look like outside our pages, as in core/static/core/thindan.css, in the colours of daylight.
_STYLE: Final = (
    "<style>.f-ink{fill:#16232b}.f-soft{fill:#f2f5f6}.f-accent{fill:#0b5f6b}.f-accent-soft{fill:#e3f0f1}.f-warm{fill:#b87412}"
    ".f-warm-soft{fill:#fdf1da}.f-paper{fill:#fff}.f-muted{fill:#47545d}.f-line,.f-line-accent,.f-line-warm{fill:none;"
    "stroke:#16232b}.f-line-accent{stroke:#0b5f6b}.f-line-warm{stroke:#b87412}.f-bold{font-weight:700}</style>"
)


@dataclass(frozen=True)
class Picture:
    """A drawing. width, height: in pixels, as its coordinates are given."""

    svg: str = ""
    width: int = 1000
    height: int = 1000

    def with_words(self, words: Sequence[str]) -> str:
        """The drawing with these words, as a file of its own."""
        try:
            shown = drawing.render(self.svg, words, prefix="d")
        except drawing.DrawingError:
            return self.svg
        return re.sub(r"(<svg\b[^>]*>)", rf"\1{_STYLE}", shown, count=1)

    def coordinates(self, points: str) -> str:
        """Corners in whole pixels, from corners in per cent."""
        at = [corner.split(",") for corner in points.split()]
        return ",".join(f"{float(x) * self.width / 100:.0f},{float(y) * self.height / 100:.0f}" for x, y in at)


def pictures(questions: Sequence[Mapping[str, Any]]) -> dict[str, Picture]:
    """The drawings that are there, by code."""
    names = {str(one["drawing"]) for one in questions}
    rows = Drawing.objects.filter(code__in=names).values_list("code", "svg") if names else []
    return {code: _sized(svg) for code, svg in rows}


def _sized(svg: str) -> Picture:
    box = re.search(r'viewBox="([^"]*)"', svg)
    try:
        _x, _y, width, height = (float(one) for one in box[1].replace(",", " ").split()) if box else (0, 0, 0, 0)
    except ValueError:
        width = height = 0
    if width <= 0 or height <= 0:
        return Picture(svg)
    return Picture(svg, 1000, max(1, round(1000 * height / width)))
