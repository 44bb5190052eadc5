"""The transcript: its pages, what stands on them, and that nothing runs off them."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from certificates.paper.transcript import Row, Transcript, render_transcript
from core import pdf
from tests.certificates.papers import (
    CLAIM,
    DIGITS,
    LONG_LATIN,
    LONG_MY,
    SIGNED,
    URL,
    closed,
    ink_boxes,
    is_within,
    meetings,
    picture_of,
    text_of,
)

ROW = Row(
    kind="course",
    code="C4",
    title_my=CLAIM.course_title_my,
    title_en=CLAIM.course_title_en,
    version="3",
    completed_on=date(2026, 11, 24),
    minutes=390,
    score_percent=87,
    serial="THD-2026-000123",
    status_my="သက်တမ်းရှိ",
    status_en="Valid",
    valid_until=date(2028, 11, 23),
)
TRANSCRIPT = Transcript(
    name_my=CLAIM.name_my,
    name_latin=CLAIM.name_latin,
    unit="မြဝတီ နယ်စပ်ဂိတ်",
    issuer_my=CLAIM.issuer_my,
    issuer_en=CLAIM.issuer_en,
    made_on=date(2026, 11, 28),
    verify_url=URL,
    completed=1,
    minutes=390,
    rows=(ROW,),
)
FRAME = (15.5, 13, 194.5, 284)  # between the braids, in mm


def numbered(count: int) -> tuple[Row, ...]:
    return tuple(replace(ROW, code=f"N{number:03}") for number in range(count))


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def printed(**changes) -> bytes:
    return render_transcript(replace(TRANSCRIPT, **changes), square=URL)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
def test_poppler_finds_who_and_what_in_both_languages(tmp_path):
    (tmp_path / "t.pdf").write_bytes(printed())
    output = subprocess.run(["pdftotext", "t.pdf", "-"], cwd=tmp_path, capture_output=True, check=True).stdout.decode()
    for wanted in (
        *("သင်တန်းမှတ်တမ်း", "TRANSCRIPT OF TRAINING", CLAIM.name_my, CLAIM.name_latin, TRANSCRIPT.unit),
        *(ROW.title_en, ROW.serial, "၂၄-၁၁-၂၀၂၆", "24/11/2026", "၆ နာရီ ၃၀ မိနစ်", "6 h 30 min", "၈၇ %", "87 %"),
        *("သက်တမ်းရှိ", "Valid", "၂၃-၁၁-၂၀၂၈ အထိ", "until 23/11/2028", "Course · version 3", URL),
        *("၂၀၂၆ ခုနှစ်၊ နိုဝင်ဘာလ ၂၈ ရက်", "Made on 28 November 2026"),
    ):
        assert wanted in output
    assert closed(ROW.title_my) in closed(output)


def test_nothing_completed_is_a_sentence():
    (text,) = pages_of(printed(rows=(), completed=0, minutes=0))
    assert "ပြီးမြောက်ခဲ့သည့် သင်တန်း မရှိသေးပါ။" in text
    assert "Nothing has been completed yet." in text
    assert "Status" not in text


def test_what_a_row_lacks_is_a_dash_or_left_out():
    row = replace(ROW, minutes=0, score_percent=None, serial="", valid_until=None, status_my="", status_en="")
    (text,) = pages_of(printed(rows=(row,)))
    assert text.count("—") == 3
    assert "until" not in text


def test_long_transcripts_run_over_numbered_and_headed_pages():
    pages = pages_of(printed(rows=numbered(40)))
    assert len(pages) > 3
    burmese = "၀၁၂၃၄၅၆၇၈၉"
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert f"စာမျက်နှာ {burmese[number]} / {burmese[len(pages)]}" in text
        assert URL in text
    assert all(CLAIM.name_my in text and "Status" in text for text in pages)
    assert [CLAIM.name_latin in text for text in pages] == [True] + [False] * (len(pages) - 1)
    assert "ends here" in pages[-1]


def test_rows_keep_their_order_and_none_is_split():
    rows = numbered(40)
    pages = pages_of(printed(rows=rows))
    whole = "".join(pages)
    places = [whole.index(row.code) for row in rows]
    assert places == sorted(places)
    for text in pages:
        assert text.count("N0") == text.count(ROW.serial) == text.count("until 23/11/2028")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name_my": LONG_MY * 2, "name_latin": "W" * 200, "unit": LONG_LATIN * 3},
        {"issuer_my": LONG_MY * 2, "issuer_en": "W" * 200, "verify_url": URL + "w" * 150},
        {"name_my": "", "issuer_my": "", "unit": ""},
    ],
)
@pytest.mark.parametrize(
    "row",
    [
        ROW,
        replace(ROW, code="W" * 12, version="W" * 12, serial="W" * 24, minutes=59_999, score_percent=100),
        replace(ROW, title_my="က" * 200, title_en="W" * 200, status_my=LONG_MY, status_en="W" * 60),
        replace(ROW, title_my=LONG_MY * 2, title_en=LONG_LATIN * 3),
        replace(ROW, title_my="", kind="accreditation"),
    ],
)
def test_nothing_runs_off_the_page(changes, row):
    data = printed(rows=(row,) * 7, **changes)
    for page in range(len(pages_of(data))):
        assert [box for box in ink_boxes(data, page) if not is_within(box, FRAME)] == []


def test_texts_of_any_length_push_each_other_down_and_do_not_meet():
    changes = {"issuer_my": LONG_MY * 2, "issuer_en": "W" * 200, "verify_url": URL + "w" * 150, "name_my": LONG_MY * 2}
    row = replace(ROW, title_my=LONG_MY * 2, status_en="W" * 60, code="W" * 12)
    assert list(meetings(ink_boxes(printed(rows=(row, row), **changes)), 0.3)) == []


@pytest.mark.parametrize(("square", "wanted"), [(URL, URL), (SIGNED, SIGNED[0][0] + DIGITS)])
def test_its_code_is_read_back(square, wanted):
    data = render_transcript(TRANSCRIPT, square=square)
    for resolution in (150, 200):
        assert [code.text for code in zxingcpp.read_barcodes(picture_of(data, resolution))] == [wanted]


def test_it_is_archival_tagged_dated_and_the_same_each_time():
    data = printed(rows=numbered(20))
    assert data == printed(rows=numbered(20))
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.docinfo.CreationDate).startswith("D:20261128")
        assert "/StructTreeRoot" in document.Root
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert [round(float(side) * 25.4 / 72) for side in document.pages[0].MediaBox[2:]] == [210, 297]


def test_it_is_light():
    assert len(printed(rows=numbered(20))) < 150_000


def test_markup_in_a_title_is_text():
    name = '<b>&</b>"><img src="file:///etc/hostname">'
    text = text_of(printed(name_latin=name, unit=name, rows=(replace(ROW, title_en=name, status_en=name),)))
    assert closed(text).count(closed(name)) == 4


def test_what_cannot_be_said_is_refused():
    with pytest.raises(ValueError, match="name"):
        replace(TRANSCRIPT, name_my=" ", name_latin="")
    with pytest.raises(ValueError, match="kind"):
        replace(TRANSCRIPT, rows=(replace(ROW, kind="diploma"),))
    with pytest.raises(pdf.MissingGlyph):
        printed(name_latin="漢")
