"""What the answers are after steps that came late, twice and in any order: rules, and the same through the database."""

from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.ending import submit_attempt
from assessments.models import Attempt, AttemptStep, GradeRecord
from assessments.recording import Sent, record_steps
from assessments.sheets import sheet_of
from assessments.starting import start_attempt
from assessments.steps import Event, Sheet, counts, project
from tests.assessments import sitting
from tests.assessments.sitting import LAPTOP, PHONE

KINDS = ["answer", "clear", "flag", "unflag"]


# --- The rules -------------------------------------------------------------------------------------------------------


def event(kind="answer", *, place=0, value=("a",), device=PHONE, client_seq=1, base_seq=0, seq=0):
    """An event with what matters to the test."""
    return Event(kind, place, list(value), device, client_seq, base_seq, seq)


def accepted(events):
    """The events that count, as the server would take them in this order."""
    newest, taken = {}, []
    for seq, one in enumerate(events, 1):
        stored = Event(one.kind, one.place, one.value, one.device, one.client_seq, one.base_seq, seq)
        if counts(stored, newest.get(stored.stream)):
            newest[stored.stream] = stored
            taken.append(stored)
    return taken


@st.composite
def typed_on_one_device(draw):
    """What one device did, in its own order."""
    chosen = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 3), st.sampled_from("abc")), max_size=12))
    return [
        event(kind, place=place, value=[option] if kind == "answer" else [], client_seq=number)
        for number, (kind, place, option) in enumerate(chosen, 1)
    ]


@given(typed_on_one_device(), st.data())
def test_one_device_gives_the_same_sheet_in_any_order(events, data):
    expected = project(accepted(events))
    found = project(accepted(data.draw(st.permutations(events))))
    assert (found.answers, found.flags) == (expected.answers, expected.flags)


@given(typed_on_one_device())
def test_the_sheet_of_one_device_is_what_it_chose_last(events):
    wanted = Sheet()
    for one in events:
        match one.kind:
            case "answer":
                wanted.answers[one.place] = one.value
            case "clear":
                wanted.answers.pop(one.place, None)
            case "flag":
                wanted.flags.add(one.place)
            case "unflag":
                wanted.flags.discard(one.place)
    found = project(accepted(events))
    assert (found.answers, found.flags) == (wanted.answers, wanted.flags)


@pytest.mark.parametrize(
    ("newest", "coming", "replaces"),
    [
        (None, event(), True),
        (event(client_seq=1, seq=1), event(client_seq=2), True),
        (event(client_seq=2, seq=1), event(client_seq=1), False),
        (event(client_seq=2, seq=1), event(client_seq=2), False),
        (event(client_seq=9, seq=4), event(device=LAPTOP, client_seq=1, base_seq=4), True),
        (event(client_seq=9, seq=4), event(device=LAPTOP, client_seq=99, base_seq=3), False),
        (event("clear", value=(), client_seq=2, seq=4), event(device=LAPTOP, client_seq=9, base_seq=1), False),
    ],
)
def test_an_event_counts_if_it_is_the_devices_newer_one_or_had_seen_the_newest(newest, coming, replaces):
    assert counts(coming, newest) is replaces


def test_a_mark_does_not_compete_with_an_answer():
    assert event("flag").stream != event("answer").stream == event("clear").stream


# --- The same through the database -------------------------------------------------------------------------------------


def steps_for(attempt, chosen):
    """Steps of one device for choices (kind, place, number of an option)."""
    options = [item["options"] for item in attempt.paper["items"]]
    return [
        Sent(uuid4(), kind, place, [options[place][option]] if kind == "answer" else [], PHONE, number, 0)
        for number, (kind, place, option) in enumerate(chosen, 1)
    ]


def outcome_of(attempt):
    """The sheet and the grade."""
    submitted = submit_attempt(attempt, at=timezone.now())
    grade = submitted.grades.get()
    sheet = sheet_of(submitted)
    return sheet.answers, sheet.flags, grade.score, grade.details


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=10),
    data=st.data(),
)
def test_any_order_repetition_and_split_into_batches_gives_the_same_sheet_and_grade(enrolment, chosen, data):
    quiz, at = sitting.the_exam(), timezone.now()
    tidy = start_attempt(quiz, enrolment.person, scope=uuid4(), at=at)
    untidy = Attempt.objects.create(
        quiz=quiz, person=enrolment.person, scope=uuid4(), number=1, number_allowed=2, paper=tidy.paper,
        rules=tidy.rules, started_at=at,
    )  # fmt: skip
    for one in steps_for(tidy, chosen):
        record_steps(tidy, [one], at=at)
    once = steps_for(untidy, chosen)
    twice = data.draw(st.permutations(once + once))
    while twice:
        size = data.draw(st.integers(1, len(twice)))
        batch, twice = twice[:size], twice[size:]
        record_steps(untidy, batch, at=at)
    assert AttemptStep.objects.filter(attempt=untidy).count() == len(once)
    assert list(untidy.steps.values_list("seq", flat=True)) == list(range(1, len(once) + 1))
    assert outcome_of(untidy) == outcome_of(tidy)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([PHONE, LAPTOP]), st.integers(0, 2)), min_size=2, max_size=8), st.data())
def test_a_page_out_of_date_never_overwrites_a_newer_answer(enrolment, chosen, data):
    attempt = start_attempt(sitting.the_exam(), enrolment.person, scope=uuid4(), at=timezone.now())
    options = attempt.paper["items"][0]["options"]
    standing = None  # (device, value, seq) of what counts
    counted = {PHONE: 0, LAPTOP: 0}
    for device, option in chosen:
        attempt.refresh_from_db()
        base = data.draw(st.integers(0, attempt.step_count))
        counted[device] += 1
        value = [options[option]]
        (outcome,) = record_steps(
            attempt,
            [Sent(uuid4(), "answer", 0, value, device, counted[device], base)],
            at=timezone.now(),
        )
        had_seen = standing is None or standing[0] == device or base >= standing[2]
        assert outcome.verdict == ("accepted" if had_seen else "superseded")
        if had_seen:
            standing = (device, value, outcome.seq)
        assert sheet_of(attempt).answers == {0: standing[1]}


def test_the_same_id_twice_in_one_batch_is_one_row_with_one_outcome(attempt):
    one = Sent(uuid4(), "answer", 0, [attempt.paper["items"][0]["options"][0]], PHONE, 1, 0)
    first, second = record_steps(attempt, [one, one], at=timezone.now())
    assert first == second
    assert attempt.steps.count() == 1


def test_the_same_id_again_after_the_end_has_the_outcome_it_had(attempt):
    one = Sent(uuid4(), "answer", 0, [attempt.paper["items"][0]["options"][0]], PHONE, 1, 0)
    (before,) = record_steps(attempt, [one], at=timezone.now())
    submit_attempt(attempt, at=timezone.now())
    (after,) = record_steps(attempt, [one], at=timezone.now())
    assert (after, before.verdict) == (before, "accepted")
    assert attempt.steps.count() == 2  # the answer and the hand-in


def test_an_id_repeated_with_another_value_changes_nothing(attempt):
    options = attempt.paper["items"][0]["options"]
    name = uuid4()
    record_steps(attempt, [Sent(name, "answer", 0, [options[0]], PHONE, 1, 0)], at=timezone.now())
    record_steps(attempt, [Sent(name, "answer", 0, [options[1]], PHONE, 2, 9)], at=timezone.now())
    assert sheet_of(attempt).answers == {0: [options[0]]}


def test_an_id_of_somebody_elses_step_is_refused_and_tells_nothing(attempt):
    from tests.factories import EnrolmentFactory

    theirs = sitting.begin(sitting.learn_all(EnrolmentFactory()))
    name = UUID("11111111-1111-4111-8111-111111111111")
    record_steps(theirs, [Sent(name, "flag", 0, [], PHONE, 1, 0)], at=timezone.now())
    (outcome,) = record_steps(attempt, [Sent(name, "flag", 0, [], PHONE, 1, 0)], at=timezone.now())
    assert (outcome.verdict, outcome.seq) == ("refused", 0)
    assert attempt.steps.count() == 0


def test_no_grade_is_made_by_recording(attempt):
    sitting.answer(attempt, sitting.right_answers(attempt))
    assert GradeRecord.objects.count() == 0
