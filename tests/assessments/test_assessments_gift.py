"""Items in GIFT and Aiken, as other systems write them, are read; what cannot be carried is said."""

import pytest

from tests.assessments.reading import options, read, said

pytestmark = pytest.mark.usefixtures("english")


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
