"""Emblems of the States that do not exist: three reeds over water, a lamp on a hill, a plain wave."""

from functools import cache
from math import sqrt  # exact to the last bit everywhere, unlike sin

from specimens import svg
from specimens.svg import number

_FIELD = 36.5  # radius of what lies inside the rim


def _ring(radius: float, wide: float, count: int = 0, share: str = "0", *, y: float = 0.0) -> str:
    """A circle; or, by `count`, of that many dashes which take up a share of it, beads for none."""
    parted = (
        {"pathLength": count, "stroke_dasharray": f"{share} {1 - float(share):g}", "stroke_dashoffset": ".5"}
        if count
        else {}
    )
    plain = {"stroke_linecap": "butt"} if count and float(share) else {}
    return svg.element(
        "circle", cy=number(y) if y else None, r=number(radius), stroke_width=number(wide), **parted, **plain
    )


def _rim() -> str:
    """Two pairs of circles with a ring of short rays and one of beads between them."""
    return _ring(48.4, 1.6) + _ring(46.2, 0.5) + _ring(44.4, 2.6, 90, ".22") + _ring(41, 1.7, 54) + _ring(38.6, 0.5) + _ring(37.2, 0.9)  # fmt: skip


def _reach(y: float) -> float:
    """Half the width of the field at a height, a little inside."""
    return 0.94 * sqrt(_FIELD**2 - y**2)


def _water(top: float, rows: int, step: float) -> str:
    """Path data of rows of small waves across the field, downwards from `top`."""
    parts = []
    for row in range(rows):
        y = top + row * step
        halves = int(2 * _reach(y + 1.5) / 4) // 2 * 2 - (row % 2) * 2
        parts.append(f"M{number(-2 * halves)} {number(y)}q2 -1.6 4 0" + "t4 0" * (halves - 1))
    return "".join(parts)


def _reed(foot: float, lean: float, top: float, head: float) -> str:
    """A stem from the water, its seed head with the grain cut across it, and the tip above."""
    ground, x, under = 17.0, foot + lean, top + head
    stem = f"M{number(foot)} {number(ground)}Q{number(foot + lean * 0.2)} {number((ground + under) / 2)} {number(x)} {number(under)}"
    tip = f"M{number(x + lean * 0.1)} {number(top)}l{number(lean * 0.12)} -5"
    side = lean * 0.1
    cob = f"M{number(x)} {number(under)}c-3.6 -1 {number(side - 3.4)} {number(-head)} {number(side)} {number(-head)}c3.4 0 {number(3.6 - side)} {number(head - 1)} {number(-side)} {number(head)}z"
    # Hatching of the shaded half.
    grain = "".join(
        f"M{number(x + side * part)} {number(under - head * part)}l2.2 -.9"
        for part in (0.15, 0.28, 0.41, 0.54, 0.67, 0.8)
    )
    return svg.element("path", d=stem, stroke_width="1.5") + svg.element("path", d=cob, fill="currentColor", fill_opacity=".22") + svg.element("path", d=tip + grain, stroke_width=".7")  # fmt: skip


def _leaf(foot: float, lean: float, top: float) -> str:
    """Path data of a long leaf, broad in its middle, with its rib."""
    x, height = foot + lean, 17 - top
    bow = f"{number(foot + lean * 0.1)} {number(17 - height * 0.6)} {number(x)} {number(top)}"
    back = f"{number(foot + lean * 0.1 + 3.4)} {number(17 - height * 0.5)} {number(foot + 1.6)} 17"
    return f"M{number(foot)} 17Q{bow}Q{back}"


def _reeds() -> str:
    leaves = "".join(
        _leaf(*one) for one in ((-6, -23, 0), (5, 24, 1), (-5, -14, 2), (4, 16, 3), (1, 6, -6), (-3, -5, -9))
    )
    return (
        svg.element("path", d=leaves, fill="currentColor", fill_opacity=".12", stroke_width=".8")
        + _reed(-3, -13, -21, 15)
        + _reed(3, 13, -21, 15)
        + _reed(0, 0, -29, 17)
        + svg.element("path", d=_water(18, 5, 3.6), stroke_width=".9")
    )


def _lamp() -> str:
    """A lamp in a cage on a mast, its light, and a hill cut in contour lines."""
    light = _ring(19, 10, 16, ".06", y=-12) + _ring(15.5, 7, 48, ".14", y=-12)
    hill = ""
    for row in range(6):
        y, top = 17 + row * 3.6, 8.0 + row * 4.4
        x = _reach(y)
        hill += f"M{number(-x)} {number(y)}C{number(-x * 0.6)} {number(y)} {number(-x * 0.4)} {number(top)} 0 {number(top)}S{number(x * 0.6)} {number(y)} {number(x)} {number(y)}"
    mast = "M-5 9L-2.4 -4H2.4L5 9M-3.9 4H3.9"
    cage = "M-4.6 -4H4.6V-6H3.6V-15H-3.6V-6H-4.6zM-4.6 -15L0 -20L4.6 -15zM0 -20V-24M0 -6V-15"
    return (
        light
        + svg.element("path", d=mast + cage, fill="currentColor", fill_opacity=".2", stroke_width="1.2")
        + svg.element("path", d=hill, stroke_width=".9")
    )


def _wave() -> str:
    """One wave, drawn as bands of parallel lines."""

    def line(y: int) -> str:
        x = _reach(y)
        return f"M{number(-x)} {y}Q{number(-x / 2)} {y - 14} 0 {y}T{number(x)} {y}"

    lines, strong = "".join(map(line, range(-22, 24, 4))), "".join(map(line, (-10, 2, 14)))
    return svg.element("path", d=lines, stroke_width=".7") + svg.element("path", d=strong, stroke_width="2")


@cache
def emblem(code: str, ink: str) -> str:
    """The emblem of a State in a circle of radius 50 around 0, 0, in one ink. code: "" for Lake Orla."""
    inside = {"UTO": _reeds, "XNO": _lamp}.get(code, _wave)()
    look = {
        "fill": "none",
        "stroke": ink,
        "color": ink,
        "stroke_width": 1,
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
    }
    return svg.group(_rim(), inside, **look)
