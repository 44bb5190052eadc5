"""Figures about items: against published examples, against another implementation, and what holds for any data."""

import json
from itertools import pairwise
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.analysis import (
    LOWER,
    MIDDLE,
    MIN_OFFICERS,
    UPPER,
    Answer,
    AnsweredPaper,
    Choice,
    Flag,
    Tally,
    differential,
    flags,
    mantel_haenszel,
    reliability,
    tally,
    thirds,
    total,
)

DATA = Path(__file__).parent / "data"
PUBLISHED = json.loads((DATA / "published.json").read_text())
SIMULATED = json.loads((DATA / "simulated.json").read_text())
EXPECTED = SIMULATED["expected"]


def paper(points, *, quiz="quiz", chosen=None, language="", form="", seconds=None):
    """An answered paper; the items are numbered."""
    return AnsweredPaper(
        quiz,
        tuple(
            Answer(
                number,
                one,
                tuple(chosen[number]) if chosen else (),
                language,
                seconds[number] if seconds else None,
            )
            for number, one in enumerate(points)
        ),
        form,
    )


# --- Published examples ------------------------------------------------------------------------------------------------


def lsat() -> list[list[int]]:
    return [
        [int(sign) for sign in pattern] for pattern, n in PUBLISHED["lsat_section_6"].items() for _again in range(n)
    ]


def test_facilities_and_discriminations_of_the_law_school_admission_test():
    found = tally(paper(points) for points in lsat())
    assert [found[item, "quiz"].facility for item in range(5)] == pytest.approx([0.924, 0.709, 0.553, 0.763, 0.870])
    assert [round(found[item, "quiz"].discrimination, 4) for item in range(5)] == [
        0.1128,
        0.1532,
        0.1728,
        0.1444,
        0.1216,
    ]


def test_reliability_of_the_law_school_admission_test():
    found = reliability(lsat())
    assert (found.n, found.k, found.is_kr20, round(found.alpha, 4)) == (1000, 5, True, 0.2950)


def test_mantel_and_haenszel_on_admissions_to_berkeley():
    found = mantel_haenszel(PUBLISHED["berkeley_admissions"])
    assert (round(found.odds_ratio, 7), round(found.chi_square, 4)) == (0.9046968, 1.4269)
    spread = 1.959964 * found.error / 2.35
    ends = [log(found.odds_ratio) - spread, log(found.odds_ratio) + spread]
    assert ends == pytest.approx([log(0.7719074), log(1.0603298)], abs=1e-6)
    assert found.ets == "A"


# --- Another implementation ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def simulated() -> list[Tally]:
    columns = zip(*(SIMULATED[name] for name in ("points", "chosen", "languages", "seconds")), strict=True)
    found = tally(paper(p, chosen=c, language=name, seconds=s) for p, c, name, s in columns)
    return [found[item, "quiz"] for item in range(7)]


def test_facility_discrimination_and_median_time_agree_with_scipy(simulated):
    assert [one.facility for one in simulated] == pytest.approx(EXPECTED["facility"])
    assert [one.discrimination for one in simulated] == pytest.approx(EXPECTED["discrimination"])
    assert [one.median_seconds for one in simulated] == EXPECTED["median_seconds"]


def test_thirds_and_choices_agree_with_scipy(simulated):
    assert [n for n, _points in simulated[0].thirds] == EXPECTED["thirds"]
    for one, facilities, choices, means in zip(
        simulated, EXPECTED["thirds_facility"], EXPECTED["choices"], EXPECTED["choosers_mean"], strict=True
    ):
        assert [one.third(number)[1] for number in range(3)] == pytest.approx(facilities)
        assert {option: one.choices.get(option, Choice()).thirds for option in "abcd"} == choices
        found = {option: one.choices.get(option, Choice()).mean_share for option in "abcd"}
        assert found == {option: mean if mean is None else pytest.approx(mean) for option, mean in means.items()}


def test_reliability_agrees_with_numpy():
    found = reliability(SIMULATED["points"])
    assert {name: getattr(found, name) for name in ("mean", "deviation", "alpha", "error")} == {
        name: pytest.approx(EXPECTED[name]) for name in ("mean", "deviation", "alpha", "error")
    }
    assert not found.is_kr20


def test_comparing_languages_agrees_with_statsmodels(simulated):
    found = [differential(one.languages, "en", "my") for one in simulated]
    for one, expected in zip(found, EXPECTED["differential"], strict=True):
        assert one.odds_ratio == pytest.approx(expected["odds_ratio"])
        assert one.error == pytest.approx(2.35 * expected["log_error"])
        assert one.chi_square == pytest.approx(expected["chi_square"])
    assert (found[2].ets, found[2].delta < 0) == ("C", True)


# --- What holds for any data -----------------------------------------------------------------------------------------------

POINTS = st.sampled_from([0.0, 0.25, 0.3333, 0.5, 1.0])
ROWS = st.integers(2, 6).flatmap(lambda k: st.lists(st.lists(POINTS, min_size=k, max_size=k), min_size=1, max_size=40))


@given(ROWS)
def test_a_facility_is_a_share_and_a_discrimination_a_correlation_whatever_the_points(rows):
    for one in tally(paper(row) for row in rows).values():
        assert 0 <= one.facility <= 1
        assert one.discrimination is None or -1 <= one.discrimination <= 1


def rounded(known):
    """A tally's figures, for comparison."""
    figures = [known.facility, known.discrimination, *(known.third(number)[1] for number in range(3))]
    return known.asked, pytest.approx([-9 if one is None else one for one in figures], abs=1e-6), known.languages


@given(ROWS, st.randoms())
def test_the_order_of_the_papers_changes_nothing(rows, chance):
    papers = [paper(row, language="my" if sum(row) > 1 else "en") for row in rows]
    before = {at: rounded(one) for at, one in tally(papers).items()}
    chance.shuffle(papers)
    after = tally(papers)
    assert after.keys() == before.keys()
    for at, one in after.items():
        figures = [one.facility, one.discrimination, *(one.third(number)[1] for number in range(3))]
        assert (one.asked, [-9 if f is None else f for f in figures], one.languages) == before[at]


@given(ROWS)
def test_an_item_is_not_correlated_with_itself(rows):
    # With the item in the total every item would look better than it is: here all the others are constant.
    papers = [paper([row[0], *[1.0] * (len(row) - 1)]) for row in rows]
    assert tally(papers)[0, "quiz"].discrimination is None


@given(ROWS, ROWS)
def test_what_is_known_of_an_item_in_two_quizzes_adds_up(first, second):
    known = tally([*(paper(row, quiz="a") for row in first), *(paper(row, quiz="b") for row in second)])
    both = total([known[0, "a"], known[0, "b"]])
    points = [row[0] for row in first + second]
    assert (both.asked, both.facility) == (len(points), pytest.approx(sum(points) / len(points)))
    assert [n for n, _points in both.thirds] == [
        known[0, "a"].thirds[third][0] + known[0, "b"].thirds[third][0] for third in range(3)
    ]


def test_a_hard_and_an_easy_quiz_together_do_not_make_an_item_look_good():
    # In neither quiz does the item go with the rest; across both it would, because all is easier in one of them.
    hard = [paper([a, b, 0.0], quiz="hard") for a in (0.0, 1.0) for b in (0.0, 1.0)] + [
        paper([0.0, 0.0, 0.0], quiz="hard")
    ]
    easy = [paper([a, b, 1.0], quiz="easy") for a in (0.0, 1.0) for b in (0.0, 1.0)] + [
        paper([1.0, 1.0, 1.0], quiz="easy")
    ]
    known = tally(hard + easy)
    together = total([known[0, "hard"], known[0, "easy"]]).discrimination
    assert together == pytest.approx(known[0, "hard"].discrimination)
    assert together == pytest.approx(known[0, "easy"].discrimination)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=60))
def test_thirds_follow_the_scores_and_equal_scores_are_together(scores):
    found = thirds(scores)
    pairs = sorted(zip(scores, found, strict=True))
    assert len(dict(pairs)) == len(set(pairs))
    assert all(a[1] <= b[1] for a, b in pairwise(pairs))


def test_where_everyone_scores_the_same_nobody_is_strong_or_weak():
    assert thirds([3, 3, 3]) == [MIDDLE] * 3
    assert thirds([1, 2, 3]) == [LOWER, MIDDLE, UPPER]


@given(ROWS)
def test_an_alpha_is_not_above_one_and_an_error_not_above_the_deviation(rows):
    found = reliability(rows)
    if found is not None and found.alpha is not None:
        assert found.alpha <= 1 + 1e-9
        assert 0 <= found.error <= found.deviation + 1e-9


@given(st.lists(st.lists(st.sampled_from([0, 1]), min_size=4, max_size=4), min_size=2, max_size=40))
def test_for_right_or_wrong_alpha_is_formula_20_of_kuder_and_richardson(rows):
    found = reliability(rows)
    totals = [sum(row) for row in rows]
    mean = sum(totals) / len(rows)
    variance = sum((one - mean) ** 2 for one in totals) / len(rows)
    shares = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    expected = 4 / 3 * (1 - sum(p * (1 - p) for p in shares) / variance) if variance else None
    assert (found.is_kr20, found.alpha) == (True, expected if expected is None else pytest.approx(expected))


def test_one_paper_or_one_item_has_no_reliability():
    assert (reliability([]), reliability([[1, 0]]), reliability([[1], [0]])) == (None, None, None)


def test_papers_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        reliability([[1, 0, 1], [1, 0]])


CELLS = st.lists(st.tuples(*[st.integers(0, 30)] * 4), max_size=12)


@given(CELLS)
def test_the_groups_changed_round_turn_the_difference_round(tables):
    found, turned = mantel_haenszel(tables), mantel_haenszel([(c, d, a, b) for a, b, c, d in tables])
    assert (found is None) == (turned is None)
    if found and turned:
        assert turned.delta == pytest.approx(-found.delta, abs=1e-9)
        assert (turned.chi_square, turned.error) == (pytest.approx(found.chi_square), pytest.approx(found.error))


@given(st.integers(1, 30), st.integers(1, 30), st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_groups_that_do_the_same_at_every_score_do_not_differ(right, wrong, sizes):
    found = mantel_haenszel([(right, wrong, right * size, wrong * size) for size in sizes])
    assert (found.delta, found.ets) == (pytest.approx(0), "A")


def test_groups_that_never_meet_are_not_compared():
    assert mantel_haenszel([(9, 1, 0, 0), (0, 0, 3, 4)]) is None


# --- Flags -----------------------------------------------------------------------------------------------------------------

KEY = {"a": True, "b": False, "c": False}
GOOD = {"a": (10, 25, 35), "b": (15, 8, 3), "c": (15, 7, 2)}


def known(*, right=None, **choices):
    """A tally of who chose what by thirds. right: the officers of each third who got the points; those who chose "a"."""
    made = Tally(choices={option: Choice(list(by_third)) for option, by_third in choices.items()})
    sizes = [sum(by_third[third] for by_third in choices.values()) for third in range(3)]
    made.thirds = list(zip(sizes, map(float, right or choices.get("a", (0, 0, 0))), strict=True))
    made.asked, made.points = sum(sizes), sum(points for _n, points in made.thirds)
    papers = [
        AnsweredPaper("quiz", (Answer(0, float(number < points)), Answer(1, third / 2)))
        for third, (n, points) in enumerate(made.thirds)
        for number in range(n)
    ]
    made.spreads = tally(papers)[0, "quiz"].spreads if papers else []
    return made


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (GOOD, []),
        (GOOD | {"b": (30, 15, 5), "c": (0, 0, 0)}, [Flag("nobody", option="c")]),
        (GOOD | {"b": (30, 15, 4), "c": (0, 0, 1)}, [Flag("hardly", option="c")]),
        ({"a": (25, 15, 5), "b": (5, 15, 35), "c": (10, 10, 0)}, [Flag("key", option="b"), Flag("negative")]),
        ({"a": (20, 21, 22), "b": (10, 10, 9), "c": (10, 9, 9)}, [Flag("weak")]),
        ({"a": (38, 39, 40), "b": (1, 0, 0), "c": (1, 1, 0)}, [Flag("easy")]),
        ({"a": (1, 2, 8), "b": (20, 20, 7), "c": (19, 18, 7)}, [Flag("hard")]),
        ({"a": (3, 10, 9), "b": (4, 2, 1)}, [Flag("few", n=29)]),
        ({}, [Flag("few", n=0)]),
    ],
    ids=["good", "nobody", "hardly", "key", "weak", "easy", "hard", "few", "none"],
)
def test_what_an_editor_is_told(choices, expected):
    assert flags(known(**choices), KEY, is_single=True) == expected


def test_at_the_least_number_of_officers_an_item_is_judged():
    assert MIN_OFFICERS == 30
    assert flags(known(a=(3, 6, 9), b=(4, 2, 1), c=(3, 2, 0)), KEY, is_single=True) == []


def test_a_wrong_option_beside_several_right_ones_says_nothing_about_the_key():
    several = {"a": (25, 15, 5), "b": (5, 15, 35), "c": (10, 10, 0)}
    assert Flag("key", option="b") not in flags(known(**several), KEY, is_single=False)


def with_languages(my, en):
    """The good item, read in two languages by officers of two scores: for each (right, wrong)."""
    made = known(**GOOD)
    made.languages = {score: {"my": list(my[score]), "en": list(en[score])} for score in range(2)}
    return made


def test_a_version_that_is_harder_for_officers_of_the_same_score_is_flagged():
    differing = with_languages(my=[(10, 60), (30, 40)], en=[(30, 30), (50, 10)])
    assert flags(differing, KEY, is_single=True) == [Flag("language", harder="my", easier="en")]


def test_a_group_that_only_scores_less_is_not_taken_for_a_bad_translation():
    # The same odds at every score; most who read Burmese are at the lower one.
    weaker = with_languages(my=[(20, 80), (16, 4)], en=[(5, 20), (80, 20)])
    assert flags(weaker, KEY, is_single=True) == []


def test_too_few_of_a_language_are_not_compared():
    few = with_languages(my=[(0, 24), (0, 25)], en=[(40, 10), (50, 10)])
    assert flags(few, KEY, is_single=True) == []
