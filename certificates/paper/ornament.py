"""The engraved lines of the certificate, drawn from formulas: border, seal and underprint. Pure functions, no clip art.

Guilloche is the banknote engraver's pattern: fine lines that cross at a regular beat. Each line here is one parametric
curve, written as Bézier pieces through its own points and tangents, so a few kilobytes draw it sharp at any size.
Lengths are millimetres from the sheet's top left corner; a Drawing keeps twenty-fifths of one, as whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Curve = Callable[[float], Point]

LANDSCAPE, PORTRAIT = (297.0, 210.0), (210.0, 297.0)  # A4

_UNIT = 25
_NUDGE = 1e-5  # for the numerical tangent


@dataclass(frozen=True)
class Inks:
    """One press run: the dark ink, the metal beside it, the pale underprint and the tint of the paper.

    soft: the ink of secondary text. gilt: the metal, dark enough for letters. hair: thin rules between texts.
    """

    ink: str
    metal: str
    pale: str
    paper: str
    soft: str
    gilt: str
    hair: str


INKS = {
    "lagoon": Inks("#17384a", "#a9853c", "#f1ebdd", "#fffdf8", "#4c5c64", "#86662a", "#d8c69c"),
    "forest": Inks("#17402f", "#a8893f", "#e6eddf", "#fdfefa", "#4b5d54", "#7d672a", "#cfcda6"),
    "ruby": Inks("#5c1626", "#b08a45", "#f5e8e1", "#fffcf9", "#66545a", "#8a6228", "#dfc7a6"),
    "plum": Inks("#352452", "#88839a", "#ece8f2", "#fefdff", "#58526a", "#655c86", "#cdc8da"),
}


@dataclass(frozen=True)
class Mark:
    """Lines of one colour and weight, or areas of one colour where there is no weight."""

    colour: str
    weight: float
    paths: tuple[tuple[tuple[int, ...], ...], ...]  # each: its start, then pieces of two numbers (line) or six (curve)


@dataclass(frozen=True)
class Drawing:
    """Marks in the order they are printed; the same lines as SVG for a screen and as PDF operators for the press."""

    marks: tuple[Mark, ...]

    def __add__(self, other: Drawing) -> Drawing:
        return Drawing(self.marks + other.marks)

    def svg(self, box: tuple[float, float, float, float] = (0, 0, *LANDSCAPE)) -> str:
        """box: left, top, width and height of what is shown."""
        view = " ".join(str(round(side * _UNIT)) for side in box)
        body = "".join(
            f'<path d="{"".join(map(_relative, mark.paths))}" '
            + (
                f'fill="none" stroke="{mark.colour}" stroke-width="{mark.weight * _UNIT:g}"/>'
                if mark.weight
                else f'fill="{mark.colour}"/>'
            )
            for mark in self.marks
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{box[2]:g}mm" height="{box[3]:g}mm" viewBox="{view}">'
            f"{body}</svg>"
        )

    def operators(self, height: float) -> bytes:
        """Content-stream operators for a page of PDF that is `height` mm high."""
        point = 72 / 25.4 / _UNIT
        lines = [f"{point:.6f} 0 0 {-point:.6f} 0 {height * 72 / 25.4:.3f} cm 1 j"]
        for mark in self.marks:
            red, green, blue = (int(mark.colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
            colour = f"{red:.3f} {green:.3f} {blue:.3f}"
            lines.append(f"{colour} RG {mark.weight * _UNIT:g} w" if mark.weight else f"{colour} rg")
            for start, *pieces in mark.paths:
                lines.append(f"{start[0]} {start[1]} m")
                lines += [f"{' '.join(map(str, piece))} {'c' if len(piece) == 6 else 'l'}" for piece in pieces]
                lines += ["h"] if _is_closed((start, *pieces)) else []
            lines.append("S" if mark.weight else "f")
        return "\n".join(lines).encode()


def _relative(path: Sequence[tuple[int, ...]]) -> str:
    """SVG path data, as short as it allows: relative numbers, and `s`, which takes its first handle from the last."""
    (x, y), *pieces = path
    out, verb = [f"M{x} {y}"], ""
    for piece in pieces:
        wanted = "l" if len(piece) == 2 else "s" if verb in ("c", "s") else "c"
        numbers = [value - (x, y)[at % 2] for at, value in enumerate(piece)][2 if wanted == "s" else 0 :]
        text = "".join(str(number) if number < 0 else f" {number}" for number in numbers)
        out.append(text if wanted == verb else wanted + text.lstrip())
        verb, (x, y) = wanted, piece[-2:]
    return "".join(out) + ("z" if _is_closed(path) else "")


def _is_closed(path: Sequence[tuple[int, ...]]) -> bool:
    return path[-1][-2:] == path[0]


def trace(curve: Curve, pieces: int) -> tuple[tuple[int, ...], ...]:
    """The path along `curve` for t from 0 to 1, in equal pieces, each a cubic with the curve's own tangents."""
    third = 1 / (3 * pieces)

    def tangent(t: float) -> Point:
        (x0, y0), (x1, y1) = curve(t - _NUDGE), curve(t + _NUDGE)
        return (x1 - x0) / (2 * _NUDGE) * third, (y1 - y0) / (2 * _NUDGE) * third

    path: list[tuple[int, ...]] = [_grid(*curve(0))]
    for index in range(pieces):
        start, end = index / pieces, (index + 1) / pieces
        (x0, y0), (x1, y1) = curve(start), curve(end)
        (dx0, dy0), (dx1, dy1) = tangent(start), tangent(end)
        path.append((*_grid(x0 + dx0, y0 + dy0), *_grid(x1 - dx1, y1 - dy1), *_grid(x1, y1)))
    return tuple(path)


def _grid(x: float, y: float) -> tuple[int, int]:
    return round(x * _UNIT), round(y * _UNIT)


def ring(centre: Point, radius: float, depth: float, petals: int, phase: float = 0.0, *, turns: int = 1) -> Curve:
    """A circle that swings in and out by `depth`, `petals` times: the engraver's lathe with one cam.

    With several turns that share no divisor with the petals, the beat closes late and one line weaves a lattice.
    """

    def curve(t: float) -> Point:
        angle = math.tau * turns * t
        distance = radius + depth * math.cos(math.tau * petals * t + phase)
        return centre[0] + distance * math.sin(angle), centre[1] - distance * math.cos(angle)

    return curve


def wave(start: Point, end: Point, depth: float, beats: int, phase: float = 0.0) -> Curve:
    """A sine line from start to end, `beats` whole periods long."""
    (x0, y0), (x1, y1) = start, end
    length = math.dist(start, end)
    across = ((y1 - y0) / length, (x0 - x1) / length)

    def curve(t: float) -> Point:
        push = depth * math.sin(math.tau * beats * t + phase)
        return x0 + (x1 - x0) * t + across[0] * push, y0 + (y1 - y0) * t + across[1] * push

    return curve


def _phases(count: int, turn: float = math.tau) -> Iterable[float]:
    return (turn * index / count for index in range(count))


def _lines(colour: str, weight: float, curves: Iterable[Curve], pieces: int) -> Drawing:
    return Drawing((Mark(colour, weight, tuple(trace(curve, pieces) for curve in curves)),))


def _frame(sheet: Point, inset: float, colour: str, weight: float) -> Drawing:
    """A ruled rectangle `inset` from the edge of the sheet; filled where there is no weight."""
    right, bottom = sheet[0] - inset, sheet[1] - inset
    corners = ((inset, inset), (right, inset), (right, bottom), (inset, bottom), (inset, inset))
    return Drawing((Mark(colour, weight, (tuple(_grid(*corner) for corner in corners),)),))


def _rule(start: Point, end: Point, colour: str, weight: float) -> Drawing:
    return Drawing((Mark(colour, weight, ((_grid(*start), _grid(*end)),)),))


def _disc(centre: Point, radius: float, colour: str, weight: float = 0) -> Drawing:
    return _lines(colour, weight, [ring(centre, radius, 0, 1)], 8)


OUTER, MIDDLE, INNER = (9.0, 14.5, 20.0)  # the border's edges and centre line, from the edge of the sheet
SEAL_RADIUS = 17.0
_BEAT = 6.07  # mm, about: a side has as many whole ones as fit


def ground(sheet: Point, inks: Inks) -> Drawing:
    """The tint of the paper inside the border."""
    return _frame(sheet, OUTER, inks.paper, 0)


def border(sheet: Point, inks: Inks) -> Drawing:
    """Two braids of fine lines between ruled frames, joined at the corners by small rosettes."""
    corners = _corners(sheet, MIDDLE)
    drawing = _frame(sheet, OUTER, inks.ink, 0.7) + _frame(sheet, OUTER + 1.1, inks.ink, 0.15)
    for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
        drawing += _braid(start, end, 3.4, inks)
    drawing += _frame(sheet, INNER - 1.1, inks.ink, 0.15) + _frame(sheet, INNER, inks.metal, 0.45)
    for corner in corners:
        drawing += _corner(corner, inks)
    return drawing


def _corners(sheet: Point, inset: float) -> tuple[Point, ...]:
    right, bottom = sheet[0] - inset, sheet[1] - inset
    return (inset, inset), (right, inset), (right, bottom), (inset, bottom)


def _braid(start: Point, end: Point, depth: float, inks: Inks) -> Drawing:
    beats = round(math.dist(start, end) / _BEAT)
    wide = [wave(start, end, depth, beats, phase) for phase in _phases(5)]
    fine = [wave(start, end, depth * 0.44, beats, phase + math.pi / 2) for phase in _phases(2)]
    return _lines(inks.ink, 0.11, wide, beats * 2) + _lines(inks.metal, 0.16, fine, beats * 2)


def _corner(centre: Point, inks: Inks) -> Drawing:
    return (
        _disc(centre, 8.6, inks.paper)
        + _disc(centre, 8.6, inks.ink, 0.35)
        + _disc(centre, 7.9, inks.metal, 0.15)
        + _lines(inks.ink, 0.1, [ring(centre, 5.3, 2.1, 20, phase) for phase in _phases(3)], 20 * 2)
        + _lines(inks.metal, 0.14, [ring(centre, 1.9, 0.9, 8, phase) for phase in _phases(2)], 8 * 3)
    )


def seal(centre: Point, inks: Inks) -> Drawing:
    """The emblem, 34 mm across: an engraved rosette around an eight-pointed star, the sign of finding one's way."""
    return (
        _disc(centre, SEAL_RADIUS, inks.paper)
        + _lines(inks.metal, 0.11, [ring(centre, 15.1, 1.9, 40, phase) for phase in _phases(6)], 40 * 2)
        + _disc(centre, 12.9, inks.ink, 0.3)
        + _lines(inks.ink, 0.1, [ring(centre, 9.6, 2.9, 53, phase, turns=5) for phase in _phases(2)], 53 * 3)
        + _disc(centre, 6.3, inks.ink, 0.3)
        + _disc(centre, 5.8, inks.metal, 0.12)
        + _star(centre, 5.2, 1.15, 8, inks)
    )


def _star(centre: Point, long: float, waist: float, points: int, inks: Inks) -> Drawing:
    """A star of darts, each cut along its middle into a light half and a dark one, as on a wind rose."""
    dark: list[tuple[tuple[int, ...], ...]] = []
    light: list[tuple[tuple[int, ...], ...]] = []
    for index in range(points):
        angle = math.tau * index / points
        reach = long if index % 2 == 0 else long * 0.62
        tip = _polar(centre, reach, angle)
        for side, halves in ((-1, light), (1, dark)):
            shoulder = _polar(centre, waist, angle + side * math.tau / (2 * points))
            halves.append((_grid(*centre), _grid(*shoulder), _grid(*tip)))
    return Drawing((Mark(inks.metal, 0, tuple(light)), Mark(inks.ink, 0, tuple(dark))))


def _polar(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)


def underprint(centre: Point, inks: Inks) -> Drawing:
    """The pale rosette behind the text, 150 mm across."""
    weave = [ring(centre, 48.0, 24.0, 61, phase, turns=8) for phase in _phases(2)]
    rim = [ring(centre, 72.0, 2.6, 60, phase) for phase in _phases(3)]
    return _lines(inks.pale, 0.2, weave, 61 * 3) + _lines(inks.pale, 0.2, rim, 60 * 2)


def letterhead(sheet: Point, inks: Inks) -> Drawing:
    """For pages that are read rather than hung: one narrow braid at the head and one at the foot."""
    drawing = Drawing(())
    for y, inner in ((10.0, 1), (sheet[1] - 10.0, -1)):
        start, end = (16.0, y), (sheet[0] - 16.0, y)
        drawing += _braid(start, end, 1.7, inks)
        drawing += _rule((16.0, y - inner * 2.7), (sheet[0] - 16.0, y - inner * 2.7), inks.ink, 0.4)
        drawing += _rule((16.0, y + inner * 2.7), (sheet[0] - 16.0, y + inner * 2.7), inks.metal, 0.25)
    return drawing
