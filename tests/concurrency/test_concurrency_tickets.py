"""A ticket begins one attempt, whoever holds it and however often it is sent at once."""

import re

import pytest

from deploy.bench.apart import apart
from deploy.bench.browser import Browser
from deploy.bench.load import at_once
from tests.concurrency.room import Room, failures

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db]

TEN = range(10)


def test_a_ticket_sent_at_once_by_ten_people_and_ten_times_by_one_begins_one_attempt_each(room: Room):
    made = apart("inside_tickets", room.settings, course="C1", blank=2)
    quiz, (shared, own) = made["quiz"], made["codes"]
    people = [room.browser() for _ in TEN]
    answers = at_once([lambda one=one: one.ask("POST", quiz, form={"code": shared}) for one in people])
    assert failures(answers) == []
    assert {answer.status for answer in answers} == {302}
    begun = [path for answer in answers if (path := answer.headers["Location"]).startswith("/attempt/")]
    assert len(begun) == 1
    assert {answer.headers["Location"] for answer in answers} - set(begun) == {quiz}

    browser = room.browser()
    session = re.search(r"sid=(\w+)", browser.headers["Cookie"])[1]
    taps = [Browser(room.site, session) for _ in TEN]
    answers = at_once([lambda tap=tap: tap.ask("POST", quiz, form={"code": own}) for tap in taps])
    assert failures(answers) == []
    assert {answer.status for answer in answers} == {302}
    (path,) = {answer.headers["Location"] for answer in answers}
    assert path.startswith("/attempt/")
    assert path not in begun
    assert room.rows(
        "SELECT COUNT(*), COUNT(DISTINCT t.attempt_id) FROM assessments_attempt a "
        "JOIN assessments_quiz q ON q.id = a.quiz_id LEFT JOIN assessments_examticket t ON t.attempt_id = a.id "
        "WHERE q.code = 'BENCH-TICKET'"
    ) == [(2, 2)]
