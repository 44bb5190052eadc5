"""The mirror: it shows whom one stops more often, and accuses nobody whom chance alone explains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.examination import fairness
from specimens.chance import Chance


def holders(seed: int, count: int) -> list[dict[str, str]]:
    chance = Chance(seed, "holders")
    sizes = {"sex": 3, "band": 5, "tone": 6, "family": 4, "dress": 6}
    return [{name: str(chance.below(size)) for name, size in sizes.items()} for _one in range(count)]


def flagged(seed: int, *, usual: int, tone: int | None = None, count: int = 200) -> list[str]:
    """Attributes in which something stands out, for one who stops `usual` per cent, and `tone` per cent of one tone."""
    chance = Chance(seed, "stops")
    trials = [
        (who, chance.happens(usual if tone is None or who["tone"] != "1" else tone)) for who in holders(seed, count)
    ]
    return [name for name, rates in fairness.mirror(trials).items() if any(rate.stands_out for rate in rates)]


def test_the_mirror_shows_whom_one_stops_more_often_than_others():
    who = [{"sex": "MFX"[n % 3], "band": "1", "tone": str(n % 2), "family": "river", "dress": "0"} for n in range(120)]
    found = fairness.mirror([(one, one["tone"] == "1" and n % 3 != 0) for n, one in enumerate(who)])
    assert [(rate.value, rate.stopped, rate.of, rate.position, rate.stands_out) for rate in found["tone"]] == [
        ("0", 0, 60, "below", True),
        ("1", 40, 60, "above", True),
    ]
    assert [(rate.position, rate.stands_out) for rate in found["band"]] == [("within", False)]


def test_the_mirror_shows_no_rate_of_a_handful():
    who = {"sex": "M", "band": "1", "tone": "0", "family": "river", "dress": "0"}
    (rate,) = fairness.mirror([(who, True)] * 4)["sex"]
    assert (rate.share, rate.position, rate.stands_out) == (None, "few", False)


def test_without_trials_the_mirror_is_empty():
    assert fairness.mirror([]) == {name: [] for name in fairness.ATTRIBUTES}


def test_who_treats_everybody_alike_is_seldom_told_otherwise():
    assert sum(bool(flagged(seed, usual=20)) for seed in range(100)) <= 12


def test_who_stops_one_tone_three_times_as_often_is_told_so():
    assert sum("tone" in flagged(seed, usual=15, tone=50) for seed in range(50)) >= 40


@pytest.mark.parametrize(
    ("statistic", "freedom", "p"),
    [
        (3.841, 1, 0.05),
        (6.635, 1, 0.01),
        (5.991, 2, 0.05),
        (9.488, 4, 0.05),
        (11.070, 5, 0.05),
        (23.209, 10, 0.01),
        (124.342, 100, 0.05),
    ],
)
def test_the_tail_of_chi_square_is_that_of_the_tables(statistic, freedom, p):
    assert fairness.chi_square_tail(statistic, freedom) == pytest.approx(p, rel=1e-3)


def test_a_tail_far_out_keeps_its_digits():
    assert fairness.chi_square_tail(100, 1) == pytest.approx(1.52397e-23, rel=1e-5)


@given(st.floats(0, 500), st.floats(0, 500), st.integers(1, 60))
def test_a_larger_statistic_is_never_likelier(one, other, freedom):
    less, more = sorted((one, other))
    likely, unlikely = (fairness.chi_square_tail(value, freedom) for value in (less, more))
    assert 0 <= unlikely <= likely + 1e-12
    assert likely <= 1


@pytest.mark.parametrize(("statistic", "freedom"), [(1.0, 0), (-0.1, 3)])
def test_what_is_no_chi_square_is_refused(statistic, freedom):
    with pytest.raises(ValueError, match="no chi-square"):
        fairness.chi_square_tail(statistic, freedom)


def test_independence_is_pearsons_test():
    assert fairness.independence([[20, 30], [30, 20]]) == pytest.approx(0.0455, abs=1e-4)  # chi-square 4, one degree
    assert fairness.independence([[10, 20, 30], [10, 20, 30]]) == 1
    assert fairness.independence([[20, 0, 30], [30, 0, 20]]) == pytest.approx(0.0455, abs=1e-4)


@pytest.mark.parametrize("table", [[], [[3, 4]], [[3], [4]], [[0, 0], [0, 0]], [[5, 0], [7, 0]]])
def test_a_table_with_nothing_to_compare_speaks_for_independence(table):
    assert fairness.independence(table) == 1


def test_under_independence_p_is_below_a_twentieth_about_as_often():
    chance, low = Chance(2, "null"), 0
    for _run in range(600):
        table = [[0] * 4, [0] * 4]
        for _one in range(120):
            table[chance.below(2)][chance.below(4)] += 1
        low += fairness.independence(table) < 0.05
    assert 0.03 < low / 600 < 0.07
