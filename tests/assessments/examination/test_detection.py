"""Figures of signal detection, held against the worked table and a learner whose ability is known."""

import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.examination import detection
from assessments.examination.detection import Result, Seen
from specimens.chance import Chance

NORMAL = NormalDist()


@pytest.mark.parametrize(
    ("counts", "h", "f", "d", "c", "error", "said"),
    [
        ((16, 20, 4, 20), 0.786, 0.214, 1.58, 0.00, 0.44, "balanced"),
        ((19, 20, 12, 20), 0.929, 0.595, 1.22, -0.85, 0.51, "refers_too_easily"),
        ((10, 20, 1, 20), 0.500, 0.071, 1.47, 0.73, 0.51, "lets_pass"),
        ((8, 20, 8, 20), 0.405, 0.405, 0.00, 0.24, 0.40, "guessing"),
        ((20, 20, 0, 20), 0.976, 0.024, 3.96, 0.00, 0.86, "perfect"),
        ((5, 6, 9, 54), 0.786, 0.173, 1.74, 0.08, 0.61, "few_signals"),
    ],
)
def test_the_table_is_reproduced(counts, h, f, d, c, error, said):
    found = Result(*counts)
    assert (round(found.hit_rate, 3), round(found.false_alarm_rate, 3)) == (h, f)
    assert (round(found.d_prime, 2), round(found.criterion, 2), round(found.standard_error, 2)) == (d, c, error)
    assert detection.verdict(found) == said


@pytest.mark.parametrize(("of", "error"), [(10, 0.62), (20, 0.44), (40, 0.32), (60, 0.26)])
def test_more_trials_make_the_figure_surer(of, error):
    assert round(Result(round(of * 0.8), of, round(of * 0.2), of).standard_error, 2) == error


def test_intervals_are_1_96_standard_errors_wide_on_either_side_and_half_that_for_the_criterion():
    found = Result(16, 20, 4, 20)
    assert found.interval == pytest.approx((1.583 - 1.96 * 0.445, 1.583 + 1.96 * 0.445), abs=1e-3)
    assert found.criterion_interval == pytest.approx((-1.96 * 0.2225, 1.96 * 0.2225), abs=1e-3)


def test_the_right_reason_is_a_share_of_the_hits_with_wilsons_interval():
    found = Result(10, 20, 1, 20, localised=5)
    assert found.localised_share == 0.5
    assert Result(0, 20, 1, 20).localised_share is None


@given(st.integers(0, 80), st.integers(0, 80), st.integers(0, 80), st.integers(0, 80))
def test_figures_exist_for_any_counts_and_turn_with_the_answers(hits, misses, false_alarms, passed):
    found = Result(hits, hits + misses, false_alarms, false_alarms + passed)
    assert 0 < found.hit_rate < 1
    assert math.isfinite(found.d_prime)
    assert found.interval[0] < found.d_prime < found.interval[1]
    turned = Result(misses, hits + misses, passed, false_alarms + passed)
    assert turned.d_prime == pytest.approx(-found.d_prime, abs=1e-9)
    assert turned.criterion == pytest.approx(-found.criterion, abs=1e-9)


def learner(seed: int, *, d: float, c: float, each: int) -> list[Seen]:
    """An observer with equal variances: evidence N(±d/2, 1), six answers by steps around c."""
    chance = Chance(seed, "learner")
    steps = [c - 1.0, c - 0.5, c, c + 0.5, c + 1.0]
    trials = []
    for index in range(2 * each):
        is_signal = index % 2 == 0
        evidence = NORMAL.inv_cdf((chance.below(10**6) + 0.5) / 10**6) + (d / 2 if is_signal else -d / 2)
        answer = 1 + sum(evidence > step for step in steps)
        trials.append(Seen(is_signal, answer, is_localised=chance.happens(70), group="data"))
    return trials


@pytest.mark.parametrize(("d", "c"), [(1.5, 0.0), (2.2, 0.4), (1.0, -0.5)])
def test_a_learner_of_known_ability_is_recovered_within_the_interval(d, c):
    found = [detection.result(learner(seed, d=d, c=c, each=60)) for seed in range(100)]
    assert sum(one.interval[0] <= d <= one.interval[1] for one in found) >= 90
    assert sum(one.criterion_interval[0] <= c <= one.criterion_interval[1] for one in found) >= 90


def test_the_area_under_the_curve_is_what_the_ability_implies():
    areas = [detection.area(detection.roc(learner(seed, d=1.5, c=0.0, each=200))) for seed in range(40)]
    whole = NORMAL.cdf(1.5 / math.sqrt(2))
    assert whole - 0.03 < sum(areas) / 40 < whole  # straight lines between few points lie below the curve


def test_a_curve_begins_and_ends_in_the_corners_and_needs_both_sorts():
    points = detection.roc([Seen(True, 6), Seen(False, 1)])
    assert (points[0], points[-1], detection.area(points)) == ((0, 0), (1, 1), 1)
    assert detection.roc([Seen(True, 6)]) == []
    assert detection.area([]) is None


def test_with_few_trials_nothing_is_said():
    assert detection.verdict(Result(4, 4, 0, 20)) == "not_enough"
    assert not Result(9, 9, 1, 30).is_enough


def test_each_family_is_held_against_all_that_was_clean():
    trials = [
        Seen(True, 6, True, "mrz"),
        Seen(True, 1, False, "mrz"),
        Seen(True, 5, False, "data"),
        Seen(False, 6),
        Seen(False, 1),
    ]
    groups = detection.by_group(trials)
    assert groups == {"data": Result(1, 1, 1, 2, 0), "mrz": Result(1, 2, 1, 2, 1)}


def test_people_are_averaged_one_by_one_and_never_fewer_than_ten():
    good, poor = Result(18, 20, 2, 20), Result(10, 20, 10, 20)
    assert detection.aggregate([good] * 9) is None
    assert detection.aggregate([good] * 9 + [Result(1, 1, 0, 1)]) is None
    found = detection.aggregate([good] * 5 + [poor] * 5)
    assert found.people == 10
    assert found.d_prime == pytest.approx((good.d_prime + poor.d_prime) / 2)


def test_the_standard_says_which_condition_is_missing_and_by_how_much():
    conditions = detection.standard(Result(52, 60, 20, 60, 20), asked=5, doubtful=10)
    found = {one.name: (one.is_met, round(one.margin, 2)) for one in conditions}
    assert found == {
        "trials": (True, 0),
        "d_prime": (True, 0.01),
        "false_alarms": (False, -0.14),
        "criterion": (True, 0.17),
        "localised": (False, -0.32),
        "protection": (False, -0.4),
    }


def test_the_standard_is_met_whichever_way_one_leans_a_little():
    for found in (Result(52, 60, 6, 60, 40), Result(46, 60, 3, 60, 40)):
        assert all(one.is_met for one in detection.standard(found, asked=9, doubtful=10))
    assert not all(one.is_met for one in detection.standard(Result(52, 59, 6, 60, 40), asked=9, doubtful=10))


def test_without_trials_no_condition_is_met_and_none_has_a_value():
    conditions = detection.standard(Result(0, 0, 0, 0), asked=0, doubtful=0)
    assert [one.value for one in conditions] == [0, None, None, None, None, None]
    assert not any(one.is_met for one in conditions)
    assert [one.margin for one in conditions] == [-60, None, None, None, None, None]


@pytest.mark.parametrize(
    ("count", "of", "low", "high"), [(0, 0, 0, 1), (0, 10, 0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1)]
)
def test_the_interval_of_a_share_is_wilsons(count, of, low, high):
    assert detection.wilson(count, of) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))
