"""Tables that people send: hostile files, two encodings, and what is handed out again."""

import csv
import io
import time
import zipfile

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from core import tables
from core.errors import TableError
from core.tables import read_table, write_csv, write_xlsx

NAMES_ZAWGYI = ["ေဒၚနီလာ", "ျမန္မာႏိုင္ငံ", "သင္တန္းသည္", "အေရးႀကီးသည္"]
NAMES = ["ဒေါ်နီလာ", "မြန်မာနိုင်ငံ", "သင်တန်းသည်", "အရေးကြီးသည်"]


def read(data: bytes, **options):
    return read_table(io.BytesIO(data), "list.xlsx", **options)


def xlsx(*rows, font: str = "") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if font:
        for row in book.active.iter_rows(min_row=2):
            for cell in row:
                cell.font = Font(name=font)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """The same workbook with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def refusal(data: bytes, **options) -> str:
    """The code of the refusal."""
    with pytest.raises(TableError) as refused:
        read(data, **options)
    assert str(refused.value)
    return refused.value.code


def cells(table) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_whatever_program_wrote_it(encoding, delimiter):
    out = io.StringIO(newline="")
    rows = [["Number", "Name, title"], ["IMM-1", "ဒေါ်နီလာ"], [], ["IMM-2", ' a;b "c"\n d ']]
    csv.writer(out, delimiter=delimiter).writerows(rows)
    table = read(out.getvalue().encode(encoding))
    assert table.headings == ["Number", "Name, title"]
    assert cells(table) == [(2, ("IMM-1", "ဒေါ်နီလာ")), (4, ("IMM-2", 'a;b "c" d'))]


def test_a_workbook_is_read_as_texts_with_the_rows_of_the_sheet():
    from datetime import date, datetime

    data = xlsx(
        [],
        ["Name", None, "Born", "Number"],
        ["က", None, date(1990, 2, 1), 95.0],
        [],
        ["ခ", "", datetime(1990, 2, 1, 10, 30), 0.5],
    )
    table = read(data)
    assert (table.headings, cells(table)) == (
        ["Name", "Born", "Number"],
        [(3, ("က", "1990-02-01", "95")), (5, ("ခ", "1990-02-01 10:30:00", "0.5"))],
    )
    assert table.records[1] == {"Name": "ခ", "Born": "1990-02-01 10:30:00", "Number": "0.5"}


def test_formulas_are_not_run_and_only_their_last_value_is_seen():
    assert cells(read(xlsx(["a", "b"], ["=1+1", "x"]))) == [(2, ("", "x"))]


# --- Two encodings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [xlsx, lambda *rows: write_csv(rows[0], rows[1:])])
def test_a_column_in_zawgyi_is_converted_and_every_cell_is_told(make):
    table = read(make(["နာမည်", "Number"], *([name, f"N{n}"] for n, name in enumerate(NAMES_ZAWGYI))))
    assert [row.cells[0] for row in table.rows] == NAMES
    assert [(n.row, n.column, n.code, n.before, n.after) for n in table.notices] == [
        (row, "နာမည်", "zawgyi", before, after)
        for row, (before, after) in enumerate(zip(NAMES_ZAWGYI, NAMES, strict=True), start=2)
    ]
    with override("en"):
        assert table.notices[0].sentence == 'Row 2, "နာမည်": converted from Zawgyi to Unicode. Check it.'


def test_what_is_only_spelt_otherwise_is_tidied_and_told():
    table = read(xlsx(["a", "b"], ["ခ့ဲ", " x "], ["ခဲ့", "y"]))
    assert [row.cells for row in table.rows] == [("ခဲ့", "x"), ("ခဲ့", "y")]
    assert [(n.row, n.column, n.code) for n in table.notices] == [(2, "a", "tidied")]


def test_a_heading_in_zawgyi_is_converted():
    assert read(xlsx([NAMES_ZAWGYI[1], "b"], ["x", "y"])).headings == [NAMES[1], "b"]


def test_a_column_of_both_encodings_is_refused_until_a_person_says_to_decide_cell_by_cell():
    data = xlsx(["a"], *([name] for name in [*NAMES_ZAWGYI, "ကျွန်ုပ်တို့ နှင့်", "မြန်မာနိုင်ငံတွင် နေထိုင်ခဲ့သည်"]))
    assert refusal(data) == "table_mixed"
    assert read(data, otherwise="each").rows == read(data, columns={"a": "each"}).rows
    table = read(data, columns={"a": "each"})
    assert [row.cells[0] for row in table.rows] == [*NAMES, "ကျွန်ုပ်တို့ နှင့်", "မြန်မာနိုင်ငံတွင် နေထိုင်ခဲ့သည်"]


def test_a_column_with_too_little_to_tell_is_asked_about(monkeypatch):
    from myanmar.encoding import ColumnVerdict

    monkeypatch.setattr(tables, "detect_column", lambda values: ColumnVerdict("ask", 1))
    data = xlsx(["a"], [NAMES_ZAWGYI[0]])
    assert (read(data).asked, cells(read(data))) == (["a"], [(2, (NAMES_ZAWGYI[0],))])
    answered = read(data, columns={"a": "zawgyi"})
    assert (answered.asked, cells(answered)) == ([], [(2, (NAMES[0],))])


@pytest.mark.parametrize("font", ["WinInnwa", "Win Researcher", "-Win---Innwa"])
def test_a_column_in_a_font_from_before_unicode_is_refused(font):
    assert refusal(xlsx(["a", "b"], ["jrefrmEdkifiH", 1], font=font)) == "table_font_encoded"
    assert cells(read(xlsx(["a"], ["မြန်မာ"], [5], font=font))) == [(2, ("မြန်မာ",)), (3, ("5",))]


# --- Hostile files -----------------------------------------------------------------------------------------------------

BOOK = xlsx(["a"], ["b"])
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]><x>&l9;</x>'.encode()
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
FAR_ROW = SHEET.format(
    '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'
)
FAR_CELL = SHEET.format('<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="XFD1"><v>1</v></c></row>')
LOCKED = bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table_unreadable"),
        (b"\n \n", "table_unreadable"),
        (b"\xff\xfe\x00", "table_unreadable"),
        ("နာမည်".encode()[:-1], "table_unreadable"),
        (b"a,b\n\x00,c", "table_sign_no_text"),
        ("a,b\n1,2".encode("utf-16-le"), "table_sign_no_text"),
        (b'a,b\n"' + b"x" * 200_000, "table_cell_too_long"),
        (b"PK\x03\x04nothing", "table_unreadable"),
        (repacked(BOOK, "xl/workbook.xml", b"<workbook"), "table_unreadable"),
        (repacked(BOOK, "xl/worksheets/sheet1.xml", b"<worksheet>"), "table_unreadable"),
        (repacked(BOOK, "xl/worksheets/sheet1.xml", BOMB), "table_unreadable"),
        (repacked(BOOK, "xl/workbook.xml", BOMB), "table_unreadable"),
        (repacked(BOOK, "xl/vbaProject.bin", b""), "table_with_macros"),
        (repacked(BOOK, "xl/media/zeros", bytes(tables.MAX_UNPACKED_BYTES)), "table_too_big"),
        (repacked(BOOK, "xl/media/zeros", bytes(tables.MAX_FREE_BYTES + 1)), "table_too_big"),
        (repacked(BOOK, "xl/other.xml", "<?xml version='1.0' encoding='utf-16'?><!doctype x><x/>".encode("utf-16")), "table_unreadable"),
        (repacked(BOOK, "xl/other.xml", b"<!--" + b"x" * 65_520 + b"--><!DOCTYPE x><x/>"), "table_unreadable"),
        (bytes(tables.MAX_BYTES + 1), "table_too_big"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "table_unreadable"),
        (LOCKED, "table_locked"),
        (b"a,a\n1,2", "table_heading_twice"),
        (b",".join(b"%d" % n for n in range(tables.MAX_COLUMNS + 1)), "table_too_wide"),
        (b"a\n" + b"1\n" * (tables.MAX_ROWS + 1), "table_too_long"),
        (b"a\n" + b"x" * (tables.MAX_CELL + 1), "table_cell_too_long"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason(data, code):
    assert refusal(data) == code


@pytest.mark.parametrize("row", [2, 50])
@pytest.mark.parametrize("cell", [b"x" * (tables.MAX_CELL + 1), b"x" * 200_000, b'"' + b"x" * 200_000, b"N\x00"])
def test_a_cell_that_cannot_be_taken_is_told_with_its_row(cell, row):
    rows = [b"%d;name" % n for n in range(1, 60)]
    rows[row - 1] = b"%d;" % row + cell
    with override("en"), pytest.raises(TableError) as refused:
        read(b"\n".join(rows))
    with override("en"):
        assert str(refused.value).startswith(f"Row {row} holds a ")


def test_a_refusal_says_the_limit_in_the_digits_of_the_reader():
    for language, limit in (("en", "20000"), ("my", "၂၀၀၀၀")):
        with override(language), pytest.raises(TableError) as refused:
            read(b"a\n" + b"1\n" * (tables.MAX_ROWS + 1))
        assert refused.value.values == {"rows": limit}


@pytest.mark.parametrize(("sheet", "headings"), [(FAR_ROW, ["a"]), (FAR_CELL, ["a"])])
def test_a_sheet_that_claims_to_be_endless_costs_nothing(sheet, headings):
    started = time.monotonic()
    assert read(repacked(BOOK, "xl/worksheets/sheet1.xml", sheet.encode())).headings == headings
    assert time.monotonic() - started < 5


def test_a_table_as_long_as_allowed_is_read():
    assert len(read(b"a\n" + b"1\n" * tables.MAX_ROWS).rows) == tables.MAX_ROWS


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_a_table_or_refused(data):
    try:
        table = read(data)
    except TableError:
        return
    assert all(len(row.cells) == len(table.headings) for row in table.rows)


# --- Handing out -------------------------------------------------------------------------------------------------------

HARMFUL = ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1"]


@pytest.mark.parametrize("value", HARMFUL)
def test_no_text_handed_out_is_a_formula(value):
    (_heading, [written]) = csv.reader(io.StringIO(write_csv(["a"], [[value]]).decode("utf-8-sig"), newline=""))
    assert written == f"'{value}"
    cell = load_workbook(io.BytesIO(write_xlsx(["a"], [[value]]))).active["A2"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_what_was_handed_out_comes_back_as_it_was(write):
    rows = [["=1+1", "ဒေါ်နီလာ", "'tis"], ["-5", "", "@home"]]
    assert [list(row.cells) for row in read(write(["a", "b", "c"], rows)).rows] == rows


def test_numbers_stay_numbers_and_what_no_sheet_may_hold_is_left_out():
    sheet = load_workbook(io.BytesIO(write_xlsx(["a", "b"], [[-5, "x\x00\x0b\ud800y"], [True, None]]))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [[-5, "xy"], ["True", None]]


def test_a_csv_file_has_the_mark_by_which_excel_knows_its_encoding():
    assert write_csv(["က"], [["ခ"]]) == "\ufeffက\r\nခ\r\n".encode()
