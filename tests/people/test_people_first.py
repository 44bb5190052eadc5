"""The first accounts of an installation, made by a command: how they sign in, and when there are no more."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from people.models import Person, RoleGrant, SignInSlip
from people.roles import confirm_role, grant_role
from records.models import AuditEntry
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

NEW = "a boat under green rain"
NAMES = ("--name-my", "ဒေါ်နီလာ", "--name-latin", "Daw Nilar")


def first(capsys, *arguments) -> str:
    """What the command says."""
    call_command("first_account", *arguments)
    return capsys.readouterr().out


def sign_in_with(said: str, number: str) -> Client:
    """A browser in which somebody used the slip that the command printed."""
    client = Client()
    client.post("/account/slip/", {"number": number, "code": re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", said)[0]})
    client.post("/account/slip/password/", {"password1": NEW, "password2": NEW})
    return client


def refusal(*arguments) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("first_account", *arguments)
    return str(refused.value)


def test_the_first_registrar_chooses_a_password_with_the_slip_and_then_sets_up_the_second_factor(capsys):
    said = first(capsys, "reg-1", *NAMES, "--role", "registrar")
    client = sign_in_with(said, "REG-1")
    person = Person.objects.get(service_number="REG-1")
    assert (person.roles, person.name_my, person.check_password(NEW)) == ({"registrar"}, "ဒေါ်နီလာ", True)
    answer = client.get("/office/people/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/totp/activate/")


def test_the_trail_has_what_the_product_gave_itself(capsys):
    first(capsys, "REG-1", *NAMES, "--role", "registrar", "--role", "auditor")
    kept = AuditEntry.objects.filter(by=None).values_list("action", flat=True)
    assert set(kept) == {"people.person_made", "people.role_given", "people.slips_made"}
    assert set(RoleGrant.objects.values_list("granted_by", "is_confirmed")) == {(None, True)}


def test_a_first_registrar_and_a_first_lead_give_the_next_role_of_power_together(capsys):
    first(capsys, "REG-1", *NAMES, "--role", "registrar")
    first(capsys, "LED-1", *NAMES, "--role", "lead")
    registrar, lead = (Person.objects.get(service_number=number) for number in ("REG-1", "LED-1"))
    asked = grant_role(PersonFactory(), "auditor", by=registrar, reason="asked", starts_on=timezone.localdate())
    assert confirm_role(asked, by=lead).is_confirmed


def test_one_person_does_not_get_both_for_nobody_could_confirm_what_they_give(capsys):
    assert "two people" in refusal("REG-1", *NAMES, "--role", "registrar", "--role", "lead")
    first(capsys, "REG-1", *NAMES, "--role", "registrar")
    assert "two people" in refusal("REG-1", *NAMES, "--role", "lead")
    assert RoleGrant.objects.count() == 1


def test_a_role_that_somebody_holds_who_can_sign_in_is_given_by_the_command_no_more(capsys):
    PersonFactory(registrar=True, service_number="REG-9")
    assert "REG-9" in refusal("REG-1", *NAMES, "--role", "registrar")
    assert not Person.objects.filter(service_number="REG-1").exists()


def test_a_slip_on_the_way_counts_as_being_able_to_sign_in_until_it_has_run_out(capsys):
    first(capsys, "REG-1", *NAMES, "--role", "registrar")
    assert "REG-1" in refusal("REG-2", *NAMES, "--role", "registrar")
    past = timezone.now() - timedelta(minutes=1)
    SignInSlip.objects.update(made_at=past - timedelta(days=1), valid_until=past)
    assert "REG-2" in first(capsys, "REG-2", *NAMES, "--role", "registrar")


def test_who_lost_the_slip_before_using_it_gets_another_and_the_role_once(capsys):
    lost = first(capsys, "REG-1", *NAMES, "--role", "registrar")
    found = first(capsys, "REG-1", "--role", "registrar")
    assert sign_in_with(lost, "REG-1").get("/learn/").status_code == 302
    assert Person.objects.get().last_login is None
    sign_in_with(found, "REG-1")
    assert Person.objects.get().last_login is not None
    assert RoleGrant.objects.count() == 1
    assert "REG-1" in refusal("REG-1", "--role", "registrar")


def test_who_is_here_and_signs_in_already_gets_the_role_and_no_slip(capsys):
    person = PersonFactory(service_number="LED-1", is_superuser=True)
    assert "LED-1" in first(capsys, "LED-1", "--role", "lead")
    assert (person.roles, SignInSlip.objects.count()) == ({"lead"}, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("REG-1", "--role", "registrar"), "--name-my"),
        (("ခ", *NAMES, "--role", "registrar"), "service number"),
        (("REG-1", *NAMES, "--role", "trainer"), "trainer"),
        (("REG-1", *NAMES), "--role"),
        (("GONE-1", "--role", "registrar"), "GONE-1"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(arguments, said):
    PersonFactory(service_number="GONE-1", is_active=False)
    assert said in refusal(*arguments)
    assert (Person.objects.count(), RoleGrant.objects.count(), SignInSlip.objects.count()) == (1, 0, 0)
