"""What people thought of a session: from who was there, once, and so that nobody can tell whose it is."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from people.models import Person
from records.models import AuditEntry, Statement
from tests.factories import CohortFactory, PersonFactory, session_of
from training.errors import NotOnTheList, ReactionClosed, ReactionsComplete, ReactionTooEarly
from training.evaluating.reactions import Given, Rate, react, reactions_of, type_in
from training.models import Reaction, ReactionGiven
from training.sessions.attendance import Tick, tick

pytestmark = pytest.mark.django_db

LEVELS = {"useful": 4, "clear": 3, "practised": 2, "safe": 1, "ready": 4}
NOW = timezone.now()
OVER = NOW + timedelta(days=16)


def given(**levels) -> Given:
    return Given(LEVELS | levels, "", "my")


def held(trainer, officers: int, *, ended=timedelta(hours=1)):
    """A session that ended, with everybody there."""
    people = PersonFactory.create_batch(officers)
    session = session_of(
        CohortFactory(trainer=trainer, officers=people), trainer, starts_at=NOW - ended - timedelta(hours=3), ends_at=NOW - ended
    )  # fmt: skip
    tick(session, [Tick(uuid4(), one.public_id, "present") for one in people], by=trainer, at=NOW)
    return session, people


# --- Who may answer, when, how often ----------------------------------------------------------------------------------------


def test_who_was_there_answers_from_the_page_of_the_session(trainer, sign_in, client):
    session, people = held(trainer, 1)
    client.cookies["lang"] = "en"
    own = sign_in(people[0])
    address = f"/learn/sessions/{session.public_id}/reaction/"
    assert address in own.get(f"/learn/sessions/{session.public_id}/").content.decode()
    response = own.post(address, LEVELS | {"comment": "More time"})
    one = Reaction.objects.get()
    assert response.headers["Location"] == f"/learn/sessions/{session.public_id}/"
    assert ({name: getattr(one, name) for name in LEVELS}, one.comment, one.language, one.is_paper) == (
        LEVELS,
        "More time",
        "en",
        False,
    )
    assert address not in own.get(f"/learn/sessions/{session.public_id}/").content.decode()
    assert "You have answered." in own.get(address).content.decode()


def test_who_was_not_there_has_no_such_page_and_is_refused(trainer, sign_in):
    session, people = held(trainer, 1)
    tick(session, [Tick(uuid4(), people[0].public_id, "absent", reason="Was ill")], by=trainer, at=NOW + timedelta(1))
    assert sign_in(people[0]).get(f"/learn/sessions/{session.public_id}/reaction/").status_code == 404
    with pytest.raises(NotOnTheList):
        react(session, people[0], given(), at=NOW)


@pytest.mark.parametrize(
    ("after_end", "refusal"),
    [
        (timedelta(minutes=-31), ReactionTooEarly),
        (timedelta(minutes=-30), None),
        (timedelta(days=14), None),
        (timedelta(days=14, seconds=1), ReactionClosed),
    ],
)
def test_answers_are_taken_from_half_an_hour_before_the_end_until_two_weeks_after(after_end, refusal, trainer):
    session, people = held(trainer, 1)
    if refusal:
        with pytest.raises(refusal):
            react(session, people[0], given(), at=session.ends_at + after_end)
    else:
        react(session, people[0], given(), at=session.ends_at + after_end)
    assert Reaction.objects.count() == (0 if refusal else 1)


def test_what_a_device_sends_again_and_again_is_taken_once(trainer, sign_in):
    session, people = held(trainer, 1)
    own = sign_in(people[0])
    address = f"/learn/sessions/{session.public_id}/reaction/"
    answers = [own.post(address, LEVELS, headers={"accept": "application/json"}) for _time in range(3)]
    assert [answer.json()["verdict"] for answer in answers] == ["accepted"] * 3
    assert (Reaction.objects.count(), ReactionGiven.objects.count()) == (1, 1)


def test_a_sentence_without_an_answer_is_said_to_the_device(trainer, sign_in, client):
    session, people = held(trainer, 1)
    client.cookies["lang"] = "en"
    answer = sign_in(people[0]).post(
        f"/learn/sessions/{session.public_id}/reaction/",
        LEVELS | {"safe": ""},
        headers={"accept": "application/json"},
    )
    assert answer.json() == {"verdict": "refused", "said": "Choose one of the four for each sentence."}
    assert Reaction.objects.count() == 0


def test_a_level_outside_the_scale_is_refused_by_the_database(trainer):
    session, _people = held(trainer, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(session=session, language="my", received_on=NOW.date(), **LEVELS | {"safe": 5})


# --- Nobody can tell whose it is ----------------------------------------------------------------------------------------------


def test_no_column_of_an_answer_points_to_a_person_or_holds_a_time_of_day():
    fields = Reaction._meta.concrete_fields
    assert [field.name for field in fields if field.related_model is Person] == []
    assert [field.name for field in fields if isinstance(field, models.DateTimeField | models.TimeField)] == []
    assert {field.name for field in ReactionGiven._meta.concrete_fields} == {"id", "session", "person"}
    assert not any(field.related_model in (Reaction, ReactionGiven) for field in (*fields, *ReactionGiven._meta.concrete_fields))  # fmt: skip


def test_the_rows_lie_in_the_order_of_their_random_keys_whoever_answered_first(trainer):
    session, people = held(trainer, 12)
    for person in people:
        react(session, person, given(), at=NOW)
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {Reaction._meta.db_table} ORDER BY {order}")
        kept = [str(row[0]).replace("-", "") for row in cursor.fetchall()]
    assert kept == sorted(kept)
    assert not {one.pk for one in Reaction.objects.all()} & {one.pk for one in ReactionGiven.objects.all()}


def test_neither_the_trail_nor_the_statements_tell_that_somebody_answered(trainer, sign_in):
    session, people = held(trainer, 1)
    own = sign_in(people[0])
    before = (AuditEntry.objects.count(), Statement.objects.count())
    own.post(f"/learn/sessions/{session.public_id}/reaction/", LEVELS)
    assert (AuditEntry.objects.count(), Statement.objects.count()) == before


def test_ones_own_data_say_that_one_answered_and_not_what(trainer):
    from core.personal import export

    session, people = held(trainer, 1)
    react(session, people[0], given(safe=1), at=NOW)
    told = export(people[0])
    assert told["training.ReactionGiven"] == [{"session__course_code": "C1", "session__starts_at": session.starts_at}]
    assert "training.Reaction" not in told
    assert str(Reaction.objects.get().pk) not in json.dumps(told, default=str)


# --- Figures --------------------------------------------------------------------------------------------------------------


def shown(session, at=OVER):
    return reactions_of([(session.pk, session.ends_at)], at=at)


def test_the_figures_are_exact_and_say_of_how_many(trainer):
    session, people = held(trainer, 8)
    for n, person in enumerate(people[:6]):
        react(session, person, given(safe=1 + n % 4), at=NOW)
    found = shown(session)
    assert (found.rate, found.counted) == (Rate(6, 8), 6)
    told = {one.name: (one.agree, one.n, round(one.mean, 2)) for one in found.statements}
    assert told == {
        "useful": (6, 6, 4.0),
        "clear": (6, 6, 3.0),
        "practised": (0, 6, 2.0),
        "safe": (2, 6, 2.17),
        "ready": (6, 6, 4.0),
    }


@pytest.mark.parametrize(
    ("there", "answers", "at", "is_told"),
    [(8, 4, OVER, False), (8, 5, OVER, True), (8, 7, NOW, False), (8, 8, NOW, True), (4, 4, OVER, False)],
)
def test_figures_need_five_answers_and_none_to_come(there, answers, at, is_told, trainer):
    session, people = held(trainer, there)
    for person in people[:answers]:
        react(session, person, given(), at=NOW)
    assert bool(shown(session, at).statements) is is_told


def test_a_session_with_few_answers_adds_nothing_to_those_of_others(trainer):
    (big, those), (small, few) = held(trainer, 5), held(trainer, 5)
    for person in those:
        react(big, person, given(safe=4), at=NOW)
    for person in few[:2]:
        react(small, person, given(safe=1), at=NOW)
    both = reactions_of([(one.pk, one.ends_at) for one in (big, small)], at=OVER)
    assert both.statements == shown(big).statements
    assert (both.rate, both.counted) == (Rate(7, 10), 5)


@pytest.mark.parametrize("sessions", [1, 4])
def test_figures_cost_the_same_for_any_number_of_sessions(sessions, trainer, django_assert_num_queries):
    made = []
    for _session in range(sessions):
        session, people = held(trainer, 5)
        for person in people:
            react(session, person, given(), at=NOW)
        made.append((session.pk, session.ends_at))
    with django_assert_num_queries(2):  # attendance, answers
        reactions_of(made, at=NOW)


# --- At the trainer's desk, and from paper -----------------------------------------------------------------------------------


def test_a_trainer_types_in_sheets_until_as_many_have_answered_as_were_there(trainer, sign_in, client):
    session, people = held(trainer, 5)
    client.cookies["lang"] = "en"
    desk = sign_in(trainer)
    address = f"/teach/sessions/{session.public_id}/reactions/"
    react(session, people[0], given(), at=NOW)
    assert "From a sheet of paper" in desk.get(address).content.decode()
    for n in range(4):
        assert desk.post(address, LEVELS | {"comment": f"Word {n}"}).status_code == 302
    page = desk.get(address).content.decode()
    assert "5 of 5 answered" in page
    assert "From a sheet of paper" not in page
    assert all(f"Word {n}" in page for n in range(4))
    assert (Reaction.objects.filter(is_paper=True).count(), ReactionGiven.objects.count()) == (4, 1)
    with pytest.raises(ReactionsComplete):
        type_in(session, given(), by=trainer, at=NOW)


def test_a_trainer_of_five_sees_no_figure_while_four_have_answered(trainer, sign_in, client):
    session, people = held(trainer, 5)
    client.cookies["lang"] = "en"
    for person in people[:4]:
        react(session, person, Given(LEVELS, "Secret word", "en"), at=NOW)
    page = sign_in(trainer).get(f"/teach/sessions/{session.public_id}/reactions/").content.decode()
    assert "Too few to be shown" in page
    assert "Secret word" not in page
    assert "of 4 agree" not in page


def test_who_only_watches_types_nothing_in(trainer, sign_in):
    session, _people = held(trainer, 5)
    response = sign_in(PersonFactory(master=True)).post(f"/teach/sessions/{session.public_id}/reactions/", LEVELS)
    assert (response.status_code, Reaction.objects.count()) == (404, 0)
