"""Each mistake that an author can make in the format gives a problem with file and line, and nothing else does."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.authored import AuthoredError, read_curriculum
from content.authored.__main__ import main
from content.authored.shapes import MARKDOWN, inline_html
from tests.courses.authoring import COURSE, FACTS, ITEMS, LESSON, MODULE, SOURCES, TWO, Folder

LONG = "C1/M01/figures/border.svg"
ITEM = "MIG-M01.O1-001"
WHOLE_FIGURE = "alt: A line drawn across a field in M01 one.\ncaption: The border of M01 one\n"


def problems(folder: Folder) -> list[tuple[str, int, str]]:
    """File, line and text of each problem."""
    with pytest.raises(AuthoredError) as refused:
        read_curriculum(folder.root)
    return [(str(one.file.relative_to(folder.root)), one.line, one.text) for one in refused.value.problems]


def test_the_curriculum_of_the_tests_is_without_problems(folder):
    read = read_curriculum(folder.root)
    assert [(c.code, [(m.code, len(m.lessons), len(m.items)) for m in c.modules]) for c in read.courses] == [
        ("C1", [("M01", 2, 5), ("M03", 1, 5)])
    ]


def test_a_lesson_is_read_block_by_block_with_its_lines(folder):
    lesson = read_curriculum(folder.root).courses[0].modules[0].lessons[0]
    assert [type(block).__name__ for block in lesson.blocks] == [
        "Prose", "KeyPoint", "Case", "Figure", "FactReference", "CheckReference", "Prose"
    ]  # fmt: skip
    prose, key_point = lesson.blocks[:2]
    assert [(e.tag, e.line) for e in prose.elements] == [("p", 8), ("h2", 10), ("ul", 12)]
    assert prose.elements[2].texts == ["first point of M01 one", "second point of M01 one"]
    assert (key_point.source, key_point.place, key_point.line) == ("S30", "guideline 8", 15)
    assert (lesson.code, lesson.slug, lesson.minutes) == ("M01.L1", "one", 10)


def test_markup_becomes_inline_html_and_everything_else_is_escaped(folder):
    lesson = read_curriculum(folder.root).courses[0].modules[0].lessons[0]
    assert lesson.blocks[0].elements[0].html() == (
        "<p>Opening text of lesson one in M01, with <b>bold</b> and &quot;quotes&quot; &amp; signs.</p>"
    )


@given(text=st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("*_&<>[]()`\\ က"))))
def test_a_text_without_marks_is_what_the_parser_makes_of_it(text):
    assert inline_html(text).replace("<b>", "<strong>").replace("</b>", "</strong>").replace("<i>", "<em>").replace(
        "</i>", "</em>"
    ) == MARKDOWN.renderInline(text)


# --- One mistake, one problem ----------------------------------------------------------------------------------------
# (file to change, old, new, [(file, line, text)])

HEAD = "objectives: [M01.O1]\n---\n"
MISTAKES = {
    "no head": (LESSON, "---\ncode", "code", [(LESSON, 1, "should begin with a YAML head between two lines of ---")]),
    "no title": (LESSON, "title: Lesson one of M01\n", "", [(LESSON, 2, "'title' is missing")]),
    "empty title": (LESSON, "title: Lesson one of M01", "title: ' '", [(LESSON, 3, "'title' is empty")]),
    "minutes in words": (LESSON, "minutes: 10", "minutes: ten", [(LESSON, 4, "'minutes' is 'ten'; expected int")]),
    "minutes yes": (LESSON, "minutes: 10", "minutes: yes", [(LESSON, 4, "'minutes' is True; expected int")]),
    "unknown key": (
        LESSON, HEAD, "objectives: [M01.O1]\naim: x\n---\n",
        [(LESSON, 6, "'aim' is not a known key; known are code, title, minutes, objectives")],
    ),
    "a key twice": (LESSON, "minutes: 10", "minutes: 10\nminutes: 11", [
        (LESSON, 5, "is not valid YAML: the key 'minutes' stands twice"),
        (LESSON, 1, "here should stand a mapping with code, title, minutes, objectives"),
    ]),
    "objective of another module": (
        LESSON, "[M01.O1]", "[M03.O1]", [(LESSON, 2, "the objective M03.O1 is not one of M01")]
    ),
    "code of another module": (
        LESSON, "code: M01.L1", "code: M02.L1", [(LESSON, 2, "the code M02.L1 does not belong to M01")]
    ),
    "code misspelt": (LESSON, "M01.L1", "M1.L1", [(LESSON, 2, r"'code' is 'M1.L1'; expected like M\d\d\.L\d+")]),
    "a first-level heading": (
        LESSON, "## A heading", "# A heading", [(LESSON, 10, "only ## and ### headings are allowed, not #")]
    ),
    "a list in a list": (
        LESSON, "- second point", "  - second point", [(LESSON, 13, "a list inside a list is not allowed")]
    ),
    "raw html": (
        LESSON, "Closing text", "<b>Closing</b> text",
        [(LESSON, 34, "raw HTML, links, images and tables are not allowed")],
    ),
    "a link": (
        LESSON, "Closing text", "[Closing](https://example.org) text",
        [(LESSON, 34, "raw HTML, links, images and tables are not allowed")],
    ),
    "an image": (
        LESSON, "Closing text", "![Closing](x.png) text",
        [(LESSON, 34, "raw HTML, links, images and tables are not allowed")],
    ),
    "a table": (
        LESSON, "Closing text", "| a | b |\n|---|---|\n",
        [(LESSON, 34, "raw HTML, links, images and tables are not allowed")],
    ),
    "unknown directive": (
        LESSON, "::: fact id=R7", "::: video id=R7",
        [(LESSON, 28, "::: video is not known; known are keypoint, case, figure, fact, check")],
    ),
    "a directive never closed": (
        LESSON, "::: check item=MIG-M01.O1-101\n:::", "::: check item=MIG-M01.O1-101",
        [(LESSON, 31, "::: check is never closed by :::")],
    ),
    "closed twice": (LESSON, "::: fact id=R7\n:::", "::: fact id=R7\n:::\n:::", [
        (LESSON, 30, "::: closes nothing here")
    ]),
    "a rule without source": (
        LESSON, '::: keypoint source=S30 place="guideline 8"', "::: keypoint",
        [(LESSON, 15, "::: keypoint needs source")],
    ),
    "unknown attribute": (
        LESSON, "::: fact id=R7", "::: fact id=R7 colour=red", [(LESSON, 28, "::: fact does not know colour")]
    ),
    "an empty rule": (LESSON, "A rule of M01 one.\n", "", [(LESSON, 15, "the key point is empty")]),
    "unknown source": (LESSON, "source=S30", "source=S99", [(LESSON, 15, "the source S99 is not in sources.yaml")]),
    "unknown fact": (LESSON, "id=R7", "id=R9", [(LESSON, 28, "the fact R9 is not in facts.yaml")]),
    "a case without title": (LESSON, '::: case title="At the jetty M01 one"', "::: case", [
        (LESSON, 19, "::: case needs title")
    ]),
    "a figure that is not there": (
        LESSON, "file=border.svg", "file=bridge.svg", [(LESSON, 23, "figures/bridge.svg does not exist")]
    ),
    "a figure without words": (
        LESSON, WHOLE_FIGURE, "", [(LESSON, 23, "the figure has no alt"), (LESSON, 23, "the figure has no caption")]
    ),
    "a figure with another line": (
        LESSON, WHOLE_FIGURE, WHOLE_FIGURE + "width: 3\n",
        [(LESSON, 23, "a figure has the lines alt: and caption:, not 'width: 3'")],
    ),
    "a check that is not there": (LESSON, "item=MIG-M01.O1-101", "item=MIG-M01.O1-102", [
        (LESSON, 31, "MIG-M01.O1-102 is not a check item of M01"),
        (ITEMS, 61, "MIG-M01.O1-101 is asked 0 times in the lessons"),
    ]),
    "a check that is an exam item": (LESSON, "item=MIG-M01.O1-101", f"item={ITEM}", [
        (LESSON, 31, f"{ITEM} is not a check item of M01"),
        (ITEMS, 61, "MIG-M01.O1-101 is asked 0 times in the lessons"),
    ]),
    "a check asked twice": (
        TWO, "Closing text", "::: check item=MIG-M01.O1-101\n:::\n\nClosing text",
        [(ITEMS, 61, "MIG-M01.O1-101 is asked 2 times in the lessons")],
    ),
    "no right option": (ITEMS, "correct: true", "correct: false", [
        (ITEMS, 1, f"{ITEM}: Mark exactly one option as right.")
    ]),
    "two right options": (ITEMS, "correct: false", "correct: true", [
        (ITEMS, 1, f"{ITEM}: Mark exactly one option as right.")
    ]),
    "true or false with other options": (ITEMS, "kind: single", "kind: truefalse", [
        (ITEMS, 1, f"{ITEM}: Give two options with the ids “true” and “false”."),
        (ITEMS, 1, f"{ITEM}: calls its options True and False"),
    ]),
    "several right of which there is one": (ITEMS, "kind: single", "kind: multiple", [
        (ITEMS, 1, f"{ITEM}: Mark at least two options as right and leave at least one wrong.")
    ]),
    "options with one id": (ITEMS, "{id: b,", "{id: c,", [(ITEMS, 1, f"{ITEM}: two parts have the same id: c")]),
    "options with one text": (
        ITEMS, f"Option b of {ITEM}", f"Option a of {ITEM}", [(ITEMS, 1, f"{ITEM}: two options have the same text")]
    ),
    "an option without reason": (
        ITEMS, f", rationale: Reason b of {ITEM}.", "", [(ITEMS, 13, "'rationale' is missing"),
                                                         (ITEMS, 1, f"{ITEM}: Give at least three options with different ids.")],
    ),
    "right in words": (ITEMS, "correct: true", "correct: right", [
        (ITEMS, 12, "'correct' is 'right'; expected bool"),
        (ITEMS, 1, f"{ITEM}: Mark exactly one option as right."),
        (ITEMS, 1, f"{ITEM}: Give at least three options with different ids."),
    ]),
    "difficulty 6": (ITEMS, "difficulty: 2", "difficulty: 6", [
        (ITEMS, 5, "'difficulty' is 6; allowed are 1, 2, 3, 4, 5")
    ]),
    "a level that is none": (ITEMS, "bloom: apply", "bloom: know", [
        (ITEMS, 4, "'bloom' is 'know'; allowed are remember, understand, apply, analyse, evaluate, create")
    ]),
    "no stem": (ITEMS, f"  stem: |\n    Question {ITEM}?\n", "", [(ITEMS, 1, "'stem' is missing")]),
    "an objective of elsewhere": (ITEMS, "objective: M01.O1", "objective: M01.O2", [
        (ITEMS, 1, f"{ITEM}: the code should begin with MIG-M01.O2-"),
        (ITEMS, 1, f"{ITEM}: M01.O2 is no objective here"),
    ]),
    "a code twice": (ITEMS, "code: MIG-M01.O1-002", f"code: {ITEM}", [
        (ITEMS, 1, f"{ITEM}: the code stands twice"),
        (ITEMS, 16, f"{ITEM}: the code stands twice"),
    ]),
    "an item on an unknown source": (ITEMS, "sources: [S30]", "sources: [S31]", [
        (ITEMS, 1, f"{ITEM}: the source S31 is not in sources.yaml")
    ]),
    "an item on an unknown fact": (ITEMS, "sources: [S30]", "facts: [R9]", [
        (ITEMS, 1, f"{ITEM}: the fact R9 is not in facts.yaml")
    ]),
    "a lesson not listed": (MODULE, "[1-one.md, 2-two.md]", "[1-one.md]", [(TWO, 1, "is not listed in module.yaml")]),
    "a role that is none": (MODULE, "roles: [immigration,", "roles: [army,", [
        (MODULE, 5, "'roles' is 'army'; allowed are immigration, police, social_welfare")
    ]),
    "lessons that are no list": (MODULE, "[1-one.md, 2-two.md]", "1-one.md", [
        (LESSON, 1, "is not listed in module.yaml"),
        (TWO, 1, "is not listed in module.yaml"),
        (MODULE, 9, "'lessons' should be a list"),
    ]),
    "an objective without text": (
        MODULE, "text: Tell one thing from another in M01.", "label: x",
        [(MODULE, 8, "'label' is not a known key; known are code, text"), (MODULE, 8, "'text' is missing")],
    ),
    "an exam larger than its bank": (COURSE, "count: 2}", "count: 5}", [
        (COURSE, 15, "M01.O1 draws 5 items, the bank has 4")
    ]),
    "an exam on an objective without items": (COURSE, "objective: M01.O1", "objective: M01.O9", [
        (COURSE, 15, "M01.O9 draws 2 items, the bank has 0")
    ]),
    "an exam without cut score": (COURSE, "  cut_score: 0.70\n", "", [(COURSE, 10, "'cut_score' is missing")]),
    "a version that is a number": (COURSE, 'version: "1.0"', "version: 1.0", [
        (COURSE, 5, "'version' is 1.0; expected str")
    ]),
    "confidence that is none": (FACTS, "confidence: A", "confidence: D", [
        (FACTS, 1, "'confidence' is 'D'; allowed are A, B, C, A/B, A/C, B/A")
    ]),
    "a flag that is none": (FACTS, "flags: [L]", "flags: [X]", [(FACTS, 1, "'flags' is 'X'; allowed are L, S, P, T")]),
    "a fact on an unknown source": (FACTS, "sources: [S30]", "sources: [S31]", [
        (FACTS, 1, "R5: the source S31 is not in sources.yaml")
    ]),
    "a day that is none": (FACTS, "checked_on: 2026-11-24", "checked_on: soon", [
        (FACTS, 1, "'checked_on' is 'soon'; expected date")
    ]),
    "a source without title": (
        SOURCES, "title: Recommended Principles and Guidelines, ", "", [(SOURCES, 1, "'title' is missing")]
    ),
    "a drawing that runs": (
        LONG, "<rect", "<script>alert(1)</script><rect", [(LONG, 1, "holds <script>, which a drawing may not")]
    ),
    "not yaml": (MODULE, "title: First module", "title: [", [(MODULE, 4, "is not valid YAML")]),
}  # fmt: skip

# Where one mistake makes a part unreadable, what refers to that part is not judged: only these problems are asked for.
AMONG = {"a flag that is none", "not yaml", "confidence that is none", "a source without title", "a drawing that runs",
         "a key twice", "a figure that is not there", "a day that is none", "an exam without cut score",
         "lessons that are no list"}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_file_and_line(name, folder):
    file, old, new, expected = MISTAKES[name]
    found = problems(folder.change(file, old, new))
    if name in AMONG:
        for where, line, text in expected:
            assert [one for one in found if one[:2] == (where, line) and one[2].startswith(text)], found
    else:
        assert sorted(found) == sorted(expected)


def test_problems_of_several_files_are_told_together_in_order(folder):
    folder.change(TWO, "minutes: 10", "minutes: ten").change(LESSON, "# A heading", "A <i>heading</i>")
    folder.change(ITEMS, "difficulty: 2", "difficulty: 6")
    assert [one[:2] for one in problems(folder)] == [(LESSON, 10), (TWO, 4), (ITEMS, 5)]


@pytest.mark.parametrize("file", [LESSON, ITEMS, MODULE, COURSE, FACTS, SOURCES, "C1/M01/my.po"])
@pytest.mark.parametrize("broken", [b"\xff\xfe\x00", b"\x00", b"7", b"[[", b"{a: {b: [", b"- 1\n- x\n"])
def test_a_file_of_nonsense_is_a_problem_and_never_a_crash(broken, file, folder):
    (folder.root / file).write_bytes(broken)
    if file.endswith(".po"):  # whatever PO takes for empty is a file without translations
        with suppress(AuthoredError):
            read_curriculum(folder.root)
    else:
        assert [one for one in problems(folder) if one[0] == file and one[1] >= 1]


@pytest.mark.parametrize("name", ["one.md", "1-One.md", "1_one.md", "1-one.txt"])
def test_a_lessons_file_is_named_for_its_order_and_slug(name, folder):
    (folder.root / LESSON).rename(folder.root / "C1/M01" / name)
    folder.change(MODULE, "1-one.md", name)
    assert ("C1/M01/" + name, 1, "the file's name should be like 1-mixed-movements.md") in problems(folder)


def test_a_lesson_that_is_not_there_is_a_problem(folder):
    (folder.root / TWO).unlink()
    assert problems(folder)[0][:2] == (TWO, 1)


def test_the_authors_command_checks_one_module(folder, capsys):
    assert main(["check", str(folder.root / "C1/M01")]) == 0
    assert "2 lessons, 5 items" in capsys.readouterr().out
    folder.change(LESSON, "## A heading", "# A heading")
    assert main(["check", str(folder.root / "C1/M01")]) == 1
    assert f"{folder.root / LESSON}:10: only ## and ### headings are allowed, not #" in capsys.readouterr().out


def test_refreshing_a_translation_file_keeps_what_is_translated_and_drops_what_is_gone(folder, capsys):
    import polib

    folder.change(LESSON, "Closing text of M01 one.", "Another end.")
    assert main(["messages", str(folder.root / "C1/M01")]) == 0
    entries = {e.msgid: e.msgstr for e in polib.pofile(str(folder.root / "C1/M01/my.po"), encoding="utf-8")}
    assert entries["First module"] == "မြန်မာ First module"
    assert (entries["Another end."], "Closing text of M01 one." in entries) == ("", False)
    assert "1 untranslated" in capsys.readouterr().out
