"""What sheets share: layers in their order, printed fields, the machine readable zone."""

from collections.abc import Sequence

from specimens import svg
from specimens.geometry import Box
from specimens.lights import LAYERS
from specimens.plan import HEAVY, NARROW, PLAIN, SERIF, Field
from specimens.svg import number

# Generic families only: nothing is fetched, and the zone is not the letters that reading devices want.
FAMILIES = {PLAIN: "sans-serif", NARROW: "sans-serif", SERIF: "serif", HEAVY: "sans-serif"}
MONO = "monospace"


class Canvas:
    """A drawing that grows layer by layer. name: unique among the sheets of a page, for ids; size: in units."""

    def __init__(self, name: str, size: tuple[int, int]) -> None:
        self.name, self.size = name, size
        self._layers: dict[str, list[str]] = {layer: [] for layer in LAYERS}
        self._defs: list[str] = []

    def put(self, layer: str, *fragments: str, lights: Sequence[str] = ()) -> None:
        """Add to a layer. lights: where it exists in some only."""
        inside = "".join(fragments)
        if inside:
            self._layers[layer].append(svg.group(inside, data_in=" ".join(lights)) if lights else inside)

    def define(self, *fragments: str) -> None:
        """Add a definition, once."""
        self._defs += [one for one in fragments if one not in self._defs]

    def written(self, title: str) -> str:
        """The whole drawing. title: what it is, for who cannot see it."""
        width, height = self.size
        layers = [svg.group(*inside, data_layer=layer) for layer, inside in self._layers.items() if inside]
        return svg.element(
            "svg",
            svg.element("defs", *self._defs) if self._defs else "",
            *layers,
            xmlns="http://www.w3.org/2000/svg",
            class_="specimen",
            viewBox=f"0 0 {width} {height}",
            data_light="visible",
            role="img",
            aria_label=title,
        )


def label(words: str, x: float, y: float, *, size: float = 13.0, ink: str) -> str:
    """The small words above a field."""
    return svg.text(words, x=x, y=y, font_size=size, font_family="sans-serif", fill=ink, opacity=".75")


def written_field(field: Field, box: Box, *, ink: str, size: float = 27.0) -> str:
    """A field's words in its box, as its typeface and shifts say; long ones are set narrower until they fit."""
    look: dict[str, object] = {"font_family": FAMILIES[field.typeface], "font_size": size, "fill": ink}
    room = box.width - 4
    wide = len(field.text) * size * 0.63
    if field.typeface == NARROW:
        look["letter_spacing"] = "-1.2"
    if field.typeface == HEAVY:
        look["font_weight"] = "bold"
    if wide > room:
        look |= {"textLength": number(room), "lengthAdjust": "spacingAndGlyphs"}
    if field.shifts:
        look |= {"dx": _steps(field, 0), "dy": _steps(field, 1)}
    return svg.text(field.text, x=box.x + 2, y=box.bottom - 6, **look)


def _steps(field: Field, axis: int) -> str:
    """Relative moves of each character, such that only the shifted ones leave their place."""
    offs = [field.shifts.get(index, (0.0, 0.0))[axis] for index in range(len(field.text))]
    return " ".join(number(off - before) for before, off in zip([0.0, *offs], offs, strict=False))


def zone_lines(lines: Sequence[str], boxes: Sequence[Box], *, ink: str, size: float) -> str:
    """Lines of a machine readable zone, each stretched over its box by the length that it should have."""
    drawn = []
    for words, box in zip(lines, boxes, strict=True):
        full = {43: 44, 45: 44, 29: 30, 31: 30, 35: 36, 37: 36}.get(len(words), len(words))
        long = box.width * len(words) / full
        drawn.append(
            svg.text(
                words,
                x=box.x,
                y=box.y + box.height * 0.72,
                font_family=MONO,
                font_size=size,
                fill=ink,
                textLength=number(long),
                lengthAdjust="spacing",
                xml__space="preserve",
            )
        )
    return "".join(drawn)
