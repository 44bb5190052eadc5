"""What is put on a page by hand: stamps with their frames, signatures, amendments."""

from specimens import svg
from specimens.chance import Chance
from specimens.svg import Point, number
from specimens.turning import cos, sin

# Corners of outlines around 0, 0; the round ones by their radii.
CORNERS: dict[str, tuple[Point, ...]] = {
    "hexagon": ((-150, 0), (-95, -85), (95, -85), (150, 0), (95, 85), (-95, 85)),
    "lozenge": ((-165, 0), (0, -105), (165, 0), (0, 105)),
    "octagon": ((-150, -45), (-100, -85), (100, -85), (150, -45), (150, 45), (100, 85), (-100, 85), (-150, 45)),
    "shield": ((-140, -85), (140, -85), (140, 20), (0, 98), (-140, 20)),
    "rectangle": ((-145, -80), (145, -80), (145, 80), (-145, 80)),
    "triangle": ((-165, 85), (0, -118), (165, 85)),
}
RADII = {"circle": (100.0, 100.0), "oval": (160.0, 88.0)}
# How far down and how large the words stand, so that they stay inside.
WORDS = {"lozenge": (3, 0.86), "triangle": (30, 0.66), "circle": (6, 0.84), "oval": (-2, 0.95), "shield": (-10, 1.0)}


def frame(shape: str, scale: float) -> str:
    """Path data of a stamp's outline around 0, 0. shape: of CORNERS or RADII; KeyError for any other."""
    if shape in CORNERS:
        return svg.line([(x * scale, y * scale) for x, y in CORNERS[shape]], closed=True)
    wide, high = RADII[shape]
    around = [(wide * cos(index / 24) * scale, high * sin(index / 24) * scale) for index in range(24)]
    return svg.smooth(around, closed=True)


def stamp(
    chance: Chance, *, shape: str, way: str, code: str, place: str, day: str, ink: str, strength: float, smear: float
) -> str:
    """One stamp around 0, 0. way: entry or exit; strength: of the ink, 0 to 1; smear: 0 for none to 1."""
    arrow = "M-34 46h58m-12 -9l12 9l-12 9" if way == "entry" else "M34 46h-58m12 -9l-12 9l12 9"
    look: dict[str, object] = {"text_anchor": "middle", "font_family": "monospace", "fill": ink, "stroke": "none"}
    long = number(min(190.0, len(place) * 16.0))
    down, size = WORDS.get(shape, (0, 1.0))
    words = svg.group(
        svg.text(place, y=-34, font_size=22, textLength=long, lengthAdjust="spacingAndGlyphs", **look),
        svg.text(day, y=10, font_size=32, font_weight="bold", **look),
        svg.text(f"{code}  {'ENTRY' if way == 'entry' else 'EXIT'}", y=32, font_size=14, **look),
        svg.element("path", d=arrow, stroke_width="3.4"),
        transform=f"translate(0 {down})scale({size:g})" if (down, size) != (0, 1.0) else None,
    )
    # The outer line took ink unevenly: a thin one throughout, a thick one in parts.
    uneven = " ".join(str(chance.between(18, 70) if index % 2 == 0 else chance.between(2, 9)) for index in range(8))
    outline = frame(shape, 1)
    inside = (
        svg.element("path", d=outline, stroke_width="3.6", opacity=".8")
        + svg.element("path", d=outline, stroke_width="4.8", stroke_dasharray=uneven)
        + svg.element("path", d=frame(shape, 0.91), stroke_width="1.4")
        + words
    )
    gaps = "".join(
        f"M{chance.between(-150, 150)} {chance.between(-85, 85)}l{chance.between(-16, 16)} {chance.between(-5, 5)}"
        for _one in range(int(20 + 50 * (1 - strength)))
    )
    worn = svg.element("path", d=gaps, stroke="#f4efe2", stroke_width="2.2", opacity=".7", data_in="visible oblique")
    ghosts = [
        svg.group(inside, opacity=f"{0.34 * smear / step:.2f}", transform=f"translate({number(9 * smear * step)} {number(3 * smear * step)})")
        for step in ((1, 2) if smear else ())
    ]  # fmt: skip
    return svg.group(
        *ghosts, inside, worn, fill="none", stroke=ink, stroke_linecap="round", opacity=f"{0.35 + 0.55 * strength:.2f}"
    )


# --- By hand --------------------------------------------------------------------------------------------------------------

# Pen strokes of a letter that nobody reads: ends as shares of a letter's width and of the height above the line.
LETTERS: tuple[tuple[Point, ...], ...] = (
    ((0.3, 0.42), (0.5, 0.38), (0.55, 0.02), (1.0, 0.08)),  # a hump
    ((0.75, 0.6), (0.55, 1.0), (0.3, 0.8), (0.45, 0.0), (1.0, 0.1)),  # a high loop
    ((0.6, 0.3), (0.45, 0.46), (0.15, 0.3), (0.3, 0.0), (0.95, 0.1)),  # a low loop
    ((0.5, 0.38), (0.55, 0.0), (0.4, -0.5), (0.15, -0.4), (1.0, 0.1)),  # a loop below the line
    ((0.25, 0.4), (0.45, 0.0), (0.75, 0.4), (1.0, 0.1)),  # a point
)
_CHANCES = (0, 0, 0, 1, 2, 2, 3, 4, 4)


def _written(chance: Chance, width: float, height: float) -> str:
    """Path data of a signature: a large first letter, some smaller ones, a line under them."""
    line, tall, slant = height * 0.66, height * 0.5, chance.between(10, 34) / 100
    count = chance.between(5, 8)
    step = width * chance.between(62, 78) / 100 / count

    def at(x: float, up: float) -> Point:
        return x + slant * tall * up, line - tall * up

    left = width * 0.1
    first = ((0.5, 0.7), (0.1, 1.1), (-0.2, 0.8), (0.5, 0.5), (0.9, 0.8), (0.6, 1.2), (0.3, 0.1), (0.9, 0.06))
    broad, high = chance.between(80, 140) / 100, chance.between(80, 115) / 100
    points = [at(left + step * broad * (x - 0.9) + step, up * high) for x, up in first[chance.below(3) :]]
    for index in range(1, count):
        size = chance.between(80, 120) / 100
        letter = LETTERS[chance.one(_CHANCES)]
        points += [at(left + step * (index + x), up * size * (1 - 0.05 * index)) for x, up in letter]
    end = points[-1]
    points.append((end[0] + step * 0.8, end[1] - tall * 0.1))
    under = f"M{number(left)} {number(height * 0.88)}q{number(width * 0.36)} {number(-height * 0.12)} {number(width * 0.72)} {number(-height * 0.05)}"
    return svg.smooth(points) + (under if chance.happens(60) else "")


def _thumb(chance: Chance, width: float, height: float) -> str:
    """Path data of a thumb's ridges: arches within arches, with short breaks."""
    lines, x, y = [], width * 0.5, height * 0.56
    for ring in range(1, 9):
        across, up = height * 0.045 * ring, height * 0.06 * ring
        start, end = -0.04 - 0.012 * ring, 0.54 + 0.012 * ring  # open below
        gap = chance.between(2, 13)
        for first, last in ((0, gap), (gap + 1, 15)):
            turns = [0.5 + start + (end - start) * step / 15 for step in range(first, last + 1)]
            if len(turns) > 1:
                lines.append(svg.smooth([(x + across * cos(turn), y + up * sin(turn)) for turn in turns]))
    return "".join(lines)


def signature(chance: Chance, style: str, width: float, height: float, ink: str) -> str:
    """A hand's mark in a box from 0, 0. style: written, childlike, cross, thumb."""
    if style == "thumb":
        return svg.element("path", d=_thumb(chance, width, height), fill="none", stroke=ink, stroke_width="1.3", stroke_linecap="round", opacity=".75")  # fmt: skip
    if style == "cross":
        x, y, size = width * 0.5, height * 0.5, height * 0.34
        data = f"M{number(x - size)} {number(y - size)}L{number(x + size)} {number(y + size * 0.9)}M{number(x + size * 0.9)} {number(y - size)}L{number(x - size)} {number(y + size)}"
        return svg.element("path", d=data, fill="none", stroke=ink, stroke_width="3", stroke_linecap="round")
    if style == "childlike":
        points = [
            (width * (0.06 + 0.11 * index) + chance.between(-9, 9), height * (0.52 + (0.32 if index < 3 else 0.2) * (1 if index % 2 else -1) * chance.between(40, 100) / 100))
            for index in range(9)
        ]  # fmt: skip
        data, thick = svg.smooth(points), "2.6"
    else:
        data, thick = _written(chance, width, height), "1.9"
    return svg.element("path", d=data, fill="none", stroke=ink, stroke_width=thick, stroke_linecap="round", stroke_linejoin="round")  # fmt: skip


def amendment(words: str, ink: str, stamp_ink: str) -> str:
    """Words by hand with a small office stamp after them, from 0, 0 at the base line."""
    long = len(words) * 13
    look = {"cx": long + 46, "cy": -9, "fill": "none", "stroke": stamp_ink}
    return (
        svg.text(words, font_family="cursive", font_size=21, fill=ink, font_style="italic", textLength=number(long))
        + svg.element("circle", r=21, stroke_width=2, **look)
        + svg.element("circle", r=15, stroke_width=3, pathLength=12, stroke_dasharray="0 1", stroke_linecap="round", **look)
        + svg.text("OK", x=long + 46, y=-4, font_size=14, font_family="sans-serif", fill=stamp_ink, text_anchor="middle")
    )  # fmt: skip
