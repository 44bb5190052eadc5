"""Properties of scoring, of steps and of the draw, for whatever comes."""

from decimal import Decimal
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import bank, kinds, scoring
from assessments.ending import submit_attempt
from assessments.models import AttemptStep, Item, ItemVersion
from assessments.recording import Sent, record_steps
from assessments.sheets import sheet_of
from assessments.starting import start_attempt
from assessments.steps import Event, project
from tests.assessments import sitting
from tests.assessments.sitting import LAPTOP, PHONE
from tests.assessments.test_assessments_scoring import SINGLE, keys, paper

THROUGH_THE_DATABASE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


# --- Scoring -----------------------------------------------------------------------------------------------------------


@given(keys("multiple"), st.data())
def test_one_more_right_option_never_earns_less(key, data):
    chosen = set(data.draw(st.lists(st.sampled_from(sorted(key)), unique=True)))
    right = data.draw(st.sampled_from(sorted(option for option, is_right in key.items() if is_right)))
    assert kinds.score("multiple", key, chosen | {right}) >= kinds.score("multiple", key, chosen - {right})


@given(keys("multiple"), st.data())
def test_several_right_answers_earn_everything_only_for_exactly_those(key, data):
    chosen = set(data.draw(st.lists(st.sampled_from(sorted(key)), unique=True)))
    right = {option for option, is_right in key.items() if is_right}
    assert (kinds.score("multiple", key, chosen) == 1) == (chosen == right)


@given(st.booleans(), st.sampled_from([[], ["true"], ["false"]]))
def test_true_or_false_earns_all_or_nothing(true_is_right, chosen):
    key = {"true": true_is_right, "false": not true_is_right}
    assert kinds.score("truefalse", key, chosen) == int(chosen == ["true" if true_is_right else "false"])


@given(st.integers(1, 20), st.integers(1, 6), st.data())
def test_no_number_of_points_elsewhere_makes_up_for_a_critical_section(others, critical, data):
    needed = -(-critical * 4 // 5)  # 80 %, rounded up
    right = data.draw(st.integers(0, needed - 1))
    answers = {place: ["a"] for place in range(others + right)}
    score = paper([0] * others + [1] * critical, answers, cut="0", cuts=[None, "0.80"])
    assert (score.points, score.passed) == (others + right, False)


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([["a"], ["b"], None])), min_size=1, max_size=15))
def test_the_points_of_the_sections_and_of_the_items_are_those_of_the_whole(places):
    answers = {n: chosen for n, (_section, chosen) in enumerate(places) if chosen}
    score = paper([section for section, _chosen in places], answers)
    for parts in (score.details["sections"], score.details["items"]):
        assert sum(Decimal(part["points"]) for part in parts) == score.points


@given(
    st.lists(st.integers(0, 1), min_size=1, max_size=12),
    st.dictionaries(st.integers(0, 11), st.sampled_from([["a"], ["b"]])),
    st.integers(0, 11),
)
def test_putting_one_answer_right_never_costs_the_pass(sections, answers, place):
    before = paper(sections, answers, cuts=["0.5", "0.8"])
    after = paper(sections, answers | {place: ["a"]}, cuts=["0.5", "0.8"])
    assert (after.points >= before.points, after.passed >= before.passed) == (True, True)


@given(st.integers(12, 99), st.sampled_from([["a"], ["b"]]))
def test_an_answer_to_a_place_that_the_paper_does_not_have_earns_nothing(place, chosen):
    assert paper([0] * 12, {place: chosen}) == paper([0] * 12, {})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.sampled_from("abc"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=6,
)


@given(anything)
def test_whatever_a_client_sends_is_a_response_to_a_single_choice_or_not_and_never_an_error(value):
    assert kinds.is_response("single", SINGLE, value) is (value in ([], ["a"], ["b"], ["c"]))


# --- Steps -------------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from(["answer", "clear", "flag", "unflag"]), st.integers(0, 3)), max_size=12))
def test_the_head_of_a_sheet_is_the_number_of_the_last_step(chosen):
    events = [Event(kind, place, ["a"], PHONE, seq, 0, seq) for seq, (kind, place) in enumerate(chosen, 1)]
    assert project(events).head == len(events)


@pytest.mark.django_db
@THROUGH_THE_DATABASE
@given(sets=st.lists(st.sets(st.sampled_from("abc"), min_size=1), min_size=1, max_size=6), data=st.data())
def test_choices_of_several_options_come_out_as_the_last_one_made_in_any_order(whole, sets, data):
    attempt = start_attempt(whole.quiz, whole.person, scope=uuid4(), at=timezone.now())
    place = sitting.place_of(attempt, "multiple")
    sent = [Sent(uuid4(), "answer", place, sorted(value), PHONE, n, 0) for n, value in enumerate(sets, 1)]
    for one in data.draw(st.permutations(sent)):
        record_steps(attempt, [one], at=timezone.now())
    assert sheet_of(attempt).answers == {place: sorted(sets[-1])}


KINDS = st.sampled_from(["answer", "clear", "flag", "unflag", "submit"])
VALUES = st.sampled_from([[], ["a"], ["b"], ["z"]])
DEVICES = st.sampled_from([PHONE, LAPTOP])


@pytest.mark.django_db
@THROUGH_THE_DATABASE
@given(
    st.lists(
        st.tuples(KINDS, st.integers(0, 4), VALUES, DEVICES, st.integers(0, 5), st.integers(0, 5)),
        min_size=1,
        max_size=8,
    )
)
def test_every_repetition_has_the_outcome_of_the_first_time(enrolment, parts):
    """Possible and impossible steps of two devices in one batch, and each sent again in one of its own."""
    attempt = start_attempt(sitting.the_exam(), enrolment.person, scope=uuid4(), at=timezone.now())
    sent = [Sent(uuid4(), *one) for one in parts]
    first = record_steps(attempt, sent, at=timezone.now())
    rows = list(AttemptStep.objects.filter(attempt=attempt).values())
    again = [record_steps(attempt, [one], at=timezone.now())[0] for one in reversed(sent)]
    assert again == first[::-1]
    assert list(AttemptStep.objects.filter(attempt=attempt).values()) == rows
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))


@st.composite
def deliveries(draw):
    """Steps of one device, and the batches in which a bad line delivers them: any order, any split, some twice."""
    made = draw(
        st.lists(st.tuples(st.sampled_from(["answer", "clear", "flag"]), st.integers(0, 3), st.booleans()), min_size=1, max_size=10)
    )  # fmt: skip
    order = draw(st.permutations(range(len(made)))) + draw(st.lists(st.integers(0, len(made) - 1), max_size=5))
    cuts = sorted(draw(st.sets(st.integers(1, len(order)), max_size=4)) | {0, len(order)})
    return made, [order[start:end] for start, end in pairwise(cuts) if start < end]


@pytest.mark.django_db
@THROUGH_THE_DATABASE
@given(deliveries())
def test_any_order_repetition_and_split_of_what_a_device_sends_gives_the_same_grade(enrolment, delivery):
    made, batches = delivery

    def grade(batches):
        attempt = start_attempt(sitting.the_exam(), enrolment.person, scope=uuid4(), at=timezone.now())
        right, wrong = sitting.right_answers(attempt), sitting.wrong_answers(attempt)
        sent = [
            Sent(uuid4(), kind, place, (right if is_right else wrong)[place] if kind == "answer" else [], PHONE, n, 0)
            for n, (kind, place, is_right) in enumerate(made, 1)
        ]
        for batch in batches:
            record_steps(attempt, [sent[n] for n in batch], at=timezone.now())
        given = submit_attempt(attempt, at=timezone.now()).grades.get()
        sheet = sheet_of(attempt)
        answered = {place: value == right[place] for place, value in sheet.answers.items()}
        # Each attempt has a paper of its own: what is compared is which place was answered right.
        return answered, sheet.flags, given.score == sum(answered.values())

    assert grade(batches) == grade([range(len(made))])


# --- The draw ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@THROUGH_THE_DATABASE
@given(st.integers(0, 2**128 - 1), st.data())
def test_a_draw_holds_an_item_met_before_only_when_every_other_is_drawn_too(seed, data):
    exam = Item.objects.filter(use="exam", locale__language_code="en")
    by_objective: dict[str, set[UUID]] = {}
    for objective, key in exam.values_list("objective", "translation_key"):
        by_objective.setdefault(objective, set()).add(key)
    seen = data.draw(st.sets(st.sampled_from(sorted(set().union(*by_objective.values())))))
    drawn = bank.draw_paper(sitting.the_exam(), seed=seed, seen=seen)
    ids = [item["version"] for item in drawn["items"]]
    asked = set(ItemVersion.objects.filter(pk__in=ids).values_list("item_key", flat=True))
    assert drawn == bank.draw_paper(sitting.the_exam(), seed=seed, seen=seen)
    for whole_bank in by_objective.values():
        new = whole_bank - seen
        assert len(asked & new) == min(2, len(new))


def test_points_that_everybody_got_or_that_wait_tell_nothing():
    items = [{"points": "1"}, {"points": None}, {"points": "0.5"}, {"points": "1"}]
    assert scoring.telling({"items": items, "credited": [3]}) == [(0, 1.0), (2, 0.5)]
    assert scoring.telling({"items": items[:1]}) == [(0, 1.0)]
