"""Where the texts of a sheet lie: each in a place of its own, at the largest size at which it stays there.

A sheet is a stack of items between a top and a bottom. One scale for all of them is chosen so that the stack fits, and
what is left over opens the gaps. A text that is still too long shrinks, then breaks at syllables, inside its own place;
so no text can push or touch another, whatever its length. Lengths are millimetres, sizes of type are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.template import Context

from certificates.paper.templates import css, template
from core import pdf
from myanmar.text import breakable, has_myanmar

POINT = 25.4 / 72  # mm
_LEADING = {"my": 1.6, "en": 1.35}  # as in the stylesheet
_MOST_ROWS = 4
_ROOM = 0.85  # of the width, for a text on several rows: they end before the margin, at a syllable
_WORTH = 0.95  # a text on one row more is that much less liked
_ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}
_MARGIN = 4.0  # mm that a line across the sheet leaves free at each side
_FLOORS_HOLD = 0.5  # the scale below which even small type shrinks
_SMALLEST = 0.1
_KEPT = 2000


@dataclass(frozen=True)
class Line:
    """A text, the classes that say how it looks, the points that a short one gets, and the least that is legible.

    field: of the design, where the text is the registrar's own; for `check_design`. by_word: breaks at spaces alone,
    for what we wrote ourselves; what others wrote may have none.
    """

    style: str
    text: str
    size: float
    floor: float = 6.0
    field: str = ""
    by_word: bool = False

    @property
    def lang(self) -> str:
        return "my" if has_myanmar(self.text) else "en"

    @property
    def leading(self) -> float:
        """Millimetres from one row to the next, for each point of size."""
        return _LEADING[self.lang] * POINT

    def scaled(self, scale: float) -> float:
        """Its size on a sheet of that scale: small type keeps its floor as long as anything else can give way."""
        return max(self.size * scale, min(self.size, self.floor) * min(1.0, scale / _FLOORS_HOLD))

    def height(self, scale: float = 1.0) -> float:
        """Of one row."""
        return self.scaled(scale) * self.leading


@dataclass(frozen=True)
class Box:
    """A place on the sheet."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True)
class Placed:
    """A line in its place. box: where the rows lie."""

    line: Line
    box: Box
    size: float
    rows: int
    align: str

    @property
    def is_legible(self) -> bool:
        return self.size >= min(self.line.floor, self.line.size) - 0.05

    @property
    def text(self) -> str:
        return breakable(self.line.text) if self.rows > 1 and not self.line.by_word else self.line.text


@dataclass(frozen=True)
class Rule:
    """A straight line between texts, as wide or as high as its box. style: its CSS class."""

    style: str
    box: Box


@dataclass(frozen=True)
class Picture:
    """An image by the name of its asset."""

    asset: str
    alt: str
    box: Box


Item = Placed | Rule | Picture


_remembered: dict[tuple[str, str], float] = {}  # widths of texts that come again: built-in words, titles, issuers


class Widths:
    """How wide the texts of one sheet are at one point, measured by the engine that will print them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], float] = {}

    def measure(self, lines: Iterable[Line]) -> None:
        """Measure in one go what is not remembered."""
        wanted = {(line.style, line.text): line.lang for line in lines}
        self._known |= {key: width for key in wanted if (width := _remembered.get(key)) is not None}
        unknown = [(*key, lang) for key, lang in wanted.items() if key not in self._known]
        if not unknown:
            return
        markup = template("measure").render(Context({"lines": [(f"l{n}", *one) for n, one in enumerate(unknown)]}))
        found = pdf.renderer().measure(markup, css=css("certificate"))
        measured = {one[:2]: max(found[f"l{n}"][1] / 10, 0.01) for n, one in enumerate(unknown)}
        self._known |= measured
        if len(_remembered) + len(measured) > _KEPT:
            _remembered.clear()
        _remembered.update(measured)

    def __getitem__(self, line: Line) -> float:
        return self._known[line.style, line.text]


def place(line: Line, box: Box, widths: Widths, *, largest: float | None = None, align: str = "center") -> Placed:
    """The line at the largest size at which it stays in the box: on one row if it can, else broken over more.

    A text lower than its box stands in the middle of its height.
    """
    choices = []
    for rows in range(1, _MOST_ROWS + 1):
        usable = box.width if rows == 1 else box.width * _ROOM * rows
        size = min(largest or line.size, box.height / (rows * line.leading), usable / widths[line])
        choices.append((size, rows))
    # The largest; but a row more must be worth it.
    size, rows = max(choices, key=lambda choice: choice[0] * _WORTH ** (choice[1] - 1))
    size = int(size * 20) / 20
    height = size * line.leading * rows
    width = box.width
    if rows > 1 and line.lang == "my" and not line.by_word:  # syllables are short: the rows can be of one length
        width = min(width, widths[line] * size / rows / _ROOM)
    left = box.left + (box.width - width) * _ALIGNED[align]
    return Placed(line, Box(left, box.top + (box.height - height) / 2, width, height), size, rows, align)


# What a stack is made of. Each item knows its height at a scale, and fills a box of that height.


@dataclass(frozen=True)
class Gap:
    """Empty height. stretch: its share of what is left over."""

    size: float
    stretch: float = 1.0

    lines: tuple[Line, ...] = ()

    def height(self, scale: float) -> float:
        return self.size * min(1.0, scale)

    def fill(self, box: Box, scale: float, widths: Widths) -> Iterator[Item]:
        return iter(())


@dataclass(frozen=True)
class Centred:
    """One line across the sheet. is_deep: its place is higher, for a text that has to be set on two rows."""

    line: Line
    is_deep: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        return (self.line,)

    def height(self, scale: float) -> float:
        return self.line.height(scale) * (1.35 if self.is_deep else 1)

    def fill(self, box: Box, scale: float, widths: Widths) -> Iterator[Item]:
        inner = Box(box.left + _MARGIN, box.top, box.width - 2 * _MARGIN, box.height)
        yield place(self.line, inner, widths, largest=self.line.scaled(scale))


@dataclass(frozen=True)
class Divider:
    """A short rule in the middle."""

    width: float
    lines: tuple[Line, ...] = ()

    def height(self, scale: float) -> float:
        return 0.3

    def fill(self, box: Box, scale: float, widths: Widths) -> Iterator[Item]:
        yield Rule("metal-rule", Box(box.left + (box.width - self.width) / 2, box.top, self.width, 0))


@dataclass(frozen=True)
class Emblem:
    """A picture in the middle, with lines at its left and right where there are any."""

    asset: str
    alt: str
    shape: float  # its width for each millimetre of height
    tall: float
    left: tuple[Line, ...] = ()
    right: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.left + self.right

    def height(self, scale: float) -> float:
        return self.tall * max(0.75, min(1.0, scale))

    def fill(self, box: Box, scale: float, widths: Widths) -> Iterator[Item]:
        width, height = inside(box.height * 1.6, box.height, self.shape)
        yield Picture(
            self.asset,
            self.alt,
            Box(box.left + (box.width - width) / 2, box.top + (box.height - height) / 2, width, height),
        )
        side = (box.width - width) / 2 - 6
        for lines, left in ((self.left, box.left), (self.right, box.right - side)):
            for line, row in zip(lines, rows(lines, Box(left, box.top, side, box.height), scale), strict=True):
                yield place(line, row, widths, largest=line.scaled(scale))


@dataclass(frozen=True)
class Grid:
    """Particulars side by side, their rows aligned: each column is a stack of lines, "" where it has none."""

    columns: tuple[tuple[Line, ...], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for column in self.columns for line in column if line.text)

    def height(self, scale: float) -> float:
        return sum((max(line.height(scale) for line in row) for row in zip(*self.columns, strict=True)), 0.0)

    def fill(self, box: Box, scale: float, widths: Widths) -> Iterator[Item]:
        padding = 2.0
        natural = [max(widths[line] * line.scaled(scale) for line in column if line.text) for column in self.columns]
        room = box.width - 2 * padding * len(self.columns)
        shrink = min(1.0, room / sum(natural))
        spare = max(0.0, min(room - sum(natural), 9.0 * len(self.columns))) / len(self.columns)
        left = box.left + max(0.0, room - sum(natural) - spare * len(self.columns)) / 2
        for number, (column, wide) in enumerate(zip(self.columns, natural, strict=True)):
            inner = wide * shrink + spare
            if number:
                yield Rule("hair-rule", Box(left, box.top + 0.6, 0, box.height - 1.2))
            top = box.top
            for at, line in enumerate(column):
                height = max(other[at].height(scale) for other in self.columns)
                if line.text:
                    row = Box(left, top, inner + 2 * padding, height)
                    size = int(line.scaled(scale) * shrink * 20) / 20
                    yield Placed(line, row, size, 1, "center")
                top += height
            left += inner + 2 * padding


@dataclass(frozen=True)
class Listing:
    """Short lines in columns, all of one size."""

    entries: tuple[Line, ...]
    columns: int

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.entries

    @property
    def depth(self) -> int:
        return -(-len(self.entries) // self.columns)

    def height(self, scale: float) -> float:
        return self.depth * max(line.height(scale) for line in self.entries)

    def width(self, box_width: float) -> float:
        """Of one column."""
        return (box_width - 6.0 * (self.columns - 1)) / self.columns

    def is_legible(self, box_width: float, widths: Widths) -> bool:
        """Whether the longest line keeps its floor on one row."""
        return all(widths[line] * line.floor <= self.width(box_width) for line in self.entries)

    def fill(self, box: Box, scale: float, widths: Widths) -> Iterator[Item]:
        wide, step = self.width(box.width), box.height / self.depth
        longest = max(widths[line] for line in self.entries)
        size = int(min(self.entries[0].scaled(scale), wide / longest) * 20) / 20
        taken = min(wide, longest * size + 1)
        start = box.left + (box.width - taken * self.columns - 6.0 * (self.columns - 1)) / 2
        for number, line in enumerate(self.entries):
            column, row = divmod(number, self.depth)
            left = start + column * (taken + 6.0)
            align = "left" if self.columns > 1 else "center"
            yield Placed(line, Box(left, box.top + row * step, taken, step), size, 1, align)


StackItem = Gap | Centred | Divider | Emblem | Grid | Listing


def stack(items: Sequence[StackItem], box: Box, widths: Widths, *, largest: float) -> list[Item]:
    """The items from top to bottom, at the largest scale, up to `largest`, at which they fit."""

    def total(scale: float) -> float:
        return sum(item.height(scale) for item in items)

    low, high = _SMALLEST, largest
    if total(high) <= box.height:
        low = high
    while high - low > 0.002:
        middle = (low + high) / 2
        low, high = (middle, high) if total(middle) <= box.height else (low, middle)
    scale, spare = low, box.height - total(low)
    shares = sum(item.stretch for item in items if isinstance(item, Gap)) or 1.0
    each = min(spare / (shares + 2), 7.0)  # two shares stay above and below
    top = box.top + (spare - each * shares) / 2
    placed: list[Item] = []
    for item in items:
        height = item.height(scale) + (each * item.stretch if isinstance(item, Gap) else 0)
        placed += item.fill(Box(box.left, top, box.width, height), scale, widths)
        top += height
    return placed


def rows(lines: Sequence[Line], box: Box, scale: float = 1.0) -> list[Box]:
    """A place for each line, one under the other in the middle of the box, smaller where the box is too low."""
    heights = [line.height(scale) for line in lines]
    shrink = min(1.0, box.height / (sum(heights) or 1.0))
    top = box.top + (box.height - sum(heights) * shrink) / 2
    found = []
    for height in heights:
        found.append(Box(box.left, top, box.width, height * shrink))
        top += height * shrink
    return found


def inside(width: float, height: float, shape: float) -> tuple[float, float]:
    """The largest size of a picture of that shape (width by height) in a room."""
    return (width, width / shape) if shape > width / height else (height * shape, height)
