"""The next specimen: at the edge of what one can do, and in an order that tells nothing."""

from collections import Counter
from datetime import date
from functools import partial
from itertools import pairwise
from statistics import NormalDist

import pytest

from assessments.examination import adapting
from assessments.examination.adapting import Missed
from assessments.examination.detection import Result
from specimens.chance import Chance
from specimens.truth import GROUPS

KINDS = {group: [f"{group}{number}" for number in range(3)] for group in GROUPS}


def test_a_bag_holds_exactly_its_share_in_an_order_that_cannot_be_learned():
    bags = [adapting.bag(Chance(seed, "bag"), 40, 30) for seed in range(400)]
    assert {sum(one) for one in bags} == {12}
    firsts = sum(one[0] for one in bags) / 400
    assert firsts == pytest.approx(0.3, abs=0.08)
    after = [(one[i], one[i + 1]) for one in bags for i in range(39)]
    assert sum(b for a, b in after if a) / sum(a for a, _b in after) == pytest.approx(11 / 39, abs=0.02)


def test_a_learner_who_is_right_gets_better_and_one_who_is_wrong_worse():
    assert adapting.learned(0.0, 0.0, is_right=True, count=1) > 0 > adapting.learned(0.0, 0.0, is_right=False, count=1)
    assert adapting.learned(0.0, 0.0, is_right=True, count=1) > adapting.learned(0.0, 0.0, is_right=True, count=100)


@pytest.mark.parametrize("true", [-1.0, 0.5, 2.0])
def test_an_ability_is_found_by_practice(true):
    chance, ability = Chance(3, f"{true}"), 0.0
    late = []
    for count in range(1, 1500):
        of = partial(adapting.difficulty, 1 + count % 4)
        hard = of(adapting.severity_for(ability, of))
        ability = adapting.learned(
            ability, hard, is_right=chance.below(1000) < adapting.success(true, hard) * 1000, count=count
        )
        if count > 500:
            late.append(ability)
    assert sum(late) / len(late) == pytest.approx(true, abs=0.35)


def test_severity_keeps_success_near_three_quarters():
    assert [adapting.severity_for(ability, partial(adapting.difficulty, 3)) for ability in (-2, -0.5, 0.5, 1.3, 3)] == [
        5,
        4,
        3,
        2,
        1,
    ]


def test_difficulty_follows_the_catalogue_until_data_say_otherwise():
    assert adapting.difficulty(2, 1) - adapting.difficulty(2, 3) == 1.5
    assert adapting.difficulty(2, 3) - adapting.difficulty(2, 5) == 1.5
    assert adapting.found_difficulty(0.5, []) == pytest.approx(0.5, abs=1e-5)
    chance = Chance(1, "data")
    outcomes = [(0.0, chance.below(1000) < adapting.success(0.0, 2.0) * 1000) for _one in range(3000)]
    assert adapting.found_difficulty(0.5, outcomes) == pytest.approx(2.0, abs=0.35)


def test_outcomes_as_expected_leave_a_difficulty_and_a_handful_of_others_moves_it_little():
    for prior in (-1.5, 0.5, 1.5):
        expected = [(prior, is_right) for is_right in (True, True, True, False)]
        assert adapting.found_difficulty(prior, expected * 9) == pytest.approx(prior, abs=1e-5)
        easier, harder = (adapting.found_difficulty(prior, [(prior, is_right)] * 5) for is_right in (True, False))
        assert prior - 1 < easier < prior < harder < prior + 1


def test_a_kind_that_everybody_misses_is_hard_but_not_without_end():
    assert 3 < adapting.found_difficulty(0.5, [(0.0, False)] * 100) < 5


@pytest.mark.parametrize("prior", [1, 2, 3, 4])
def test_severities_lie_evenly_and_fainter_is_harder(prior):
    hard = [adapting.difficulty(prior, severity) for severity in range(1, 6)]
    assert [round(a - b, 9) for a, b in pairwise(hard)] == [0.75] * 4


def test_the_step_of_an_ability_shrinks_to_its_least():
    steps = [adapting.learned(0.0, 0.0, is_right=True, count=count) / 0.25 for count in (1, 4, 16, 100)]
    assert steps == pytest.approx([0.6, 0.3, 0.15, 0.15])


def test_the_same_chance_gives_the_same_specimens():
    def drawn() -> list[str]:
        chance = Chance(11, "again")
        return [adapting.next_kind({"mrz": -1.0}, KINDS, chance, reviews=["book1"]) for _one in range(50)]

    assert drawn() == drawn()


def test_the_weakest_family_comes_most_often_and_none_is_forgotten():
    abilities = dict.fromkeys(GROUPS, 1.0) | {"mrz": -1.0}
    chance = Chance(5, "next")
    drawn = Counter(adapting.next_kind(abilities, KINDS, chance, reviews=["book1"])[:-1] for _one in range(4000))
    assert drawn["mrz"] / 4000 == pytest.approx(0.6 + 0.3 / 8, abs=0.03)
    assert drawn["book"] / 4000 == pytest.approx(0.1 + 0.3 / 8, abs=0.03)
    assert set(drawn) == set(GROUPS)


def test_what_was_missed_comes_again_after_1_3_7_and_21_days():
    missed = [Missed(f"A{day:02}", date(2026, 3, 30 - day)) for day in (0, 1, 2, 3, 7, 8, 21)]
    assert adapting.due_reviews(missed, today=date(2026, 3, 30)) == ["A01", "A03", "A07", "A21"]


def block(chance: Chance, d: float, *, share: int, size: int = 20) -> Result:
    """A block of an observer who leans neither way."""
    signals = sum(adapting.bag(chance, size, share))
    hit, false_alarm = (round(NormalDist().cdf(half) * 10**6) for half in (d / 2, -d / 2))
    return Result(
        sum(chance.happens(hit, 10**6) for _one in range(signals)),
        signals,
        sum(chance.happens(false_alarm, 10**6) for _one in range(size - signals)),
        size - signals,
    )


def climbed(seed: int, d: float, *, blocks: int) -> list[int]:
    """The rung before each block of an observer of known ability."""
    chance, done, rungs = Chance(seed, f"climb/{d}"), [], []
    for _one in range(blocks):
        rungs.append(adapting.rung(done))
        done.append(block(chance, d, share=adapting.LADDER[rungs[-1]]))
    return rungs


def test_signals_become_rare_only_for_who_surely_finds_them():
    good, poor, leaning = Result(17, 20, 3, 20), Result(8, 20, 8, 20), Result(19, 20, 12, 20)
    assert adapting.rung([]) == 0
    assert adapting.rung([good]) == 1
    assert adapting.rung([good, good, good]) == 2
    assert adapting.rung([good, poor]) == 0
    assert adapting.rung([leaning]) == 0
    likely = Result(8, 10, 2, 10)  # d′ 1.5, but from 0.3 on
    assert [adapting.rung([likely] * count) for count in (1, 2, 4)] == [0, 0, 1]


def test_a_rung_is_not_left_before_ten_signals_were_seen_on_it():
    good, rare, missed = Result(17, 20, 3, 20), Result(6, 6, 0, 14), Result(1, 2, 9, 18)
    assert [adapting.rung([good, *[rare] * count]) for count in (1, 2)] == [1, 2]
    assert [adapting.rung([good, good, *[missed] * count]) for count in (4, 5)] == [2, 1]


def test_coached_blocks_do_not_move_anybody():
    easy, only_noise = Result(20, 20, 12, 20), Result(0, 0, 2, 20)
    assert adapting.rung([easy, easy, only_noise]) == 0
    strict, gross = Result(4, 10, 0, 10), Result(10, 10, 0, 10)
    assert adapting.coaching([strict, strict]) == "gross"
    assert adapting.rung([strict, strict, gross]) == adapting.rung([strict, strict]) == 0
    assert adapting.rung([gross]) == 1


def test_the_ladder_ends_where_ability_puts_one():
    ends = {d: [climbed(seed, d, blocks=40)[-1] for seed in range(20)] for d in (0.0, 1.0, 2.0)}
    assert set(ends[0.0]) == {0}
    assert sum(ends[1.0]) / 20 < 0.6
    assert sum(ends[2.0]) / 20 > 1.9


def test_who_leans_one_way_in_two_blocks_is_coached_the_other_way():
    easy, strict, even = Result(20, 20, 12, 20), Result(8, 20, 0, 20), Result(16, 20, 4, 20)
    assert adapting.coaching([easy, easy]) == "variations"
    assert adapting.coaching([strict, strict]) == "gross"
    assert adapting.coaching([easy, even]) == adapting.coaching([easy]) == adapting.coaching([easy, strict]) == ""


def test_a_block_of_one_sort_ends_the_run_of_coaching():
    easy, strict, only_noise = Result(20, 20, 12, 20), Result(8, 20, 0, 20), Result(0, 0, 0, 20)
    assert adapting.coaching([easy, easy, only_noise]) == ""
    assert adapting.coaching([strict, only_noise]) == adapting.coaching([only_noise, strict]) == ""
