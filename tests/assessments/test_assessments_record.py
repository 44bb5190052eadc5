"""Saving answers from the page's script: what becomes of each, and what is not readable."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assessments.ending import GRACE
from assessments.models import Attempt
from assessments.sheets import sheet_of
from tests.assessments import sitting
from tests.assessments.sitting import LAPTOP, PHONE, log_of, send, send_body, step, verdicts


def options(attempt, place=0):
    """The option ids of a place, as drawn."""
    return attempt.paper["items"][place]["options"]


def test_a_first_answer_is_accepted_and_numbered(officer, attempt):
    sent = step(0, options(attempt)[:1])
    response = send(officer, attempt, sent)
    answered = response.json()
    assert answered["steps"] == [{"id": sent["id"], "verdict": "accepted", "seq": 1}]
    assert (answered["head"], answered["is_open"]) == (1, True)


def test_the_seconds_left_come_with_every_save(officer, attempt):
    Attempt.objects.update(closes_at=timezone.now() + timedelta(seconds=90))
    assert send(officer, attempt, step(0, options(attempt)[:1])).json()["seconds_left"] in (88, 89, 90)


def test_a_newer_choice_replaces_the_older_one(officer, attempt):
    first, second, _third = options(attempt)
    send(officer, attempt, step(0, [first]))
    assert verdicts(send(officer, attempt, step(0, [second], client_seq=2, base_seq=1))) == ["accepted"]
    assert sheet_of(attempt).answers == {0: [second]}


def test_an_older_choice_that_comes_later_is_kept_and_does_not_count(officer, attempt):
    first, second, _third = options(attempt)
    send(officer, attempt, step(0, [second], client_seq=2))
    assert verdicts(send(officer, attempt, step(0, [first], client_seq=1))) == ["superseded"]
    assert sheet_of(attempt).answers == {0: [second]}
    assert [row[3] for row in log_of(attempt)] == ["accepted", "superseded"]


def test_a_device_that_had_seen_the_newest_answer_may_change_it(officer, attempt):
    first, second, third = options(attempt)
    send(officer, attempt, step(0, [first]))
    assert verdicts(send(officer, attempt, step(0, [second], device=LAPTOP, base_seq=0))) == ["superseded"]
    assert verdicts(send(officer, attempt, step(0, [third], device=LAPTOP, client_seq=2, base_seq=1))) == ["accepted"]
    assert sheet_of(attempt).answers == {0: [third]}


def test_several_options_are_taken_where_several_are_right(officer, whole):
    place = sitting.place_of(whole, "multiple")
    assert verdicts(send(officer, whole, step(place, ["a", "b"]))) == ["accepted"]
    assert sheet_of(whole).answers == {place: ["a", "b"]}


def test_an_answer_taken_back_is_no_answer(officer, whole):
    place = sitting.place_of(whole, "multiple")
    send(officer, whole, step(place, ["a", "b"]))
    assert verdicts(send(officer, whole, step(place, kind="clear", client_seq=2))) == ["accepted"]
    assert sheet_of(whole).answers == {}


def test_a_mark_is_set_and_removed_beside_the_answer(officer, attempt):
    send(officer, attempt, step(0, options(attempt)[:1]), step(0, kind="flag", client_seq=2))
    assert (sheet_of(attempt).answers, sheet_of(attempt).flags) == ({0: options(attempt)[:1]}, {0})
    send(officer, attempt, step(0, kind="unflag", client_seq=3))
    assert (sheet_of(attempt).answers, sheet_of(attempt).flags) == ({0: options(attempt)[:1]}, set())


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": ["z"]},
        {"value": ["a", "b"]},
        {"value": ["a", "a"]},
        {"value": []},
        {"value": ["\u0000"]},
        {"place": 4},
        {"place": 9999},
        {"kind": "submit"},
        {"kind": "answered"},
        {"kind": "flag", "value": ["a"]},
        {"kind": "clear", "value": ["a"]},
    ],
)
def test_what_is_no_possible_answer_is_refused_and_the_others_go_on(wrong, officer, attempt):
    single = sitting.place_of(attempt, "single")
    other = next(place for place in range(4) if place != single)
    good = step(other, options(attempt, other)[:1])
    response = send(officer, attempt, step(single, ["a"]) | wrong, good)
    assert verdicts(response) == ["refused", "accepted"]
    assert response.json()["steps"][0]["seq"] == 0
    assert [row[:3] for row in log_of(attempt)] == [("answer", other, options(attempt, other)[:1])]


def test_an_answer_within_the_grace_after_the_end_counts(officer, attempt):
    Attempt.objects.update(closes_at=timezone.now() - GRACE + timedelta(seconds=20))
    response = send(officer, attempt, step(0, options(attempt)[:1]))
    assert (verdicts(response), response.json()["seconds_left"]) == (["accepted"], 0)


def test_an_answer_after_the_end_is_stored_as_late_and_does_not_count(officer, attempt):
    Attempt.objects.update(closes_at=timezone.now() - GRACE - timedelta(seconds=1))
    assert verdicts(send(officer, attempt, step(0, options(attempt)[:1]))) == ["late"]
    assert [row[3] for row in log_of(attempt)] == ["late"]
    assert sheet_of(attempt).answers == {}


def test_an_answer_after_handing_in_is_late_and_the_grade_stands(officer, attempt):
    officer.post(f"/attempt/{attempt.public_id}/submit/")
    response = send(officer, attempt, step(0, sitting.right_answers(attempt)[0]))
    assert (verdicts(response), response.json()["is_open"]) == (["late"], False)
    assert list(attempt.grades.values_list("version", "score")) == [(1, 0)]


def test_the_same_step_again_is_a_success_with_the_first_outcome(officer, attempt):
    sent = step(0, options(attempt)[:1])
    first = send(officer, attempt, sent).json()
    send(officer, attempt, step(1, options(attempt, 1)[:1], client_seq=2))
    again = send(officer, attempt, sent).json()
    assert again["steps"] == first["steps"]
    assert again["head"] == 2
    assert attempt.steps.count() == 2


def test_a_step_under_an_id_of_another_attempt_is_refused(officer, attempt):
    from tests.factories import EnrolmentFactory

    theirs = sitting.begin(sitting.learn_all(EnrolmentFactory()))
    sitting.answer(theirs, {0: theirs.paper["items"][0]["options"][:1]})
    foreign = theirs.steps.get().pk
    response = send(officer, attempt, step(0, options(attempt)[:1], id=foreign))
    assert response.json()["steps"] == [{"id": str(foreign), "verdict": "refused", "seq": 0}]
    assert attempt.steps.count() == 0


GOOD = step(0, ["a"])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"7",
        b'"steps"',
        b"{}",
        b'{"steps": null}',
        b'{"steps": 3}',
        b'{"steps": []}',
        b'{"steps": {}}',
        b'{"steps": {"a": 1}}',
        b'{"steps": [null]}',
        b'{"steps": ["x"]}',
        b"[" * 20_000,
        b'{"steps": ' + b"9" * 5000 + b"}",
        json.dumps({"steps": [GOOD] * 101}).encode(),
    ],
)
def test_a_body_that_is_no_batch_of_steps_answers_400_and_stores_nothing(body, officer, attempt):
    response = send_body(officer, attempt, body)
    assert (response.status_code, response.json()) == (400, {"error": "unreadable"})
    assert attempt.steps.count() == 0


@pytest.mark.parametrize("missing", ["id", "kind", "place", "device", "client_seq", "base_seq"])
def test_a_step_without_one_of_its_parts_is_unreadable(missing, officer, attempt):
    broken = {name: value for name, value in GOOD.items() if name != missing}
    assert send(officer, attempt, broken).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 7},
        {"id": None},
        {"id": "not-a-uuid"},
        {"id": ["x"]},
        {"device": 7},
        {"device": {}},
        {"device": "phone"},
        {"place": -1},
        {"place": "0"},
        {"place": True},
        {"place": 0.5},
        {"place": 10_001},
        {"place": None},
        {"client_seq": -1},
        {"client_seq": 2**31},
        {"base_seq": 2**63},
        {"value": "a"},
        {"value": {"a": 1}},
        {"value": [1]},
        {"value": ["a" * 8_001]},
        {"value": ["a"] * 101},
        {"value": None},
    ],
)
def test_a_step_with_a_part_of_the_wrong_shape_is_unreadable_and_stores_nothing(wrong, officer, attempt):
    response = send(officer, attempt, step(0, options(attempt)[:1]), GOOD | wrong)
    assert (response.status_code, response.json()) == (400, {"error": "unreadable"})
    assert attempt.steps.count() == 0


def test_a_hundred_steps_are_taken_at_once(officer, attempt):
    flags = [step(n % 4, kind="flag" if n % 8 < 4 else "unflag", client_seq=n + 1) for n in range(100)]
    assert verdicts(send(officer, attempt, *flags)) == ["accepted"] * 100


def test_a_body_over_the_limit_answers_413(officer, attempt):
    response = send_body(officer, attempt, b" " * 262_145)
    assert (response.status_code, response.json()) == (413, {"error": "too_large"})


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_steps_are_only_posted(method, officer, attempt):
    assert getattr(officer, method)(f"/attempt/{attempt.public_id}/steps/").status_code == 405


def test_steps_of_somebody_elses_attempt_answer_404_and_store_nothing(officer):
    from tests.factories import EnrolmentFactory

    theirs = sitting.begin(sitting.learn_all(EnrolmentFactory()))
    assert send(officer, theirs, step(0, theirs.paper["items"][0]["options"][:1])).status_code == 404
    assert theirs.steps.count() == 0


def test_a_save_without_a_token_is_told_to_reload(enrolment, attempt):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(enrolment.person)
    response = client.post(
        f"/attempt/{attempt.public_id}/steps/",
        data=json.dumps({"steps": [step(0, options(attempt)[:1])]}),
        content_type="application/json",
        headers={"accept": "application/json"},
    )
    assert (response.status_code, response.json()) == (403, {"error": "reload"})
    assert attempt.steps.count() == 0


@pytest.mark.parametrize("steps", [1, 40])
def test_saving_costs_the_same_number_of_queries_for_any_number_of_answers(
    steps, officer, attempt, django_assert_max_num_queries
):
    send(officer, attempt, step(0, kind="flag"))  # the items are in the cache, as on any but the first save
    batch = [step(n % 4, kind="flag", client_seq=n + 2, id=uuid4(), device=PHONE) for n in range(steps)]
    with django_assert_max_num_queries(11):
        assert verdicts(send(officer, attempt, *batch)) == ["accepted"] * steps
