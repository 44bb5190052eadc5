"""The printed certificate: what it says, that it can be searched and scanned, and that no name breaks it."""

import io
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from certificates.claim import CertificateClaim
from certificates.paper import Line, fit, ornament, render_certificate
from core import pdf

URL = "https://thindan.example.org/verify/7K3MQ9XAT4WZ5HBN/"
POINT = 25.4 / 72  # mm
CLAIM = CertificateClaim(
    serial="THD-2026-000123",
    code="7K3MQ9XAT4WZ5HBN",
    name_my="ဒေါ်ခင်သန္တာထွန်း",
    name_latin="Daw Khin Thandar Tun",
    rank="လူဝင်မှုကြီးကြပ်ရေးမှူး",
    unit="မြဝတီ နယ်စပ်ဂိတ်",
    course_code="C4",
    course_title_my="ခရီးသွားစာရွက်စာတမ်း စစ်ဆေးခြင်း",
    course_title_en="Travel-document examination",
    course_version="3",
    minutes=390,
    score_percent=87,
    issued_on=date(2026, 11, 24),
    valid_until=date(2028, 11, 23),
    issuer_my="သင်တန်း လေ့ကျင့်ရေးအစီအစဉ်",
    issuer_en="Thindan Training Programme",
)
OBJECTIVES = (
    ("ခရီးသွားစာရွက်စာတမ်းတစ်ခုကို အဆင့်သုံးဆင့်ဖြင့် စစ်ဆေးနိုင်သည်။", "Examine a travel document in three levels."),
    ("စက်ဖတ်ဧရိယာ၏ စစ်ဆေးဂဏန်းများကို တွက်ချက်နိုင်သည်။", "Compute the check digits of the machine-readable zone."),
)
SYLLABLES = "စိုင်း လှိုင် မြင့် ကြွယ် ထွန်း သန့် ဇင် မောင် အောင် ကျော် စွာ မင်း ခန့် ထက် ဝေ ဖြိုး သီ ဟ ဗုဒ် ဓ ဘာ သာ ခိုင် နှင်း ယု"
LONG_MY = SYLLABLES.replace(" ", "")
LONG_LATIN = "Wolfeschlegelsteinhausenbergerdorff Maung Maung Aung Kyaw Swa"


@pytest.fixture(scope="module")
def certificate() -> bytes:
    return render_certificate(CLAIM, verify_url=URL)


def text_of(data: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return document[page].get_textpage().get_text_range()


def ink_boxes(data: bytes, page: int = 0) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every run of text on a page, in mm from its top left corner."""
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[page]
        text, height = sheet.get_textpage(), sheet.get_height()
        rects = [text.get_rect(index) for index in range(text.count_rects())]
    return [(x0 * POINT, (height - y1) * POINT, x1 * POINT, (height - y0) * POINT) for x0, y0, x1, y1 in rects]


def is_within(box: tuple[float, ...], frame: tuple[float, ...]) -> bool:
    return frame[0] <= box[0] and frame[1] <= box[1] and box[2] <= frame[2] and box[3] <= frame[3]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
def test_poppler_finds_the_burmese_name_and_titles(certificate, tmp_path):
    (tmp_path / "c.pdf").write_bytes(certificate)
    output = subprocess.run(["pdftotext", "c.pdf", "-"], cwd=tmp_path, capture_output=True, check=True).stdout.decode()
    for wanted in (CLAIM.name_my, CLAIM.course_title_my, "သင်တန်းဆင်းလက်မှတ်", CLAIM.name_latin, CLAIM.serial):
        assert wanted in output


def test_every_fact_stands_on_the_sheet_in_both_languages(certificate):
    text = text_of(certificate)
    for wanted in (
        *("C4 · ဗားရှင်း ၃", "C4 · version 3"),
        *("၆ နာရီ ၃၀ မိနစ်", "6 h 30 min"),
        *("၈၇ ရာခိုင်နှုန်း", "87 per cent"),
        *("၂၀၂၆ ခုနှစ်၊ နိုဝင်ဘာလ ၂၄ ရက်", "24 November 2026"),
        *("၂၀၂၈ ခုနှစ်၊ နိုဝင်ဘာလ ၂၃ ရက်", "23 November 2028"),
        *(CLAIM.issuer_my, CLAIM.issuer_en),
        *(CLAIM.rank, CLAIM.unit, CLAIM.serial, "7K3M-Q9XA-T4WZ-5HBN"),
    ):
        assert wanted in text


def test_what_a_claim_does_not_say_is_left_out():
    text = text_of(
        render_certificate(
            replace(CLAIM, rank="", unit="", score_percent=None, valid_until=None, minutes=45), verify_url=URL
        )
    )
    assert "Score" not in text
    assert "No expiry" in text
    assert "၄၅ မိနစ်" in text
    assert "နာရီ" not in text


def test_a_name_in_one_script_only_takes_the_first_place():
    text = text_of(render_certificate(replace(CLAIM, name_my=""), verify_url=URL))
    assert text.count(CLAIM.name_latin) == 1


@pytest.mark.parametrize("resolution", [110, 150, 300])
def test_the_qr_code_opens_the_verification_page(certificate, resolution):
    with pypdfium2.PdfDocument(certificate) as document:
        picture = document[0].render(scale=resolution / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [URL]


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler-utils")
def test_the_qr_code_survives_a_grey_print(certificate, tmp_path):
    from PIL import Image

    (tmp_path / "c.pdf").write_bytes(certificate)
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", "c.pdf", "c"], cwd=tmp_path, check=True)
    (picture,) = tmp_path.glob("*.png")
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(picture))] == [URL]


def test_a_certificate_is_one_landscape_sheet_of_a4(certificate):
    with pypdfium2.PdfDocument(certificate) as document:
        assert len(document) == 1
        assert [round(side * POINT) for side in document[0].get_size()] == [297, 210]


def test_the_same_claim_gives_the_same_bytes(certificate):
    assert render_certificate(CLAIM, verify_url=URL) == certificate


def test_the_file_is_dated_by_the_day_of_issue_and_titled_by_its_serial(certificate):
    with pikepdf.open(io.BytesIO(certificate)) as document:
        assert str(document.docinfo.CreationDate).startswith("D:20261124")
        assert str(document.docinfo.Title) == CLAIM.serial


def test_a_certificate_is_light_enough_for_a_weak_line(certificate):
    assert len(certificate) < 100_000


# Names are text, whatever they look like.

MARKUP = [
    "<b>Aung</b> & \"Co\" 'x'",
    '<img src="http://127.0.0.1:9/x.png">',
    '<link rel=attachment href="file:///etc/hostname">',
    "{{ serial }}{% include 'x' %}",
    '"><style>*{display:none}</style>',
    "&lt;script&gt;",
    "<font color=\"[[[getattr(pow,'__globals__')]]]\">",
]


@pytest.mark.parametrize("name", MARKUP)
def test_markup_in_a_name_is_printed_literally_and_fetches_nothing(name, monkeypatch):
    def connect(self, address):
        raise AssertionError(address)

    monkeypatch.setattr("socket.socket.connect", connect)
    claim = replace(CLAIM, name_latin=name, unit=name, course_title_en=name, issuer_en=name, objectives=((name, name),))
    data = render_certificate(claim, verify_url=URL)
    assert text_of(data).count(name) == 4
    assert text_of(data, 1).count(name) == 2
    document = pikepdf.open(io.BytesIO(data))
    assert len(document.attachments) == 0
    assert "/AF" not in document.Root


def test_a_character_that_cannot_be_drawn_is_refused():
    with pytest.raises(pdf.MissingGlyph, match=r"U\+6F22"):
        render_certificate(replace(CLAIM, name_latin="漢"), verify_url=URL)


# Long texts shrink, then break, and stay where they belong.


@pytest.mark.parametrize(
    "changes",
    [
        {"name_my": LONG_MY, "name_latin": LONG_LATIN},
        {"name_my": LONG_MY * 2, "name_latin": LONG_LATIN * 3},
        {"serial": "W" * 24, "code": "W" * 20, "course_code": "W" * 12, "course_version": "W" * 12, "minutes": 59_999},
        {"name_my": "က" * 200, "name_latin": "W" * 200},
        {"name_my": "", "name_latin": "Wm" * 100},
        {"course_title_my": (LONG_MY * 2)[:200], "course_title_en": LONG_LATIN * 3},
        {"issuer_my": (LONG_MY * 2)[:200], "issuer_en": "M" * 200, "rank": "M" * 200, "unit": LONG_MY},
    ],
)
def test_a_long_text_stays_in_its_place(changes):
    data = render_certificate(replace(CLAIM, **changes), verify_url=URL)
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 1
    assert [box for box in ink_boxes(data) if not is_within(box, (25.5, 21, 271.5, 189))] == []
    text = "".join(text_of(data).split())
    for value in changes.values():
        if isinstance(value, str) and value != changes.get("code"):
            assert value.replace(" ", "") in text


@pytest.mark.parametrize(("text", "height"), [(LONG_MY, 14), (LONG_LATIN, 14), ("က" * 200, 8), ("W" * 200, 8)])
def test_a_fitted_text_is_as_high_as_its_place_at_most(text, height):
    (line,) = fit([Line("name-1", text, height, 24.5)])
    leading = 1.6 if line["lang"] == "my" else 1.35
    style = f"position: static; width: 245mm; line-height: {leading}; font-size: {line['size']}pt"
    wrapped = "wrapped" if line["wrapped"] else ""
    css = ".wrapped { overflow-wrap: anywhere } p { margin: 0; font-weight: 700 }"
    markup = f'<html lang="my"><body style="margin: 0"><p id="a" class="{wrapped}" style="{style}">{line["text"]}</p>'
    _, _, actual = pdf.renderer().measure(markup, css="@page { size: A3 landscape } " + css)["a"]
    assert actual <= height + 0.1


def test_a_short_name_is_set_large_and_a_longer_one_smaller():
    sizes = [float(fit([Line("name-1", LONG_MY[:length], 14, 24.5)])[0]["size"]) for length in (10, 60, 90, 120)]
    assert sizes[0] == 24.5
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= 10


def test_a_name_of_twenty_five_syllables_or_sixty_letters_stays_on_one_line_and_legible():
    burmese, latin = fit([Line("name-1", LONG_MY, 14, 24.5), Line("name-2", LONG_LATIN, 8, 15)])
    assert (burmese["wrapped"], latin["wrapped"]) == (False, False)
    assert float(burmese["size"]) >= 16
    assert float(latin["size"]) >= 13


def test_an_empty_line_takes_no_place():
    assert fit([Line("post", " ", 6, 9)]) == []


# The second page.


def test_objectives_fill_a_second_page_that_names_its_certificate():
    data = render_certificate(replace(CLAIM, objectives=OBJECTIVES), verify_url=URL)
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 2
    text = text_of(data, 1)
    for wanted in (CLAIM.serial, CLAIM.name_my, *(part for pair in OBJECTIVES for part in pair)):
        assert "".join(wanted.split()) in "".join(text.split())


def test_many_objectives_run_on_inside_the_border():
    data = render_certificate(replace(CLAIM, objectives=OBJECTIVES * 20), verify_url=URL)
    with pypdfium2.PdfDocument(data) as document:
        pages = len(document)
    assert pages > 3
    for page in range(1, pages):
        assert [box for box in ink_boxes(data, page) if not is_within(box, (21, 21, 276, 189))] == []


# The ornament.


def test_the_ornament_is_svg_of_less_than_sixty_kilobytes():
    svg = ornament.first_sheet().svg()
    assert len(svg.encode()) < 60_000
    root = ElementTree.fromstring(svg)  # our own
    assert (root.get("width"), root.get("height")) == ("297mm", "210mm")
    assert {child.tag.split("}")[1] for child in root} == {"path"}


def test_a_traced_curve_stays_on_its_formula():
    curve = ornament.ring((100, 100), 30, 4, 12)
    start, *pieces = ornament.trace(curve, 12 * 4)
    assert start == pieces[-1][-2:]
    for index, piece in enumerate(pieces, start=1):
        x, y = curve(index / 48)
        assert piece[-2:] == (round(x * 25), round(y * 25))


def test_the_ornament_is_the_same_each_time_and_stays_on_the_sheet():
    drawing = ornament.first_sheet()
    assert drawing == ornament.first_sheet()
    points = [piece[-2:] for mark in drawing.marks for path in mark.paths for piece in path]
    assert 4 <= min(x for x, _ in points) / 25 < max(x for x, _ in points) / 25 <= 293
    assert 4 <= min(y for _, y in points) / 25 < max(y for _, y in points) / 25 <= 206


# The claim.


def test_a_claim_comes_back_from_json_as_it_went():
    claim = replace(CLAIM, objectives=OBJECTIVES, valid_until=None)
    assert CertificateClaim.from_dict(json.loads(claim.canonical())) == claim


def test_a_claim_is_written_canonically():
    values = json.loads(CLAIM.canonical(), parse_float=pytest.fail)
    assert list(values) == sorted(values)
    assert b'"issued_on":"2026-11-24"' in CLAIM.canonical()
    assert CLAIM.name_my.encode() in CLAIM.canonical()


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": "THD 1"},
        {"code": "7k3m"},
        {"course_code": "C4<b>"},
        {"course_version": "1234567890123"},
        {"name_my": " ", "name_latin": ""},
        {"course_title_my": "", "course_title_en": ""},
        {"minutes": -1},
        {"minutes": 1.5},
        {"score_percent": 101},
        {"score_percent": 87.5},
        {"valid_until": date(2026, 11, 23)},
        {"name_latin": "x" * 201},
        {"name_latin": "a\nb"},
        {"name_latin": "a\u202eb"},
    ],
)
def test_a_claim_that_cannot_be_is_refused(changes):
    with pytest.raises(ValueError, match=next(iter(changes)).split("_my")[0]):
        replace(CLAIM, **changes)


@pytest.mark.parametrize("change", [{"format": 2}, {"surprise": 1}, {"objectives": 5}])
def test_a_claim_of_another_shape_is_not_read(change):
    with pytest.raises(ValueError, match="A certificate"):
        CertificateClaim.from_dict({**CLAIM.to_dict(), **change})


def test_a_claim_with_a_missing_field_is_not_read():
    values = CLAIM.to_dict()
    del values["serial"]
    with pytest.raises(ValueError, match="missing"):
        CertificateClaim.from_dict(values)
