"""A response to an H5P question is worth here what it was worth where it was given, and never more than the most.

data/regrading.json holds questions of our own, put at random; how each was answered in the real library, in Chromium with the
core of h5p-standalone 3.8.2; and what getXAPIData() then said: response, raw and max. patch: the version of the library. The
buttons between the questions of QuestionSet 1.21 were stood in for; they give no points.
"""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.packages.h5p.regrading import GRADED, Grade, Unfit, max_of, questions_in, regrade

RECORDED = json.loads((Path(__file__).parent / "data" / "regrading.json").read_text())
MULTI, TRUTH, BLANKS, DRAG, SET = (
    "H5P.MultiChoice 1.16", "H5P.TrueFalse 1.8", "H5P.Blanks 1.14", "H5P.DragText 1.10", "H5P.QuestionSet 1.20"
)  # fmt: skip


def graded(record):
    """What a recorded answer is worth here; of a set, with the grades of its questions as they come out here."""
    asked = {one["subContentId"]: one for one in record["params"]["questions"]} if "children" in record else {}
    children = {
        id: regrade(asked[id]["library"], asked[id]["params"], child["response"])
        for id, child in record.get("children", {}).items()
    }
    return regrade(record["library"], record["params"], record["response"], children=children)


def can_be_told(record):
    """Not where somebody typed what stands between answers, and not HTML in the gaps of older versions."""
    shapes = json.dumps(record["params"])
    return not ("1.12" in record["library"] + shapes and "*<strong>" in shapes) and (
        not record["library"].startswith("H5P.Blanks") or record["response"].count("[,]") < record["max"]
    )


@pytest.mark.parametrize("record", RECORDED, ids=lambda record: record["library"])
def test_a_recorded_answer_is_worth_what_its_library_said(record):
    expected = Grade(record["raw"], record["max"]) if can_be_told(record) else None
    assert graded(record) == expected


def test_there_are_recorded_answers_of_every_type_and_most_can_be_told():
    types = Counter(record["library"].split()[0] for record in RECORDED)
    assert set(types) == {one.machine for one in GRADED}
    assert sum(map(can_be_told, RECORDED)) > len(RECORDED) * 0.9


# --- Facts, one by one ----------------------------------------------------------------------------------------------------


def options(*right, **values):
    return {"answers": [{"text": "x", "correct": one} for one in right], **values}


def several(**values):
    return options(True, True, False, behaviour={"singlePoint": False, **values})


def typed(text, **behaviour):
    return {"questions": [text], "behaviour": behaviour}


ALIKE = {"acceptSpellingErrors": True}
WORTH = [
    (MULTI, options(True, False, False), "0", 1, 1),
    (MULTI, options(True, False, False), "1", 0, 1),
    (MULTI, options(True, False, False), "", 0, 1),
    (MULTI, options(False, False), "", 1, 1),
    (MULTI, options(False, False), "1", 0, 1),
    (MULTI, several(), "1[,]0", 2, 2),
    (MULTI, several(), "0[,]2", 0, 2),
    (MULTI, several(), "2", 0, 2),
    (MULTI, options(True, True, False), "0", 0, 1),  # all or nothing where nothing else is said
    (MULTI, options(True, True, False, behaviour={"passPercentage": 50}), "0", 1, 1),
    (MULTI, options(True, True, behaviour={"type": "single"}), "1", 1, 1),
    (MULTI, {"answers": [{"correct": True, "weight": 3}, {"correct": True}, {"correct": False, "weight": 2}], "behaviour": {"singlePoint": False}}, "0[,]2", 1, 4),
    (TRUTH, {"correct": "false"}, "false", 1, 1),
    (TRUTH, {"correct": "false"}, "true", 0, 1),
    (TRUTH, {}, "true", 1, 1),
    (TRUTH, {}, "", 0, 1),
    (BLANKS, typed("A *raft/boat: it floats* of *wood*."), "boat[,]wood", 2, 2),
    (BLANKS, typed("A *raft*"), "Raft", 0, 1),
    (BLANKS, typed("A *raft*", caseSensitive=False), "RAFT ", 1, 1),
    (BLANKS, typed("<p>*<strong>raft</strong>*</p> **"), "raft", 1, 1),
    (BLANKS, typed("*tea &amp; rice*"), "tea & rice", 1, 1),
    (BLANKS, typed("*ferry*", **ALIKE), "fery", 1, 1),
    (BLANKS, typed("*ferry*", **ALIKE), "frery", 1, 1),
    (BLANKS, typed("*ferry*", **ALIKE), "fry", 0, 1),
    (BLANKS, typed("*sea*", **ALIKE), "see", 0, 1),
    (BLANKS, typed("*permission*", **ALIKE), "premision", 1, 1),
    (BLANKS, typed("*နယ်စပ်*", **ALIKE), "နယ်စပ", 1, 1),
    (BLANKS, typed("*one* and *two*"), "[,]two", 1, 2),
    (DRAG, {"textField": r"A *raft:floats\+Yes\-No* of\n*wood*", "distractors": "*iron*"}, "raft[,]iron", 1, 2),
    (DRAG, {"textField": "*one* *two* *one*"}, "one[,][,]one", 2, 3),
]  # fmt: skip


@pytest.mark.parametrize(("main", "params", "response", "raw", "most"), WORTH)
def test_a_response_is_worth(main, params, response, raw, most):
    assert (regrade(main, params, response), max_of(main, params)) == (Grade(raw, most), most)


@pytest.mark.parametrize(
    ("main", "params", "response"),
    [
        (MULTI, options(True, False), "2"),
        (MULTI, options(True, False), "-1"),
        (MULTI, options(True, False), "၁"),
        (MULTI, options(True, False), "0[,]1"),
        (MULTI, several(), "0[,]0"),
        (MULTI, several(), None),
        (TRUTH, {}, "True"),
        (BLANKS, typed("*a* *b*"), "a"),
        (DRAG, {"textField": "*one* *two*"}, "one"),
        (DRAG, {"textField": "*one* *two*"}, "one[,]one"),
        (DRAG, {"textField": "*one* *two*"}, "one[,]three"),
    ],
)
def test_a_response_that_cannot_be_one_is_refused(main, params, response):
    with pytest.raises(Unfit):
        regrade(main, params, response)


@pytest.mark.parametrize(
    ("main", "params", "response"),
    [
        ("H5P.Essay 1.5", {}, "text"),
        ("H5P.MultiChoice 1.17", options(True), "0"),
        ("H5P.MultiChoice 2.16", options(True), "0"),
        ("H5P.MultiChoice", options(True), "0"),
        (MULTI, {}, "0"),
        (MULTI, {"answers": [{"correct": True, "weight": -1}]}, "0"),
        (MULTI, {"answers": [{"correct": True, "weight": float("nan")}]}, "0"),
        (MULTI, options(True, False, weight=0.5), "0"),
        (MULTI, {"answers": 7}, "0"),
        (MULTI, options(True) | {"behaviour": []}, "0"),
        (TRUTH, {"correct": True}, "true"),
        (BLANKS, typed("*a*"), "a[,]b"),
        (BLANKS, typed("none"), ""),
        (BLANKS, {"questions": [7]}, ""),
        ("H5P.Blanks 1.12", typed("*<b>a</b>*"), "a"),
        (DRAG, {"textField": "*a[,]b* *c*"}, "a[,]b[,]c"),
        (DRAG, {"textField": "** *c*"}, "[,]c"),
        (DRAG, {"textField": None}, ""),
    ],
)
def test_what_cannot_be_known_is_left_unverified(main, params, response):
    assert regrade(main, params, response) is None


def put(id, main=TRUTH, params=None):
    return {"library": main, "subContentId": id, "params": params or {"correct": "true"}}


FOUR = [put("a"), put("b"), put("c", MULTI, several()), put("d", "H5P.Essay 1.5")]


@pytest.mark.parametrize(
    ("params", "children", "grade"),
    [
        ({"questions": FOUR[:3]}, {"a": (1, 1), "c": (1, 2)}, (2, 4)),
        ({"questions": FOUR[:3]}, {"a": (1, 1), "elsewhere": (9, 9)}, (1, 4)),
        ({"questions": FOUR[:3], "randomQuestions": True}, {}, (0, 4)),
        ({"questions": [FOUR[0], put("e", MULTI, options(False)), put("f", BLANKS, typed("*a* *b*"))]}, {}, (1, 4)),
        ({"questions": FOUR}, {"a": (1, 1)}, None),
        ({"questions": FOUR}, {"d": (1, 5)}, (1, 9)),
        ({"questions": FOUR[:3]}, {"a": (1, 1), "c": None}, None),
        ({"questions": FOUR[:3], "poolSize": 2}, {"a": (1, 1), "c": (2, 2)}, (3, 3)),
        ({"questions": FOUR[:3], "poolSize": 2}, {"a": (1, 1)}, None),
        ({"questions": FOUR[:3], "poolSize": 2}, {"a": (1, 1), "b": (1, 1), "c": (1, 2)}, None),
        ({"questions": FOUR[:3], "poolSize": 9}, {"a": (1, 1)}, (1, 4)),
        ({"questions": FOUR[:3], "poolSize": 0}, {"a": (1, 1)}, (1, 4)),
        ({"questions": [put("a"), put("a")]}, {"a": (1, 1)}, None),
        ({"questions": [put(None)]}, {}, None),
        ({"questions": []}, {}, None),
    ],
)
def test_a_set_is_worth_what_its_questions_are(params, children, grade):
    children = {id: one and Grade(*one) for id, one in children.items()}
    assert regrade(SET, params, None, children=children) == (grade and Grade(*grade))


def test_the_most_of_a_pool_is_known_where_all_give_the_same():
    assert max_of(SET, {"questions": FOUR[:2], "poolSize": 1}) == 1
    assert max_of(SET, {"questions": FOUR[:3], "poolSize": 1}) is None


def test_questions_are_found_at_any_depth_in_their_order():
    inner = put("two", MULTI, {"media": {"type": {"library": "H5P.Image 1.1", "params": {}}}})
    params = {"slides": [{"elements": [{"action": put("one")}, {"action": inner}]}], "library": 7}
    assert [(id, library) for id, library, _params in questions_in(params)] == [
        ("one", TRUTH), ("two", MULTI), ("", "H5P.Image 1.1")
    ]  # fmt: skip


# --- Whatever is asked ----------------------------------------------------------------------------------------------------

behaviours = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["auto", "single", "multi"]),
        "singlePoint": st.booleans(),
        "passPercentage": st.integers(0, 100),
    },
)
answers = st.lists(
    st.fixed_dictionaries({"correct": st.booleans()}, optional={"weight": st.integers(0, 4)}), min_size=1, max_size=6
)


@given(answers, behaviours, st.data())
def test_points_lie_between_nothing_and_the_most_however_options_are_ordered(found, behaviour, data):
    params = {"answers": found, "behaviour": behaviour}
    order = data.draw(st.permutations(range(len(found))))
    chosen = data.draw(st.lists(st.sampled_from(order), unique=True))
    moved = {"answers": [found[place] for place in order], "behaviour": behaviour}

    def worth(params, chosen):
        try:
            return regrade(MULTI, params, "[,]".join(map(str, chosen)))
        except Unfit:
            return "unfit"

    grade = worth(params, chosen)
    assert grade == worth(moved, [order.index(one) for one in chosen])
    if isinstance(grade, Grade):
        assert 0 <= grade.raw <= grade.max == max_of(MULTI, params)


words = st.text(st.sampled_from("abမြစ်က် "), min_size=1, max_size=12).filter(str.strip)


@given(st.lists(words, min_size=1, max_size=4), st.booleans(), st.booleans(), st.data())
def test_gaps_filled_rightly_earn_all_and_a_slip_never_more(said, cased, lenient, data):
    params = typed(" und ".join(f"*{one}*" for one in said), caseSensitive=cased, acceptSpellingErrors=lenient)
    assert regrade(BLANKS, params, "[,]".join(said)) == Grade(len(said), len(said))
    given = data.draw(st.lists(words, min_size=len(said), max_size=len(said)))
    strict = regrade(BLANKS, typed(params["questions"][0]), "[,]".join(given))
    assert 0 <= strict.raw <= regrade(BLANKS, params, "[,]".join(given)).raw <= len(said)


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text("*/:[,]\\+-ab<>", max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["answers", "correct", "weight", "behaviour", "questions", "textField", "params", "library", "subContentId", "poolSize", "type"]), inner, max_size=5)
    ),
    max_leaves=12,
)  # fmt: skip
shaped = st.dictionaries(
    st.sampled_from(["answers", "behaviour", "questions", "textField", "distractors", "correct", "poolSize", "weight"]),
    anything,
)


@given(st.sampled_from([MULTI, TRUTH, BLANKS, DRAG, SET]), shaped, st.none() | st.text("0123[,]*ab", max_size=9))
def test_whatever_comes_is_graded_refused_or_left_unverified(main, params, response):
    list(questions_in(params))
    try:
        grade = regrade(main, params, response)
    except Unfit:
        return
    assert grade is None or 0 <= grade.raw <= grade.max
