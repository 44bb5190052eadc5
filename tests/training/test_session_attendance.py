"""Who was there: by code, by tick, from paper; with and without a line, in any order, each once."""

import itertools
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from core.personal import KINDS
from tests.factories import PersonFactory, session_of
from training.errors import NotOpenYet, SessionCancelled, SessionClosed, TooLateToSend, WrongCode
from training.models import Attendance, AttendanceMark
from training.sessions import attendance, codes
from training.sessions.attendance import SignIn, Tick
from training.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db


def minutes(session, count: float):
    """So many minutes after the session began."""
    return session.starts_at + timedelta(minutes=count)


def shown(session, when) -> str:
    return codes.code_at(bytes.fromhex(session.secret), when)


def sign_in(session, person, *, typed, sent=None, id=None):
    """Sign in with the code of `typed`, which arrives at `sent`; both in minutes after the beginning."""
    when, at = minutes(session, typed), minutes(session, typed if sent is None else sent)
    return attendance.sign_in(session, person, SignIn(id or uuid4(), shown(session, when), at - when), at=at)


def status(session, person) -> str:
    found = Attendance.objects.filter(session=session, person=person).first()
    return found.status if found else ""


# --- By code --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"), [(-30, "present"), (0, "present"), (15, "present"), (16, "late"), (435, "late")]
)
def test_the_code_of_the_room_puts_one_on_the_list(typed, expected, session, officers):
    assert sign_in(session, officers[0], typed=typed).status == expected


@pytest.mark.parametrize(("typed", "refusal"), [(-31, NotOpenYet), (436, SessionClosed)])
def test_before_and_after_nobody_signs_in(typed, refusal, session, officers):
    with pytest.raises(refusal):
        sign_in(session, officers[0], typed=typed)
    assert not AttendanceMark.objects.exists()


def test_a_code_read_slowly_is_taken_and_one_passed_on_by_message_is_not(session, officers):
    code = shown(session, minutes(session, 5))
    attendance.sign_in(session, officers[0], SignIn(uuid4(), code), at=minutes(session, 6))
    with pytest.raises(WrongCode):
        attendance.sign_in(session, officers[1], SignIn(uuid4(), code), at=minutes(session, 8))


def test_what_was_typed_without_a_line_is_checked_against_its_time(session, officers):
    assert sign_in(session, officers[0], typed=3, sent=60 * 24 * 3).status == "present"
    mark = AttendanceMark.objects.get()
    assert (mark.is_proven, mark.marked_at) == (True, minutes(session, 3))


def test_a_telephone_that_waits_does_not_make_a_wrong_code_right(session, officers):
    sent = minutes(session, 500)
    with pytest.raises(WrongCode):
        attendance.sign_in(session, officers[0], SignIn(uuid4(), "000000", timedelta(minutes=490)), at=sent)
    # One who was told the code of the morning and says that he typed it in the afternoon.
    with pytest.raises(WrongCode):
        attendance.sign_in(
            session, officers[0], SignIn(uuid4(), shown(session, minutes(session, 1)), timedelta(minutes=200)), at=sent
        )


def test_after_two_weeks_it_is_too_late(session, officers):
    with pytest.raises(TooLateToSend):
        sign_in(session, officers[0], typed=3, sent=60 * 24 * 15)


def test_the_code_of_another_session_is_wrong(session, officers, trainer):
    other = session_of(session.cohort, trainer)
    with pytest.raises(WrongCode):
        attendance.sign_in(
            session, officers[0], SignIn(uuid4(), shown(other, minutes(session, 1))), at=minutes(session, 1)
        )


def test_the_same_sent_twice_is_one_and_scanning_again_makes_nobody_late(session, officers):
    id = uuid4()
    sign_in(session, officers[0], typed=1, id=id)
    sign_in(session, officers[0], typed=1, id=id)
    assert AttendanceMark.objects.count() == 1
    assert sign_in(session, officers[0], typed=200).status == "present"


def test_the_id_of_somebody_elses_mark_takes_nothing_from_them(session, officers):
    id = uuid4()
    sign_in(session, officers[0], typed=1, id=id)
    with pytest.raises(WrongCode):
        sign_in(session, officers[1], typed=1, id=id)
    assert (status(session, officers[0]), status(session, officers[1])) == ("present", "")


def test_nobody_signs_in_to_a_session_that_was_cancelled(session, officers, trainer):
    cancel_session(session, by=trainer, reason="Flood", at=minutes(session, -100))
    session.refresh_from_db()
    with pytest.raises(SessionCancelled):
        sign_in(session, officers[0], typed=1)


# --- By the trainer -------------------------------------------------------------------------------------------------------


def tick(session, person, status, *, made, sent=None, by, **values):
    """A tick of minute `made` that arrives at minute `sent`."""
    at = minutes(session, made if sent is None else sent)
    one = Tick(uuid4(), person.public_id, status, at - minutes(session, made), **values)
    return attendance.tick(session, [one], by=by, at=at)[one.id]


def test_ticks_of_a_day_without_a_line_arrive_in_any_order_and_say_the_same(session, officers, trainer):
    said = [("present", 5), ("left_early", 300), ("late", 20)]
    for order in itertools.permutations(said):
        person = PersonFactory()
        session.cohort.memberships.create(person=person, joined_at=timezone.now())
        for value, made in order:
            assert tick(session, person, value, made=made, sent=1000, by=trainer) == "accepted"
        assert status(session, person) == "left_early"
        assert AttendanceMark.objects.filter(person=person).count() == 3


def test_that_somebody_was_not_seen_does_not_outweigh_their_code(session, officers, trainer):
    tick(session, officers[0], "absent", made=400, by=trainer)
    assert status(session, officers[0]) == "absent"
    assert sign_in(session, officers[0], typed=2, sent=900).status == "present"


def test_unless_the_trainer_says_why(session, officers, trainer):
    sign_in(session, officers[0], typed=2)
    tick(session, officers[0], "absent", made=400, by=trainer, reason="The telephone came with a colleague")
    assert status(session, officers[0]) == "absent"


def test_long_after_the_session_a_change_needs_a_reason_and_the_first_entry_stays(session, officers, trainer):
    tick(session, officers[0], "absent", made=10, by=trainer)
    late = 60 * 24 * 3
    assert tick(session, officers[0], "present", made=late, by=trainer) == "session_reason_missing"
    assert tick(session, officers[0], "present", made=late, by=trainer, reason="Was on duty at the gate") == "accepted"
    assert status(session, officers[0]) == "present"
    assert [mark.status for mark in session.marks.all()] == ["absent", "present"]


def test_erasing_somebody_takes_the_reason_and_leaves_the_mark(session, officers, trainer):
    tick(session, officers[0], "excused", made=10, by=trainer, reason="In hospital")
    KINDS["training.attendancemark"].erase(officers[0], timezone.now())
    assert [(mark.status, mark.reason) for mark in session.marks.all()] == [("excused", "")]


def test_who_belongs_to_another_group_and_what_is_no_status_are_told_apart(session, officers, trainer):
    assert tick(session, PersonFactory(), "present", made=10, by=trainer) == "unknown"
    assert tick(session, officers[0], "asleep", made=10, by=trainer) == "unknown"
    assert not AttendanceMark.objects.exists()


def test_who_left_the_group_after_the_session_is_still_on_its_list(session, officers):
    session.cohort.memberships.filter(person=officers[0]).update(left_at=minutes(session, 600))
    session.cohort.memberships.filter(person=officers[1]).update(left_at=minutes(session, -600))
    expected = attendance.expected(session)
    assert (officers[0] in expected, officers[1] in expected) == (True, False)
