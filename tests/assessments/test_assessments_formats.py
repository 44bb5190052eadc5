"""Items leave in a format and come back; what other systems write is read, and what cannot be carried is said."""

import io
import zipfile
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments import formats, kinds
from assessments.formats import gift
from assessments.formats.draft import TRUTH, Draft, Notes, truth
from assessments.formats.markup import html, plain
from assessments.taking_in import _plain
from core.errors import DomainError
from core.tables import write_csv
from myanmar.text import clean_text
from tests.assessments.asked import ASKED
from tests.assessments.parts_items import CASES
from tests.assessments.test_assessments_marking import PICTURES, WRITTEN


@pytest.fixture(scope="module", autouse=True)
def english():
    """What is noted is compared in the words of the source."""
    with override("en"):
        yield


# --- Round trips --------------------------------------------------------------------------------------------------------

SIGNS = [*list("ab Z09\\~=#{}:%[]<>&\"'*_->|`$@!?.,;()/"), "\n", "\n\n", "::", "->", "####", "//", "%50%", "[html]", "<b>", "&lt;", "\\n"]  # fmt: skip
WORDS = ["ကလေး", "မြန်မာ", "နိုင်ငံ", "ရဲအရာရှိ", "အကူအညီ", "၁၂၃", " "]


def texts(*, multiline=False, least=0):
    made = st.lists(st.sampled_from(SIGNS + WORDS), min_size=least, max_size=12).map("".join)
    clean = made.map(lambda text: clean_text(text, multiline=multiline))
    # A table takes an apostrophe before a sign for the one that kept the sign from being a formula.
    return clean.filter(lambda text: len(text) >= least and not text.startswith("'"))


@st.composite
def drafts(draw):
    language = draw(st.sampled_from(["en", "my"]))
    kind = draw(st.sampled_from(["single", "multiple", "truefalse"]))
    why = texts(multiline=True)
    if kind == "truefalse":
        rows = list(zip(("true", "false"), TRUTH[language], strict=True))
    else:
        words = draw(st.lists(texts(least=1), min_size=3, max_size=6, unique=True))
        rows = [
            ("abcdef"[place], f"{place} {word}" if draw(st.booleans()) else word) for place, word in enumerate(words)
        ]
    most = len(rows) - 1 if kind == "multiple" else 1
    right = draw(
        st.sets(st.sampled_from([name for name, _text in rows]), min_size=2 if kind == "multiple" else 1, max_size=most)
    )
    code = draw(st.from_regex(r"[A-Z]{3}-M0[1-9]\.O[1-4]-[0-9]{3}", fullmatch=True))
    return Draft(
        code,
        kind,
        draw(texts(multiline=True, least=1)),
        {
            "options": [
                {"id": name, "text": text, "correct": name in right, "rationale": draw(why)} for name, text in rows
            ]
        },
        feedback=draw(texts(multiline=True)),
        objective="M01.O1",
        competency="MIG1",
        bloom=draw(st.sampled_from(["remember", "apply"])),
        difficulty=draw(st.integers(1, 5)),
        use=draw(st.sampled_from(["exam", "check"])),
        asks_certainty=draw(st.booleans()),
        facts="D5 R6",
        sources="S70",
        language=language,
    )


@pytest.mark.parametrize("name", ["gift", "moodlexml", "qti", "xlsx", "csv"])
@given(draft=drafts())
def test_an_item_comes_back_as_it_left(name, draft):
    data, lost = formats.write(name, [draft])
    came, notes = formats.read(data, "x", draft.language)
    assert (lost, notes) == ([], [])
    assert [replace(one, place="") for one in came] == [draft]


@given(draft=drafts())
def test_an_item_of_the_projects_own_files_comes_back_with_its_white_space_folded(draft):
    fold = lambda text: " ".join(text.split())  # noqa: E731
    options = [{**one, "rationale": fold(one["rationale"]) or "Because."} for one in draft.question["options"]]
    if draft.kind == "truefalse":
        options = [{**one, "text": one["id"].title()} for one in options]
    stem = "\n\n".join(fold(part) for part in draft.stem.split("\n\n"))
    english = replace(draft, language="en", stem=stem, feedback=fold(draft.feedback), question={"options": options})
    came, _notes = formats.read(formats.write("yaml", [english])[0], "x", "en")
    assert [replace(one, place="") for one in came] == [english]


@given(texts(multiline=True))
def test_plain_text_survives_html(text):
    assert plain(html(text)) == text


@given(st.text() | st.lists(st.sampled_from(SIGNS + WORDS + ["{", "}", "=", "~", "{=a ~b}", "\n\n"])).map("".join))
def test_no_text_breaks_the_reader_of_gift(text):
    gift.read(text, "en", Notes())


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda data: b"PK\x03\x04" + data))
def test_whatever_comes_is_read_or_refused_in_words(data):
    with suppress(DomainError):
        formats.read(data, "x", "en")


CONTENTS = {
    **{case.kind: case.content for case in CASES},
    **{kind: one.content for kind, one in ASKED.items()},
    "written": WRITTEN,
    "pictures": PICTURES,
    **{
        kind: {"options": [{"id": id, "text": f"Option {id}", "correct": id in right, "rationale": f"Because {id}"} for id in "abcd"]}
        for kind, right in (("single", "b"), ("multiple", "bd"))
    },
    "truefalse": truth(False, "Because it is not", "Because so it is", language="en"),
}  # fmt: skip
IDS = "the ids of its parts"
# What a format does not carry of these; "all" stands for the whole item.
LOST = {
    "gift": {
        "matching": [IDS, "Why they belong together"],
        "numeric": ["Unit of measure"],
        **{kind: ["all"] for kind in ("ordering", "cloze", "reasoned", "scenario", "hotspot", "labels", "marks", "written", "pictures")},
    },
    "moodlexml": {
        "matching": [IDS, "Why they belong together"],
        "ordering": ["Critical pairs", "The most that is earned when a critical pair is reversed, in per cent", "Free pairs"],
        "cloze": [IDS],
        **{kind: ["all"] for kind in ("reasoned", "scenario", "hotspot", "labels", "marks", "written", "pictures")},
    },
    "qti": {
        "ordering": ["points for a partly right order", "Critical pairs", "The most that is earned when a critical pair is reversed, in per cent", "Free pairs"],
        **{kind: ["all"] for kind in ("scenario", "written", "pictures")},
    },
    "xlsx": {}, "csv": {}, "yaml": {},
}  # fmt: skip


def authored(kind, **values):
    known = {"code": "MIG-M01.O1-101", "objective": "M01.O1", "competency": "MIG1", "bloom": "apply", "difficulty": 2}
    used = {"use": "exam", "asks_certainty": False, "facts": "D5 R6", "sources": "S70", "feedback": "Remember this."}
    return Draft(**known, **used, kind=kind, stem="What do you do?", question=full(kind, CONTENTS[kind]), **values)


def full(kind, content):
    """The parts with what their author left out, as an item of the bank leaves."""
    block = kinds.KINDS[kind].block()
    return _plain(block.get_prep_value(block.to_python(content)))


def test_there_is_content_of_every_kind():
    assert set(CONTENTS) == set(kinds.KINDS)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(CONTENTS))
@pytest.mark.parametrize("name", formats.FORMATS)
def test_a_format_says_what_it_cannot_carry_and_carries_everything_else(name, kind):
    draft = authored(kind)
    with override("en"):
        data, notes = formats.write(name, [draft])
    expected = LOST[name].get(kind, [])
    if expected == ["all"]:
        assert [note.what for note in notes] == [f"an item of the kind “{kind}”"]
        return
    (came,), seen = formats.read(data, "x", "en")
    assert (sorted(note.what for note in notes), seen) == (sorted(expected), [])
    kept = {name: value for name, value in came.as_json().items() if name not in ("place", "question")}
    assert kept == {name: value for name, value in draft.as_json().items() if name in kept}
    if not expected:
        assert full(kind, came.question) == draft.question


@pytest.mark.django_db
def test_a_package_holds_the_drawing_with_its_words():
    data, _notes = formats.write("qti", [authored("hotspot")])
    archive = zipfile.ZipFile(io.BytesIO(data))
    path = "drawings/MIG-M01.O1-101/m01-border.svg"
    assert path in archive.namelist()
    assert "River" in archive.read(path).decode()
    assert f'href="{path}"' in archive.read("imsmanifest.xml").decode()


def test_parts_longer_than_a_cell_go_on_in_the_next():
    content = deepcopy(CONTENTS["scenario"])
    for node in content["nodes"]:
        node["says"] = 'စကား, "ဒီမှာ", \\ "x": [1, "2"] ' * 60 + "end"
    draft = replace(authored("scenario"), question=full("scenario", content))
    for name in ("xlsx", "csv"):
        data, notes = formats.write(name, [draft])
        (came,), seen = formats.read(data, "x", "en")
        assert (notes, seen, came.question == draft.question) == ([], [], True)


def test_an_item_that_its_own_file_would_refuse_is_named():
    draft = replace(authored("single"), code="X-1")
    with override("en"):
        assert [(note.what, note.places) for note in formats.write("yaml", [draft])[1]] == [("an item", ("X-1",))]


words = texts(least=1).map(lambda text: " ".join(text.split())).filter(bool)
whys = texts(multiline=True)


@st.composite
def parted(draw):
    """Items of the kinds that other systems know besides choices; some of them are no good question."""
    kind = draw(st.sampled_from(["matching", "ordering", "numeric", "shorttext", "cloze", "marks"]))
    said = draw(st.lists(words, min_size=3, max_size=4, unique=True))
    if kind == "matching":
        lefts = [
            {"id": "abcd"[n], "text": one, "match": "ab"[n % 2], "rationale": draw(whys)} for n, one in enumerate(said)
        ]
        rights = [{"id": id, "text": draw(words)} for id in "abc"]
        content = {"lefts": lefts, "rights": rights}
    elif kind == "ordering":
        content = {"parts": [{"id": "abcd"[n], "text": one, "rationale": draw(whys)} for n, one in enumerate(said)]}
    elif kind == "numeric":
        numbers = draw(st.lists(st.decimals(-999, 999, places=2), min_size=2, max_size=3, unique=True))
        values = [
            {
                "id": "abc"[n],
                "value": str(one),
                "tolerance": "0.001",
                "points": (100, 50, 0)[n],
                "rationale": draw(whys),
            }
            for n, one in enumerate(numbers)
        ]
        content = {"values": values, "unit": draw(st.sampled_from(["", "km", "<b>"]))}
    elif kind == "shorttext":
        content = {
            "answers": [
                {"id": "abcd"[n], "text": one, "points": (100, 50, 0, 0)[n], "rationale": draw(whys)}
                for n, one in enumerate(said)
            ]
        }
    elif kind == "cloze":
        options = [{"id": "abcd"[n], "text": one, "correct": n == 1} for n, one in enumerate(said)]
        gaps = [
            {"id": "1", "options": options, "text": "", "rationale": draw(whys)},
            {"id": "2", "options": [], "text": said[0], "rationale": draw(whys)},
        ]
        content = {"text": f"{draw(words)} [[1]] {draw(words)}\n\n{draw(words)} [[2]]", "gaps": gaps}
    else:
        parts = [{"id": "abcd"[n], "wrong": n == 0, "rationale": draw(whys)} for n in range(len(said))]
        content = {"text": " x ".join(f"[[{'abcd'[n]}|{one}]]" for n, one in enumerate(said)), "parts": parts}
    return replace(authored(kind), stem=draw(texts(multiline=True, least=1)), question=full(kind, content))  # fmt: skip


@pytest.mark.parametrize("name", ["gift", "moodlexml", "qti", "csv"])
@given(draft=parted())
@settings(deadline=None)
def test_nothing_is_lost_in_silence(name, draft):
    data, notes = formats.write(name, [draft])
    if any(note.places == (draft.code,) for note in notes):
        return
    (came,), seen = formats.read(data, "x", "en")
    assert (replace(came, place="", question=full(draft.kind, came.question)), seen) == (draft, [])


def test_what_is_no_formula_in_a_table_stays_none():
    draft = Draft(
        "X-1", "single", "=1+1", {"options": [{"id": "a", "text": "@SUM", "correct": True, "rationale": "-"}]}
    )
    sheet = openpyxl.load_workbook(io.BytesIO(formats.write("xlsx", [draft])[0])).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


# --- GIFT -----------------------------------------------------------------------------------------------------------------


def read(text, language="en"):
    return formats.read(text.encode() if isinstance(text, str) else text, "x", language)


def options(draft):
    return [(one["text"], one["correct"], one["rationale"]) for one in draft.question["options"]]


def said(notes):
    return [(note.what, note.places) for note in notes]


def test_gift_of_moodle_is_read():
    (draft,), notes = read(
        "// [id:BOAT-7] [tag:use:check] [tag:rivers]\n"
        "::The boat::[html]<p>Who steers a <b>boat</b>?</p>{\n\t=the pilot#Yes\\: always.\n\t~the cook\n\t~%50%the mate\n\t####Rivers.}\n"
    )
    assert (draft.code, draft.kind, draft.stem, draft.feedback, draft.use) == (
        "BOAT-7",
        "single",
        "Who steers a boat?",
        "Rivers.",
        "check",
    )
    assert options(draft) == [("the pilot", True, "Yes: always."), ("the cook", False, ""), ("the mate", False, "")]
    assert said(notes) == [
        ("the name “The boat”", ("line 2",)),
        ("bold, raised, tables and the like", ("line 2",)),
        ("the tag “rivers”", ("line 2",)),
        ("points for half right answers", ("line 2",)),
    ]


def test_gift_with_several_right_answers():
    (draft,), notes = read("Which float?{~%50%wood ~%-100%iron ~%50%cork}")
    assert (draft.kind, [one[1] for one in options(draft)], notes) == ("multiple", [True, False, True], [])


@pytest.mark.parametrize(
    ("inside", "true", "reasons"), [("T", True, ("", "")), ("FALSE#Wrong.#Right.", False, ("Wrong.", "Right."))]
)
def test_gift_of_true_and_false(inside, true, reasons):
    (draft,), _notes = read("Iron floats.{" + inside + "}")
    assert options(draft) == [("True", true, reasons[0]), ("False", not true, reasons[1])]


def test_gift_with_a_gap_shows_where_the_answer_belongs():
    (draft,), _notes = read("A ferry crosses a {=river ~hill ~desert} every day.")
    assert draft.stem == "A ferry crosses a _____ every day."


def test_gift_that_cannot_be_carried_is_listed_with_its_line():
    drafts, notes = read(
        "$CATEGORY: Boats\n\nHow many oars?{#4:1}\n\nTell about boats.{}\n\nJust a text.\n\nBoats float.{T}\n"
    )
    assert [(one.kind, one.place) for one in drafts] == [("numeric", "line 3"), ("truefalse", "line 9")]
    assert [places for _what, places in said(notes)] == [("line 1",), ("line 5",), ("line 7",)]


def test_gift_of_numbers_words_and_pairs():
    drafts, notes = read(
        "How many oars?{#=%100%4:1#Four. =%50%2..3#Nearly. ~#Count them.}\n\nHow many masts?{#3}\n\n"
        "What is it?{=raft =float#Yes. =%25%boat =%0%*#No.}\n\nMatch.{=[html]<b>oar</b> -> row =sail -> drift = -> ride}\n"
    )
    assert [one.kind for one in drafts] == ["numeric", "numeric", "shorttext", "matching"]
    values = drafts[0].question["values"]
    assert [(one["value"], one["tolerance"], one["points"]) for one in values] == [("4", "1", 100), ("2.5", "0.5", 50)]
    assert [one["value"] for one in drafts[1].question["values"]] == ["3"]
    assert [(one["text"], one["points"]) for one in drafts[2].question["answers"]] == [
        ("raft", 100),
        ("float", 100),
        ("boat", 25),
    ]
    assert [(one["text"], one["match"]) for one in drafts[3].question["lefts"]] == [("oar", "a"), ("sail", "b")]
    assert [one["text"] for one in drafts[3].question["rights"]] == ["row", "drift", "ride"]
    assert said(notes) == [
        ("what is said of every other answer", ("line 1", "line 5")),
        ("bold, raised, tables and the like", ("line 7",)),
    ]


# --- Aiken ----------------------------------------------------------------------------------------------------------------


def test_aiken_is_read_and_its_faults_are_listed():
    drafts, notes = read(
        "What is a <raft> & why?\r\nA) A boat\r\nB. Logs tied\r\nANSWER: B\r\n\r\nUnfinished\r\nA) One\r\n\r\n"
        "Iron floats.\nA) True\nB) False\nANSWER: B\n\nBad key\nA) x\nANSWER: C\n"
    )
    assert [(one.kind, one.stem, [right for _t, right, _w in options(one)]) for one in drafts] == [
        ("single", "What is a <raft> & why?", [False, True]),
        ("truefalse", "Iron floats.", [False, True]),
    ]
    assert [places for _what, places in said(notes)] == [("line 6",), ("line 14",)]


# --- Moodle XML -------------------------------------------------------------------------------------------------------------

MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <!-- question: 0 -->
  <question type="category"><category><text>$course$/Boats</text></category></question>
  <question type="multichoice">
    <name><text>Old boats</text></name>
    <questiontext format="html"><text><![CDATA[<p>Look:&nbsp;<img src="@@PLUGINFILE@@/boat.png" alt="A raft"></p><p>What is it?<br>Say.</p>]]></text>
      <file name="boat.png" path="/" encoding="base64">iVBORw0KGgo=</file></questiontext>
    <generalfeedback format="html"><text></text></generalfeedback>
    <defaultgrade>2.0000000</defaultgrade><hidden>0</hidden><idnumber>BOAT-1</idnumber>
    <single>true</single>
    <correctfeedback format="html"><text>Well done.</text></correctfeedback>
    <answer fraction="100" format="html"><text><![CDATA[<p>A raft</p>]]></text><feedback format="html"><text>Logs &amp;amp; rope.</text></feedback></answer>
    <answer fraction="0" format="html"><text>A ship</text><feedback format="html"><text></text></feedback></answer>
    <answer fraction="-50" format="plain_text"><text>A &lt;b&gt;</text><feedback format="html"><text></text></feedback></answer>
  </question>
  <question type="truefalse"><name><text>T1</text></name><questiontext format="moodle_auto_format"><text>Iron floats.</text></questiontext>
    <answer fraction="0"><text>true</text><feedback><text>It sinks.</text></feedback></answer>
    <answer fraction="100"><text>false</text><feedback><text>Yes.</text></feedback></answer></question>
  <question type="essay"><name><text>E1</text></name><questiontext format="html"><text>Tell.</text></questiontext></question>
</quiz>"""


def test_moodle_xml_of_moodle_is_read():
    (one, two), notes = read(MOODLE)
    assert (one.code, one.kind, one.stem) == ("BOAT-1", "single", "Look:\n\nWhat is it?\nSay.")
    assert options(one) == [("A raft", True, "Logs & rope."), ("A ship", False, ""), ("A <b>", False, "")]
    assert (two.code, options(two)) == ("T1", [("True", False, "It sinks."), ("False", True, "Yes.")])
    assert said(notes) == [
        ("a category", ("$course$/Boats",)),
        ("the name “Old boats”", ("Old boats",)),
        ("<correctfeedback>", ("Old boats",)),
        ("a file: boat.png", ("Old boats",)),
        ("points of its own", ("Old boats",)),
        ("a picture, sound or film: A raft", ("Old boats",)),
        ("a question of the type “essay”", ("E1",)),
    ]


def moodle(sort, inside, text="Ask."):
    return read(
        f'<quiz><question type="{sort}"><name><text>Q1</text></name><questiontext format="html"><text>{text}</text>'
        f"</questiontext>{inside}</question></quiz>"
    )


def test_moodle_xml_of_typed_answers():
    (words,), notes = moodle(
        "shortanswer",
        '<usecase>1</usecase><answer fraction="100" format="moodle_auto_format"><text>raft &lt;b&gt;</text><feedback format="html"><text>Yes.</text></feedback></answer>'
        '<answer fraction="33.33333"><text>RAFT b</text></answer><answer fraction="0"><text>*</text><feedback><text>No.</text></feedback></answer>',
    )
    assert [(one["text"], one["points"]) for one in words.question["answers"]] == [("raft <b>", 100)]
    assert [what for what, _places in said(notes)] == [
        "points of an answer",
        "what is said of every other answer",
        "capital letters that count",
        "the answer “RAFT b”",
    ]
    (number,), _notes = moodle(
        "numerical",
        '<answer fraction="100"><text>1e2</text><tolerance>0.5</tolerance></answer><answer fraction="0"><text>*</text></answer>'
        "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>",
    )
    assert number.question["unit"] == "km"
    assert [(one["value"], one["tolerance"]) for one in number.question["values"]] == [("100", "0.5")]


def test_moodle_xml_of_pairs_and_sequences():
    sides = [("oar", "row"), ("sail", "drift"), ("pole", "row"), ("", "ride")]
    (pairs,), _notes = moodle(
        "matching",
        "".join(
            f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
            for left, right in sides
        ),
    )
    assert [(one["text"], one["match"]) for one in pairs.question["lefts"]] == [
        ("oar", "a"),
        ("sail", "b"),
        ("pole", "a"),
    ]
    (order,), _notes = moodle(
        "ordering", "".join(f'<answer fraction="{n}.0000000"><text>Step {n}</text></answer>' for n in (2, 1, 3))
    )
    assert [one["text"] for one in order.question["parts"]] == ["Step 1", "Step 2", "Step 3"]


def test_answers_embedded_in_a_text():
    (draft,), notes = moodle(
        "cloze",
        "",
        "&lt;p&gt;Read.&lt;/p&gt;&lt;p&gt;A {1:MULTICHOICE:boat#No~%100%raft#Logs&amp;#125;} needs {2:SHORTANSWER:=rope~=a cord~%50%string} and {:NUMERICAL:=4:0.5} logs.&lt;/p&gt;",
    )
    assert (draft.stem, draft.question["text"]) == ("Read.", "A [[1]] needs [[2]] and [[3]] logs.")
    gaps = draft.question["gaps"]
    assert [(one["text"], one["correct"]) for one in gaps[0]["options"]] == [("boat", False), ("raft", True)]
    assert (gaps[0]["rationale"], gaps[1]["text"], gaps[2]["text"]) == ("Logs}", "rope / a cord", "4")
    assert [what for what, _places in said(notes) if "name" not in what] == [
        "feedback to single answers of a gap",
        "points for half right answers",
        "the tolerance of a number in a gap",
        "different weights of gaps",
    ]
    drafts, notes = moodle("multianswer", "", "Which? {1:MULTIRESPONSE:=a~=b~c}")
    assert (drafts, [what for what, _places in said(notes) if "gap" in what]) == (
        [],
        ["a gap of the type “MULTIRESPONSE”"],
    )


def test_numbered_gaps_of_moodle_are_chosen_from_their_group():
    options = "".join(
        f"<selectoption><text>{text}</text><group>{group}</group></selectoption>"
        for text, group in (("raft", 1), ("pole", 2), ("boat", 1), ("oar", 2))
    )
    (draft,), _notes = moodle("gapselect", options, "A [[3]] needs an [[4]].")
    assert draft.question["text"] == "A [[1]] needs an [[2]]."
    assert [[(one["text"], one["correct"]) for one in gap["options"]] for gap in draft.question["gaps"]] == [
        [("raft", False), ("boat", True)],
        [("pole", False), ("oar", True)],
    ]


# --- QTI --------------------------------------------------------------------------------------------------------------------

QTI2 = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="water" title="Water" adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier">
    <correctResponse><value>H</value><value>O</value></correctResponse>
    <mapping lowerBound="0"><mapEntry mapKey="H" mappedValue="1"/><mapEntry mapKey="O" mappedValue="2"/></mapping></responseDeclaration>
  <itemBody><p>A glass of <em>water</em>.</p><rubricBlock view="scorer"><p>Two points.</p></rubricBlock>
    <choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="0"><prompt>What is in it?</prompt>
      <simpleChoice identifier="H">Hydrogen<feedbackInline outcomeIdentifier="F" identifier="H" showHide="show">Two of it.</feedbackInline></simpleChoice>
      <simpleChoice identifier="C">Carbon</simpleChoice><simpleChoice identifier="O">Oxygen</simpleChoice></choiceInteraction></itemBody>
  <modalFeedback outcomeIdentifier="F" identifier="WELL" showHide="show">Well done.</modalFeedback>
</assessmentItem>"""


def test_qti_2_is_read():
    (draft,), notes = read(QTI2)
    assert (draft.code, draft.kind, draft.stem) == ("water", "multiple", "A glass of water.\n\nWhat is in it?")
    assert draft.question["options"][0] == {"id": "h", "text": "Hydrogen", "correct": True, "rationale": "Two of it."}
    assert [what for what, _places in said(notes)] == [
        "a rubric",
        "different weights of right answers",
        "bold, raised, tables and the like",
        "feedback to the whole answer",
    ]


def test_an_interaction_that_is_not_known_is_listed():
    item = QTI2.replace("choiceInteraction", "drawingInteraction")
    assert [said(notes) for _drafts, notes in [read(item)]] == [
        [("a question; its interactions: drawingInteraction", ("water",))]
    ]


def qti(interaction, declared, *, base="identifier", cardinality="single", rules=""):
    return read(
        '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="boat" title="Boat" time-dependent="false">'
        f'<qti-response-declaration identifier="R" cardinality="{cardinality}" base-type="{base}">{declared}</qti-response-declaration>'
        f"<qti-item-body><p>Look.</p>{interaction}</qti-item-body>{rules}</qti-assessment-item>"
    )


def right(*values):
    return (
        "<qti-correct-response>"
        + "".join(f"<qti-value>{one}</qti-value>" for one in values)
        + "</qti-correct-response>"
    )


def test_qti_3_of_other_systems_is_read():
    (order,), _n = qti(
        '<qti-order-interaction response-identifier="R"><qti-prompt>Order.</qti-prompt>'
        + "".join(f'<qti-simple-choice identifier="Driver{id}">{id}</qti-simple-choice>' for id in "ABC")
        + "</qti-order-interaction>",
        right("DriverC", "DriverA", "DriverB"),
        cardinality="ordered",
    )
    assert (order.stem, [one["text"] for one in order.question["parts"]]) == ("Look.\n\nOrder.", ["C", "A", "B"])
    sides = "".join(
        "<qti-simple-match-set>"
        + "".join(f'<qti-simple-associable-choice identifier="{id}">{id}</qti-simple-associable-choice>' for id in ids)
        + "</qti-simple-match-set>"
        for ids in ("AB", "XYZ")
    )
    match = f'<qti-match-interaction response-identifier="R">{sides}</qti-match-interaction>'
    (pairs,), _n = qti(match, right("A Y", "B X"), base="directedPair", cardinality="multiple")
    assert [(one["text"], one["match"]) for one in pairs.question["lefts"]] == [("A", "Y"), ("B", "X")]
    (turned,), _n = qti(match, right("A X", "A Y", "B Z"), base="directedPair", cardinality="multiple")
    assert [(one["text"], one["match"]) for one in turned.question["lefts"]] == [("X", "A"), ("Y", "A"), ("Z", "B")]
    drafts, notes = qti(match, right("A X", "A Y", "B X"), base="directedPair", cardinality="multiple")
    assert (drafts, [what for what, _places in said(notes)]) == ([], ["a question of matching"])


def test_qti_with_boxes_to_type_in():
    entry = '<p>It floats on <qti-text-entry-interaction response-identifier="R"/> logs.</p>'
    (number,), _n = qti(entry, right("4"), base="integer")
    assert (number.kind, number.stem) == ("numeric", "Look.\n\nIt floats on _____ logs.")
    mapping = '<qti-mapping><qti-map-entry map-key="four" mapped-value="2"/><qti-map-entry map-key="some" mapped-value="1"/></qti-mapping>'
    (words,), _n = qti(entry, right("four") + mapping, base="string")
    assert [(one["text"], one["points"]) for one in words.question["answers"]] == [("four", 100), ("some", 50)]


def test_qti_with_gaps_and_marks():
    chosen = "".join(
        f'<qti-inline-choice identifier="{id}">{text}</qti-inline-choice>'
        for id, text in (("a", "raft"), ("b", "boat"))
    )
    (cloze,), notes = qti(
        f'<p>A <qti-inline-choice-interaction response-identifier="R">{chosen}</qti-inline-choice-interaction> of logs.'
        '<qti-feedback-inline outcome-identifier="F" identifier="x" show-hide="show">Well.</qti-feedback-inline></p>',
        right("a"),
    )
    assert (cloze.stem, cloze.question["text"]) == ("Look.", "A [[1]] of logs.")
    assert said(notes) == [("feedback inside the text", ("boat",))]
    (dragged,), _n = qti(
        '<qti-gap-match-interaction response-identifier="R"><qti-gap-text identifier="w" match-max="1">wood</qti-gap-text>'
        '<qti-gap-text identifier="i" match-max="1">iron</qti-gap-text><p>It is of <qti-gap identifier="G"/>.</p></qti-gap-match-interaction>',
        right("w G"),
        base="directedPair",
        cardinality="multiple",
    )
    assert [(one["text"], one["correct"]) for one in dragged.question["gaps"][0]["options"]] == [
        ("wood", True),
        ("iron", False),
    ]
    (marks,), _n = qti(
        '<qti-hottext-interaction response-identifier="R"><p>Iron <qti-hottext identifier="A">floats</qti-hottext> and <qti-hottext identifier="B">rusts</qti-hottext>.</p></qti-hottext-interaction>',
        right("A"),
    )
    assert (marks.question["text"], [one["wrong"] for one in marks.question["parts"]]) == (
        "Iron [[A|floats]] and [[B|rusts]].",
        [True, False],
    )


def test_regions_of_another_system_are_kept_in_per_cent():
    shapes = [("A", "rect", "10,20,50,60"), ("B", "circle", "100,100,20"), ("C", "poly", "0,0,200,0,200,100")]
    (draft,), _n = qti(
        '<qti-hotspot-interaction response-identifier="R"><img src="images/m01-border.png" width="200" height="200" alt="A gate"/>'
        + "".join(f'<qti-hotspot-choice identifier="{id}" shape="{shape}" coords="{at}"/>' for id, shape, at in shapes)
        + "</qti-hotspot-interaction>",
        right("A"),
    )
    points = [one["points"] for one in draft.question["regions"]]
    assert (draft.question["drawing"], draft.question["alt"]) == ("m01-border", "A gate")
    assert points == ["5,10 25,10 25,30 5,30", "50,40 57,43 60,50 57,57 50,60 43,57 40,50 43,43", "0,0 100,0 100,50"]


def test_a_package_says_what_it_holds_besides_questions():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest><resources/></manifest>")
        archive.writestr("water.xml", QTI2)
        archive.writestr("test.xml", "<assessmentTest/>")
        archive.writestr("bad.xml", "<broken")
        archive.writestr("img/a.png", b"x")
    (draft,), notes = read(out.getvalue())
    assert draft.code == "water"
    assert ("a file of the package", ("test.xml",)) in said(notes)
    assert sum(place in ("bad.xml", "img/a.png") for _what, places in said(notes) for place in places) == 2


# --- Hostile files -----------------------------------------------------------------------------------------------------------


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("UP", ".."), content)
    return out.getvalue()


HOSTILE = {
    "an entity": b'<!DOCTYPE quiz [<!ENTITY a "aaaa">]><quiz><question type="essay"><name><text>&a;</text></name></question></quiz>',
    "an outer file": b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>',
    "deep nesting": b"<quiz>" * 50_000,
    "closed deep nesting": b"<a>" * 5_000 + b"</a>" * 5_000,
    "a bomb": packed(**{"imsmanifest.xml": b" " * 30_000_000}),
    "a way out": packed(UP__UP__etc__x="<x/>", imsmanifest="<x/>"),
    "an absolute path": packed(__etc__x="<x/>"),
    "aliases": b"- code: &a [x, x]\n  b: *a\n",
    "deep yaml": b"- code: " + b"[" * 20_000,
    "a huge file": b"{" * (6 * 2**20),
    "no text": b"\xff\xfe\xfd\x00abc",
    "nothing": b"",
    "another package": packed(readme="hello"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name):
    with pytest.raises(DomainError) as refusal:
        formats.read(HOSTILE[name], "x", "en")
    assert "Nothing was" in str(refusal.value)


# --- Texts ------------------------------------------------------------------------------------------------------------------

ZAWGYI = "ကေလးမ်ားကို ကူညီပါ။ ျမန္မာႏိုင္ငံ"


def test_zawgyi_is_converted_and_noted():
    (draft,), notes = read("ျမန္မာႏိုင္ငံတြင္ ကေလးမ်ားကို ကူညီပါသလား။{T}", "my")
    assert (draft.stem, [what for what, _places in said(notes)]) == ("မြန်မာနိုင်ငံတွင် ကလေးများကို ကူညီပါသလား။", ["Zawgyi"])


def test_an_item_partly_in_zawgyi_is_not_guessed_at():
    drafts, notes = read("ျမန္မာႏိုင္ငံတြင္ ကေလးမ်ားကို ကူညီပါသလား။{=မြန်မာနိုင်ငံတွင် ကလေးများကို ကူညီပါသည်။ ~ခ ~ဂ}", "my")
    assert (drafts, [what for what, _places in said(notes)]) == ([], ["an item"])


def test_a_table_by_hand_is_read():
    headings = ["Code", "Kind", "Question", "Right", "Option a", "Option b", "Option c", "Colour"]
    (draft,), notes = read(write_csv(headings, [["B-1", "Single", "What floats?", "B", "iron", "wood", "lead", "red"]]))
    assert (draft.kind, [one[:2] for one in options(draft)]) == (
        "single",
        [("iron", False), ("wood", True), ("lead", False)],
    )
    assert said(notes) == [("a column", ("Colour",))]


def test_a_row_in_another_language_is_listed():
    drafts, notes = read(write_csv(["Code", "Language", "Kind", "Question"], [["B-1", "my", "single", "x"]]))
    assert (drafts, said(notes)) == ([], [("an item in the language “my”", ("row 2",))])
