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

INK, GOLD, PALE, PAPER = "#17384a", "#a9853c", "#f1ebdd", "#fffdf8"
SHEET = (297.0, 210.0)

_UNIT = 25
_NUDGE = 1e-5  # for the numerical tangent


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

    def svg(self, box: tuple[float, float, float, float] = (0, 0, *SHEET)) -> str:
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

    def operators(self) -> bytes:
        """Content-stream operators for a landscape A4 page of PDF."""
        point = 72 / 25.4 / _UNIT
        lines = [f"{point:.6f} 0 0 {-point:.6f} 0 {SHEET[1] * 72 / 25.4:.3f} cm 1 j"]
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


def _frame(inset: float, colour: str, weight: float) -> Drawing:
    """A ruled rectangle `inset` from the edge of the sheet; filled where there is no weight."""
    right, bottom = SHEET[0] - inset, SHEET[1] - inset
    corners = ((inset, inset), (right, inset), (right, bottom), (inset, bottom), (inset, inset))
    return Drawing((Mark(colour, weight, (tuple(_grid(*corner) for corner in corners),)),))


def _disc(centre: Point, radius: float, colour: str, weight: float = 0) -> Drawing:
    return _lines(colour, weight, [ring(centre, radius, 0, 1)], 8)


SEAL, WEAVE = (148.5, 169.4), (148.5, 88.0)  # their centres
OUTER, MIDDLE, INNER = (9.0, 14.5, 20.0)  # the border's edges and centre line, from the edge of the sheet


def ground() -> Drawing:
    """The tint of the paper inside the border."""
    return _frame(OUTER, PAPER, 0)


def border() -> Drawing:
    """Two braids of fine lines between ruled frames, joined at the corners by small rosettes."""
    left, top, right, bottom = MIDDLE, MIDDLE, SHEET[0] - MIDDLE, SHEET[1] - MIDDLE
    sides = (
        ((left, top), (right, top), 44),
        ((right, top), (right, bottom), 30),
        ((right, bottom), (left, bottom), 44),
        ((left, bottom), (left, top), 30),
    )
    drawing = _frame(OUTER, INK, 0.7) + _frame(OUTER + 1.1, INK, 0.15)
    for start, end, beats in sides:
        wide = [wave(start, end, 3.4, beats, phase) for phase in _phases(5)]
        fine = [wave(start, end, 1.5, beats, phase + math.pi / 2) for phase in _phases(2)]
        drawing += _lines(INK, 0.11, wide, beats * 2) + _lines(GOLD, 0.16, fine, beats * 2)
    drawing += _frame(INNER - 1.1, INK, 0.15) + _frame(INNER, GOLD, 0.45)
    for corner in ((left, top), (right, top), (right, bottom), (left, bottom)):
        drawing += _corner(corner)
    return drawing


def _corner(centre: Point) -> Drawing:
    return (
        _disc(centre, 8.6, PAPER)
        + _disc(centre, 8.6, INK, 0.35)
        + _disc(centre, 7.9, GOLD, 0.15)
        + _lines(INK, 0.1, [ring(centre, 5.3, 2.1, 20, phase) for phase in _phases(3)], 20 * 2)
        + _lines(GOLD, 0.14, [ring(centre, 1.9, 0.9, 8, phase) for phase in _phases(2)], 8 * 3)
    )


def seal(centre: Point = SEAL) -> Drawing:
    """The emblem, 34 mm across: an engraved rosette around an eight-pointed star, the sign of finding one's way."""
    return (
        _disc(centre, 17.0, PAPER)
        + _lines(GOLD, 0.11, [ring(centre, 15.1, 1.9, 40, phase) for phase in _phases(6)], 40 * 2)
        + _disc(centre, 12.9, INK, 0.3)
        + _lines(INK, 0.1, [ring(centre, 9.6, 2.9, 53, phase, turns=5) for phase in _phases(2)], 53 * 3)
        + _disc(centre, 6.3, INK, 0.3)
        + _disc(centre, 5.8, GOLD, 0.12)
        + _star(centre, 5.2, 1.15, 8)
    )


def _star(centre: Point, long: float, waist: float, points: int) -> Drawing:
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
    return Drawing((Mark(GOLD, 0, tuple(light)), Mark(INK, 0, tuple(dark))))


def _polar(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)


def underprint(centre: Point = WEAVE) -> Drawing:
    """The pale rosette behind the text, 150 mm across."""
    weave = [ring(centre, 48.0, 24.0, 61, phase, turns=8) for phase in _phases(2)]
    rim = [ring(centre, 72.0, 2.6, 60, phase) for phase in _phases(3)]
    return _lines(PALE, 0.2, weave, 61 * 3) + _lines(PALE, 0.2, rim, 60 * 2)


def first_sheet() -> Drawing:
    """The whole sheet as it lies under the text."""
    return ground() + underprint() + border() + seal()
