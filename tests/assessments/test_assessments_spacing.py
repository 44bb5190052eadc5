"""When questions come back: properties of the schedule."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assessments import spacing

START = datetime(2026, 11, 24, 4, tzinfo=UTC)
DAY = timedelta(days=1)
delays = st.lists(st.integers(0, 40), min_size=1, max_size=12)


def interval(memory):
    """From an answer to the next time it is asked."""
    return memory.due_at - memory.reviewed_at


def test_what_was_just_learned_comes_after_two_days_and_then_less_and_less_often():
    memory, found = spacing.learned(at=START), []
    for _time in range(5):
        found.append(interval(memory).days)
        memory = spacing.reviewed(memory, is_right=True, at=memory.due_at)
    assert found == [2, 11, 46, 163, 180]


@given(delays)
def test_right_answers_given_when_asked_or_later_lengthen_the_interval_up_to_the_longest(waits):
    memory = spacing.learned(at=START)
    for days in waits:
        before = interval(memory)
        memory = spacing.reviewed(memory, is_right=True, at=memory.due_at + days * DAY)
        assert before < interval(memory) or before == spacing.LONGEST
        assert interval(memory) <= spacing.LONGEST


@given(st.lists(st.booleans(), max_size=8), st.integers(0, 60))
def test_after_a_wrong_answer_a_question_comes_sooner_than_after_a_right_one(answers, days):
    memory = spacing.learned(at=START)
    for is_right in answers:
        memory = spacing.reviewed(memory, is_right=is_right, at=memory.due_at)
    at = memory.due_at + days * DAY
    wrong, right = (spacing.reviewed(memory, is_right=one, at=at) for one in (False, True))
    assert DAY <= interval(wrong) < interval(right) or interval(right) == DAY
    assert 1 <= wrong.difficulty <= 10


def test_a_moment_of_another_time_zone_is_the_same_moment():
    from zoneinfo import ZoneInfo

    here = START.astimezone(ZoneInfo("Asia/Yangon"))
    assert spacing.learned(at=here) == spacing.learned(at=START)


# --- Three a week ---------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 20)), min_size=1, max_size=12),
    st.lists(st.integers(0, 3), min_size=1, max_size=30),
    st.data(),
)
def test_whoever_answers_everything_that_is_asked_answers_three_a_week_on_an_objective_at_most(cards, waits, data):
    due = {n: (objective, START + days * DAY) for n, (objective, days) in enumerate(cards)}
    answered, at = [], START
    for days in waits:
        at += days * DAY + timedelta(minutes=1)
        now, next_at = spacing.turns(due, answered, at=at)
        assert bool(now) != bool(next_at)
        for key in now:
            objective, due_at = due[key]
            assert due_at <= at
            answered.append((objective, at))
            due[key] = objective, at + data.draw(st.integers(1, 5)) * DAY
    times = defaultdict(list)
    for objective, answered_at in answered:
        times[objective].append(answered_at)
    for found in times.values():
        assert all(later - first >= spacing.WEEK for first, later in zip(found, found[3:], strict=False))


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 20)), min_size=1, max_size=8), st.integers(0, 3))
def test_what_is_said_to_come_next_comes_then_and_nothing_before(cards, already):
    due = {n: (objective, START + days * DAY) for n, (objective, days) in enumerate(cards)}
    answered = [("A", START - n * timedelta(hours=1)) for n in range(already)]
    now, next_at = spacing.turns(due, answered, at=START)
    assert now == []
    assert spacing.turns(due, answered, at=next_at)[0] != []
    assert spacing.turns(due, answered, at=next_at - timedelta(seconds=1)) == ([], next_at)


def test_without_cards_nothing_ever_comes():
    assert spacing.turns({}, [], at=START) == ([], None)


def test_the_longest_due_comes_first():
    due = {"new": ("A", START - DAY), "old": ("B", START - 3 * DAY), "later": ("A", START + DAY)}
    assert spacing.turns(due, [], at=START) == (["old", "new"], None)
