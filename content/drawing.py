"""Drawings: SVG with an allow-list of elements, whose words are labels that can be translated.

Pure functions; imports no Django. A drawing is shown inside the page, so that its Burmese is set in the page's own font;
it therefore may hold nothing that runs, loads or styles: shapes, text and classes of the stylesheet.
"""

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from defusedxml import ElementTree as SafeElementTree

MAX_BYTES = 15_000
NAMESPACE = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "title",
        "desc",
        "defs",
        "marker",
        "clipPath",
    ]
)
ATTRIBUTES = frozenset(
    [
        "class",
        "id",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "dx",
        "dy",
        "width",
        "height",
        "points",
        "transform",
        "viewBox",
        "font-size",
        "font-weight",
        "text-anchor",
        "dominant-baseline",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-dasharray",
        "fill-opacity",
        "stroke-opacity",
        "opacity",
        "fill-rule",
        "clip-path",
        "clip-rule",
        "marker-start",
        "marker-mid",
        "marker-end",
        "markerWidth",
        "markerHeight",
        "markerUnits",
        "refX",
        "refY",
        "orient",
        "preserveAspectRatio",
        "role",
        "aria-hidden",
    ]
)
_PLAIN_VALUE = re.compile(r"[^<>&\"'\\]*\Z")
_REFERENCE = re.compile(r"url\(#[\w-]+\)\Z")


class DrawingError(ValueError):
    """The SVG holds something a drawing may not; the message says what."""


def _local(tag: str) -> str:
    return tag.removeprefix(f"{{{NAMESPACE}}}")


def _parse(svg: str) -> ElementTree.Element:
    if len(svg.encode()) > MAX_BYTES:
        raise DrawingError(f"is {len(svg.encode())} bytes; at most {MAX_BYTES} are allowed")
    if re.search(r"<!(DOCTYPE|ENTITY)|<\?(?!xml )", svg, re.IGNORECASE):
        raise DrawingError("holds a document type, an entity or a processing instruction")
    try:
        root: ElementTree.Element = SafeElementTree.fromstring(svg, forbid_dtd=True)
    except ElementTree.ParseError as error:
        raise DrawingError(f"is not well-formed XML: {error}") from None
    if root.tag != f"{{{NAMESPACE}}}svg":
        raise DrawingError("is not an <svg> in the SVG namespace")
    if "viewBox" not in root.attrib:
        raise DrawingError("has no viewBox")
    for element in root.iter():
        name = _local(element.tag)
        if name not in ELEMENTS:
            raise DrawingError(f"holds <{name}>, which a drawing may not")
        for attribute, value in element.attrib.items():
            if attribute not in ATTRIBUTES:
                raise DrawingError(f"holds the attribute {attribute} on <{name}>, which a drawing may not")
            if not _PLAIN_VALUE.match(value) or ("url" in value.lower() and not _REFERENCE.match(value)):
                raise DrawingError(f"holds the value {value!r} in {attribute}, which a drawing may not")
    return root


def _label_places(root: ElementTree.Element) -> list[ElementTree.Element]:
    """The text-bearing elements in document order: each holds one label."""
    texts = (e for e in root.iter() if _local(e.tag) in ("text", "tspan"))
    return [e for e in texts if e.text and e.text.strip()]


def labels(svg: str) -> list[str]:
    """The words in a drawing, in document order, white space folded. Raises DrawingError."""
    return [" ".join((e.text or "").split()) for e in _label_places(_parse(svg))]


def render(svg: str, words: Sequence[str], *, prefix: str) -> str:
    """The drawing as markup for a page, with its labels replaced by `words`.

    words: as many as `labels(svg)` gives; a shorter list leaves the rest as drawn. prefix: makes ids unique on the page.
    The picture is hidden from screen readers: the page gives its text alternative beside it. Raises DrawingError.
    """
    root = _parse(svg)
    for place, word in zip(_label_places(root), words, strict=False):
        place.text = word
    for parent in root.iter():
        for child in list(parent):
            if _local(child.tag) in ("title", "desc"):
                parent.remove(child)
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if attribute == "id":
                element.set(attribute, f"{prefix}-{value}")
            elif _REFERENCE.match(value):
                element.set(attribute, value.replace("#", f"#{prefix}-"))
        # Written without a prefix, whatever other libraries registered for the namespace.
        element.tag = _local(element.tag)
    for attribute in ("width", "height", "role"):
        root.attrib.pop(attribute, None)
    root.set("xmlns", NAMESPACE)
    root.set("aria-hidden", "true")
    return ElementTree.tostring(root, encoding="unicode")
