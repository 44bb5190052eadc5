"""Hundreds begin in the same minute: nothing is lost, nothing is doubled. `make bench` does it with twenty questions each."""

from uuid import uuid4

import pytest

from deploy.bench.apart import apart
from deploy.bench.browser import begin
from tests.concurrency.room import Room

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db]

HUNDREDS = 200


def test_two_hundred_who_begin_answer_and_hand_in_at_once_lose_nothing_and_double_nothing(room: Room):
    sessions = [next(room.sessions) for _ in range(HUNDREDS)]
    sat = apart("load_sit", site=vars(room.site), sessions=sessions, quiz=room.quiz, questions=4)
    assert sat["wrong"] == []
    assert [len(ids) for ids in sat["sent"].values()] == [4] * HUNDREDS
    assert apart("inside_audit", room.settings, sent=sat["sent"]) == {"lost": [], "doubled": []}


def test_the_audit_says_what_is_lost_and_what_is_doubled(room: Room):
    paper = begin(room.browser(), room.quiz)
    steps = [paper.step(place, options[0]) for place, options in paper.options.items()]
    assert paper.save(*steps)[1] == ["accepted"] * 4
    ids, never = [step["id"] for step in steps], str(uuid4())
    found = apart("inside_audit", room.settings, sent={paper.path: [*ids[1:], never][:3]})
    assert [one.partition(": ")[2] for one in found["lost"]] == ["not graded"]
    assert len(found["doubled"]) == 1
    assert paper.hand_in().status == 302
    found = apart("inside_audit", room.settings, sent={paper.path: [*ids, never]})
    assert [one.partition(": ")[2] for one in found["lost"]] == [f"step {never}"]
    assert found["doubled"] == []
