"""How a response and a whole paper are scored, and which items may be asked: pure functions."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import kinds
from assessments.scoring import score_attempt

SINGLE = {"a": True, "b": False, "c": False}
THREE_OF_FIVE = {"a": True, "b": True, "c": True, "d": False, "e": False}


@dataclass
class Version:
    """The part of an item version that scoring reads."""

    kind: str
    key: dict[str, bool]


def keys(kind):
    """Keys that are valid for a kind."""
    options = st.dictionaries(st.sampled_from("abcdefgh"), st.booleans(), min_size=3, max_size=8)
    return options.filter(lambda key: not kinds.problems(kind, key))


@st.composite
def asked(draw):
    """A kind, a valid key and a possible response."""
    kind = draw(st.sampled_from(["single", "multiple"]))
    key = draw(keys(kind))
    most = len(key) if kind == "multiple" else 1
    return kind, key, draw(st.lists(st.sampled_from(sorted(key)), unique=True, max_size=most))


@given(asked())
def test_points_are_a_share_whatever_was_chosen(one):
    assert 0 <= kinds.score(*one) <= 1


@given(asked())
def test_exactly_the_right_options_earn_everything(one):
    kind, key, _chosen = one
    assert kinds.score(kind, key, [option for option, right in key.items() if right]) == 1


@given(asked())
def test_every_possible_response_is_taken_as_one(one):
    assert kinds.is_response(*one)


@given(asked())
def test_the_order_of_choosing_earns_nothing(one):
    kind, key, chosen = one
    assert kinds.score(kind, key, chosen) == kinds.score(kind, key, chosen[::-1])


@given(keys("multiple"), st.data())
def test_one_more_wrong_option_never_earns_more(key, data):
    chosen = set(data.draw(st.lists(st.sampled_from(sorted(key)), unique=True)))
    wrong = data.draw(st.sampled_from(sorted(option for option, right in key.items() if not right)))
    assert kinds.score("multiple", key, chosen | {wrong}) <= kinds.score("multiple", key, chosen - {wrong})


@given(keys("multiple"))
def test_choosing_everything_earns_no_more_than_the_right_options_less_the_wrong_ones(key):
    right, wrong = sum(key.values()), len(key) - sum(key.values())
    share = max(Decimal(0), Decimal(right - wrong) / right).quantize(Decimal("0.0001"))
    assert kinds.score("multiple", key, list(key)) == share


@pytest.mark.parametrize(
    ("chosen", "points"),
    [
        ([], "0"),
        (["a"], "0.3333"),
        (["a", "b"], "0.6667"),
        (["a", "b", "c"], "1"),
        (["a", "d"], "0"),
        (["a", "b", "d"], "0.3333"),
        (["a", "b", "c", "d"], "0.6667"),
        (["a", "b", "c", "d", "e"], "0.3333"),
        (["d", "e"], "0"),
    ],
)
def test_several_right_answers_earn_right_less_wrong_chosen(chosen, points):
    assert kinds.score("multiple", THREE_OF_FIVE, chosen) == Decimal(points)


@pytest.mark.parametrize(("chosen", "points"), [(["a"], 1), (["b"], 0), ([], 0)])
def test_one_right_answer_earns_all_or_nothing(chosen, points):
    assert kinds.score("single", SINGLE, chosen) == points


@pytest.mark.parametrize(
    "value",
    [None, "a", {"a": 1}, ["a", "b"], ["a", "a"], ["z"], [1], [None], [["a"]], ("a",)],
)
def test_what_is_no_response_to_a_single_choice_is_told(value):
    assert not kinds.is_response("single", SINGLE, value)


@pytest.mark.parametrize(
    ("kind", "key", "count"),
    [
        ("single", {"a": True, "b": False, "c": False}, 0),
        ("single", {"a": True, "b": True, "c": False}, 1),
        ("single", {"a": False, "b": False, "c": False}, 1),
        ("single", {"a": True, "b": False}, 1),
        ("single", {"a": False, "b": False}, 2),
        ("truefalse", {"true": True, "false": False}, 0),
        ("truefalse", {"true": True, "false": True}, 1),
        ("truefalse", {"a": True, "b": False}, 1),
        ("multiple", {"a": True, "b": True, "c": False}, 0),
        ("multiple", {"a": True, "b": True, "c": True}, 1),
        ("multiple", {"a": True, "b": False, "c": False}, 1),
    ],
)
def test_an_item_that_cannot_be_asked_says_how_many_things_are_wrong(kind, key, count):
    assert len(kinds.problems(kind, key)) == count


# --- A whole paper ---------------------------------------------------------------------------------------------------


def paper(sections, answers, *, cut="0.70", cuts=None):
    """Score single-choice items. sections: section of each place; cuts: cut score of each section."""
    cuts = cuts or [None] * (max(sections) + 1)
    versions = {str(n): Version("single", SINGLE) for n in range(len(sections))}
    items = {"items": [{"version": str(n), "section": section} for n, section in enumerate(sections)]}
    rules = {"cut_score": cut, "sections": [{"objective": f"O{n}", "cut_score": one} for n, one in enumerate(cuts)]}
    return score_attempt(items, rules, answers, versions)


@given(
    st.lists(st.integers(0, 2), min_size=1, max_size=12),
    st.dictionaries(st.integers(0, 11), st.sampled_from([["a"], ["b"], []])),
)
def test_a_score_lies_between_nothing_and_one_point_an_item(sections, answers):
    score = paper(sections, answers)
    assert 0 <= score.points <= score.max_points == len(sections)


@given(st.lists(st.integers(0, 2), min_size=1, max_size=12), st.sampled_from(["0", "0.7", "1"]))
def test_all_right_is_the_most_and_passes_any_cut(sections, cut):
    score = paper(sections, {n: ["a"] for n in range(len(sections))}, cut=cut, cuts=[cut] * 3)
    assert (score.points, score.passed) == (len(sections), True)


@pytest.mark.parametrize(("right", "passed"), [(6, False), (7, True), (8, True)])
def test_reaching_the_cut_score_passes_and_one_point_less_does_not(right, passed):
    assert paper([0] * 10, {n: ["a"] for n in range(right)}).passed is passed


def test_a_weak_critical_section_is_not_made_up_for_elsewhere():
    # 9 of 10 in all, but 1 of 2 where 80 % is asked.
    score = paper([0] * 8 + [1] * 2, {n: ["a"] for n in range(9)}, cuts=[None, "0.80"])
    assert (score.points, score.passed) == (9, False)
    assert [section["passed"] for section in score.details["sections"]] == [True, False]


def test_a_strong_critical_section_does_not_make_up_for_the_rest():
    score = paper([0] * 8 + [1] * 2, {8: ["a"], 9: ["a"]}, cuts=[None, "0.80"])
    assert (score.points, score.passed) == (2, False)


def test_an_unanswered_item_earns_nothing_and_is_told_from_a_wrong_one():
    score = paper([0, 0, 0], {0: ["a"], 1: ["b"]})
    assert score.details["items"] == [
        {"points": "1", "answered": True},
        {"points": "0", "answered": True},
        {"points": "0", "answered": False},
    ]


def test_what_is_stored_of_a_score_is_exact_text():
    versions = {"0": Version("multiple", THREE_OF_FIVE)}
    rules = {"cut_score": "0.5", "sections": [{"objective": "O", "cut_score": None}]}
    score = score_attempt({"items": [{"version": "0", "section": 0}]}, rules, {0: ["a"]}, versions)
    assert score.details["sections"] == [
        {"objective": "O", "cut_score": None, "points": "0.3333", "max_points": "1", "passed": True}
    ]
