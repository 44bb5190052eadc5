"""Slips on paper: who may print for whom, what they open, and what is said to who guesses."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from people import access, slips
from people.errors import SlipNeedsReason, SlipRefused, SlipTries
from people.models import Person, RoleGrant, SignInSlip
from people.paper import ON_A_SHEET, render_slips
from people.roles import grant_role
from records.models import AuditEntry
from tests.access.matrix import client_of
from tests.factories import PASSWORD, CohortFactory, PersonFactory

pytestmark = pytest.mark.django_db

SLIP, NEXT, LEARN = "/account/slip/", "/account/slip/password/", "/learn/"
NEW = "a boat under green rain"


@pytest.fixture
def registrar() -> Person:
    return PersonFactory(registrar=True)


@pytest.fixture
def officer() -> Person:
    return PersonFactory(service_number="IMM-0012", must_change_password=True)


def slip_for(person, by, *, days=14, at=None, reason="forgotten"):
    """Print one slip; its code."""
    at = at or timezone.now()
    made = slips.new_slips([person], by=by, days=days, reason=reason, at=at)
    slips.keep_slips(made, by=by, at=at)
    return made[0][1]


def show(client, number, code):
    return client.post(SLIP, {"number": number, "code": code})


def choose(client, password=NEW, again=None):
    return client.post(NEXT, {"password1": password, "password2": again or password})


def is_in(client):
    return client.get(LEARN).status_code == 200


def page(response):
    """A page without what differs each time: tokens and what was typed."""
    return re.sub(r'value="[^"]*"', "", response.content.decode())


# --- Signing in with one -----------------------------------------------------------------------------------------------


def test_with_a_slip_somebody_chooses_a_password_and_is_in(client, officer, registrar):
    code = slip_for(officer, registrar)
    assert show(client, "IMM-0012", code).headers["Location"] == NEXT
    assert choose(client).headers["Location"] == LEARN
    officer.refresh_from_db()
    assert (is_in(client), officer.check_password(NEW), officer.must_change_password) == (True, True, False)


@pytest.mark.parametrize("write", [str.lower, lambda code: f"{code[:5]} - {code[5:]}", lambda code: code.translate(str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉"))])  # fmt: skip
def test_a_code_is_taken_as_any_keyboard_writes_it(write, client, officer, registrar):
    code = slip_for(officer, registrar)
    assert show(client, "imm-၀၀၁၂", write(code)).status_code == 302


def test_the_square_fills_in_the_number_and_nothing_else(client):
    answer = client.get(SLIP, {"n": "IMM-0012"}).content.decode()
    assert 'value="IMM-0012"' in answer


def test_a_slip_works_once(client, officer, registrar):
    code = slip_for(officer, registrar)
    show(client, "IMM-0012", code)
    choose(client)
    with pytest.raises(SlipRefused):
        slips.check_slip("IMM-0012", code, at=timezone.now())


def test_two_devices_with_one_slip_one_gets_in(officer, registrar):
    code = slip_for(officer, registrar)
    first, second = Client(), Client()
    show(first, "IMM-0012", code)
    show(second, "IMM-0012", code)
    choose(first)
    assert choose(second, "another four words here").headers["Location"] == SLIP
    officer.refresh_from_db()
    assert officer.check_password(NEW)


def test_a_bad_password_loses_nothing(client, officer, registrar):
    code = slip_for(officer, registrar)
    show(client, "IMM-0012", code)
    assert [choose(client, "short").status_code, choose(client, NEW, "other").status_code] == [200, 200]
    assert choose(client, "IMM-0012 is my number").status_code == 200  # holds the service number
    assert choose(client).status_code == 302


def test_the_sessions_of_the_old_password_end(client, officer, registrar):
    Person.objects.update(must_change_password=False)
    old = Client()
    old.post("/account/login/", {"login": "IMM-0012", "password": PASSWORD})
    assert is_in(old)
    show(client, "IMM-0012", slip_for(Person.objects.get(pk=officer.pk), registrar))
    choose(client)
    assert (is_in(old), is_in(client)) == (False, True)


def test_a_slip_does_not_stand_for_the_second_factor(client, registrar):
    trainer = PersonFactory(trainer=True)
    TOTP.activate(trainer, generate_totp_secret())
    show(client, trainer.service_number, slip_for(trainer, registrar))
    assert choose(client).headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/teach/").status_code == 302


def test_without_a_slip_there_is_no_page_to_choose_a_password(client):
    assert choose(client).headers["Location"] == SLIP


def test_after_a_quarter_of_an_hour_the_slip_is_asked_again(client, officer, registrar, monkeypatch):
    show(client, "IMM-0012", slip_for(officer, registrar))
    session = client.session
    session["people.slip"] = {**session["people.slip"], "at": session["people.slip"]["at"] - 901}
    session.save()
    assert choose(client).headers["Location"] == SLIP


def test_on_a_shared_phone_who_is_signed_in_is_said_first(client, officer, registrar):
    colleague = PersonFactory()
    client.force_login(colleague)
    answer = show(client, "IMM-0012", slip_for(officer, registrar))
    assert (answer.status_code, colleague.service_number in answer.content.decode()) == (200, True)


def test_the_trail_tells_the_person_that_a_slip_was_used(client, officer, registrar):
    show(client, "IMM-0012", slip_for(officer, registrar))
    choose(client)
    told = AuditEntry.objects.filter(people__person=officer).order_by("number").values_list("action", flat=True)
    assert list(told)[:2] == ["people.slips_made", "people.slip_used"]


# --- Not getting in ----------------------------------------------------------------------------------------------------


def test_nobody_learns_from_the_answer_what_was_wrong(client, officer, registrar):
    now = timezone.now()
    numbers = {"unknown": "IMM-9999", "odd": "အောင်"}
    for state in ("none", "wrong", "used", "expired", "withdrawn", "closed"):
        person = PersonFactory()
        numbers[state] = person.service_number
        if state == "none":
            continue
        code = slip_for(person, registrar, at=now - timedelta(days=20) if state == "expired" else now)
        if state == "used":
            slips.use_slip(slips.check_slip(person.service_number, code, at=now), NEW, at=now)
        if state == "withdrawn":
            slips.withdraw_slip(person, by=registrar, at=now)
        if state == "closed":
            Person.objects.filter(pk=person.pk).update(is_active=False)
        numbers[state] = (person.service_number, code if state != "wrong" else "0000000000")
    asked = {state: one if isinstance(one, tuple) else (one, "0000000000") for state, one in numbers.items()}
    answers = {state: show(Client(), *one) for state, one in asked.items()}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert len({page(answer) for answer in answers.values()}) == 1


@pytest.mark.parametrize("number", ["IMM-0012", "IMM-9999"])
def test_every_number_costs_the_same_queries(number, officer, registrar, django_assert_num_queries):
    slip_for(officer, registrar)
    with django_assert_num_queries(1), pytest.raises(SlipRefused):
        slips.check_slip(number, "0000000000", at=timezone.now())


@pytest.mark.parametrize("number", ["IMM-0012", "IMM-9999"])
def test_after_five_codes_the_number_pauses_whether_it_exists_or_not(number, officer, registrar):
    code = slip_for(officer, registrar)
    for _ in range(5):
        with pytest.raises(SlipRefused):
            slips.check_slip(number, "0000000000", at=timezone.now())
    with pytest.raises(SlipTries):
        slips.check_slip(number.lower(), code, at=timezone.now())


def test_who_guesses_codes_in_another_network_keeps_nobody_from_their_slip(client, officer, registrar):
    code = slip_for(officer, registrar)
    rival = Client(REMOTE_ADDR="10.9.9.9")
    for _ in range(6):
        show(rival, "IMM-0012", "0000000000")
    assert show(rival, "IMM-0012", code).status_code == 200
    assert show(client, "IMM-0012", code).headers["Location"] == NEXT


def test_a_slip_that_waits_in_the_pause_is_still_good(officer, registrar):
    code = slip_for(officer, registrar)
    for _ in range(6):
        with pytest.raises((SlipRefused, SlipTries)):
            slips.check_slip("IMM-0012", "0000000000", at=timezone.now())
    assert SignInSlip.objects.usable(at=timezone.now()).get().person == officer
    assert len(code) == 10


# --- What is stored ------------------------------------------------------------------------------------------------------


def test_a_new_slip_ends_the_one_before(officer, registrar):
    first, second = slip_for(officer, registrar), slip_for(officer, registrar)
    with pytest.raises(SlipRefused):
        slips.check_slip("IMM-0012", first, at=timezone.now())
    assert slips.check_slip("IMM-0012", second, at=timezone.now()).person == officer


def test_the_database_keeps_one_open_slip_a_person(officer, registrar):
    slip_for(officer, registrar)
    slip = SignInSlip.objects.get()
    slip.pk, slip.public_id = None, "00000000-0000-4000-8000-000000000000"
    with pytest.raises(IntegrityError), transaction.atomic():
        slip.save(force_insert=True)


def test_a_code_is_nowhere_in_the_database(officer, registrar):
    code = slip_for(officer, registrar)
    rows = [*SignInSlip.objects.values_list(), *AuditEntry.objects.values_list()]
    assert not [value for row in rows for value in row if code in str(value)]


def test_who_signed_in_before_gets_a_new_password_only_for_a_reason(officer, registrar):
    Person.objects.filter(pk=officer.pk).update(last_login=timezone.now())
    officer.refresh_from_db()
    with pytest.raises(SlipNeedsReason):
        slips.new_slips([officer], by=registrar, days=14, reason="", at=timezone.now())
    slip_for(officer, registrar, reason="forgotten")
    assert SignInSlip.objects.get().purpose == SignInSlip.Purpose.RESET


# --- For whom ------------------------------------------------------------------------------------------------------------


def test_a_trainer_prints_for_learners_of_theirs_who_hold_no_role():
    trainer, plain, lead = PersonFactory(trainer=True), PersonFactory(), PersonFactory(lead=True)
    CohortFactory(trainer=trainer, officers=[plain, lead])
    CohortFactory(trainer=PersonFactory(trainer=True), officers=1)
    assert list(access.people_for_slips(trainer)) == [plain]


def test_a_registrar_prints_for_who_is_within_their_unit_but_never_for_themselves():
    registrar, inside, outside = PersonFactory(), PersonFactory(trainer=True), PersonFactory()
    Person.objects.filter(pk=inside.pk).update(unit=registrar.unit)
    grant_role(registrar, RoleGrant.Role.REGISTRAR, by=None, reason="test", starts_on=timezone.localdate(), unit=registrar.unit)  # fmt: skip
    assert list(access.people_for_slips(registrar)) == [inside]
    assert outside not in access.people_for_slips(registrar)


def confirmed(person):
    """Signed in, and asked again a moment ago."""
    client = client_of(person)
    session = client.session
    session["account_authentication_methods"] = [
        {**one, "reauthenticated": True} for one in session["account_authentication_methods"]
    ]
    session.save()
    return client


def test_a_sheet_is_printed_for_who_is_ticked_and_kept_nowhere(registrar):
    people = [PersonFactory(last_login=None) for _ in range(3)]
    cohort = CohortFactory(officers=people)
    client = confirmed(registrar)
    answer = client.post(
        f"/office/slips/print/?cohort={cohort.public_id}",
        {"days": "၇", "reason": "", "person": [str(one.public_id) for one in people[:2]]},
    )
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert {slip.person for slip in SignInSlip.objects.all()} == set(people[:2])
    assert {(slip.valid_until - slip.made_at).days for slip in SignInSlip.objects.all()} == {7}


def test_a_person_out_of_reach_is_not_printed_for_whatever_is_sent(registrar):
    trainer, stranger = PersonFactory(trainer=True), PersonFactory()
    cohort = CohortFactory(trainer=trainer, officers=1)
    client = confirmed(trainer)
    client.post(f"/office/slips/print/?cohort={cohort.public_id}", {"days": 7, "person": [str(stranger.public_id)]})
    assert client.get(f"/office/people/{stranger.public_id}/slip/").status_code == 404
    assert not SignInSlip.objects.exists()


def test_a_sheet_asks_for_the_password_or_a_code_again(registrar, officer):
    client = client_of(registrar)
    answer = client.post(f"/office/people/{officer.public_id}/slip/", {"days": 7})
    assert answer.headers["Location"].startswith("/account/reauthenticate/")
    assert not SignInSlip.objects.exists()


def test_without_a_reason_nobody_gets_a_new_password_and_the_page_says_so(registrar, officer):
    Person.objects.filter(pk=officer.pk).update(last_login=timezone.now())
    with translation.override("my"):
        said = str(SlipNeedsReason())
    answer = confirmed(registrar).post(f"/office/people/{officer.public_id}/slip/", {"days": 7, "reason": ""})
    assert (answer.status_code, SignInSlip.objects.count(), said in answer.content.decode()) == (200, 0, True)


def test_a_slip_that_got_lost_is_withdrawn(registrar, officer):
    slip_for(officer, registrar)
    confirmed(registrar).post(f"/office/people/{officer.public_id}/slip/withdraw/")
    assert SignInSlip.objects.get().withdrawn_at is not None


# --- The sheet -----------------------------------------------------------------------------------------------------------


def test_a_sheet_holds_eight_slips(registrar):
    people = PersonFactory.create_batch(ON_A_SHEET + 1)
    now = timezone.now()
    made = slips.new_slips(people, by=registrar, days=14, reason="forgotten", at=now)
    sheet = render_slips(made, address="https://thindan.example/account/slip/", at=now)
    with pikepdf.open(io.BytesIO(sheet)) as document:
        assert len(document.pages) == 2
