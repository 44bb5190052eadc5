"""A lost second factor: two people, neither of them its owner."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from core.doctor import CHECKS
from people.errors import FactorDecided, FactorNotForOneself, FactorWaits, NoFactor
from people.factors import ask_reset, decide_reset, has_factor
from people.models import FactorReset, Person
from records.models import AuditEntry
from tests.access.matrix import client_of
from tests.factories import PersonFactory
from tests.people.test_people_slips import confirmed

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer() -> Person:
    person = PersonFactory(trainer=True)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return person


@pytest.fixture
def registrar() -> Person:
    return PersonFactory(registrar=True)


@pytest.fixture
def lead() -> Person:
    return PersonFactory(lead=True)


def ask(person, by):
    return ask_reset(person, by=by, reason="The phone was stolen", at=timezone.now())


def decide(reset, by, *, is_confirmed=True):
    return decide_reset(reset, by=by, is_confirmed=is_confirmed, at=timezone.now())


def test_two_people_take_the_second_factor_off_and_end_every_session(trainer, registrar, lead):
    client = client_of(trainer)
    decide(ask(trainer, registrar), lead)
    assert not Authenticator.objects.filter(user=trainer).exists()
    assert client.get("/teach/").headers["Location"] == "/account/login/?next=/teach/"


def test_asking_alone_changes_nothing(trainer, registrar):
    ask(trainer, registrar)
    assert has_factor(trainer)


def test_who_asked_cannot_confirm_but_take_it_back(trainer, registrar):
    reset = ask(trainer, registrar)
    with pytest.raises(FactorNotForOneself):
        decide(reset, registrar)
    assert decide(reset, registrar, is_confirmed=False).outcome == FactorReset.Outcome.REFUSED
    assert has_factor(trainer)


def test_nobody_asks_or_decides_about_their_own(registrar, lead):
    TOTP.activate(lead, generate_totp_secret())
    with pytest.raises(FactorNotForOneself):
        ask(lead, lead)
    with pytest.raises(FactorNotForOneself):
        decide(ask(lead, registrar), lead)


def test_one_request_waits_at_a_time_and_is_decided_once(trainer, registrar, lead):
    reset = ask(trainer, registrar)
    with pytest.raises(FactorWaits):
        ask(trainer, lead)
    decide(reset, lead)
    with pytest.raises(FactorDecided):
        decide(reset, lead)


def test_without_a_second_factor_there_is_nothing_to_ask(registrar):
    with pytest.raises(NoFactor):
        ask(PersonFactory(trainer=True), registrar)


def test_the_database_refuses_that_one_person_does_both(trainer, registrar):
    reset = ask(trainer, registrar)
    done = {"outcome": "done", "decided_by": registrar, "decided_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(**done)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(**{**done, "decided_by": trainer})


def test_the_person_can_see_that_it_happened(trainer, registrar, lead):
    decide(ask(trainer, registrar), lead)
    told = AuditEntry.objects.filter(people__person=trainer, action__startswith="people.factor").order_by("number")
    assert list(told.values_list("action", "by")) == [
        ("people.factor_reset_asked", registrar.pk),
        ("people.factor_reset", lead.pk),
    ]


def test_the_office_does_it_on_its_pages(trainer, registrar, lead):
    first, second = confirmed(registrar), confirmed(lead)
    first.post(f"/office/people/{trainer.public_id}/second-factor/", {"reason": "The phone was stolen"})
    reset = FactorReset.objects.get()
    first.post(f"/office/second-factors/{reset.public_id}/", {"decision": "confirm"})
    assert has_factor(trainer)
    second.post(f"/office/second-factors/{reset.public_id}/", {"decision": "confirm"})
    assert not has_factor(trainer)


def test_a_decision_asks_for_the_password_or_a_code_again(trainer, registrar, lead):
    reset = ask(trainer, registrar)
    answer = client_of(lead).post(f"/office/second-factors/{reset.public_id}/", {"decision": "confirm"})
    assert answer.headers["Location"].startswith("/account/reauthenticate/")
    assert has_factor(trainer)


# --- At the machine ------------------------------------------------------------------------------------------------------


def test_the_doctor_counts_what_cannot_be_read_with_this_key_and_a_former_key_that_is_named_mends_it(trainer, settings):
    assert list(CHECKS["second factors"]()) == []
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    TOTP.activate(PersonFactory(lead=True), generate_totp_secret())  # under the new key
    (said,) = CHECKS["second factors"]()
    assert said.startswith("2 second factors (apps, lists of recovery codes) of 1 people cannot be read")
    settings.SECRET_KEY_FALLBACKS = [before]
    assert list(CHECKS["second factors"]()) == []


def test_whoever_runs_the_server_takes_one_off_ends_the_sessions_and_the_trail_tells_why(trainer, lead, capsys):
    TOTP.activate(lead, generate_totp_secret())
    client = client_of(trainer)
    call_command("reset_factor", trainer.service_number.lower(), "--reason", "The key was lost in the flood")
    assert (has_factor(trainer), has_factor(lead)) == (False, True)
    assert client.get("/teach/").headers["Location"] == "/account/login/?next=/teach/"
    told = AuditEntry.objects.get(people__person=trainer, action="people.factor_reset_at_machine")
    assert (told.by, told.details) == (None, {"reason": "The key was lost in the flood"})
    assert trainer.service_number in capsys.readouterr().out


@pytest.mark.parametrize(
    ("number", "reason", "said"),
    [
        ("IMM-999999", "Lost", "Nobody has the service number IMM-999999."),
        (None, " ", "Say why with --reason. Nothing was changed."),
        ("without", "Lost", NoFactor.message),
    ],
)
def test_without_a_person_a_reason_or_a_factor_nothing_is_taken_off(number, reason, said, trainer, registrar):
    number = {None: trainer.service_number, "without": registrar.service_number}.get(number, number)
    with translation.override("en"), pytest.raises(CommandError) as refused:
        call_command("reset_factor", number, "--reason", reason)
    with translation.override("en"):
        assert str(refused.value) == str(said)
    assert has_factor(trainer)
