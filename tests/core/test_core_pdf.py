"""The PDF engine: Burmese drawn as HarfBuzz shapes it, found by search, and nothing let in from outside."""

import gc
import hashlib
import io
import os
import resource
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import uharfbuzz

from core import pdf

ROOT = Path(__file__).resolve().parents[2]
CREATED = datetime(2026, 11, 24, tzinfo=UTC)
CSS = """@page { size: A4; margin: 15mm } body { margin: 0; font-size: 14pt; line-height: 1.7 }
p { margin: 0; white-space: nowrap } .bold { font-weight: 700 }"""

HARD = [
    ("my", "မြန်မာနိုင်ငံ"),
    ("my", "ကြို့ကြွေ့ချွေးမြှောက်"),
    ("my", "ဗုဒ္ဓဘာသာ"),
    ("my", "သင်္ဘော"),
    ("my", "တက္ကသိုလ်"),
    ("my", "မန္တလေးဥက္ကဋ္ဌ"),
    ("my", "ပုဂ္ဂိုလ်"),
    ("my", "ယောက်ျား"),
    ("my", "လျှောက်လွှာ"),
    ("my", "ညွှန်ကြားရေးမှူး"),
    ("my", "ကျွန်ုပ်တို့၏"),
    ("my", "အင်္ဂါဂြိုဟ်"),
    ("my", "ဦးဥဿာဩဇာ"),
    ("my", "ဣန္ဒြေဤသို့"),
    ("my", "သြော်ဪ၍၎င်း"),
    ("my", "ဉာဏ်ပညာ"),
    ("my", "နှုတ်ကြွားခြင်း"),
    ("my", "၂၀၂၆ ခုနှစ်၊ နိုဝင်ဘာလ ၂၄ ရက်။"),
    ("shn", "လိၵ်ႈတႆးၵၢၼ်ႁဵၼ်း"),
    ("shn", "မိူင်းတႆးၸိုင်ႈ"),
    ("ksw", "ကညီကျိာ်တၢ်မၤလိ"),
    ("ksw", "ပှၤကညီဖိလံာ်"),
    ("mnw", "ဘာသာမန်ဍုၚ်ဗၟာ"),
    ("mnw", "ကၠောန်စၟတ်သမ္တီ"),
    ("pwo", "ဖၠုံးလိက်ၦဴ"),
    ("kac", "Jinghpaw laika hpe hti n̄ngai"),
    ("en", "AVATAR Wolfgang Tö"),
]


def page(*paragraphs: str) -> str:
    return f'<html lang="my"><title>T</title><body>{"".join(paragraphs)}</body></html>'


def make(*paragraphs: str, **arguments) -> bytes:
    return pdf.renderer().pdf(page(*paragraphs), css=CSS, created=CREATED, **arguments)


@pytest.fixture(scope="module")
def hard_sheet() -> bytes:
    """Every hard string, light and then bold, one to a line."""
    return make(
        *(
            f'<p lang="{lang}" class="{weight}">{escape(text)}</p>'
            for weight in ("light", "bold")
            for lang, text in HARD
        )
    )


# The judge: glyphs and places in the file against HarfBuzz, in thousandths of the type size. Pango and WeasyPrint round
# each step a little; what they lose is at most 6 on these strings, a thirtieth of a millimetre at 14 points.
SLACK = 8


@dataclass(frozen=True)
class Glyph:
    number: int
    x: float
    y: float

    def is_at(self, other: "Glyph") -> bool:
        return self.number == other.number and abs(self.x - other.x) < SLACK and abs(self.y - other.y) < SLACK


def drawn_lines(data: bytes) -> list[list[Glyph]]:
    """The glyphs of each line of text. WeasyPrint sets one text matrix to a line."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return [line for sheet in document.pages for line in _lines_of(sheet)]


def _lines_of(sheet: pikepdf.Page) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    widths = {name: _widths(font) for name, font in sheet.Resources.Font.items()}
    font, size, pen, rise = {}, 1.0, 0.0, 0.0
    for operands, operator in pikepdf.parse_content_stream(sheet):
        match str(operator):
            case "Tm":
                lines.append([])
                pen = rise = 0.0
            case "Tf":
                font, size = widths[str(operands[0])], float(operands[1])
            case "Ts":
                rise = float(operands[0])
            case "TJ":
                for item in operands[0]:
                    if not isinstance(item, pikepdf.String):
                        pen -= float(item)
                        continue
                    codes = bytes(item)
                    for high, low in zip(codes[::2], codes[1::2], strict=True):
                        number = high << 8 | low
                        lines[-1].append(Glyph(number, pen, rise * 1000 / size))
                        pen += font[number]
    return lines


def _widths(font: pikepdf.Object) -> dict[int, float]:
    runs = list(font.DescendantFonts[0].W)
    pairs = zip(runs[::2], runs[1::2], strict=True)
    return {int(start) + step: float(width) for start, run in pairs for step, width in enumerate(run)}


def shaped(text: str, *, lang: str, weight: int) -> list[Glyph]:
    """What HarfBuzz gives for the same text and font file."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(pdf.font_files()[weight]))))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = lang
    uharfbuzz.shape(font, buffer)
    glyphs, pen = [], 0.0
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append(Glyph(info.codepoint, pen + place.x_offset, place.y_offset))
        pen += place.x_advance
    return glyphs


def is_shaped(drawn: list[Glyph], wanted: list[Glyph]) -> bool:
    return len(drawn) == len(wanted) and all(one.is_at(other) for one, other in zip(drawn, wanted, strict=True))


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("index", range(len(HARD)), ids=[text for _, text in HARD])
def test_a_hard_string_is_drawn_glyph_for_glyph_as_harfbuzz_shapes_it(hard_sheet, index, weight):
    lang, text = HARD[index]
    line = drawn_lines(hard_sheet)[index + (len(HARD) if weight == 700 else 0)]
    assert is_shaped(line, shaped(text, lang=lang, weight=weight)), (line, shaped(text, lang=lang, weight=weight))


def test_the_judge_fails_a_file_whose_letters_stand_in_a_row_unshaped(hard_sheet):
    lang, text = "my", "ကြို့"
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(pdf.font_files()[400]))))
    codes = "".join(f"{font.get_nominal_glyph(ord(char)):04x}" for char in text)
    with pikepdf.open(io.BytesIO(make(f"<p>{text}</p>"))) as document:
        sheet = document.pages[0]
        name, face = next(iter(sheet.Resources.Font.items()))
        face.DescendantFonts[0].W = pikepdf.Array([0, pikepdf.Array([500] * 1200)])
        sheet.Contents = document.make_stream(f"BT 1 0 0 -1 0 0 Tm {name} 14 Tf [<{codes}>] TJ ET".encode())
        document.save(unshaped := io.BytesIO())
    (line,) = drawn_lines(unshaped.getvalue())
    assert not is_shaped(line, shaped(text, lang=lang, weight=400))


def test_the_judge_fails_a_glyph_out_of_place():
    wanted = shaped("ကြို့", lang="my", weight=400)
    moved = [*wanted[:-1], Glyph(wanted[-1].number, wanted[-1].x + 30, wanted[-1].y)]
    assert is_shaped(wanted, wanted)
    assert not is_shaped(moved, wanted)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
def test_poppler_finds_every_hard_string(hard_sheet, tmp_path):
    (tmp_path / "sheet.pdf").write_bytes(hard_sheet)
    result = subprocess.run(["pdftotext", "-raw", "sheet.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    assert [text for _, text in HARD if text not in result.stdout.decode()] == []


def test_pdfium_finds_every_hard_string(hard_sheet):
    with pypdfium2.PdfDocument(hard_sheet) as document:
        text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert [hard for _, hard in HARD if hard not in text] == []


def test_a_break_between_syllables_is_not_part_of_what_is_copied():
    with pypdfium2.PdfDocument(make("<p>မြန်\u200bမာ</p>")) as document:
        assert document[0].get_textpage().get_text_range().strip() == "မြန်မာ"


def test_only_our_fonts_are_in_the_file_and_they_are_embedded(hard_sheet):
    with pikepdf.open(io.BytesIO(hard_sheet)) as document:
        fonts = [font.DescendantFonts[0].FontDescriptor for font in document.pages[0].Resources.Font.values()]
        assert [str(font.FontName).split("+")[1] for font in fonts] == ["Noto-Sans-Myanmar", "Noto-Sans-Myanmar-Bold"]
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


@pytest.mark.parametrize("text", ["漢", "ပြည်တွင်း 🙂", "Ж", "№ 5"])
def test_a_character_without_a_glyph_is_refused_and_named(text):
    with pytest.raises(pdf.MissingGlyph) as refusal:
        make(f"<p>{text}</p>")
    assert [chr(point) for point in refusal.value.codepoints] == [c for c in text if c in "漢🙂Ж№"]


# Nothing comes in from outside.


@pytest.fixture
def no_network(monkeypatch):
    """Any attempt to connect fails the test loudly, even where the engine would swallow the error."""
    attempts = []

    def connect(self, address):
        attempts.append(address)
        raise AssertionError(address)

    monkeypatch.setattr("socket.socket.connect", connect)
    return attempts


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://127.0.0.1:9/a.png">',
        '<img src="https://example.org/a.svg">',
        '<img src="file:///etc/hostname">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="asset:other.svg">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/a.css">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
        '<style>@import "http://127.0.0.1:9/a.css";</style>',
        '<style>@font-face { font-family: x; src: url("file:///etc/hostname") }</style>',
        '<p style="background: url(file:///etc/hostname)">x</p>',
        '<object data="http://127.0.0.1:9/a.svg"></object>',
    ],
)
def test_an_address_that_was_not_handed_in_is_refused(markup, no_network):
    with pytest.raises(pdf.ForbiddenAsset):
        make(markup)
    assert no_network == []


def test_a_relative_address_leads_nowhere(no_network):
    with pikepdf.open(io.BytesIO(make('<img src="core/pdf.py"><img src="../../../etc/hostname">'))) as document:
        assert len(document.attachments) == 0
    assert no_network == []


def test_a_renderer_still_works_after_a_refusal():
    with pytest.raises(pdf.ForbiddenAsset):
        make('<img src="file:///etc/hostname">')
    assert make("<p>က</p>").startswith(b"%PDF")


def test_an_asset_of_one_document_is_not_there_for_the_next():
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    make('<img src="asset:a.svg" alt="a">', assets={"a.svg": drawing})
    with pytest.raises(pdf.ForbiddenAsset):
        make('<img src="asset:a.svg" alt="a">')


# What kind of file it is.


def test_a_file_is_tagged_pdf_a_3a_with_its_language_and_colours(hard_sheet):
    with pikepdf.open(io.BytesIO(hard_sheet)) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert str(document.Root.Lang) == "my"
        assert bool(document.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in document.Root
        assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert str(document.docinfo.CreationDate) == "D:20261124000000+00'00"


def test_a_draft_is_smaller_and_makes_no_claim():
    draft = make("<p>က</p>", archival=False)
    assert len(draft) < len(make("<p>က</p>"))
    with pikepdf.open(io.BytesIO(draft)) as document:
        assert "/OutputIntents" not in document.Root


def test_an_attachment_is_carried_as_the_documents_data():
    data = make("<p>က</p>", attachments=[pdf.Attachment("claim.json", b"{}", "The claim")])
    document = pikepdf.open(io.BytesIO(data))
    assert document.attachments["claim.json"].get_file().read_bytes() == b"{}"
    assert document.attachments["claim.json"].obj.AFRelationship == "/Data"
    assert data == make("<p>က</p>", attachments=[pdf.Attachment("claim.json", b"{}", "The claim")])


def test_backdrops_lie_under_their_pages_as_decoration_and_are_stored_once():
    first, rest = pdf.backdrop(b"0 0 9 9 re f"), pdf.backdrop(b"0 0 8 8 re f")
    break_ = '<p style="page-break-before: always">က</p>'
    data = make("<p>က</p>", break_, break_, backdrops=[(first, rest), (rest,)])
    with pikepdf.open(io.BytesIO(data)) as document:
        under = [list(sheet.Contents)[:-1] for sheet in document.pages]
        assert [len(layers) for layers in under] == [2, 1, 1]
        assert under[0][0].read_bytes() == b"/Artifact BMC q\n0 0 9 9 re f\nQ EMC"
        assert under[0][1].objgen == under[1][0].objgen == under[2][0].objgen


def test_backdrops_are_found_by_the_name_of_a_page():
    one, other = pdf.backdrop(b"0 0 9 9 re f"), pdf.backdrop(b"0 0 8 8 re f")
    data = pdf.renderer().pdf(
        page(*(f'<p style="page: {name}">က</p>' for name in ("a", "b", "a"))),
        css=CSS,
        created=CREATED,
        backdrops={"a": (one,), "b": (other, one)},
    )
    with pikepdf.open(io.BytesIO(data)) as document:
        assert [len(sheet.Contents) - 1 for sheet in document.pages] == [1, 2, 1]
        assert document.pages[0].Contents[0].objgen == document.pages[1].Contents[1].objgen


@pytest.mark.parametrize("text", ["T R A I N E D", "TRAINED"])
def test_letters_set_apart_are_copied_as_the_word_that_they_are(text):
    with pypdfium2.PdfDocument(make(f'<p style="letter-spacing: .4em">{text}</p>')) as document:
        assert document[0].get_textpage().get_text_range().strip() == text


def test_the_characters_that_no_font_has_are_told():
    assert pdf.renderer().lacking("က a 漢🙂漢\u200b") == ["漢", "🙂"]


# Steady, in one process and many.

SCRIPT = """
import hashlib, sys
from tests.core.test_core_pdf import HARD, make
print(hashlib.sha256(make(*(f'<p lang="{lang}">{text}</p>' for lang, text in HARD))).hexdigest())
"""


def test_another_process_writes_the_same_bytes_and_ends_cleanly():
    here = hashlib.sha256(make(*(f'<p lang="{lang}">{text}</p>' for lang, text in HARD))).hexdigest()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONHASHSEED": "7"}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout.strip()) == (0, here), result.stderr


def test_threads_get_the_bytes_that_one_thread_gets():
    texts = [f"<p>{text}</p>" for _, text in HARD[:6]]
    alone = [make(text) for text in texts]
    together: dict[int, bytes] = {}

    def work(number: int) -> None:
        together[number] = make(texts[number])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together.get(number) for number in range(len(texts))] == alone


def test_no_pango_layout_outlives_its_document():
    from weasyprint.text.line_break import Layout

    make("<p>မြန်မာ</p>")
    pdf.renderer().measure(page('<p id="a">မြန်မာ</p>'), css=CSS)
    assert not any(type(item) is Layout and "layout" in vars(item) for item in gc.get_objects())


def test_memory_stays_flat_over_sixty_documents():
    def used() -> int:
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()

    markup = [f'<p lang="{lang}">{text}</p>' for lang, text in HARD]
    for _ in range(10):
        make(*markup)
    before = used()
    for _ in range(60):
        make(*markup)
    assert used() - before < 12_000_000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_makes_its_own_renderer_and_leaves_the_parents_alone():
    alone = make("<p>မြန်မာ</p>")
    child = os.fork()
    if child == 0:
        same = make("<p>မြန်မာ</p>") == alone
        pdf._release()
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert make("<p>ကညီ</p>").startswith(b"%PDF")


# When it cannot work.


def test_without_pango_one_sentence_names_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(pdf.PdfUnavailable) as refusal:
        pdf._engine.__wrapped__()
    assert str(refusal.value) == (
        "PDF needs the Pango libraries of the system; "
        "run: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )


def test_importing_the_module_does_not_load_weasyprint():
    script = "import sys, core.pdf; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


def test_without_fonts_one_sentence_names_the_command(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONT_FOLDER", tmp_path)
    with pytest.raises(pdf.PdfUnavailable, match="run: make run"):
        pdf.font_files()


def test_measuring_gives_pages_and_millimetres():
    found = pdf.renderer().measure(
        page('<p id="a" style="width: 50mm; height: 20mm"></p><p id="b" style="page-break-before: always">က</p>'),
        css=CSS,
    )
    assert found["a"] == (1, pytest.approx(50), pytest.approx(20))
    assert found["b"][0] == 2
