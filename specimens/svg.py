"""Writing SVG: elements and path data as text, short and always the same."""

from collections.abc import Iterable, Sequence
from functools import cache
from xml.sax.saxutils import escape, quoteattr

Point = tuple[float, float]


def number(value: float) -> str:
    """With one decimal place at most, as short as it can be written."""
    tenths = int(value * 10 + (0.5 if value >= 0 else -0.5))
    if not tenths % 10:
        return str(tenths // 10)
    return f"-{-tenths // 10}.{-tenths % 10}" if tenths < 0 else f"{tenths // 10}.{tenths % 10}"


def element(name: str, *inside: str, **attributes: object) -> str:
    """An element. Attributes: `stroke_width=1` is written stroke-width="1"; None is left out; floats as by `number`."""
    written = "".join(f" {_attribute(key)}={_quoted(value)}" for key, value in attributes.items() if value is not None)
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def _quoted(value: object) -> str:
    words = number(value) if isinstance(value, float) else str(value)
    # Most are path data, for which looking thrice is faster than escaping.
    return quoteattr(words) if "&" in words or "<" in words or '"' in words else f'"{words}"'


@cache
def _attribute(key: str) -> str:
    """class_ → class, xml__space → xml:space, stroke_width → stroke-width."""
    return key.rstrip("_").replace("__", ":").replace("_", "-")


def text(words: str, **attributes: object) -> str:
    """Words in a text element."""
    return element("text", escape(words), **attributes)


def group(*inside: str, **attributes: object) -> str:
    """Elements together; nothing for nothing."""
    return element("g", *inside, **attributes) if any(inside) else ""


def pairs(points: Iterable[Point]) -> str:
    """Points as "x,y x,y"."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def line(points: Sequence[Point], *, closed: bool = False) -> str:
    """Path data of straight lines through points, written relative to each other, which is shorter."""
    x, y = (round(value * 10) for value in points[0])
    parts = [f"M{number(x / 10)} {number(y / 10)}l"]
    for px, py in points[1:]:
        nx, ny = round(px * 10), round(py * 10)
        parts.append(f"{_step(nx - x)}{_step(ny - y)}")
        x, y = nx, ny
    return "".join(parts).replace("l ", "l") + ("z" if closed else "")


def _step(tenths: int) -> str:
    written = number(tenths / 10)
    if written.startswith("0."):
        written = written[1:]
    elif written.startswith("-0."):
        written = "-" + written[2:]
    return written if written.startswith("-") else f" {written}"


def smooth(points: Sequence[Point], *, closed: bool = False) -> str:
    """Path data of a smooth curve through points (Catmull and Rom, as cubic Béziers with tension 1/6)."""
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for index in range(count if closed else count - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (at(index + step) for step in (-1, 0, 1, 2))
        controls = ((bx + (cx - ax) / 6, by + (cy - ay) / 6), (cx - (dx - bx) / 6, cy - (dy - by) / 6), (cx, cy))
        parts.append("C" + pairs(controls))
    return "".join(parts) + ("z" if closed else "")
