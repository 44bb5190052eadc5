"""Translation files: brought up to date with the English, without losing what is translated."""

from pathlib import Path

import polib
import pytest

from content.authored import curriculum_doubts, read_curriculum, update_po
from content.authored.__main__ import main
from tests.content.authoring import SMALL, copied, edit, problems


@pytest.fixture
def po(tmp_path) -> Path:
    """A file with one text translated, one fuzzy, one that is gone from the English."""
    file = tmp_path / "my.po"
    file.write_text(
        'msgid ""\nmsgstr ""\n"Language: my\\n"\n"X-Status: reviewed\\n"\n\n'
        'msgid "Kept"\nmsgstr "ထားသည်"\n\n#, fuzzy\nmsgid "Unsure"\nmsgstr "မသေချာ"\n\nmsgid "Gone"\nmsgstr "မရှိတော့"\n',
        encoding="utf-8",
    )
    return file


def update(file: Path, *texts: str) -> tuple[int, int]:
    """Bring the file up to date with these English texts."""
    return update_po(file, iter([(text, f"1-one.md:{n}") for n, text in enumerate(texts, 1)]))


def entries(file: Path) -> list[tuple[str, str, bool]]:
    """English, Burmese, and whether it is fuzzy."""
    return [(entry.msgid, entry.msgstr, entry.fuzzy) for entry in polib.pofile(str(file))]


def test_what_is_translated_stays_so_what_is_new_is_empty_what_is_gone_is_dropped(po):
    update(po, "New", "Kept")
    assert entries(po) == [("New", "", False), ("Kept", "ထားသည်", False)]


def test_what_was_fuzzy_stays_fuzzy(po):
    update(po, "Unsure")
    assert entries(po) == [("Unsure", "မသေချာ", True)]


def test_the_head_of_the_file_stays(po):
    update(po, "Kept")
    assert polib.pofile(str(po)).metadata["X-Status"] == "reviewed"


def test_a_new_file_says_that_it_is_a_draft(tmp_path):
    update(tmp_path / "my.po", "Kept")
    assert polib.pofile(str(tmp_path / "my.po")).metadata["X-Status"] == "draft"


def test_a_text_that_stands_in_two_places_is_translated_once_and_names_both(po):
    update(po, "Kept", "Kept")
    assert [entry.occurrences for entry in polib.pofile(str(po))] == [[("1-one.md", "1"), ("1-one.md", "2")]]


def test_it_counts_the_texts_and_those_that_are_not_translated(po):
    assert update(po, "Kept", "Unsure", "New", "New") == (3, 2)


def test_a_second_time_changes_no_byte(po):
    update(po, "Kept", "New")
    before = po.read_bytes()
    update(po, "Kept", "New")
    assert po.read_bytes() == before


def test_the_command_for_authors_keeps_every_translation_of_a_module(tmp_path, capsys):
    root = copied(tmp_path)
    before = read_curriculum(SMALL).translations
    edit(root, "C1/M01/1-one.md", "Closing text of M01 one.", "Closing text of M01 one.\n\nA text that is new.")
    assert main(["messages", str(root / "C1/M01")]) == 0
    assert capsys.readouterr().out == f"{root / 'C1/M01'}: 2 lessons, 5 items, 67 segments, 1 untranslated\n"
    assert read_curriculum(root).translations == before


def test_a_fuzzy_translation_is_not_used(tmp_path):
    root = copied(tmp_path)
    edit(root, "C1/M01/my.po", '#: module.yaml\nmsgid "First module"', '#, fuzzy\nmsgid "First module"')
    lost = read_curriculum(SMALL).translations["my"].keys() - read_curriculum(root).translations["my"].keys()
    assert lost == {"First module"}


def test_a_file_that_is_no_po_file_is_told(tmp_path):
    root = copied(tmp_path)
    (root / "C1/M01/my.po").write_text('msgid "First\nmsgstr', encoding="utf-8")
    assert [(file, line) for file, line, _text in problems(root)] == [("C1/M01/my.po", 1)]


def test_the_command_for_authors_tells_errors_and_fails(tmp_path, capsys):
    root = copied(tmp_path)
    edit(root, "C1/M01/1-one.md", "## A heading", "# A heading")
    assert main(["check", str(root / "C1/M01")]) == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        f"{root / 'C1/M01/1-one.md'}:10: only ## and ### headings are allowed, not #"
    )


def test_a_text_with_two_translations_is_an_error(tmp_path):
    root = copied(tmp_path)
    po = root / "glossary.my.po"
    (entry,) = (one for one in polib.pofile(str(root / "C1/M01/my.po")) if one.msgid == "First module")
    po.write_text(po.read_text("utf-8") + f'\nmsgid "First module"\nmsgstr "{entry.msgstr} ၁"\n', encoding="utf-8")
    line = po.read_text("utf-8").split("\n").index('msgid "First module"') + 1
    told = f"'First module' is {entry.msgstr!r} in C1/M01/my.po: write the same here"
    assert problems(root) == [("glossary.my.po", line, told)]


def test_what_differs_between_the_languages_is_a_warning_with_file_and_line(tmp_path, capsys):
    root = copied(tmp_path)
    edit(root, "C1/M01/1-one.md", "Closing text of M01 one.", "Closing text of M01 one.\n\nThe law of 2005.")
    assert main(["messages", str(root / "C1/M01")]) == 0
    edit(root, "C1/M01/my.po", 'msgid "The law of 2005."\nmsgstr ""', 'msgid "The law of 2005."\nmsgstr "၂၀၂၂ စည်းကမ်း"')
    capsys.readouterr()
    assert main(["check", str(root / "C1/M01")]) == 0
    po = root / "C1/M01/my.po"
    line = po.read_text("utf-8").split("\n").index('msgid "The law of 2005."')
    assert [said for said in capsys.readouterr().out.splitlines() if f"{po}:{line}" in said] == [
        f"warning: {po}:{line}: numbers that differ from the English: 2005, 2022: 'The law of 2005.'",
        f"warning: {po}:{line}: the glossary has 'ဥပဒေ' for 'law': 'The law of 2005.'",
    ]
    told = [one.line for one in curriculum_doubts(root, read_curriculum(root)) if one.file == po]
    assert told.count(line) == 2
