"""Contact sheets: many specimens at one glance under one light, as one SVG."""

from collections.abc import Sequence

from specimens import svg
from specimens.generating import generate
from specimens.lights import under
from specimens.recipe import Recipe

CELL, GAP, ACROSS = 625, 20, 4


def contact_sheet(recipes: Sequence[Recipe], light: str, *, tilt: int = 0) -> str:
    """The first sheet of each specimen in rows of four, with its seed and document below. light: of `lights.LIGHTS`."""
    rows = (len(recipes) + ACROSS - 1) // ACROSS
    high = CELL * 88 // 125 + 40
    cells = []
    for index, recipe in enumerate(recipes):
        sheet = generate(recipe).sheets[0]
        width, height = sheet.size
        scale = min(CELL / width, (high - 40) / height)
        x, y = GAP + (index % ACROSS) * (CELL + GAP), GAP + (index // ACROSS) * (high + GAP)
        placed = under(sheet.svg, light, tilt=tilt).replace(
            "<svg ", f'<svg x="{x}" y="{y}" width="{width * scale:.1f}" height="{height * scale:.1f}" ', 1
        )
        words = (
            f"{recipe.seed} · {recipe.document}"
            + "".join(f" · {fault.kind}/{fault.severity}" for fault in recipe.faults)
            + "".join(f" · {kind}" for kind in recipe.variations)
        )
        cells.append(
            placed + svg.text(words, x=x, y=y + high - 12, font_size=22, font_family="sans-serif", fill="#333")
        )
    size = (GAP + ACROSS * (CELL + GAP), GAP + rows * (high + GAP))
    return svg.element(
        "svg",
        svg.element("rect", width=size[0], height=size[1], fill="#fff"),
        *cells,
        xmlns="http://www.w3.org/2000/svg",
        width=size[0],
        height=size[1],
        viewBox=f"0 0 {size[0]} {size[1]}",
    )
