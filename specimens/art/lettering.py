"""Letters as paths, the same on every machine: SPECIMEN in every drawing, lines of very small words, and numbers made of holes."""

import re
from functools import cache

from specimens import svg
from specimens.geometry import Box
from specimens.svg import Point, number

# One stroke of the pen on a grid 6 high, from its upper left: width, and lines (upper case: to a place) or arcs as path data.
GLYPHS = {
    "A": (4.4, "M0 6L2.2 0L4.4 6M.8 4H3.6"), "B": (4, "M0 6V0H2.4Q3.7 0 3.7 1.5T2.4 3H0M2.4 3Q4 3 4 4.5T2.4 6H0"),
    "C": (4, "M4 1.2Q4 0 2.7 0H1.3Q0 0 0 1.3V4.7Q0 6 1.3 6H2.7Q4 6 4 4.8"), "D": (4, "M0 6V0H2Q4 0 4 2V4Q4 6 2 6H0"),
    "E": (3.8, "M3.8 0H0V6H3.8M0 3H3"), "F": (3.6, "M3.6 0H0V6M0 3H3"),
    "G": (4, "M4 1.2Q4 0 2.7 0H1.3Q0 0 0 1.3V4.7Q0 6 1.3 6H2.7Q4 6 4 4.7V3.3H2.4"), "H": (4, "M0 0V6M4 0V6M0 3H4"),
    "I": (0, "M0 0V6"), "J": (3, "M3 0V4.5Q3 6 1.5 6T0 4.6"), "K": (3.8, "M0 0V6M3.8 0L0 3.6M1.3 2.5L3.8 6"),
    "L": (3.4, "M0 0V6H3.4"), "M": (4.6, "M0 6V0L2.3 3.6L4.6 0V6"), "N": (4, "M0 6V0L4 6V0"),
    "O": (4.2, "M1.5 0H2.7Q4.2 0 4.2 1.5V4.5Q4.2 6 2.7 6H1.5Q0 6 0 4.5V1.5Q0 0 1.5 0z"),
    "P": (3.8, "M0 6V0H2.4Q3.8 0 3.8 1.6T2.4 3.2H0"), "Q": (4.2, "M1.5 0H2.7Q4.2 0 4.2 1.5V4.5Q4.2 6 2.7 6H1.5Q0 6 0 4.5V1.5Q0 0 1.5 0zM2.6 4.4L4.4 6.4"),
    "R": (4, "M0 6V0H2.4Q3.8 0 3.8 1.6T2.4 3.2H0M2 3.2L4 6"), "S": (4, "M4 1Q4 0 2.8 0H1.3Q0 0 0 1.5T1.3 3H2.7Q4 3 4 4.5T2.7 6H1.2Q0 6 0 5"),
    "T": (4, "M0 0H4M2 0V6"), "U": (4, "M0 0V4.3Q0 6 2 6T4 4.3V0"), "V": (4.2, "M0 0L2.1 6L4.2 0"),
    "W": (5.4, "M0 0L1.4 6L2.7 1.4L4 6L5.4 0"), "X": (4, "M0 0L4 6M4 0L0 6"), "Y": (4, "M0 0L2 3L4 0M2 3V6"), "Z": (3.8, "M0 0H3.8L0 6H3.8"),
    "0": (3.8, "M1.9 0Q3.8 0 3.8 2V4Q3.8 6 1.9 6T0 4V2Q0 0 1.9 0z"), "1": (1.6, "M0 1.4L1.6 0V6"),
    "2": (3.8, "M0 1.5Q0 0 1.9 0T3.8 1.6Q3.8 2.6 2.6 3.6L0 6H3.8"), "3": (3.8, "M0 0H3.6L1.7 2.4Q3.8 2.5 3.8 4.2T1.8 6Q.4 6 0 4.9"),
    "4": (4, "M3 6V0L0 4.2H4"), "5": (3.8, "M3.5 0H.4L.1 2.7H2Q3.8 2.7 3.8 4.4T1.9 6Q.4 6 0 5"),
    "6": (3.8, "M3.2 0Q0 1.4 0 4.2Q0 6 1.9 6T3.8 4.3T1.9 2.6T.1 3.7"), "7": (3.8, "M0 0H3.8L1.4 6"),
    "8": (3.8, "M1.9 2.8Q.3 2.8 .3 1.4T1.9 0T3.5 1.4T1.9 2.8Q3.8 2.8 3.8 4.4T1.9 6T0 4.4T1.9 2.8z"),
    "9": (3.8, "M.6 6Q3.8 4.6 3.8 1.8Q3.8 0 1.9 0T0 1.7T1.9 3.4T3.7 2.3"),
    "-": (2.4, "M0 3.2H2.4"), ".": (0, "M0 5.9V6"), "/": (3, "M0 6L3 0"), "<": (3, "M3 1L0 3L3 5"), " ": (1.6, ""),
}  # fmt: skip
BETWEEN = 2.0  # two letters, on the same grid
WORD = "SPECIMEN"

# Five columns of seven dots, from above.
HOLES = {
    "0": "01110 10001 10001 10001 10001 10001 01110", "1": "00100 01100 00100 00100 00100 00100 01110",
    "2": "01110 10001 00001 00110 01000 10000 11111", "3": "01110 10001 00001 00110 00001 10001 01110",
    "4": "00010 00110 01010 10010 11111 00010 00010", "5": "11111 10000 11110 00001 00001 10001 01110",
    "6": "00110 01000 10000 11110 10001 10001 01110", "7": "11111 00001 00010 00100 01000 01000 01000",
    "8": "01110 10001 10001 01110 10001 10001 01110", "9": "01110 10001 10001 01111 00001 00010 01100",
    "S": "01111 10000 10000 01110 00001 00001 11110", "P": "11110 10001 10001 11110 10000 10000 10000",
}  # fmt: skip


@cache
def words_as_path(words: str, *, height: float, at: Point = (0.0, 0.0)) -> tuple[str, float]:
    """Path data of words written with one stroke of the pen, from their upper left, and their width.

    Raises KeyError for a sign that `GLYPHS` has not.
    """
    scale, (left, top) = height / 6, at
    x, parts = left, []
    for sign in words:
        wide, data = GLYPHS[sign]
        parts += [_moved(command, ends, scale, x, top) for command, ends in _COMMAND.findall(data)]
        x += (wide + BETWEEN) * scale
    return "".join(parts), max(0.0, x - left - BETWEEN * scale)


_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")


def _moved(command: str, ends: str, scale: float, x: float, y: float) -> str:
    """One command of a path, scaled and moved."""
    values = [float(value) * scale for value in ends.split()]
    steps = {"H": (x,), "V": (y,)}.get(command, (x, y))
    return command + " ".join(number(value + steps[index % len(steps)]) for index, value in enumerate(values))


def specimen(prefix: str) -> str:
    """The definition of the word SPECIMEN, 6 high, around its middle."""
    data, width = words_as_path(WORD, height=6)
    move = f"translate({number(-width / 2)} -3)"
    return svg.element(
        "path", id=f"{prefix}s", d=data, transform=move, fill="none", stroke_linecap="round", stroke_linejoin="round"
    )


def specimen_at(
    prefix: str, x: float, y: float, *, high: float, turn: float = 0.0, ink: str, opacity: str, thick: str = ".8"
) -> str:
    """The word, its middle at a place. high: of the letters, in units; turn: degrees."""
    move = f"translate({number(x)} {number(y)})rotate({number(turn)})scale({high / 6:.2f})"
    return svg.element("use", href=f"#{prefix}s", transform=move, stroke=ink, opacity=opacity, stroke_width=thick)


def specimen_layers(
    prefix: str,
    width: int,
    height: int,
    *,
    header: tuple[float, float],
    portrait: Box | None,
    ink: str,
    corner: tuple[float, float] | None = None,
) -> str:
    """The word across the sheet, in its heading, and inside the portrait (or in the lower corner of a sheet without one)."""
    inside = portrait.middle if portrait else corner or (width * 0.8, height * 0.9)
    return (
        specimen_at(
            prefix,
            width / 2,
            height * 0.47,
            high=min(height * 0.17, width * 0.115),
            turn=-24,
            ink=ink,
            opacity=".17",
            thick=".42",
        )
        + specimen_at(prefix, *header, high=20, ink=ink, opacity=".85", thick=".9")
        + specimen_at(
            prefix,
            inside[0],
            inside[1] + (portrait.height * 0.36 if portrait else 0),
            high=24,
            turn=-8,
            ink=ink,
            opacity=".6",
        )
    )


def microtext(prefix: str, words: str, box: Box, ink: str) -> tuple[str, str]:
    """Definition and drawing of words over and over along a box, so small that the eye sees a line and the lens reads them.

    Raises ValueError for words longer than the box.
    """
    data, width = words_as_path(words, height=box.height)
    if width > box.width:
        raise ValueError(f"{words!r} is longer than its line")
    count = int((box.width + box.height) / (width + box.height))
    step = (box.width - width) / (count - 1) if count > 1 else 0.0
    places = [
        svg.element("use", href=f"#{prefix}m", x=number(box.x + step * index), y=number(box.y))
        for index in range(count)
    ]
    return svg.element("path", id=f"{prefix}m", d=data), svg.group(*places, fill="none", stroke=ink, stroke_width=number(box.height * 0.12))  # fmt: skip


def microtext_blurred(box: Box, ink: str, strength: float) -> str:
    """Such a line as rows of blots that nobody can read, in nearly the same tone. strength: 0 for small blots to 1."""
    size = box.height / 6
    long, short = (1.4 + 1.8 * strength) * size, (0.8 + 0.9 * strength) * size
    dashes = (long, short, long * 0.5, short * 0.7, long * 1.2, short * 1.5)
    upper, lower = number(box.y + box.height * 0.28), number(box.y + box.height * 0.72)
    # The lower row runs the other way, so that its blots lie beside those of the upper one.
    rows = f"M{number(box.x)} {upper}H{number(box.right)}M{number(box.right)} {lower}H{number(box.x)}"
    return svg.element("path", d=rows, fill="none", stroke=ink, stroke_width=number(box.height * 0.5), stroke_dasharray=" ".join(map(number, dashes)), opacity=".5")  # fmt: skip


def holes(words: str, box: Box, **look: object) -> str:
    """Words of round dots in a box, 5 by 7 a letter, one column apart."""
    columns = len(words) * 6 - 1
    step = min(box.width / columns, box.height / 7)
    places = [
        (round((box.x + (index * 6 + column + 0.5) * step) * 10), round((box.y + (row + 0.5) * step) * 10))
        for index, sign in enumerate(words)
        for row, line in enumerate(HOLES[sign].split())
        for column, there in enumerate(line)
        if there == "1"
    ]
    # Each from the one before, which is shorter.
    dots, (x, y) = "", (0, 0)
    for left, top in places:
        away = number((top - y) / 10)
        dots += f"m{number((left - x) / 10)}{away if away.startswith('-') else f' {away}'}h0"
        x, y = left, top
    return svg.element(
        "path", d=dots, fill="none", stroke_linecap="round", **({"stroke_width": number(step * 0.72)} | look)
    )
