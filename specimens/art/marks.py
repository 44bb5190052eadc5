"""What a page has beside its print: what lies in the paper, shines under UV, changes with the tilt, or comes from use.

Each function draws one thing as it is seen, with numbers for where and how strong; nothing here knows why it is there.
"""

from functools import cache

from specimens import svg
from specimens.art.guilloche import rosette
from specimens.chance import Chance
from specimens.geometry import Box
from specimens.svg import Point, number
from specimens.turning import cos, sin

GREEN, YELLOW, BLUE_WHITE = "#5dffa0", "#ffe45d", "#dfe9ff"
# What the changing device shows flat and tilted to either side.
TILTS = {"-1": ("#2f7f4f", "#6fbf5f"), "0": ("#2f6f8f", "#4fa7c9"), "1": ("#7a3f9f", "#c05fb0")}
FIGURES = {"-1": "r", "0": "u", "1": "w"}  # reeds, sun, waves; s at an id's end is the word SPECIMEN's


def _ring(radius: float, wide: float, count: int = 0, share: float = 0.5) -> str:
    """A circle around 0, 0; or that many dashes along it, each a share of its part."""
    dashes: dict[str, object] = {}
    if count:
        dashes = {"pathLength": count, "stroke_dasharray": f"{share:g} {1 - share:g}", "stroke_dashoffset": ".5"}
    return svg.element("circle", r=number(radius), stroke_width=number(wide), **dashes)


# --- In the paper ---------------------------------------------------------------------------------------------------------


def _blade(x: float, foot: float, tip: float, top: float, wide: float) -> str:
    """Path data of a leaf or stem from its foot, x aside, to its tip: broad below, pointed above."""
    middle, bow = foot * 0.45 + top * 0.55, x + (tip - x) * 0.18
    return (
        f"M{number(x - wide / 2)} {number(foot)}Q{number(bow - wide / 2)} {number(middle)} {number(tip)} {number(top)}"
        f"Q{number(bow + wide / 2)} {number(middle)} {number(x + wide / 2)} {number(foot)}z"
    )


@cache
def reeds(height: float) -> str:
    """Path data of three reeds with their leaves, closed, in a box from 0, 0 of 0.7 × height by height."""
    h = height
    parts = [
        _blade(x * h, h, tip * h, top * h, 0.034 * h)
        for x, tip, top in ((0.31, 0.02, 0.6), (0.39, 0.68, 0.58), (0.33, 0.21, 0.48), (0.37, 0.5, 0.5))
    ]
    for foot, tip, top in ((0.32, 0.15, 0.12), (0.35, 0.35, 0.0), (0.38, 0.55, 0.12)):
        parts.append(_blade(foot * h, h, tip * h, top * h, 0.02 * h))
        # The seed head, a little below the tip, along the stem.
        lean, x, y, long = (tip - foot) * 0.18 * h, tip * h, (top + 0.05) * h, 0.25 * h
        side = 0.036 * h
        parts.append(
            f"M{number(x - lean * 0.2)} {number(y)}c{number(side)} 0 {number(side - lean)} {number(long)} {number(-lean)} {number(long)}"
            f"s{number(lean - side)} {number(-long)} {number(lean)} {number(-long)}z"
        )
    return "".join(parts)


@cache
def waves(width: float, rows: int) -> str:
    """Path data of broad waves, from 0, 0."""
    step = width / 6
    return "".join(
        f"M0 {number(row * step * 0.9)}q{number(step / 2)} {number(-step * 0.7)} {number(step)} 0"
        + f"t{number(step)} 0" * 5
        for row in range(rows)
    )


DARK, LIGHT = "#8a6a2f", "#fffbe8"  # denser and thinner paper, with light behind it


@cache
def watermark(box: Box, motif: str) -> str:
    """A two-tone motif with soft edges, seen with light behind it. motif: "reeds" or "waves"."""
    wide, high = box.width, box.height
    if motif == "waves":
        lines, unit = waves(wide * 0.9, 5), wide / 160
        move = f"translate({number(box.x + wide * 0.05)} {number(box.y + high / 2 - wide * 0.28)})"
        tones = ((DARK, 15.0, 0.0, ".2"), (DARK, 9.0, 0.0, ".3"), (LIGHT, 7.0, 7.0, ".55"), (LIGHT, 3.5, 7.0, ".8"))
        drawn = [svg.element("path", d=lines, stroke=ink, stroke_width=number(thick * unit), opacity=much, transform=f"translate(0 {number(down * unit)})" if down else None) for ink, thick, down, much in tones]  # fmt: skip
        return svg.group(*drawn, fill="none", stroke_linecap="round", transform=move)
    vignette = [
        svg.element("ellipse", cx=number(wide / 2), cy=number(high / 2), rx=number(wide * 0.5 * part), ry=number(high * 0.5 * part), fill=DARK, opacity=".07")
        for part in (1, 0.95, 0.9, 0.85, 0.79, 0.72)
    ]  # fmt: skip
    size = high * 0.86
    shape, unit = reeds(size), high / 176
    halo = ((DARK, 8.0, ".16"), (DARK, 4.5, ".3"), (DARK, 2.0, ".4"))
    edges = [svg.element("path", d=shape, fill="none", stroke=ink, stroke_width=number(thick * unit), stroke_linejoin="round", opacity=much) for ink, thick, much in halo]  # fmt: skip
    inside = svg.element("path", d=shape, fill=LIGHT, opacity=".95")
    at = f"translate({number(wide / 2 - size * 0.35)} {number(high * 0.06)})"
    return svg.group(
        *vignette, svg.group(*edges, inside, transform=at), transform=f"translate({number(box.x)} {number(box.y)})"
    )


def flat_motif(box: Box, strength: float) -> str:
    """The same reeds flat and grey, as print is."""
    size = box.height * 0.86
    at = f"translate({number(box.x + box.width / 2 - size * 0.35)} {number(box.y + box.height * 0.06)})"
    return svg.element("path", d=reeds(size), fill="#6f6a5f", opacity=f"{0.1 + 0.24 * strength:.2f}", transform=at)


@cache
def thread(box: Box) -> str:
    """A dark thread with small letters along the whole of it, seen with light behind it."""
    words = "   ".join(["SPECIMEN"] * max(1, int(box.height / 62)))
    turned = svg.text(words, y=3, font_size=9, font_family="sans-serif", fill="#ffe9b8", textLength=number(box.height - 12), transform=f"translate({number(box.x + box.width / 2)} {number(box.y + 6)})rotate(90)")  # fmt: skip
    look = {"y": number(box.y), "height": number(box.height), "fill": "#4a3a1f"}
    soft = svg.element("rect", x=number(box.x - 1), width=number(box.width + 2), opacity=".25", **look)
    return soft + svg.element("rect", x=number(box.x), width=number(box.width), opacity=".72", **look) + turned


def grey_line(box: Box, strength: float) -> str:
    """A flat grey line where a thread would be."""
    return svg.element(
        "rect",
        x=box.x + box.width * 0.2,
        y=box.y,
        width=box.width * 0.6,
        height=box.height,
        fill="#77736a",
        opacity=f"{0.16 + 0.34 * strength:.2f}",
    )


def star_half(x: float, y: float, radius: float, *, is_back: bool, ink: str) -> str:
    """Every second ray of a star of eight, filled. The two halves fit exactly."""
    parts = []
    for index in range(1 if is_back else 0, 16, 2):
        points: list[Point] = [(0.0, 0.0)]
        points += [
            (
                radius * (1 if step % 2 else 0.62) * cos((index + step) / 16),
                radius * (1 if step % 2 else 0.62) * sin((index + step) / 16),
            )
            for step in (0, 1)
        ]
        parts.append(svg.line([(x + px, y + py) for px, py in points], closed=True))
    return svg.element("path", d="".join(parts), fill=ink)


# --- Devices and UV -------------------------------------------------------------------------------------------------------


def _medallion(prefix: str, radius: float) -> str:
    """Definitions: a braid of turned curves between rings, and the three figures that stand in its middle one after another."""
    braid = svg.element("path", id=f"{prefix}o0", d=rosette(radius * 0.85, 7, inner=0.6, points=42))
    turns = [
        svg.element("use", href=f"#{prefix}o0", transform=f"rotate({number(360 / 35 * turn)})") for turn in range(5)
    ]
    rings = (
        _ring(radius * 0.985, 1.6) + _ring(radius * 0.93, radius * 0.08, 90, 0.4) + _ring(radius * 0.47, 1.4, 60, 0.5) + _ring(radius * 0.87, 0.7)
    )  # fmt: skip
    height = radius * 0.74
    middle = {
        "-1": svg.element("path", d=reeds(height), transform=f"translate({number(-0.35 * height)} {number(-height / 2)})", stroke_width=".6", fill="currentColor", fill_opacity=".6"),
        "0": _ring(radius * 0.31, radius * 0.16, 24, 0.34) + _ring(radius * 0.17, 1.6) + _ring(radius * 0.1, radius * 0.1, 12, 0.4),
        "1": svg.element("path", d=waves(radius * 0.66, 5), transform=f"translate({number(-radius * 0.33)} {number(-radius * 0.19)})", stroke_width="2"),
    }  # fmt: skip
    figures = "".join(svg.element("g", drawn, id=f"{prefix}o{FIGURES[tilt]}") for tilt, drawn in middle.items())
    return braid + svg.element("g", *turns, rings, id=f"{prefix}o") + figures


def device(
    prefix: str, box: Box, *, cut_at: float | None = None, shift: float = 0.0, is_one_colour: bool = False
) -> tuple[str, str]:
    """Definitions and drawing of the medallion that changes with the tilt. cut_at: x at which its left part is moved down by `shift`."""
    radius = min(box.width, box.height) / 2
    x, y = box.middle
    shape = _medallion(prefix, radius)
    parts = []
    for tilt in TILTS:
        shown = "0" if is_one_colour else tilt
        ink, shine = TILTS[shown]
        turned = f"rotate({int(shown) * 4})" if int(shown) else None  # the braid seems to turn with the tilt
        look = (
            svg.element("circle", r=number(radius * 0.985), fill=shine, opacity=".2")
            + svg.element("use", href=f"#{prefix}o", transform=turned)
            + svg.element("use", href=f"#{prefix}o{FIGURES[shown]}")
        )
        parts.append(svg.group(look, data_tilt=tilt, fill="none", stroke=ink, color=ink, stroke_width="1.1"))
    whole = svg.group(*parts)
    if cut_at is None:
        return shape, svg.group(whole, transform=f"translate({number(x)} {number(y)})")
    left = svg.element(
        "clipPath",
        svg.element(
            "rect",
            x=number(-radius - 2),
            y=number(-radius - 40),
            width=number(cut_at - x + radius + 2),
            height=number(2 * radius + 80),
        ),
        id=f"{prefix}p",
    )
    right = svg.element(
        "clipPath",
        svg.element(
            "rect", x=number(cut_at - x), y=number(-radius - 2), width=number(2 * radius), height=number(2 * radius + 4)
        ),
        id=f"{prefix}q",
    )
    both = svg.group(
        svg.group(whole, transform=f"translate(0 {number(shift)})rotate({number(shift)})"), clip_path=f"url(#{prefix}p)"
    ) + svg.group(whole, clip_path=f"url(#{prefix}q)")
    return shape + left + right, svg.group(both, transform=f"translate({number(x)} {number(y)})")


@cache
def uv_motif(box: Box, series: int) -> str:
    """Reeds by the water under a rising sun, in the two colours in which they shine. Odd series have the sun on the left."""
    wide, high = box.width, box.height
    side = 1 if series % 2 else -1
    size = high * 0.62
    rows = []
    for row in range(5):
        halves, y = 14 - 2 * (row % 2), high * (0.8 + 0.042 * row)
        step = wide * 0.96 / 14
        rows.append(f"M{number((wide - halves * step) / 2)} {number(y)}q{number(step / 2)} {number(-step * 0.45)} {number(step)} 0" + f"t{number(step)} 0" * (halves - 1))  # fmt: skip
    water = svg.element("path", d="".join(rows), fill="none", stroke=YELLOW, stroke_width="3.2")
    sun = svg.group(_ring(high * 0.13, 3) + _ring(high * 0.105, 2, 60, 0.4) + _ring(high * 0.19, high * 0.07, 40, 0.16), fill="none", stroke=YELLOW, transform=f"translate({number(wide * (0.5 - 0.3 * side))} {number(high * 0.25)})")  # fmt: skip
    banks = []
    for place, scale in ((-0.37, 0.62), (-0.2, 0.8), (0.04, 1.0), (0.24, 1.22), (0.38, 0.68)):
        x, tall = wide * (0.5 + place * side), size * scale
        move = f"translate({number(x - 0.35 * tall)} {number(high * 0.83 - tall)})scale({scale})"
        banks.append(svg.element("path", d=reeds(size), transform=move))
    drawn = sun + svg.group(*banks, fill=GREEN, opacity=".85") + water
    return svg.group(drawn, transform=f"translate({number(box.x)} {number(box.y)})")


def grey_motif(box: Box, series: int, *, strength: float, is_uv: bool) -> str:
    """The same as `uv_motif`, flat: faintly grey by day, dark under UV."""
    drawn = uv_motif(box, series).replace(GREEN, "#5c6a60").replace(YELLOW, "#6a6650")
    return svg.group(drawn, opacity=".28" if is_uv else f"{0.1 + 0.22 * strength:.2f}")


def fibres(chance: Chance, width: int, height: int, count: int) -> str:
    """Short bright threads at places by chance."""
    parts: dict[str, list[str]] = {"#ff6d8f": [], "#6db8ff": [], YELLOW: []}
    for _one in range(count):
        x, y, turn = chance.below(width), chance.below(height), chance.below(100) / 100
        dx, dy = 22 * cos(turn), 22 * sin(turn)
        parts[chance.one(tuple(parts))].append(
            f"M{x} {y}q{number(dx / 2 - dy / 5)} {number(dy / 2 + dx / 5)} {number(dx)} {number(dy)}"
        )
    return "".join(
        svg.element("path", d="".join(lines), fill="none", stroke=ink, stroke_width="2.2")
        for ink, lines in parts.items()
        if lines
    )


def glow(box: Box, strength: float) -> str:
    """A blue-white patch with a soft edge."""
    return "".join(
        svg.element("rect", x=box.x - by, y=box.y - by, width=box.width + 2 * by, height=box.height + 2 * by, rx=number(6 + by), fill=BLUE_WHITE, opacity=f"{part * (0.25 + 0.6 * strength):.2f}")
        for by, part in ((5.0, 0.3), (2.0, 0.4), (-1.0, 0.6))
    )  # fmt: skip


# --- Relief and wear ------------------------------------------------------------------------------------------------------


def ridge(box: Box, strength: float) -> str:
    """A line of light and shadow around a box; the shadow moves with the tilt."""
    look: dict[str, object] = {
        "x": box.x,
        "y": box.y,
        "width": box.width,
        "height": box.height,
        "rx": 5,
        "fill": "none",
    }
    width = 1.2 + 2.6 * strength
    dark = svg.element(
        "rect",
        **look,
        stroke="#3a2f1c",
        stroke_width=number(width),
        opacity=f"{0.2 + 0.5 * strength:.2f}",
        data_relief="",
    )
    return dark + svg.element(
        "rect", **look, stroke="#fffdf4", stroke_width=number(width * 0.7), opacity=f"{0.45 + 0.5 * strength:.2f}"
    )


def hairline(box: Box, strength: float) -> str:
    """A straight, thin line around a box."""
    look: dict[str, object] = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "fill": "none"}
    dark = svg.element(
        "rect",
        **look,
        stroke="#2f2718",
        stroke_width=number(0.6 + 0.8 * strength),
        opacity=f"{0.3 + 0.45 * strength:.2f}",
        data_relief="",
    )
    return dark + svg.element("rect", **look, stroke="#fff", stroke_width=number(0.6 + 0.5 * strength), opacity=".8")


def sheen(prefix: str, width: int, height: int) -> tuple[str, str]:
    """The calm shine of an even surface, one broad band for each tilt."""
    fade = svg.element(
        "linearGradient", *(svg.element("stop", offset=place, stop_color="#fff", stop_opacity=much) for place, much in ((0, 0), (".5", ".42"), (1, 0))),
        id=f"{prefix}h", x1=0, y1=0, x2=1, y2=".3",
    )  # fmt: skip
    bands = [svg.group(svg.element("rect", x=number(width * left), width=number(width * 0.4), height=height, fill=f"url(#{prefix}h)"), data_tilt=group) for group, left in (("-1", -0.02), ("0", 0.3), ("1", 0.62))]  # fmt: skip
    return fade, "".join(bands)


def lifted(chance: Chance, corner: tuple[float, float], strength: float) -> str:
    """An uneven, shining patch at a corner, with bubbles. corner: its middle."""
    x, y = corner
    radius = 26 + 55 * strength
    shape, inner = _blot(chance, corner, radius * 1.2, radius), _blot(chance, corner, radius * 0.9, radius * 0.72)
    bubbles = "".join(
        svg.element("circle", cx=number(x + radius * part * cos(turn)), cy=number(y + radius * 0.8 * part * sin(turn)), r=number(2 + chance.below(60) / 10))
        for part, turn in ((chance.between(20, 85) / 100, chance.below(100) / 100) for _one in range(int(4 + 8 * strength)))
    )  # fmt: skip
    return (
        svg.element("path", d=shape, fill="#4a3f28", opacity=f"{0.15 + 0.2 * strength:.2f}", data_relief="")
        + svg.element("path", d=shape, fill="#fff", opacity=f"{0.2 + 0.3 * strength:.2f}")
        + svg.element("path", d=inner, fill="#fff", opacity=f"{0.15 + 0.2 * strength:.2f}")
        + svg.group(bubbles, fill="#fff", fill_opacity=".5", stroke="#5f5236", stroke_opacity=".55")
    )


def rough(chance: Chance, box: Box, strength: float, *, ink: str = "#fbf8f0") -> str:
    """A paler, rough patch: a torn outline and specks."""
    count = 26
    edge: list[Point] = []
    for index in range(count):
        turn = index / count
        edge.append(
            (
                box.middle[0] + box.width * 0.5 * (0.93 + chance.below(14) / 100) * _square(cos(turn)),
                box.middle[1] + box.height * 0.46 * (0.88 + chance.below(20) / 100) * _square(sin(turn)),
            )
        )
    specks = "".join(
        f"M{number(box.x + chance.below(1000) / 1000 * box.width)} {number(box.y + chance.below(1000) / 1000 * box.height)}h0"
        for _one in range(int(30 + 60 * strength))
    )
    return svg.element("path", d=svg.smooth(edge, closed=True), fill=ink, opacity=f"{0.35 + 0.55 * strength:.2f}") + svg.element("path", d=specks, stroke="#9a8f7a", stroke_width="1.5", stroke_linecap="round", opacity=f"{0.2 + 0.4 * strength:.2f}")  # fmt: skip


def _square(part: float) -> float:
    """From a circle towards a square."""
    return max(-1.0, min(1.0, part * 1.35))


def crease(chance: Chance, width: int, height: int, strength: float) -> str:
    """A fold across the whole sheet, through print and background alike."""
    top, bottom = (
        chance.between(width * 45 // 100, width * 65 // 100),
        chance.between(width * 40 // 100, width * 70 // 100),
    )
    points: list[Point] = [
        (top + (bottom - top) * step / 8 + chance.between(-5, 5), height * step / 8) for step in range(9)
    ]
    data = svg.smooth(points)
    return svg.element("path", d=data, fill="none", stroke="#fffaf0", stroke_width=number(1.5 + 2 * strength), opacity=".75") + svg.element("path", d=data, fill="none", stroke="#6a5f48", stroke_width="1", opacity=f"{0.25 + 0.35 * strength:.2f}", transform="translate(1.8 0)")  # fmt: skip


def dirt(chance: Chance, corner: tuple[float, float], strength: float) -> str:
    """A smudge and specks at a corner."""
    x, y = corner
    smudges = "".join(
        svg.element("path", d=_blot(chance, (x + chance.between(-8, 8), y + chance.between(-6, 6)), size, size * 0.7), fill="#6a5a3a", opacity=f"{0.04 + 0.06 * strength:.2f}")
        for size in (58.0, 47.0, 37.0, 27.0, 16.0)
    )  # fmt: skip
    specks = "".join(
        f"M{number(x + chance.between(-60, 60))} {number(y + chance.between(-45, 45))}h0" for _one in range(40)
    )
    return smudges + svg.element("path", d=specks, stroke="#5a4a2f", stroke_width="2", stroke_linecap="round", opacity=f"{0.3 * strength:.2f}")  # fmt: skip


def _blot(chance: Chance, middle: Point, wide: float, high: float) -> str:
    """Path data of an uneven closed outline, no further than wide and high from its middle."""
    reach = [chance.between(72, 96) / 100 for _one in range(9)]
    edge = [
        (middle[0] + wide * part * cos(index / 9), middle[1] + high * part * sin(index / 9))
        for index, part in enumerate(reach)
    ]
    return svg.smooth(edge, closed=True)
