"""Names on a certificate, glyph for glyph as HarfBuzz shapes them."""

import io
from dataclasses import replace

import pikepdf
import pytest
import uharfbuzz

from certificates.paper import PaperDesign
from core import pdf
from tests.certificates.papers import CLAIM, printed
from tests.core.test_core_pdf import HARD, Glyph, drawn_lines, shaped

# Thousandths of the type size. Rounding costs up to 10 under a stack such as ဏ္ဏ: a tenth of a millimetre in a name.
SLACK = 12

NAMES = [
    *(text for _, text in HARD),
    "ဒေါ်ခင်ဥမ္မာ",
    "ဦးစိုင်းဝဏ္ဏ",
    "ဒေါ်ဣန္ဒြာကျော်ဇင်",
    "ဦးသန္တကျော်စွာ",
    "ဒေါ်ဥက္ကာဖြိုးဝင်း",
    "မကြည်ကြည်လှိုင်ညွှန့်",
    "ဦးဗြဟ္မာမင်းထက်",
    "နော်စေးဝါးဖော",
]


def is_drawn(data: bytes, name: str) -> bool:
    """Whether a line of the first page is the name as HarfBuzz shapes it, in the bold of a holder."""
    wanted = shaped(name, lang="my" if name >= "\u1000" else "en", weight=700)
    return any(is_close(line, wanted) for line in drawn_lines(data))


def is_close(drawn: list[Glyph], wanted: list[Glyph]) -> bool:
    return [glyph.number for glyph in drawn] == [glyph.number for glyph in wanted] and all(
        abs(one.x - other.x) < SLACK and abs(one.y - other.y) < SLACK for one, other in zip(drawn, wanted, strict=True)
    )


def test_there_are_thirty_five_hard_names():
    assert len(set(NAMES)) == 35


@pytest.mark.parametrize("index", range(35), ids=NAMES)
def test_a_holders_name_is_drawn_as_harfbuzz_shapes_it(index):
    design = PaperDesign(orientation="portrait" if index % 2 else "landscape")
    claim = replace(CLAIM, name_my=NAMES[index], name_latin="")
    assert is_drawn(printed(claim, design), NAMES[index])


def unshaped(data: bytes, name: str) -> bytes:
    """The same file with the letters of the name set in a row, one glyph each, as an engine that cannot shape would."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(pdf.font_files()[700]))))
    codes = b"".join(font.get_nominal_glyph(ord(char)).to_bytes(2, "big") for char in name)
    wanted = shaped(name, lang="my", weight=700)
    number = next(at for at, line in enumerate(drawn_lines(data)) if is_close(line, wanted))
    with pikepdf.open(io.BytesIO(data)) as document:
        sheet = document.pages[0]
        for face in sheet.Resources.Font.values():
            face.DescendantFonts[0].W = pikepdf.Array([0, pikepdf.Array([500] * 2000)])
        at, out = -1, []
        for operands, operator in pikepdf.parse_content_stream(sheet):
            at += str(operator) == "Tm"
            if str(operator) == "TJ" and at == number:
                operands = [pikepdf.Array([pikepdf.String(codes)])]
            out.append((operands, operator))
        sheet.Contents = document.make_stream(pikepdf.unparse_content_stream(out))
        document.save(changed := io.BytesIO())
    return changed.getvalue()


def test_a_certificate_whose_name_is_not_shaped_is_told_apart():
    data = printed(replace(CLAIM, name_latin=""))
    assert is_drawn(data, CLAIM.name_my)
    assert not is_drawn(unshaped(data, CLAIM.name_my), CLAIM.name_my)
