"""Errors in authored files: each is told with its file and its line (docs/curriculum-format.md)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from content.authored import read_curriculum
from tests.content.authoring import SMALL, copied, edit, problems

LESSON, ITEMS, MODULE, COURSE = "C1/M01/1-one.md", "C1/M01/items.yaml", "C1/M01/module.yaml", "C1/course.yaml"
FIGURE, TERMS = "C1/M01/figures/border.svg", "glossary.yaml"
TESTS = "tests:\n  minutes: 10\n  forms:\n    A: [{a}]\n    B: [{b}]\n"

# what is wrong: file edited, what stands there, what is put in its place, file and line told, how the text begins
ERRORS = {
    "a lesson without a head": (LESSON, "---\ncode", "code", LESSON, 1, "should begin with a YAML head"),
    "a head that lacks a key": (LESSON, "minutes: 10\n", "", LESSON, 2, "'minutes' is missing"),
    "a head with an unknown key": (LESSON, "minutes: 10\n", "minutes: 10\nteacher: K\n", LESSON, 5, "'teacher' is not a known key"),
    "minutes that are no number": (LESSON, "minutes: 10\n", "minutes: ten\n", LESSON, 4, "'minutes' is 'ten'; expected int"),
    "a head that is no YAML": (LESSON, "title: Lesson one of M01", "title: [Lesson", LESSON, 4, "is not valid YAML"),
    "a code of another module": (LESSON, "code: M01.L1", "code: M03.L1", LESSON, 2, "the code M03.L1 does not belong to M01"),
    "an objective of another module": (LESSON, "objectives: [M01.O1]", "objectives: [M03.O1]", LESSON, 2, "the objective M03.O1 is not one of M01"),
    "a heading of the first rank": (LESSON, "## A heading", "# A heading", LESSON, 10, "only ## and ### headings are allowed"),
    "raw HTML": (LESSON, "Opening text", "<b>Opening</b> text", LESSON, 8, "raw HTML, links, images and tables are not allowed"),
    "a link": (LESSON, "Opening text", "[Opening](https://example.org) text", LESSON, 8, "raw HTML, links, images and tables are not allowed"),
    "an image": (LESSON, "Opening text", "![Opening](x.png) text", LESSON, 8, "raw HTML, links, images and tables are not allowed"),
    "a table": (LESSON, "Opening text", "| Opening | text |", LESSON, 8, "raw HTML, links, images and tables are not allowed"),
    "a list inside a list": (LESSON, "- second", "  - second", LESSON, 13, "a list inside a list is not allowed"),
    "a block that is not known": (LESSON, "::: fact id=R7", "::: video id=R7", LESSON, 28, "::: video is not known"),
    "a block that is never closed": (LESSON, ":::\n\nClosing text of M01 one.\n", "Closing text of M01 one.\n", LESSON, 31, "::: check is never closed"),
    "an end that closes nothing": (LESSON, "Closing text", ":::\n\nClosing text", LESSON, 34, "::: closes nothing here"),
    "a rule without its source": (LESSON, ' source=S30 place="guideline 8"', "", LESSON, 15, "::: keypoint needs source"),
    "a rule with a source that is not known": (LESSON, "source=S30", "source=S99", LESSON, 15, "the source S99 is not in sources.yaml"),
    "an empty rule": (LESSON, "A rule of M01 one.\n", "", LESSON, 15, "the key point is empty"),
    "a case without a title": (LESSON, ' title="At the jetty M01 one"', "", LESSON, 19, "::: case needs title"),
    "an attribute that is not known": (LESSON, "::: fact id=R7", "::: fact id=R7 mood=bad", LESSON, 28, "::: fact does not know mood"),
    "a figure without a text for the blind": (LESSON, "alt: A line drawn across a field in M01 one.\n", "", LESSON, 23, "the figure has no alt"),
    "a figure without a caption": (LESSON, "caption: The border of M01 one\n", "", LESSON, 23, "the figure has no caption"),
    "a figure with a line of another kind": (LESSON, "caption: The", "colour: blue\ncaption: The", LESSON, 23, "a figure has the lines alt: and caption:"),
    "a figure that is not there": (LESSON, "file=border.svg", "file=river.svg", LESSON, 23, "figures/river.svg does not exist"),
    "a drawing with a script": (FIGURE, "<rect", "<script>1</script><rect", FIGURE, 1, "holds <script>, which a drawing may not"),
    "a fact that is not known": (LESSON, "::: fact id=R7", "::: fact id=R99", LESSON, 28, "the fact R99 is not in facts.yaml"),
    "a check that is an exam item": (LESSON, "item=MIG-M01.O1-101", "item=MIG-M01.O1-001", LESSON, 31, "MIG-M01.O1-001 is not a check item of M01"),
    "a check of another module": (LESSON, "item=MIG-M01.O1-101", "item=HRP-M03.O1-101", LESSON, 31, "HRP-M03.O1-101 is not a check item of M01"),
    "a check item that no lesson asks": (LESSON, "::: check item=MIG-M01.O1-101\n:::\n", "", ITEMS, 61, "MIG-M01.O1-101 is asked 0 times in the lessons"),
    "items that are no YAML": (ITEMS, "- code: MIG-M01.O1-001\n", "code: MIG-M01.O1-001\n", ITEMS, 2, "is not valid YAML"),
    "an item without a question": (ITEMS, "  stem: |\n    Question MIG-M01.O1-001?\n", "", ITEMS, 1, "'stem' is missing"),
    "a level of thinking that is not known": (ITEMS, "bloom: apply", "bloom: guess", ITEMS, 4, "'bloom' is 'guess'; allowed are remember"),
    "a difficulty beyond the scale": (ITEMS, "difficulty: 2", "difficulty: 6", ITEMS, 5, "'difficulty' is 6; allowed are 1"),
    "a kind that is not known": (ITEMS, "kind: single", "kind: essay", ITEMS, 1, "MIG-M01.O1-001: its kind 'essay' is not known; known are "),
    "a code out of shape": (ITEMS, "code: MIG-M01.O1-001", "code: question-1", ITEMS, 1, "'code' is 'question-1'; expected like"),
    "a code of another competency": (ITEMS, "code: MIG-M01.O1-001", "code: HRP-M01.O1-001", ITEMS, 1, "HRP-M01.O1-001: the code should begin with MIG-M01.O1-"),
    "a single choice with two right answers": (ITEMS, "correct: false, rationale: Reason b of MIG-M01.O1-001", "correct: true, rationale: Reason b of MIG-M01.O1-001", ITEMS, 1, "MIG-M01.O1-001: Mark exactly one option as right."),
    "a multiple choice with one right answer": (ITEMS, "correct: true, rationale: Reason b of MIG-M01.O1-002", "correct: false, rationale: Reason b of MIG-M01.O1-002", ITEMS, 16, "MIG-M01.O1-002: Mark at least two options as right"),
    "an option that does not say whether it is right": (ITEMS, "correct: true, ", "", ITEMS, 12, "'correct' is missing"),
    "an option without its reason": (ITEMS, ", rationale: Reason a of MIG-M01.O1-001.", "", ITEMS, 12, "'rationale' is missing"),
    "two options with one id": (ITEMS, "{id: b, text: Option b of MIG-M01.O1-001", "{id: a, text: Option b of MIG-M01.O1-001", ITEMS, 1, "MIG-M01.O1-001: two parts have the same id: a"),
    "two options with one text": (ITEMS, "text: Option b of MIG-M01.O1-001", "text: Option a of MIG-M01.O1-001", ITEMS, 1, "MIG-M01.O1-001: two options have the same text"),
    "true or false with other options": (ITEMS, "kind: single", "kind: truefalse", ITEMS, 1, "MIG-M01.O1-001: Give two options with the ids “true” and “false”."),
    "an item that rests on an unknown fact": (ITEMS, "  use: exam\n", "  use: exam\n  facts: [R99]\n", ITEMS, 1, "MIG-M01.O1-001: the fact R99 is not in facts.yaml"),
    "an item with an unknown source": (ITEMS, "sources: [S30]", "sources: [S99]", ITEMS, 1, "MIG-M01.O1-001: the source S99 is not in sources.yaml"),
    "an agency that is not known": (MODULE, "social_welfare]", "navy]", MODULE, 5, "'roles' is 'navy'; allowed are immigration"),
    "a key that stands twice": (MODULE, "minutes: 20\n", "minutes: 20\nminutes: 30\n", MODULE, 5, "is not valid YAML: the key 'minutes' stands twice"),
    "a lesson that is not listed": (MODULE, "[1-one.md, 2-two.md]", "[1-one.md]", "C1/M01/2-two.md", 1, "is not listed in module.yaml"),
    "a lesson that is not there": (MODULE, "2-two.md]", "2-two.md, 3-three.md]", "C1/M01/3-three.md", 1, "cannot be read"),
    "an exam that asks more than the bank has": (COURSE, "{objective: M01.O1, count: 2}", "{objective: M01.O1, count: 5}", COURSE, 15, "M01.O1 draws 5 items, the bank has 4"),
    "an exam without its cut score": (COURSE, "  cut_score: 0.70\n", "", COURSE, 10, "'cut_score' is missing"),
    "tests that ask an item twice": (COURSE, "    - {objective: M03.O1, count: 2, cut_score: 0.80}\n", TESTS.format(a="MIG-M01.O1-001", b="MIG-M01.O1-001"), COURSE, 17, "MIG-M01.O1-001 stands twice in the tests"),
    "tests that ask a check item": (COURSE, "    - {objective: M03.O1, count: 2, cut_score: 0.80}\n", TESTS.format(a="MIG-M01.O1-001", b="MIG-M01.O1-101"), COURSE, 17, "MIG-M01.O1-101 is no exam item of the course"),
    "tests whose forms differ": (COURSE, "    - {objective: M03.O1, count: 2, cut_score: 0.80}\n", TESTS.format(a="MIG-M01.O1-001", b="HRP-M03.O1-001"), COURSE, 17, "the forms A and B do not ask the same number of items of every objective"),
    "tests without their second form": (COURSE, "    - {objective: M03.O1, count: 2, cut_score: 0.80}\n", TESTS.replace("    B: [{b}]\n", "").format(a="MIG-M01.O1-001"), COURSE, 19, "'B' is missing"),
    "a fact with a flag that is not known": ("facts.yaml", "flags: [L]", "flags: [X]", "facts.yaml", 1, "'flags' is 'X'; allowed are L"),
    "a fact with a source that is not known": ("facts.yaml", "sources: [S30], confidence: A, flags: []", "sources: [S99], confidence: A, flags: []", "facts.yaml", 2, "R7: the source S99 is not in sources.yaml"),
    "a source without a title": ("sources.yaml", "title: Recommended Principles and Guidelines, ", "", "sources.yaml", 1, "'title' is missing"),
    "a term without its Burmese": (TERMS, "my: နယ်စပ် (နယ်နိမိတ်), ", "", TERMS, 1, "'my' is missing"),
    "a term with a code out of shape": (TERMS, "code: border", "code: The_border", TERMS, 1, "'code' is 'The_border'; expected like"),
    "a code of two terms": (TERMS, "code: law", "code: border", TERMS, 3, "the code border stands twice"),
    "a term of an origin that is not known": (TERMS, "origin: attested", "origin: guess", TERMS, 1, "'origin' is 'guess'; allowed are attested"),
    "a term with a source that is not known": (TERMS, "sources: [S30]", "sources: [S99]", TERMS, 1, "border: the source S99 is not in sources.yaml"),
    "an attested term without its source": (TERMS, "sources: [S30], ", "", TERMS, 1, "border: a rendering of our own has no source, every other one has"),
    "a rendering of our own with a source": (TERMS, "my: ဥပဒေ, origin: own", "my: ဥပဒေ, origin: own, sources: [S30]", TERMS, 3, "law: a rendering of our own has no source, every other one has"),
    "a term that is not Burmese": (TERMS, "my: ဥပဒေ", "my: law", TERMS, 3, "law: 'my' is not Burmese"),
    "a term that is not spelt as it is stored": (TERMS, "my: ဥပဒေ", "my: ဥပေဒ\u200b", TERMS, 3, "law: 'my' would be stored as ဥပေဒ"),
    "a term that is not well-formed": (TERMS, "my: ဥပဒေ", "my: ဥပဒဲာ", TERMS, 3, "law: 'my' is not well-formed Burmese"),
    "a Burmese term for two concepts": (TERMS, "my: ဥပဒေ", "my: ဥပဒေ / နယ် စပ်", TERMS, 3, "law: နယ် စပ် stands for border already"),
    "an English term for two concepts": (TERMS, "en: law", "en: Minor (act)", TERMS, 3, "law: minor stands for adult-minor already"),
    "a note that is too long": (TERMS, "note: Short", f"note: {'Short ' * 60}", TERMS, 1, "border: 'note' is longer than 300 signs"),
}  # fmt: skip


@pytest.mark.parametrize(("edited", "old", "new", "file", "line", "text"), ERRORS.values(), ids=ERRORS)
def test_an_error_is_told_with_its_file_and_line(edited, old, new, file, line, text, tmp_path):
    root = copied(tmp_path)
    edit(root, edited, old, new)
    told = [(name, number) for name, number, what in problems(root) if what.startswith(text)]
    assert told == [(file, line)]


def test_the_small_curriculum_has_no_problem():
    assert problems(SMALL) == []


def test_every_error_is_told_at_once_in_the_order_of_files_and_lines(tmp_path):
    root = copied(tmp_path)
    edit(root, LESSON, "::: fact id=R7", "::: video id=R7")
    edit(root, LESSON, "## A heading", "# A heading")
    edit(root, "C1/M03/items.yaml", "difficulty: 2", "difficulty: 9")
    assert [(file, line) for file, line, _text in problems(root)] == [
        (LESSON, 10), (LESSON, 28), ("C1/M03/items.yaml", 5)]  # fmt: skip


@pytest.mark.django_db
def test_the_command_tells_the_errors_and_loads_nothing(tmp_path):
    root = copied(tmp_path)
    edit(root, LESSON, "## A heading", "# A heading")
    with pytest.raises(CommandError) as refused:
        call_command("load_curriculum", str(root), stdout=StringIO())
    assert str(refused.value).splitlines() == [
        "1 problems; nothing was loaded.",
        f"{root / LESSON}:10: only ## and ### headings are allowed, not #",
    ]


def test_two_lessons_with_the_same_code_are_refused(tmp_path):
    root = copied(tmp_path)
    edit(root, "C1/M01/2-two.md", "code: M01.L2", "code: M01.L1")
    assert problems(root) == [("C1/M01/2-two.md", 2, "the code M01.L1 stands twice")]


def test_true_and_false_are_called_so(tmp_path):
    root = copied(tmp_path)
    edit(root, ITEMS, "kind: single", "kind: truefalse")
    edit(root, ITEMS, "{id: a, text: Option a of MIG-M01.O1-001", "{id: 'true', text: Certainly")
    edit(root, ITEMS, "{id: b, text: Option b of MIG-M01.O1-001", "{id: 'false', text: By no means")
    edit(root, ITEMS, "    - {id: c, text: Option c of MIG-M01.O1-001, correct: false, rationale: Reason c of MIG-M01.O1-001.}\n", "")  # fmt: skip
    assert problems(root) == [(ITEMS, 1, "MIG-M01.O1-001: calls its options True and False")]


def test_a_paragraph_of_several_lines_is_one_segment(tmp_path):
    root = copied(tmp_path)
    edit(root, LESSON, "Closing text of M01 one.", "Closing\n  text\nof M01 one.")
    lessons = read_curriculum(root).courses[0].modules[0].lessons
    assert lessons[0].blocks[-1].html() == "<p>Closing text of M01 one.</p>"
