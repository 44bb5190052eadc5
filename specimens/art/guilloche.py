"""Fine backgrounds: braids of waves over a field of longer ones, and rosettes, in two inks that run into each other.

A line is written once and laid down many times by reference, each group holding the one before it twice, so that hundreds of
lines cost few bytes. A braid is one wave at several phases; rosettes are curves r(t) = R(a + b·cos pt), turned over each other.
Curves are kept once computed; what bears the ids of one sheet is put together anew, or the memory of a server would fill.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from specimens import svg
from specimens.geometry import Box
from specimens.svg import Point, number
from specimens.turning import cos, sin

PHASES = 3  # doublings of a braid's wave: eight lines
SWAY = 26.0
THICK = 0.8  # of every line


@dataclass(frozen=True)
class Design:
    """braid, field: wavelength and height of their waves; step: between the field's lines; petals, turns: of the large rosette; at: its middle as shares."""

    braid: tuple[float, float]
    field: tuple[float, float]
    step: float
    petals: int
    turns: int
    at: tuple[float, float]
    radius: float


# By number of the series; Utopia 1 and 2, Norland 4 and 5, Lake Orla 7; 10 upwards: visa pages, labels, cards, passes.
DESIGNS = {
    1: Design((176, 44), (420, 56), 23.0, 9, 8, (0.53, 0.42), 330),
    2: Design((136, 36), (520, 64), 21.0, 12, 7, (0.50, 0.46), 340),
    4: Design((224, 50), (360, 40), 22.0, 7, 9, (0.56, 0.44), 335),
    5: Design((120, 40), (460, 50), 21.5, 10, 8, (0.52, 0.40), 330),
    7: Design((300, 74), (600, 30), 27.0, 5, 6, (0.50, 0.45), 300),
    10: Design((208, 36), (300, 46), 21.0, 8, 8, (0.50, 0.50), 260),
    11: Design((152, 32), (380, 36), 19.0, 11, 7, (0.70, 0.50), 210),
    12: Design((128, 30), (340, 30), 18.0, 8, 9, (0.60, 0.45), 230),
    13: Design((192, 42), (400, 44), 23.0, 6, 10, (0.62, 0.50), 300),
}


@cache
def wave(length: float, height: float, width: float, *, sway: float = 0.0) -> str:
    """Path data of a wave from one wavelength left of 0 to beyond the width, itself on a slow wave of height `sway`.

    height: from its middle line to a control point, twice that to its crest.
    """
    half = length / 2
    halves = int(width / half) + 3
    slow = [round(sway * sin(1.6 * index / halves), 1) for index in range(halves + 2)]
    steps = "".join(f"t{number(half)}{_after(now - before)}" for before, now in pairwise(slow[1:]))
    return f"M{number(-length)} 0q{number(half / 2)} {number(-height)} {number(half)} {number(slow[1])}" + steps


def _after(value: float) -> str:
    """A number behind another one: its sign parts them, or a space."""
    written = number(value)
    return written if written.startswith("-") else f" {written}"


@cache
def rosette(radius: float, petals: int, *, inner: float = 0.42, points: int | None = None) -> str:
    """Path data of one closed curve around 0, 0: r = R(a + b·cos pt)."""
    count = points or petals * 8
    middle, swing = (1 + inner) / 2, (1 - inner) / 2
    curve: list[Point] = []
    for index in range(count):
        turn = index / count
        r = radius * (middle + swing * cos(petals * turn))
        curve.append((r * cos(turn), r * sin(turn)))
    return svg.smooth(curve, closed=True)


def _doubled(name: str, first: int, times: int, dx: float, dy: float) -> str:
    """Definitions of groups name{first + 1} …, each the one before and the same again, moved by 1, 2, 4 … steps."""
    parts = []
    for index in range(times):
        below, far = f"#{name}{first + index}", 1 << index
        x, y = (number(by * far) if by else None for by in (dx, dy))
        again = svg.element("use", href=below, x=x, y=y)
        parts.append(svg.element("g", svg.element("use", href=below), again, id=f"{name}{first + index + 1}"))
    return "".join(parts)


def _rows(name: str, first: int, step: float, top: float, bottom: float) -> tuple[str, str]:
    """Definitions and drawing of rows of name{first}, a step apart, from top to bottom: one group for each binary digit of their count."""
    count = int((bottom - top) / step) + 1
    shown, done = [], 0
    for power in reversed(range(count.bit_length())):
        if count >> power & 1:
            shown.append(svg.element("use", href=f"#{name}{first + power}", y=number(top + done * step)))
            done += 1 << power
    return _doubled(name, first, count.bit_length() - 1, 0, step), "".join(shown)


def background(
    prefix: str,
    width: int,
    height: int,
    design: int,
    inks: tuple[str, str],
    *,
    gap: Box | None = None,
    is_dotted: float = 0.0,
) -> tuple[str, str]:
    """Definitions and drawing of a page's background. gap: where lines end; is_dotted: 0 for lines, to 1 for coarse dots."""
    look = DESIGNS[design]
    rainbow = svg.element(
        "linearGradient",
        *(svg.element("stop", offset=place, stop_color=ink) for place, ink in ((0, inks[0]), (".45", inks[1]), (1, inks[0]))),
        id=f"{prefix}r", gradientUnits="userSpaceOnUse", x1=0, y1=0, x2=width, y2=number(height / 3),
    )  # fmt: skip
    (long, high), (far, swing), fall = look.braid, look.field, width * 0.03
    # Braids of neighbouring rows share the height of half a crest; the field lies a little aslant.
    wave_a = svg.element("path", id=f"{prefix}a0", d=wave(long, high, width + long, sway=SWAY))
    phases = _doubled(f"{prefix}a", 0, PHASES, long / (1 << PHASES), 0)
    rows, braids = _rows(f"{prefix}a", PHASES, high, -SWAY, height + high / 2 + SWAY)
    wave_b = svg.element("path", id=f"{prefix}b0", d=wave(far, swing, width))
    lines, field = _rows(f"{prefix}b", 0, look.step, -swing / 2 - fall, height + swing / 2)
    turned = [
        svg.element("use", href=f"#{prefix}f", transform=f"rotate({number(360 / look.petals / look.turns * index)})")
        for index in range(look.turns)
    ]
    flower = svg.element("path", id=f"{prefix}f", d=rosette(look.radius, look.petals)) + svg.element(
        "g", *turned, id=f"{prefix}F"
    )
    middle = (look.at[0] * width, look.at[1] * height)
    rosettes = "".join(
        svg.element("use", href=f"#{prefix}F", transform=f"translate({number(x)} {number(y)})" + (f"scale({scale})" if scale != 1 else ""))
        for (x, y), scale in (
            (middle, 1), (middle, ".46"), ((width * 0.07, height * 0.93), ".3"), ((width * 0.94, height * 0.1), ".26"), ((width * 0.965, height * 0.86), ".3"),
        )
    )  # fmt: skip
    clip = ""
    if gap:
        hole = f"M0 0H{width}V{height}H0zM{number(gap.x)} {number(gap.y)}v{number(gap.height)}h{number(gap.width)}v{number(-gap.height)}z"
        clip = svg.element("clipPath", svg.element("path", d=hole, clip_rule="evenodd"), id=f"{prefix}g")
    look_of_line = {"stroke_width": number(THICK)}
    if is_dotted:
        # Square dots further apart, as thick as keeps the tone of the lines they stand for.
        apart, size = 2.4 + 2.6 * is_dotted, 1.3 + 0.7 * is_dotted
        dash = THICK * apart / size
        look_of_line = {"stroke_width": number(size), "stroke_dasharray": f"{number(dash)} {number(apart - dash)}"}
    drawing = svg.group(
        svg.group(field, opacity=".5", transform="rotate(1.6)"), svg.group(braids, opacity=".55"), svg.group(rosettes, opacity=".85"),
        fill="none", stroke=f"url(#{prefix}r)", clip_path=f"url(#{prefix}g)" if gap else None, **look_of_line,
    )  # fmt: skip
    return rainbow + wave_a + phases + rows + wave_b + lines + flower + clip, drawing


@cache
def frame(width: int, height: int, ink: str) -> str:
    """A fine border of interlaced waves along the four sides."""
    lines = []
    for phase in (0, 12):
        top = f"M{20 + phase} 20" + "q6 -8 12 0t12 0" * ((width - 64) // 24)
        side = f"M20 {20 + phase}" + "q-8 6 0 12t0 12" * ((height - 64) // 24)
        lines += [
            svg.element("path", d=top), svg.element("path", d=top, transform=f"translate(0 {height - 40})"),
            svg.element("path", d=side), svg.element("path", d=side, transform=f"translate({width - 40} 0)"),
        ]  # fmt: skip
    return svg.group(*lines, fill="none", stroke=ink, stroke_width=".8", opacity=".6")
