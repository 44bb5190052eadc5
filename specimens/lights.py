"""Lights: how strong and in which colour each layer of a sheet is seen under each of them. One table, two uses.

`stylesheet` writes it as CSS, so that one drawing is seen in every light by changing `data-light` (and `--tilt`) of its root;
`under` bakes one light into a drawing for paper and pictures. What exists in one light only stands in groups with
`data-in="uv …"`; what changes with the tilt stands in groups with `data-tilt="-1"`, `"0"` and `"1"`, which fade into each other,
or with `data-relief`, which casts a shadow that moves.
"""

from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

VISIBLE, OBLIQUE, TRANSMITTED, UV = LIGHTS = ("visible", "oblique", "transmitted", "uv")
LENS: Final = "lens"  # a tool to look closer, under any light
TILT = 30  # degrees to either side
RELIEF = 3.0  # units by which a shadow moves at full tilt

LAYERS = (
    "substrate", "watermark", "thread", "background", "microtext", "static", "data", "portrait", "ovd", "laminate",
    "perforation", "stitching", "entries", "wear", "specimen",
)  # fmt: skip

# Light → layer → presentation attributes of its group. What is not named is seen as it is drawn.
LOOKS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    VISIBLE: {"substrate": {"fill": "#f4efe2"}},
    OBLIQUE: {
        "substrate": {"fill": "#d8d0bd"},
        "background": {"opacity": ".7"},
        "static": {"opacity": ".85"},
        "data": {"opacity": ".85"},
        "portrait": {"opacity": ".85"},
    },
    TRANSMITTED: {
        "substrate": {"fill": "#fbe6b8"},
        "background": {"opacity": ".28"},
        "microtext": {"opacity": ".4"},
        "static": {"opacity": ".5"},
        "data": {"opacity": ".55"},
        "portrait": {"opacity": ".4"},
        "entries": {"opacity": ".5"},
        "ovd": {"opacity": ".3"},
        "specimen": {"opacity": ".7"},
    },
    UV: {
        "substrate": {"fill": "#2d2659"},
        "background": {"opacity": ".14"},
        "microtext": {"opacity": ".3"},
        "static": {"opacity": ".5"},
        "data": {"opacity": ".75"},
        "portrait": {"opacity": ".22"},
        "entries": {"opacity": ".45"},
        "ovd": {"opacity": ".25"},
        "wear": {"opacity": ".35"},
    },
}
_TILTED = {
    "-1": "max(0,calc(-1*var(--tilt)))",
    "0": "calc(1 - max(var(--tilt),calc(-1*var(--tilt))))",
    "1": "max(0,var(--tilt))",
}


def share_of_tilt(group: str, tilt: int) -> float:
    """How strong a group of `data-tilt` is at a tilt in degrees: 0 to 1."""
    part = max(-1.0, min(1.0, tilt / TILT))
    return {"-1": max(0.0, -part), "0": 1 - abs(part), "1": max(0.0, part)}[group]


def stylesheet() -> str:
    """The table as CSS for drawings of class `specimen`. The tilt is the property --tilt, from -1 to 1, of an ancestor."""
    rules = [
        "/* Written by specimens/lights.py, which has the table; a test compares them. */",
        ".specimen{--tilt:0}",
        ".specimen [data-in]{display:none}",
        ",".join(f".specimen[data-light={light}] [data-in~={light}]" for light in LIGHTS) + "{display:inline}",
    ]
    rules += [f".specimen [data-tilt='{group}']{{opacity:{strength}}}" for group, strength in _TILTED.items()]
    rules += [f".specimen [data-relief]{{transform:translate(calc(var(--tilt)*{RELIEF:g}px),{RELIEF / 2:g}px)}}"]
    for tilt in (-TILT, TILT):  # for pages without script
        rules.append(f".specimen[data-tilted='{tilt}']{{--tilt:{tilt // TILT}}}")
    for light, layers in LOOKS.items():
        for layer, look in layers.items():
            declared = ";".join(f"{name}:{value}" for name, value in look.items())
            rules.append(f".specimen[data-light={light}] [data-layer={layer}]{{{declared}}}")
    return "\n".join(rules) + "\n"


def under(svg: str, light: str, *, tilt: int = 0) -> str:
    """A drawing as it is seen under one light, without any stylesheet. light: of LIGHTS; tilt: in degrees."""
    if light not in LIGHTS:
        raise ValueError(f"no light is called {light!r}")
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    root = ElementTree.fromstring(svg)  # noqa: S314 (a drawing of this package)
    _bake(root, light, tilt)
    return ElementTree.tostring(root, encoding="unicode")


def _bake(parent: ElementTree.Element, light: str, tilt: int) -> None:
    for child in list(parent):
        lights, group, layer = child.get("data-in"), child.get("data-tilt"), child.get("data-layer")
        if lights is not None and light not in lights.split():
            parent.remove(child)
            continue
        for name, value in LOOKS[light].get(layer or "", {}).items():
            child.set(name, value)
        if group is not None:
            child.set("opacity", f"{share_of_tilt(group, tilt):.2f}")
        if child.get("data-relief") is not None:
            moved = f"translate({RELIEF * max(-TILT, min(TILT, tilt)) / TILT:.1f} {RELIEF / 2:.1f})"
            child.set("transform", f"{moved} {child.get('transform', '')}".strip())
        _bake(child, light, tilt)
