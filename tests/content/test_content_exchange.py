"""Files for translators: what is written comes back, whatever their programs do to it, and nothing hostile gets in."""

import csv
import re
import zipfile
from contextlib import suppress
from io import BytesIO, StringIO

import openpyxl
import polib
import pytest
from django.utils.translation import gettext, override
from hypothesis import given, settings
from hypothesis import strategies as st

from content.errors import FileBroken, FileOfAnotherLanguage, FileTooBig, FileUnknown, FileWithoutColumns
from content.translation.exchange import (
    INSTRUCTIONS,
    LIMIT,
    MOST_LINES,
    Returned,
    Unit,
    read,
    read_po,
    read_xliff,
    read_xlsx,
    write_po,
    write_xliff,
    write_xlsx,
)

WRITERS = {"po": (write_po, read_po), "xlsx": (write_xlsx, read_xlsx), "xliff": (write_xliff, read_xliff)}
EVERY = pytest.mark.parametrize("kind", WRITERS)
KEY = "6f9619ff-8b86-4d11-b42d-00c04fc964ff/0a1b2c"
ONE = Unit(KEY, "Show the <b>passport</b>.", "<b>နိုင်ငံကူးလက်မှတ်</b>ကို ပြပါ။", "M01.L1, third paragraph\npassport = နိုင်ငံကူးလက်မှတ်")  # fmt: skip
TWO = Unit(f"{KEY}2", "Wait & see", "", "")
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t<>&\"'=\\ါိံကမ"),
    max_size=60,
)
UNITS = st.lists(
    st.builds(lambda source, target, note: (source, target, note), TEXTS.filter(str.strip), TEXTS, TEXTS), max_size=4
).map(lambda rows: [Unit(f"{KEY}{n}", *row) for n, row in enumerate(rows)])


def written(kind, units=(ONE, TWO), language="my"):
    return WRITERS[kind][0](list(units), language=language, title="Thindan 2026-11-24")


def told(lines):
    return [(line.key, line.source, line.target) for line in lines]


def workbook(*rows):
    """A workbook of someone's own making."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data, **parts):
    """A workbook with some of its parts replaced, by the last part of their names."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], old.read(name)))
    return out.getvalue()


# --- There and back --------------------------------------------------------------------------------------------------


@EVERY
def test_what_is_written_is_read_whatever_the_file_is_called(kind):
    assert told(read(written(kind), "x.csv", language="my")) == [
        (ONE.key, ONE.source, ONE.target),
        (TWO.key, TWO.source, ""),
    ]


@EVERY
@given(units=UNITS)
@settings(max_examples=60, deadline=None)
def test_every_text_comes_back_as_it_was(kind, units):
    lines = WRITERS[kind][1](written(kind, units))
    assert told(lines) == [(unit.key, unit.source, unit.target) for unit in units]


@EVERY
def test_signs_that_no_file_can_hold_are_left_out(kind):
    (line,) = WRITERS[kind][1](written(kind, [Unit(KEY, "a\x00b\x1bc\ud800", "d\ufffee\r\nf", "\x07")]))
    assert (line.source, line.target) == ("abc", "de\nf")


@EVERY
@pytest.mark.parametrize("language", ["my_MM", "my-MM", "MY", ""])
def test_a_file_of_the_language_or_of_none_is_taken(kind, language):
    assert len(read(written(kind, language=language), "", language="my")) == 2


@EVERY
def test_a_file_of_another_language_is_refused_with_both_names(kind):
    with pytest.raises(FileOfAnotherLanguage) as refused:
        read(written(kind, language="shn"), "", language="my")
    assert refused.value.values == {"theirs": "shn", "ours": "my"}


@EVERY
def test_a_file_in_which_no_line_is_ours_is_refused(kind):
    with pytest.raises(FileUnknown):
        read(written(kind, [Unit("", "Hello", "မင်္ဂလာပါ", "")]), "")


# --- PO, as other programs save it ------------------------------------------------------------------------------------


def po(text):
    return f'msgid ""\nmsgstr "Language: my\\n"\n\n{text}'.encode()


ENTRY = 'msgctxt "k/1"\nmsgid "One"\nmsgstr "တစ်"\n'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a byte order mark", b"\xef\xbb\xbf" + po(ENTRY)),
        ("the line ends of Windows", po(ENTRY).replace(b"\n", b"\r\n")),
        ("the line ends of old Macs", po(ENTRY).replace(b"\n", b"\r")),
        ("UTF-16", po(ENTRY).decode().encode("utf-16")),
        ("wrapped lines", po('msgctxt "k/1"\nmsgid ""\n"O"\n"ne"\nmsgstr ""\n"တ"\n"စ်"\n')),
        ("obsolete entries", po(ENTRY + '\n#~ msgctxt "k/2"\n#~ msgid "Two"\n#~ msgstr "နှစ်"\n')),
        ("comments and flags", po('# by me\n#. note\n#: M01:1\n#, python-format\n#| msgid "Ones"\n' + ENTRY)),
        ("no header", ENTRY.encode()),
    ],
)
def test_a_po_file_is_read_with(name, data):
    assert told(read(data, "back.po", language="my")) == [("k/1", "One", "တစ်")]


def test_what_a_translator_marked_as_unsure_is_not_taken_and_told():
    (line,) = read(po("#, fuzzy\n" + ENTRY), "")
    assert (line.target, line.is_fuzzy) == ("", True)


def test_a_line_of_a_po_file_is_counted_as_an_editor_counts_it():
    assert [line.line for line in read(po(ENTRY + "\n" + ENTRY.replace("k/1", "k/2")), "")] == [4, 8]


def test_the_note_stands_in_a_po_file_as_a_comment_for_translators():
    entry = polib.pofile(written("po").decode()).find(ONE.source)
    assert (entry.comment, entry.msgctxt) == (ONE.note, ONE.key)


def test_a_po_file_whose_text_is_the_name_of_a_file_opens_nothing(tmp_path):
    secret = tmp_path / "msgid"
    secret.write_bytes(po(ENTRY))
    with pytest.raises((FileUnknown, FileBroken)):
        read(str(secret).encode(), "")


@pytest.mark.parametrize(
    "data",
    [
        po('msgid "no end\nmsgstr'),
        po("msgstr msgid nothing"),
        po(ENTRY)[:-9].replace("တ".encode(), b"\xff"),
        po('msgctxt "k/1"\nmsgid "One"\nmsgstr[x] "တစ်"\n'),
        po('msgctxt "k/1"\nmsgid "One"\nmsgstr ""\n' + '"က"\n' * 100_000),
    ],
)
def test_a_broken_po_file_is_refused(data):
    with pytest.raises(FileBroken):
        read(data, "")


# --- A sheet, as other programs save it ----------------------------------------------------------------------------------


def sheet(data):
    return openpyxl.load_workbook(BytesIO(data)).active


def test_in_the_sheet_only_translations_can_be_written_and_its_headings_stay_in_view():
    one = sheet(written("xlsx"))
    assert (one.freeze_panes, one.protection.sheet) == ("A3", True)
    locked = {cell.column_letter: cell.protection.locked for cell in one[3]}
    assert locked == {"A": True, "B": True, "C": False, "D": True}
    assert {column: one.column_dimensions[column].width for column in "ABC"} == {"A": 6, "B": 60, "C": 60}
    assert {(cell.font.name, cell.alignment.wrap_text) for cell in one[3] if cell.column > 1} == {("Pyidaungsu", True)}


def test_the_sheet_says_in_both_languages_what_to_do():
    with override("my"):
        burmese = gettext(INSTRUCTIONS)
    assert sheet(written("xlsx"))["A1"].value.split("\n") == list(dict.fromkeys([burmese, INSTRUCTIONS]))


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula(text):
    cells = sheet(written("xlsx", [Unit(KEY, text, text, text)]))[3]
    assert [(cell.value, cell.data_type, bool(cell.quotePrefix)) for cell in cells[1:]] == [(text, "s", True)] * 3


HEAD = ["Key", "Source", "Translation [my]", "Note"]


@pytest.mark.parametrize(
    ("cell", "target"),
    [
        (18, "18"),
        (18.0, "18"),
        (0.5, "0.5"),
        (True, "True"),
        (None, ""),
        ("က\u00a0ခ", "က\u00a0ခ"),
        ("က_x000D_\nခ", "က\nခ"),
        ("=1+1", "=1+1"),
        (" က ", " က "),
    ],
)
def test_what_excel_makes_of_a_cell_is_read_as_text(cell, target):
    assert [line.target for line in read(workbook(HEAD, [KEY, "Source", cell]), "")] == [target]


def test_columns_may_be_moved_and_others_put_between_and_rows_sorted_or_left_out():
    data = workbook(
        ["Instructions"], [], ["Note", "Translation [my] ", "My own", "key", "SOURCE (English)"],
        ["n", "နှစ်", "x", "k/2", "Two"], [], ["n", "တစ်", "x", "k/1", "One"])  # fmt: skip
    assert read(data, "", language="my") == [Returned("k/2", "Two", "နှစ်", 4), Returned("k/1", "One", "တစ်", 6)]


def test_the_sheet_may_stand_behind_another():
    book = openpyxl.load_workbook(BytesIO(written("xlsx")))
    book.create_sheet("Mine", 0).append(["some", "notes"])
    out = BytesIO()
    book.save(out)
    assert len(read(out.getvalue(), "", language="my")) == 2


@pytest.mark.parametrize("rows", [[], [["Key", "Source"]], [["a", "b", "c"], [KEY, "One", "တစ်"]]])
def test_a_sheet_without_its_headings_is_refused(rows):
    with pytest.raises(FileWithoutColumns):
        read(workbook(*rows), "")


def test_a_csv_file_that_is_called_xlsx_is_refused():
    out = StringIO()
    csv.writer(out).writerows([HEAD, [KEY, "One", "တစ်", ""]])
    with pytest.raises(FileUnknown):
        read(out.getvalue().encode(), "translations.xlsx")


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 100, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, b"%PDF-1.7", b"<html></html>", b"GIF89a"],
)
def test_what_is_no_file_of_ours_is_refused(data):
    with pytest.raises(FileUnknown):
        read(data, "back.xlsx")


def test_a_zip_file_that_is_no_workbook_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(FileUnknown):
        read(out.getvalue(), "back.ods")


@pytest.mark.parametrize("kind", ["xlsx", "xliff"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_half_a_file_is_refused(kind, part):
    data = written(kind, [ONE] * 40)
    with pytest.raises(FileBroken):
        read(data[: int(len(data) * part)], "")


# --- What should not get in ----------------------------------------------------------------------------------------------


def test_a_file_of_more_than_two_megabytes_is_refused_before_it_is_opened():
    with pytest.raises(FileTooBig):
        read(written("po") + b"#" * LIMIT, "")


def test_a_file_that_unpacks_to_more_than_memory_should_hold_is_refused():
    bomb = repacked(written("xlsx"), sheet1=b"<worksheet>" + b" " * 60_000_000)
    assert len(bomb) < LIMIT
    with pytest.raises(FileTooBig):
        read(bomb, "")


def test_a_sheet_that_claims_a_million_rows_costs_no_more_than_the_most_that_are_read():
    cell = '<c r="A{0}" t="inlineStr"><is><t>k</t></is></c>'
    rows = f'<row r="1">{cell.format(1)}</row><row r="1048576">{cell.format(1048576)}</row>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = f'<worksheet xmlns="{space}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    with pytest.raises(FileWithoutColumns):
        read(repacked(written("xlsx"), sheet1=data.encode()), "")


@pytest.mark.parametrize("kind", ["xlsx", "po", "xliff"])
def test_the_most_lines_are_read_and_one_more_is_refused(kind):
    units = [Unit(f"k/{n}", "One", "တစ်", "") for n in range(MOST_LINES)]
    data = written(kind, units)
    assert len(data) < LIMIT
    assert len(read(data, "")) == MOST_LINES
    with pytest.raises(FileTooBig):
        read(written(kind, [*units, ONE]), "")


LAUGHS = '<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BODY = '<xliff version="1.2"><file><body><trans-unit id="k/1"><source>One</source><target>&{};</target></trans-unit></body></file></xliff>'


@pytest.mark.parametrize("data", [LAUGHS + BODY.format("b"), OUTSIDE + BODY.format("a"), '<!DOCTYPE xliff SYSTEM "http://x/x.dtd">' + BODY.format("amp")])  # fmt: skip
def test_entities_and_document_types_are_refused(data):
    with pytest.raises(FileBroken):
        read(data.encode(), "")


@pytest.mark.parametrize("part", ["sheet1", "workbook", "theme1", "styles"])
def test_entities_are_refused_in_every_part_of_a_workbook(part):
    declared = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(BytesIO(written("xlsx"))) as archive:
        name = next(name for name in archive.namelist() if name.endswith(f"{part}.xml"))
        old = re.sub(rb"<\?xml.*?\?>", b"", archive.read(name))
    with pytest.raises(FileBroken):
        read(repacked(written("xlsx"), **{part: declared.encode() + old}), "")


# --- XLIFF, as other programs save it --------------------------------------------------------------------------------------


def test_tags_that_a_program_puts_around_words_are_left_out_and_their_words_read():
    data = BODY.format("amp").replace("<target>&amp;</target>", "<target>တ<g id='1'>စ်</g><x id='2'/><mrk mtype='seg'> ခု</mrk></target><!-- c -->")  # fmt: skip
    assert told(read(data.encode(), "")) == [("k/1", "One", "တစ် ခု")]


def test_an_xliff_file_in_utf_16_with_a_namespace_of_its_own_is_read():
    data = BODY.format("amp").replace("<xliff", '<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:1.2"', 1).replace("</xliff", "</x:xliff")  # fmt: skip
    data = '<?xml version="1.0" encoding="UTF-16"?>' + data
    assert told(read(data.encode("utf-16"), "")) == [("k/1", "One", "&")]


# --- Anything at all ---------------------------------------------------------------------------------------------------------


REFUSALS = (FileBroken, FileUnknown, FileTooBig, FileWithoutColumns, FileOfAnotherLanguage)
WHOLE = {kind: written(kind) for kind in WRITERS}


@EVERY
@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_file_with_wrong_bytes_is_read_or_refused(kind, data):
    file = bytearray(WHOLE[kind])
    for place in data.draw(st.lists(st.integers(0, len(file) - 1), min_size=1, max_size=6)):
        file[place] = data.draw(st.integers(0, 255))
    with suppress(*REFUSALS):
        assert {type(line) for line in read(bytes(file), "")} == {Returned}


@given(
    st.binary(max_size=200)
    | st.text(st.sampled_from('msgidctxtr"#~,|[]0\\n \n<xlif>/?!-'), max_size=200).map(str.encode)
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data):
    for start in (b"", b"PK\x03\x04", b'msgid ""\n', b"<xliff>"):
        with suppress(*REFUSALS):
            assert {type(line) for line in read(start + data, "")} == {Returned}
