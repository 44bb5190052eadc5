"""The printed certificate: what it says in each language, that it can be searched and scanned, and what it refuses."""

import io
import itertools
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
import segno
import zxingcpp
from PIL import Image, ImageFilter

from certificates.claim import CertificateClaim, Part
from certificates.paper import PaperDesign, Print, ornament, pictures, qr, render_many
from certificates.paper.design import COLOURS, LANGUAGES, ORIENTATIONS, Signatory
from core import pdf
from tests.certificates.papers import (
    CLAIM,
    CREST,
    DIGITS,
    FULL,
    IMAGES,
    KINDS,
    LONG_MY,
    OBJECTIVES,
    SIGNATORIES,
    SIGNATURES,
    SIGNED,
    URL,
    closed,
    crest,
    ink_boxes,
    is_within,
    picture_of,
    png,
    printed,
    sha256,
    text_of,
)

LATER_FIELDS = {"kind", "parts", "held_from", "held_until", "place", "trainers", "supersedes"}
EVERY = list(itertools.product(ORIENTATIONS, LANGUAGES, KINDS))
TITLES = {
    "course": ("သင်တန်းဆင်းလက်မှတ်", "Certificate of Completion"),
    "programme": ("သင်တန်းအစီအစဉ် ပြီးမြောက်ကြောင်း လက်မှတ်", "Certificate of Programme Completion"),
    "attendance": ("သင်တန်းတက်ရောက်ကြောင်း လက်မှတ်", "Certificate of Attendance"),
    "accreditation": ("သင်တန်းနည်းပြ အသိအမှတ်ပြုလက်မှတ်", "Certificate of Accreditation"),
}


@pytest.fixture(scope="module")
def certificate() -> bytes:
    return printed()


# What it says.


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
@pytest.mark.parametrize(("orientation", "languages", "kind"), EVERY)
def test_poppler_finds_names_and_titles_of_the_languages_printed_and_of_no_other(
    tmp_path, orientation, languages, kind
):
    claim = KINDS[kind]
    (tmp_path / "c.pdf").write_bytes(printed(claim, PaperDesign(orientation=orientation, languages=languages)))
    output = subprocess.run(["pdftotext", "c.pdf", "-"], cwd=tmp_path, capture_output=True, check=True).stdout.decode()
    title_my, title_en = TITLES[kind]
    burmese = [claim.name_my, claim.course_title_my, claim.issuer_my, title_my, "၂၀၂၆ ခုနှစ်၊ နိုဝင်ဘာလ ၂၄ ရက်"]
    english = [claim.name_latin, claim.course_title_en, claim.issuer_en, "24 November 2026"]
    english.append(title_en.upper() if languages == "both" else title_en)
    found = {text: text in output for text in [*burmese, *english, claim.serial, claim.grouped_code[:9]]}
    assert found == {
        **dict.fromkeys(burmese, languages != "en"),
        **dict.fromkeys(english, languages != "my"),
        claim.serial: True,
        claim.grouped_code[:9]: True,
    }


def test_every_fact_stands_on_the_sheet_in_both_languages():
    text = text_of(printed(design=PaperDesign(with_unit=True, with_score=True)))
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


def test_what_a_design_does_not_print_is_left_out():
    text = text_of(printed(replace(CLAIM, objectives=OBJECTIVES), PaperDesign(with_hours=False)))
    assert [word for word in (CLAIM.unit, "Score", "Learning time", "Myanmar Era", "သက္ကရာဇ်") if word in text] == []


def test_what_a_claim_does_not_say_is_left_out():
    claim = replace(CLAIM, rank="", unit="", score_percent=None, valid_until=None, minutes=45)
    text = text_of(printed(claim, PaperDesign(with_unit=True, with_score=True, with_objectives=True)))
    assert "Score" not in text
    assert "No expiry" in text
    assert "၄၅ မိနစ်" in text
    assert "နာရီ" not in text


def test_a_name_in_one_script_only_takes_the_first_place():
    assert text_of(printed(replace(CLAIM, name_my=""))).count(CLAIM.name_latin) == 1


@pytest.mark.parametrize("languages", ["my", "en"])
def test_a_sheet_in_one_language_prints_what_there_is_rather_than_nothing(languages):
    claim = replace(CLAIM, name_my="", course_title_en="", issuer_en="")
    text = text_of(printed(claim, PaperDesign(languages=languages)))
    assert all(wanted in text for wanted in (CLAIM.name_latin, CLAIM.course_title_my, CLAIM.issuer_my))


def test_attendance_says_when_where_and_with_whom():
    text = text_of(printed(KINDS["attendance"]))
    for wanted in ("၂၀၂၆ ခုနှစ်၊ နိုဝင်ဘာလ ၂၀ ရက်မှ ၂၃ ရက်အထိ · မြဝတီ", "20–23 November 2026", "ဦးအောင်ကျော်စွာ၊ Ma Hla Hla Win"):
        assert wanted in text


@pytest.mark.parametrize(
    ("last", "burmese", "english"),
    [
        (date(2026, 11, 20), "၂၀၂၆ ခုနှစ်၊ နိုဝင်ဘာလ ၂၀ ရက် ·", "20 November 2026"),
        (date(2026, 12, 2), "နိုဝင်ဘာလ ၂၀ ရက်မှ ဒီဇင်ဘာလ ၂ ရက်အထိ", "20 November – 2 December 2026"),
        (date(2027, 1, 8), "ရက်မှ ၂၀၂၇ ခုနှစ်၊ ဇန်နဝါရီလ ၈ ရက်အထိ", "20 November 2026 – 8 January 2027"),
    ],
)
def test_days_of_a_session_say_nothing_twice(last, burmese, english):
    text = text_of(printed(replace(KINDS["attendance"], held_until=last)))
    assert burmese in text
    assert english in text


def test_a_programme_lists_its_courses():
    text = text_of(printed(KINDS["programme"]))
    for part in KINDS["programme"].parts:
        assert f"{part.code} · {part.title_my} · {part.title_en}" in text


def test_a_certificate_that_replaces_another_says_which():
    text = text_of(printed(KINDS["accreditation"]))
    assert "ဤလက်မှတ်သည် THD-2026-000007 ကို အစားထိုးပါသည် · This certificate replaces THD-2026-000007" in text


def test_the_myanmar_era_is_told_of_days_that_have_been():
    text = text_of(printed(design=PaperDesign(era=True)))
    assert text.count("မြန်မာသက္ကရာဇ်") == 1
    assert "၁၃၈၈ ခုနှစ်၊ တန်ဆောင်မုန်း" in text
    assert "Myanmar Era 1388" in text_of(printed(design=PaperDesign(era=True, languages="en")))


def test_a_registrars_own_words_stand_in_the_place_of_the_built_in_ones():
    own = {
        f"{part}_{lang}": f"{part} {lang} ကကက"
        for part in ("title", "intro", "reason", "footer")
        for lang in ("my", "en")
    }
    text = text_of(printed(design=PaperDesign(**own)))
    assert [name for name, value in own.items() if value not in text and value.upper() not in text] == []
    assert not any(word in text for word in (TITLES["course"][0], "awarded to", "having met"))


def test_who_signs_is_named_under_a_line_and_else_one_line_waits():
    signed = text_of(printed(design=PaperDesign(signatories=SIGNATORIES)))
    assert all(text in signed for one in SIGNATORIES for text in (one.name_my, one.name_en, one.post_my, one.post_en))
    assert "Authorised signature and stamp" not in signed
    assert "Authorised signature and stamp" in text_of(printed())
    assert "Authorised signature and stamp" in text_of(printed(design=PaperDesign(signatories=(Signatory(),))))


# The code.


def misty(picture: Image.Image, resolution: int) -> Image.Image:
    """As a phone sees a grey print: no colour, edges blurred by a fifth of a millimetre, and paler."""
    grey = picture.convert("L").filter(ImageFilter.GaussianBlur(resolution / 25.4 * 0.1))
    return grey.point(lambda light: 60 + light * 150 // 255)


def read(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize(("square", "wanted"), [(URL, URL), (SIGNED, SIGNED[0][0] + DIGITS)], ids=["plain", "signed"])
def test_the_code_is_read_from_a_clear_and_from_a_poor_print(orientation, colours, square, wanted):
    data = printed(design=PaperDesign(orientation=orientation, colours=colours), square=square)
    for resolution in (150, 200):
        picture = picture_of(data, resolution)
        assert (read(picture), read(misty(picture, resolution))) == ([wanted], [wanted]), resolution


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler-utils")
@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_the_code_survives_a_grey_print_by_another_engine(orientation, tmp_path):
    (tmp_path / "c.pdf").write_bytes(printed(design=replace(FULL, orientation=orientation), square=SIGNED))
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", "c.pdf", "c"], cwd=tmp_path, check=True)
    (picture,) = tmp_path.glob("*.png")
    assert read(Image.open(picture)) == [SIGNED[0][0] + DIGITS]


def test_a_plain_address_gets_a_code_that_forgives_more():
    assert segno.make(URL, micro=False, error="m").symbol_size(border=4) == size_of(qr(URL, dark="#000000"))
    long = segno.make([(SIGNED[0][0], 4), (DIGITS, 1)], error="l", micro=False)
    assert long.symbol_size(border=4) == size_of(qr(SIGNED, dark="#000000"))
    assert 12 <= long.version <= 15


def size_of(svg: bytes) -> tuple[int, int]:
    _, _, wide, high = ElementTree.fromstring(svg).get("viewBox").split()  # our own
    return int(wide), int(high)


def test_a_mode_that_no_code_has_is_refused():
    with pytest.raises(KeyError):
        qr([("1", "kanji")], dark="#000000")


# The file.


def test_the_same_claim_and_design_give_the_same_bytes(certificate):
    assert printed() == certificate
    assert printed(design=FULL, square=SIGNED) == printed(design=FULL, square=SIGNED)


def test_the_file_is_dated_by_the_day_of_issue_and_titled_by_its_serial(certificate):
    with pikepdf.open(io.BytesIO(certificate)) as document:
        assert str(document.docinfo.CreationDate).startswith("D:20261124")
        assert str(document.docinfo.Title) == CLAIM.serial


@pytest.mark.parametrize("languages", LANGUAGES)
def test_the_file_says_its_language(languages):
    with pikepdf.open(io.BytesIO(printed(design=PaperDesign(languages=languages)))) as document:
        assert str(document.Root.Lang) == ("en" if languages == "en" else "my")


def test_the_claim_travels_inside_the_file():
    attachment = pdf.Attachment("claim.json", CLAIM.canonical(), "What is certified")
    document = pikepdf.open(io.BytesIO(printed(attachments=[attachment])))
    assert document.attachments["claim.json"].get_file().read_bytes() == CLAIM.canonical()
    with document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_certificate_is_light_enough_for_a_weak_line(orientation):
    assert len(printed(design=PaperDesign(orientation=orientation), square=SIGNED)) < 120_000


def test_many_certificates_are_one_file_in_their_order():
    claims = [replace(CLAIM, serial=f"THD-2026-{number:06}", objectives=OBJECTIVES) for number in range(5)]
    designs = itertools.cycle([PaperDesign(), PaperDesign(orientation="portrait", with_objectives=True)])
    data = render_many(Print(claim, design, URL, IMAGES) for claim, design in zip(claims, designs, strict=False))
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        wide = [page.get_width() > page.get_height() for page in document]
    assert wide == [True, False, False, True, False, False, True]
    assert [claims.index(claim) for page in pages for claim in claims if claim.serial in page] == [0, 1, 1, 2, 3, 3, 4]
    assert CLAIM.name_my in pages[0]


def test_many_certificates_of_one_design_share_their_ornament_and_keep_their_own_codes_and_numbers():
    design = replace(FULL, with_objectives=True)
    prints = [
        Print(replace(CLAIM, serial=f"THD-2026-{number:06}", objectives=OBJECTIVES), design, f"{URL}{number}", IMAGES)
        for number in range(23)
    ]
    data = render_many(prints)
    assert len(data) < 23 * 25_000 + 2 * 120_000
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 46
        for number in (0, 1, 19, 20, 22):
            assert read(document[2 * number].render(scale=150 / 72).to_pil()) == [f"{URL}{number}"]
            behind = document[2 * number + 1].get_textpage().get_text_range()
            assert f"THD-2026-{number:06} · 2" in behind.replace("  ", " ")


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
    design = PaperDesign(
        with_unit=True, with_objectives=True, intro_en=name, signatories=(Signatory(name_en=name, post_my=name),)
    )
    data = printed(claim, design)
    assert text_of(data).count(name) == 7
    assert text_of(data, 1).count(name) == 2
    document = pikepdf.open(io.BytesIO(data))
    assert len(document.attachments) == 0
    assert "/AF" not in document.Root


def test_a_character_that_cannot_be_drawn_is_refused():
    with pytest.raises(pdf.MissingGlyph, match=r"U\+6F22"):
        printed(replace(CLAIM, name_latin="漢"))


def test_a_sign_stands_for_what_cannot_be_drawn_of_unit_and_place():
    claim = replace(CLAIM, kind="attendance", held_from=CLAIM.issued_on, held_until=CLAIM.issued_on, place="Hall 😀")
    assert "Hall ◌" in text_of(printed(claim))


# Pictures.


def image_sizes(data: bytes) -> list[tuple[int, int]]:
    with pikepdf.open(io.BytesIO(data)) as document:
        return sorted({(int(image.Width), int(image.Height)) for image in document.pages[0].Resources.XObject.values()})


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_crest_takes_the_place_of_the_seal(orientation):
    with_crest = printed(design=PaperDesign(orientation=orientation, crest=sha256(CREST)))
    without = printed(design=PaperDesign(orientation=orientation))
    with pikepdf.open(io.BytesIO(with_crest)) as one, pikepdf.open(io.BytesIO(without)) as other:
        assert len(other.pages[0].Contents) - len(one.pages[0].Contents) == 1
    assert len(image_sizes(with_crest)) == 1


def test_a_picture_keeps_no_more_dots_than_print_shows():
    big = crest(2000, 1000)
    data = printed(design=PaperDesign(crest=sha256(big)), images={sha256(big): big})
    ((width, height),) = image_sizes(data)
    assert 390 <= width <= 400  # 33.6 mm at 300 dots an inch
    assert width == pytest.approx(height * 2, abs=1)


def test_a_small_picture_is_not_blown_up():
    small = crest(60, 60)
    assert image_sizes(printed(design=PaperDesign(crest=sha256(small)), images={sha256(small): small})) == [(60, 60)]


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P"])
def test_a_signature_scanned_on_white_paper_keeps_only_its_ink(mode):
    scanned = png(Image.open(io.BytesIO(SIGNATURES[0])).convert(mode))
    ready = Image.open(io.BytesIO(pictures.for_print(scanned, (60.0, 18.0), is_signature=True)))
    assert ready.mode == "RGBA"
    assert ready.getpixel((0, 0))[3] == 0
    assert ready.getchannel("A").getextrema()[1] > 200


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", pictures.UnreadablePicture),
        (b"GIF89a", pictures.UnreadablePicture),
        (CREST[:400], pictures.UnreadablePicture),
        (CREST[:33] + b"\0" * 5_000_000, pictures.TooBig),
        (png(Image.new("1", (5001, 5001))), pictures.TooBig),
    ],
)
def test_what_is_no_picture_is_refused(data, refusal):
    with pytest.raises(refusal):
        pictures.dots(data)


def test_a_picture_that_was_not_handed_in_is_refused():
    with pytest.raises(pictures.UnreadablePicture):
        printed(design=PaperDesign(crest=sha256(CREST)), images={})


# The second page.


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_objectives_fill_a_second_page_that_names_its_certificate(orientation):
    design = PaperDesign(orientation=orientation, with_objectives=True)
    data = printed(replace(CLAIM, objectives=OBJECTIVES), design)
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 2
    text = text_of(data, 1)
    for wanted in (CLAIM.serial, CLAIM.name_my, *(part for pair in OBJECTIVES for part in pair)):
        assert closed(wanted) in closed(text)


@pytest.mark.parametrize("languages", ["my", "en"])
def test_objectives_are_told_in_the_language_of_the_sheet(languages):
    design = PaperDesign(languages=languages, with_objectives=True)
    text = closed(text_of(printed(replace(CLAIM, objectives=OBJECTIVES), design), 1))
    assert [closed(my) in text for my, _ in OBJECTIVES] == [languages == "my"] * 2
    assert [closed(en) in text for _, en in OBJECTIVES] == [languages == "en"] * 2


@pytest.mark.parametrize(
    ("orientation", "frame"), [("landscape", (21, 21, 276, 189)), ("portrait", (21, 21, 189, 276))]
)
def test_many_objectives_run_on_inside_the_border(orientation, frame):
    claim = replace(CLAIM, name_my=LONG_MY * 2, objectives=OBJECTIVES * 30)
    data = printed(claim, PaperDesign(orientation=orientation, with_objectives=True))
    with pypdfium2.PdfDocument(data) as document:
        pages = len(document)
    assert pages > 3
    for page in range(1, pages):
        assert [box for box in ink_boxes(data, page) if not is_within(box, frame)] == []


# The ornament.


def first_sheet(sheet: ornament.Point, inks: ornament.Inks) -> ornament.Drawing:
    centre = (sheet[0] / 2, sheet[1] / 2)
    return (
        ornament.ground(sheet, inks)
        + ornament.underprint(centre, inks)
        + ornament.border(sheet, inks)
        + ornament.seal(centre, inks)
        + ornament.letterhead(sheet, inks)
    )


def test_the_ornament_is_svg_of_less_than_eighty_kilobytes():
    svg = first_sheet(ornament.LANDSCAPE, ornament.INKS["lagoon"]).svg()
    assert len(svg.encode()) < 80_000
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


@pytest.mark.parametrize("sheet", [ornament.LANDSCAPE, ornament.PORTRAIT])
@pytest.mark.parametrize("colours", COLOURS)
def test_the_ornament_is_the_same_each_time_and_stays_on_the_sheet(sheet, colours):
    drawing = first_sheet(sheet, ornament.INKS[colours])
    assert drawing == first_sheet(sheet, ornament.INKS[colours])
    points = [piece[-2:] for mark in drawing.marks for path in mark.paths for piece in path]
    assert 4 <= min(x for x, _ in points) / 25 < max(x for x, _ in points) / 25 <= sheet[0] - 4
    assert 4 <= min(y for _, y in points) / 25 < max(y for _, y in points) / 25 <= sheet[1] - 4


@pytest.mark.parametrize("colours", COLOURS)
def test_every_ink_of_a_text_is_dark_enough_on_the_paper(colours):
    inks = ornament.INKS[colours]
    for ink in (inks.ink, inks.soft, inks.gilt):
        assert (luminance(inks.paper) + 0.05) / (luminance(ink) + 0.05) >= 4.5


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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
        {"kind": "diploma"},
        {"parts": (Part("C1", "", "A course", "1"),)},
        {"held_from": date(2026, 11, 23)},
        {"trainers": ("a\nb",)},
        {"supersedes": "THD 1"},
        {"objectives": (("", "x" * 2001),)},
    ],
)
def test_a_claim_that_cannot_be_is_refused(changes):
    with pytest.raises(ValueError, match=next(iter(changes)).split("_my")[0]):
        replace(CLAIM, **changes)


@pytest.mark.parametrize("change", [{"format": 3}, {"surprise": 1}, {"objectives": 5}])
def test_a_claim_of_another_shape_is_not_read(change):
    with pytest.raises(ValueError, match="A certificate"):
        CertificateClaim.from_dict({**CLAIM.to_dict(), **change})


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "programme", "parts": (Part("C1", "သင်တန်း", "A course", "1.0"), Part("C4", "", "Another", "3"))},
        {
            "kind": "attendance",
            "held_from": date(2026, 11, 20),
            "held_until": date(2026, 11, 23),
            "place": "မြဝတီ",
            "trainers": ("ဦးအောင်", "Ma Hla"),
        },
        {"kind": "accreditation", "supersedes": "THD-2026-000007"},
    ],
)
def test_every_kind_comes_back_from_json_as_it_went(changes):
    claim = replace(CLAIM, **changes)
    assert CertificateClaim.from_dict(json.loads(claim.canonical())) == claim


def test_a_claim_of_the_first_format_is_still_read():
    values = {key: value for key, value in CLAIM.to_dict().items() if key not in LATER_FIELDS} | {"format": 1}
    assert CertificateClaim.from_dict(values) == CLAIM


@pytest.mark.parametrize("field", ["kind", "parts"])
def test_a_claim_of_this_format_lacks_nothing(field):
    values = CLAIM.to_dict()
    del values[field]
    with pytest.raises(ValueError, match="missing"):
        CertificateClaim.from_dict(values)


def test_a_claim_with_a_missing_field_is_not_read():
    values = CLAIM.to_dict()
    del values["serial"]
    with pytest.raises(ValueError, match="missing"):
        CertificateClaim.from_dict(values)
