"""The printed face of a certificate: one sheet of A4 in Burmese, English or both, and what does not fit behind it."""

from __future__ import annotations

import functools
import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from typing import Any

import segno
import segno.consts
from django.template import Context

from certificates.claim import CertificateClaim
from certificates.paper import ornament, pictures, words
from certificates.paper.design import PaperDesign
from certificates.paper.layout import Box, Item, Picture, Placed
from certificates.paper.sheet import Sheet, compose, crest_room, signature_room
from certificates.paper.templates import css, template
from core import pdf
from myanmar.digits import to_myanmar_digits
from myanmar.text import breakable, has_myanmar

Square = str | Sequence[tuple[str, str]]
"""What a QR code carries: a text, or segments of (text, mode), mode being "byte", "alphanumeric" or "numeric"."""

_MODES = {
    "byte": segno.consts.MODE_BYTE,
    "alphanumeric": segno.consts.MODE_ALPHANUMERIC,
    "numeric": segno.consts.MODE_NUMERIC,
}
_AT_A_TIME = 20
_PLAIN_VERSION = 8  # the largest code that still has room for error level M


@dataclass(frozen=True)
class Print:
    """One certificate to be printed among others."""

    claim: CertificateClaim
    design: PaperDesign
    square: Square
    images: Mapping[str, bytes] = field(default_factory=dict)


def render_certificate(
    claim: CertificateClaim,
    design: PaperDesign,
    *,
    square: Square,
    images: Mapping[str, bytes],
    attachments: Sequence[pdf.Attachment] = (),
) -> bytes:
    """The certificate as PDF/A-3a; the same arguments give the same bytes, dated by the day of issue.

    square: what the QR code carries, the address that verifies first. images: PNG files by their SHA-256, those that
    the design names. Raises pdf.PdfUnavailable where PDF cannot be made, pdf.MissingGlyph for a name or title
    with a character outside Burmese, its sister languages and Latin, and pictures.UnreadablePicture for an image that is missing or no PNG.
    """
    return _render([Print(claim, design, square, images)], attachments=attachments)


def render_many(prints: Iterable[Print]) -> bytes:
    """Certificates for the press, one after the other in one file: neither archival nor signed. Raises as above.

    What follows one another in one design is laid out twenty at a time, so that ornaments and fonts are stored once for
    all of them while memory holds a few sheets and the finished file.
    """
    import pypdfium2  # noqa: PLC0415 (whoever prints one at a time need not load it)

    with pypdfium2.PdfDocument.new() as together:
        for _, alike in itertools.groupby(prints, key=lambda one: one.design):
            while some := list(itertools.islice(alike, _AT_A_TIME)):
                with pypdfium2.PdfDocument(_render(some, archival=False)) as part:
                    together.import_pages(part)
        together.save(out := io.BytesIO())
    return out.getvalue()


def _render(prints: Sequence[Print], *, attachments: Sequence[pdf.Attachment] = (), archival: bool = True) -> bytes:
    """prints: at least one, all in one design."""
    prints = [replace(one, claim=_drawable(one.claim)) for one in prints]
    design, images = prints[0].design, prints[0].images
    sheets = [compose(one.claim, design, one.images) for one in prints]
    dark = ornament.INKS[design.colours].ink
    assets = {f"code-{number}.svg": qr(one.square, dark=dark) for number, one in enumerate(prints)}
    if design.crest:
        assets["crest"] = pictures.for_print(images[design.crest], crest_room(design), is_signature=False)
    for number, signatory in enumerate(design.signatories):
        if signatory.image:
            room = signature_room(design)
            assets[f"signature-{number}"] = pictures.for_print(images[signatory.image], room, is_signature=True)
    context = {
        "lang": "en" if design.languages == "en" else "my",
        "title": prints[0].claim.serial,
        "orientation": design.orientation,
        "inks": _inks(ornament.INKS[design.colours]),
        "sheets": [
            {
                "serial": one.claim.serial,
                "items": [_markup(item) for item in (*sheet.items, _code(number, one, sheet))],
                "lists": _lists(one.claim, design, sheet),
                **_behind(one.claim, design),
            }
            for number, (one, sheet) in enumerate(zip(prints, sheets, strict=True))
        ],
    }
    return pdf.renderer().pdf(
        template("certificate").render(Context(context)),
        css=css("certificate"),
        created=datetime.combine(prints[0].claim.issued_on, time(), tzinfo=UTC),
        assets=assets,
        backdrops=_backdrops(design.orientation, design.colours, sheets[0].seal),
        attachments=attachments,
        archival=archival,
    )


def _drawable(claim: CertificateClaim) -> CertificateClaim:
    """The claim with a sign for what cannot be drawn in texts that only inform; names and titles are printed as they are or not."""
    return replace(
        claim,
        rank=pdf.drawable(claim.rank),
        unit=pdf.drawable(claim.unit),
        place=pdf.drawable(claim.place),
        trainers=tuple(map(pdf.drawable, claim.trainers)),
    )


def _code(number: int, one: Print, sheet: Sheet) -> Picture:
    """Its text for those who cannot see it is what a reader opens, without what stands behind it for machines."""
    opened = one.square if isinstance(one.square, str) else one.square[0][0].removesuffix("#")
    return Picture(f"code-{number}.svg", f"QR: {opened}", sheet.qr)


def _markup(item: Item) -> dict[str, Any]:
    """An item for the template: text, rule or picture, with its place as a style."""
    if isinstance(item, Placed):
        style = f"{_place(item.box)};font-size:{item.size:.2f}pt"
        style += "" if item.align == "center" else f";text-align:{item.align}"
        return {
            "tag": "h1" if item.line.style.endswith("title") else "p",
            "style": style,
            "classes": f"line {item.line.style}{' wrapped' if item.rows > 1 else ''}",
            "lang": item.line.lang,
            "text": item.text,
        }
    if isinstance(item, Picture):
        return {"asset": item.asset, "alt": item.alt, "style": f"{_place(item.box)};height:{item.box.height:.2f}mm"}
    return {"style": f"{_place(item.box)};height:{item.box.height:.2f}mm", "classes": item.style}


def _place(box: Box) -> str:
    return f"left:{box.left:.2f}mm;top:{box.top:.2f}mm;width:{box.width:.2f}mm"


def _inks(inks: ornament.Inks) -> str:
    return f"--ink:{inks.ink};--metal:{inks.metal};--soft:{inks.soft};--gilt:{inks.gilt};--hair:{inks.hair}"


def _behind(claim: CertificateClaim, design: PaperDesign) -> dict[str, str]:
    """Whose the pages behind the sheet are."""
    is_english = design.languages == "en"
    names = (claim.name_my, claim.name_latin)
    titles = (claim.course_title_my, claim.course_title_en)
    return {
        "of_name": breakable(names[is_english] or names[not is_english]),
        "of_course": breakable(titles[is_english] or titles[not is_english]),
    }


def _lists(claim: CertificateClaim, design: PaperDesign, sheet: Sheet) -> list[dict[str, Any]]:
    """What is printed behind the sheet: the courses of a programme that has too many for its face, the objectives."""
    found = []
    if sheet.is_list_overleaf:
        rows = [
            [{"style": "which", "lang": "en", "text": part.code}, *_cells((part.title_my, part.title_en), design)]
            for part in claim.parts
        ]
        found.append((words.COURSES, rows))
    if design.with_objectives and claim.objectives:
        found.append((words.OBJECTIVES, [_cells(pair, design) for pair in claim.objectives]))
    lists = []
    for (title_my, title_en), rows in found:
        for number, row in enumerate(rows, start=1):
            text = str(number) if design.languages == "en" else to_myanmar_digits(number)
            row.insert(0, {"style": "number", "lang": "my", "text": text})
        lists.append(
            {
                "title": title_en if design.languages == "en" else title_my,
                "title_en": title_en.upper() if design.languages == "both" else "",
                "rows": rows,
            }
        )
    return lists


def _cells(pair: words.Pair, design: PaperDesign) -> list[dict[str, str]]:
    if design.languages != "both":
        my, en = pair
        pair = ((my or en) if design.languages == "my" else (en or my), "")
    cells = [(style, text) for style, text in zip(("first", "second"), pair, strict=True)]
    return [
        {"style": style, "lang": "my" if has_myanmar(text) else "en", "text": breakable(text)}
        for style, text in (cells if design.languages == "both" else cells[:1])
    ]


@functools.cache
def _layer(drawing: str, orientation: str, colours: str, centre: tuple[float, float] = (0.0, 0.0)) -> bytes:
    sheet, inks = ornament.LANDSCAPE if orientation == "landscape" else ornament.PORTRAIT, ornament.INKS[colours]
    drawn = {
        "ground": lambda: ornament.ground(sheet, inks),
        "underprint": lambda: ornament.underprint(centre, inks),
        "border": lambda: ornament.border(sheet, inks),
        "seal": lambda: ornament.seal(centre, inks),
    }[drawing]()
    return pdf.backdrop(drawn.operators(sheet[1]))


def _backdrops(orientation: str, colours: str, seal: tuple[float, float] | None) -> dict[str, tuple[bytes, ...]]:
    """What lies under the sheet and under every page behind it, by the pages' names in the stylesheet."""
    centre = (148.5, 88.0) if orientation == "landscape" else (105.0, 118.0)
    ground, border = (_layer(drawing, orientation, colours) for drawing in ("ground", "border"))
    weave = _layer("underprint", orientation, colours, centre)
    emblem = (_layer("seal", orientation, colours, seal),) if seal else ()
    return {orientation: (ground, weave, border, *emblem), f"behind-{orientation}": (ground, border)}


def qr(square: Square, *, dark: str) -> bytes:
    """The QR code as SVG, dark on nothing with its quiet zone of four modules.

    Error level M; L for a code so large that M would make its modules too small to print.
    """
    if isinstance(square, str):
        square = [(square, "byte")]
    # Segments are an iterable of pairs to segno; its annotations know texts alone.
    segments: Any = [(text, _MODES[mode]) for text, mode in square]
    code = segno.make(segments, error="l", micro=False, mask=3, boost_error=False)
    if int(code.version) <= _PLAIN_VERSION:
        code = segno.make(segments, error="m", micro=False)
    return code.svg_inline(border=4, dark=dark, omitsize=True).encode()
