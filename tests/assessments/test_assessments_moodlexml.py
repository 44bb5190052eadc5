"""Items in Moodle's XML are read; what cannot be carried is said."""

import pytest

from tests.assessments.reading import options, read, said

pytestmark = pytest.mark.usefixtures("english")


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
