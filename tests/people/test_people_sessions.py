"""How long one stays signed in, where, and how it ends."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assessments.starting import start_attempt
from courses.catalogue import catalogue
from people import sessions
from people.models import Person, RoleGrant, SignedInSession
from people.roles import end_role, grant_role
from tests.factories import PASSWORD, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db

LEARN, LIST, END = "/learn/", "/account/sessions/", "/account/sessions/end/"
CHROME = (
    "Mozilla/5.0 (Linux; Android 13; SM-A045F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0"


def enter(person, agent=CHROME):
    """Sign in at the door with a browser."""
    client = Client(headers={"user-agent": agent, "accept-language": "my"})
    client.post("/account/login/", {"login": person.service_number, "password": PASSWORD})
    return client


def is_in(client):
    return client.get(LEARN).status_code == 200


def pass_time(client, *, idle=0, whole=0):
    """As if so many seconds had gone by without a request, or since signing in."""
    session = client.session
    kept = session[sessions.KEY]
    session[sessions.KEY] = {**kept, "seen": kept["seen"] - idle, "began": kept["began"] - whole}
    session.save()


# --- Limits --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "limit"),
    [
        ([], sessions.OFFICER),
        (["trainer"], sessions.TRAINER),
        (["master", "trainer"], sessions.TRAINER),
        (["registrar"], sessions.OFFICE),
        (["trainer", "registrar"], sessions.OFFICE),
        (["translator"], sessions.OFFICE),
    ],
)
def test_the_most_powerful_role_sets_the_limits(roles, limit):
    person = PersonFactory()
    for role in roles:
        grant_role(person, role, by=None, reason="test", starts_on=timezone.localdate())
    assert sessions.limit_for(person) == limit


@pytest.mark.parametrize("kind", ["idle", "whole"])
def test_a_session_ends_at_its_limit_and_not_before(kind):
    person = PersonFactory()
    limit = getattr(sessions.OFFICER, kind)
    before, after = enter(person), enter(person)
    pass_time(before, **{kind: limit - 5})
    pass_time(after, **{kind: limit + 5})
    assert (is_in(before), is_in(after)) == (True, False)
    assert SignedInSession.objects.filter(person=person).count() == 1


def test_use_sets_the_clock_back_but_not_that_of_the_whole_session():
    client = enter(PersonFactory())
    pass_time(client, idle=sessions.OFFICER.idle - 5, whole=1000)
    assert is_in(client)
    kept = client.session[sessions.KEY]
    assert time.time() - kept["seen"] < 5 < 995 < time.time() - kept["began"]


def test_a_request_shortly_after_another_writes_nothing(django_assert_max_num_queries):
    client = enter(PersonFactory())
    client.get("/certificates/")
    before = client.session[sessions.KEY]
    client.get("/certificates/")
    assert client.session[sessions.KEY] == before


def test_who_sits_an_exam_is_not_put_out_of_it():
    officer = PersonFactory()
    enrolment = EnrolmentFactory(person=officer)
    client, colleague = enter(officer), enter(PersonFactory())
    start_attempt(catalogue("en").by_code["C1"].exam, officer, scope=enrolment.public_id, at=timezone.now())
    for one in (client, colleague):
        pass_time(one, whole=sessions.OFFICER.whole + 5)
    assert (is_in(client), is_in(colleague)) == (True, False)


def test_who_is_put_out_is_led_to_the_door_and_back():
    client = enter(PersonFactory())
    pass_time(client, idle=sessions.OFFICER.idle + 5)
    assert client.get("/certificates/").headers["Location"] == "/account/login/?next=/certificates/"


# --- What ends them ------------------------------------------------------------------------------------------------------


def test_another_role_ends_the_sessions_of_who_gets_or_loses_it():
    person, lead = PersonFactory(), PersonFactory(lead=True)
    client = enter(person)
    grant = grant_role(person, RoleGrant.Role.TRAINER, by=lead, reason="test", starts_on=timezone.localdate())
    assert not is_in(client)
    client = enter(person)
    end_role(grant, by=lead, reason="test", at=timezone.now())
    assert not is_in(client)


def test_a_new_password_ends_every_other_session():
    person = PersonFactory()
    here, there = enter(person), enter(person)
    new = "a boat under green rain"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(here), is_in(there), person.sessions.count()) == (True, False, 1)
    assert person.sessions.get().session_key == here.session.session_key


def test_signing_out_takes_the_session_off_the_list():
    person = PersonFactory()
    enter(person).post("/account/logout/")
    assert person.sessions.count() == 0


# --- The list ------------------------------------------------------------------------------------------------------------


def test_the_list_names_devices_and_holds_no_key():
    person = PersonFactory()
    here, there = enter(person), enter(person, EDGE)
    page = here.get(LIST).content.decode()
    assert ("Chrome, Android" in page, "Edge, Windows" in page) == (True, True)
    assert not [one for one in (here, there) if one.session.session_key in page]


def test_one_session_is_ended_and_the_others_stay():
    person = PersonFactory()
    here, there, elsewhere = enter(person), enter(person), enter(person)
    row = person.sessions.get(session_key=there.session.session_key)
    here.post(END, {"session": str(row.public_id)})
    assert [is_in(one) for one in (here, there, elsewhere)] == [True, False, True]


def test_all_others_are_ended_at_once():
    person = PersonFactory()
    here, there, elsewhere = enter(person), enter(person), enter(person)
    here.post(END)
    assert [is_in(one) for one in (here, there, elsewhere)] == [True, False, False]


@pytest.mark.parametrize("sent", ["of another", "nonsense"])
def test_nobody_ends_the_session_of_another(sent):
    person = PersonFactory()
    other = enter(PersonFactory())
    row = SignedInSession.objects.get(session_key=other.session.session_key)
    enter(person).post(END, {"session": str(row.public_id) if sent == "of another" else sent})
    assert is_in(other)


def test_no_address_and_no_whole_agent_is_kept():
    names = {field.name for field in SignedInSession._meta.concrete_fields}
    assert names == {"id", "public_id", "person", "session_key", "browser", "system", "began_at", "seen_at"}


def test_rows_of_sessions_long_gone_go_with_the_next_sign_in():
    person = PersonFactory()
    enter(person)
    SignedInSession.objects.update(seen_at=timezone.now() - timedelta(days=9))
    enter(Person.objects.get(pk=person.pk))
    assert person.sessions.count() == 1


# --- A shared phone ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sent", "cleared"), [({}, '"cache"')])
def test_signing_out_clears_what_is_stored_only_where_no_answer_waits_there(sent, cleared):
    answer = enter(PersonFactory()).post("/account/logout/", sent)
    assert answer.headers["Clear-Site-Data"] == cleared


def test_looking_at_the_page_to_sign_out_clears_nothing():
    answer = enter(PersonFactory()).get("/account/logout/")
    assert (answer.status_code, answer.headers.get("Clear-Site-Data")) == (200, None)
