"""Every text, picture and code of a certificate in its place: inside the border and clear of all others."""

import itertools
from dataclasses import replace

import pypdfium2
import pytest

from certificates.claim import Part
from certificates.paper import PaperDesign, layout
from certificates.paper.design import COLOURS, LANGUAGES, ORIENTATIONS
from certificates.paper.layout import Box, Centred, Gap, Line, Picture, Placed, Rule, Widths, place
from certificates.paper.ornament import SEAL_RADIUS
from certificates.paper.sheet import compose
from core import pdf
from tests.certificates.papers import (
    CLAIM,
    FULL,
    IMAGES,
    KINDS,
    LONG_LATIN,
    LONG_MY,
    PARTS,
    SIGNATORIES,
    SIGNED,
    ink_boxes,
    is_within,
    meetings,
    printed,
)

WIDTHS = Widths()
INSIDE = {"landscape": (24, 21, 273, 189), "portrait": (24, 21, 186, 276)}  # what the border leaves free, in mm
EVERY = list(itertools.product(ORIENTATIONS, LANGUAGES, KINDS))
LONG = {
    "name_my": LONG_MY,
    "name_latin": LONG_LATIN,
    "course_title_my": (LONG_MY * 2)[:200],
    "course_title_en": LONG_LATIN * 3,
    "issuer_my": (LONG_MY * 2)[:200],
    "issuer_en": "M" * 200,
    "rank": "M" * 200,
    "unit": LONG_MY,
    "serial": "W" * 24,
    "code": "W" * 20,
    "course_code": "W" * 12,
    "course_version": "W" * 12,
    "minutes": 59_999,
}
FULL_AND_LONG = replace(
    FULL,
    **{f"{name}_my": LONG_MY for name in ("title", "intro", "reason", "footer")},
    **{f"{name}_en": LONG_LATIN * 3 for name in ("title", "intro", "reason", "footer")},
    signatories=tuple(
        replace(one, name_my=LONG_MY, name_en="W" * 200, post_my=LONG_MY, post_en=LONG_LATIN * 3) for one in SIGNATORIES
    ),
)


def corners(box: Box) -> tuple[float, float, float, float]:
    return (box.left, box.top, box.right, box.bottom)


def occupied(claim, design):
    """The places of texts, of pictures and codes, and of the seal."""
    sheet = compose(claim, design, IMAGES)
    boxes = [corners(item.box) for item in sheet.items if not isinstance(item, Rule)] + [corners(sheet.qr)]
    if sheet.seal:
        x, y = sheet.seal
        boxes.append((x - SEAL_RADIUS, y - SEAL_RADIUS, x + SEAL_RADIUS, y + SEAL_RADIUS))
    return boxes


def designs(orientation, languages):
    for count, has_crest, base in itertools.product((0, 1, 2), (True, False), (FULL, PaperDesign(), FULL_AND_LONG)):
        yield replace(
            base,
            orientation=orientation,
            languages=languages,
            signatories=(base.signatories or SIGNATORIES)[:count],
            crest=FULL.crest if has_crest else "",
        )


@pytest.mark.parametrize(("orientation", "languages", "kind"), EVERY)
def test_no_place_leaves_the_sheet_or_meets_another(orientation, languages, kind):
    for design in designs(orientation, languages):
        for claim in (KINDS[kind], replace(KINDS[kind], **LONG)):
            boxes = occupied(claim, design)
            assert [box for box in boxes if not is_within(box, INSIDE[orientation])] == [], design
            assert list(meetings(boxes, 0.05)) == [], design


@pytest.mark.parametrize(("orientation", "languages", "kind"), EVERY)
def test_what_is_printed_stays_inside_the_border_and_touches_nothing(orientation, languages, kind):
    for claim, design in [
        (KINDS[kind], PaperDesign(orientation=orientation, languages=languages)),
        (KINDS[kind], replace(FULL, orientation=orientation, languages=languages)),
        (replace(KINDS[kind], **LONG), replace(FULL_AND_LONG, orientation=orientation, languages=languages)),
    ]:
        ink = ink_boxes(printed(claim, design, square=SIGNED))
        sheet = compose(claim, design, IMAGES)
        assert [box for box in ink if not is_within(box, INSIDE[orientation])] == []
        assert list(meetings(ink, 0.25)) == []
        pictures = [corners(item.box) for item in sheet.items if isinstance(item, Picture)] + [corners(sheet.qr)]
        assert [pair for box in ink for pair in meetings([box, *pictures], 0.2) if box in pair] == []


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("languages", LANGUAGES)
def test_the_longest_names_in_use_stay_legible_on_the_fullest_sheet(orientation, languages):
    for kind in KINDS.values():
        claim = replace(kind, name_my=LONG_MY, name_latin=LONG_LATIN)
        sheet = compose(claim, replace(FULL, orientation=orientation, languages=languages), IMAGES)
        assert [item for item in sheet.items if isinstance(item, Placed) and not item.is_legible] == []


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_one_language_is_set_larger_than_two(orientation):
    def size(languages):
        sheet = compose(CLAIM, PaperDesign(orientation=orientation, languages=languages), {})
        return next(item.size for item in sheet.items if isinstance(item, Placed) and item.line.text == CLAIM.name_my)

    assert size("my") > size("both")


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("languages", LANGUAGES)
def test_white_space_is_shared_out_and_leaves_no_hole(orientation, languages):
    """From the first line to the signatures no empty band is higher than a tenth of the sheet."""
    ink = sorted(
        ink_boxes(printed(CLAIM, PaperDesign(orientation=orientation, languages=languages))), key=lambda b: b[1]
    )
    low, gaps = ink[0][1], []
    for _, top, _, bottom in ink:
        gaps.append(top - low)
        low = max(low, bottom)
    assert max(gaps) < (29 if orientation == "portrait" else 21)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("colours", COLOURS)
def test_the_sheet_is_one_page_of_a4_in_its_orientation(orientation, colours):
    with pypdfium2.PdfDocument(printed(design=PaperDesign(orientation=orientation, colours=colours))) as document:
        sides = [round(side * 25.4 / 72) for side in document[0].get_size()]
        assert (len(document), sides) == (1, [297, 210] if orientation == "landscape" else [210, 297])


def test_a_programme_of_many_courses_lists_them_behind_the_sheet():
    claim = replace(KINDS["programme"], parts=PARTS * 4)
    with pypdfium2.PdfDocument(printed(claim)) as document:
        assert len(document) == 2
        assert "THE COURSES ARE LISTED OVERLEAF" in document[0].get_textpage().get_text_range().upper()
        behind = document[1].get_textpage().get_text_range()
    assert all(part.title_en in behind and part.code in behind for part in PARTS)


def test_a_course_whose_title_would_be_too_small_is_listed_behind_the_sheet():
    claim = replace(KINDS["programme"], parts=(*PARTS, Part("C9", LONG_MY * 2, LONG_LATIN * 2, "1")))
    assert compose(claim, PaperDesign(), {}).is_list_overleaf
    assert not compose(KINDS["programme"], PaperDesign(), {}).is_list_overleaf


# One line.


def set_in(line: Line, width: float, height: float) -> Placed:
    WIDTHS.measure([line])
    return place(line, Box(0, 0, width, height), WIDTHS)


@pytest.mark.parametrize("text", [LONG_MY, LONG_LATIN, "က" * 200, "W" * 200, LONG_MY * 2, f"{LONG_LATIN} " * 3])
@pytest.mark.parametrize(("width", "height"), [(245, 14), (158, 8), (66, 5)])
def test_a_fitted_text_is_as_high_as_its_place_at_most(text, width, height):
    line = set_in(Line("ink bold", text, 24.5), width, height)
    style = f"width: {width}mm; line-height: {1.6 if line.line.lang == 'my' else 1.35}; font-size: {line.size}pt"
    wrapped = "wrapped" if line.rows > 1 else ""
    css = ".wrapped { overflow-wrap: anywhere } p { margin: 0; font-weight: 700 }"
    markup = f'<html lang="my"><body style="margin: 0"><p id="a" class="{wrapped}" style="{style}">{line.text}</p>'
    _, _, actual = pdf.renderer().measure(markup, css="@page { size: A3 landscape } " + css)["a"]
    assert actual <= height + 0.1


def test_a_short_name_is_set_large_and_a_longer_one_smaller():
    sizes = [set_in(Line("ink bold", LONG_MY[:length], 24.5), 237, 14).size for length in (10, 60, 90, 120)]
    assert sizes[0] == 24.5
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= 10


def test_a_name_of_twenty_five_syllables_or_sixty_letters_stays_on_one_line_and_legible():
    burmese, latin = set_in(Line("ink bold", LONG_MY, 24.5), 237, 14), set_in(Line("ink", LONG_LATIN, 15), 237, 8)
    assert (burmese.rows, latin.rows) == (1, 1)
    assert burmese.size >= 16
    assert latin.size >= 13


def test_a_text_too_long_for_one_line_breaks_between_syllables():
    line = set_in(Line("ink", LONG_MY * 2, 24), 100, 14)
    assert line.rows > 1
    assert "\u200b" in line.text
    assert line.text.replace("\u200b", "") == LONG_MY * 2


def test_a_text_is_measured_once_and_the_memory_stays_small(monkeypatch):
    asked = []

    class Engine:
        def measure(self, markup, *, css):
            asked.append(markup.count("<span"))
            return {f"l{n}": (1, 10.0, 5.0) for n in range(markup.count("<span"))}

    monkeypatch.setattr(pdf, "renderer", Engine)
    monkeypatch.setattr(layout, "_KEPT", 3)
    monkeypatch.setattr(layout, "_remembered", {})
    Widths().measure([Line("ink", "a", 9), Line("ink", "b", 9)])
    again = Widths()
    again.measure([Line("ink", "a", 12), Line("ink", "c", 12), Line("ink", "c", 9)])
    assert (asked, again[Line("ink", "a", 9)]) == ([2, 1], 1.0)
    for text in "defgh":
        Widths().measure([Line("ink", text, 9)])
    assert len(layout._remembered) <= 3


def test_a_stack_too_high_for_its_place_shrinks_its_large_type_first():
    large, small = Line("ink bold", "ဒေါ်ခင်", 24), Line("soft", "ဒေါ်ခင်", 7)
    WIDTHS.measure([large, small])
    items = layout.stack([Centred(large), Gap(2), Centred(small)], Box(0, 0, 200, 13), WIDTHS, largest=1.0)
    assert [item.size >= item.line.floor for item in items] == [True, True]
    assert items[0].size < 24
    assert items[-1].box.bottom <= 13.01
