"""Contact data: given by oneself, sealed in the database, seen by few, found by nobody."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from people.contact import contact_of
from people.models import Contact
from tests.access.matrix import client_of
from tests.factories import CohortFactory, PersonFactory

pytestmark = pytest.mark.django_db

GIVEN = {"email": "thida@post.example", "phone": "၀၉ ၁၂၃ ၄၅၆ ၇၈၉"}


@pytest.fixture
def officer():
    """Who gave both."""
    person = PersonFactory()
    client_of(person).post("/account/contact/", GIVEN)
    return person


def test_what_was_given_is_read_again_and_the_database_shows_nothing_of_it(officer):
    kept = Contact.objects.get(person=officer)
    assert (kept.email, kept.phone) == ("thida@post.example", "09 123 456 789")
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, phone FROM people_contact")
        stored = " ".join(cursor.fetchone())
    assert "thida" not in stored


def test_it_is_seen_by_oneself_and_registrars_and_not_by_trainers(officer):
    trainer = PersonFactory(trainer=True)
    CohortFactory(trainer=trainer, officers=[officer])
    seen = {name: contact_of(viewer, officer) is not None for name, viewer in {
        "oneself": officer, "registrar": PersonFactory(registrar=True), "trainer": trainer, "other": PersonFactory(),
    }.items()}  # fmt: skip
    assert seen == {"oneself": True, "registrar": True, "trainer": False, "other": False}


def test_nobody_can_search_for_it(officer):
    with pytest.raises(FieldError):
        list(Contact.objects.filter(email="thida@post.example"))


def test_it_outlives_a_change_of_key_as_long_as_the_old_one_is_named(officer, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 6
    assert Contact.objects.get(person=officer).email == "thida@post.example"


@pytest.mark.parametrize("sent", [{"action": "remove"}, {"email": "", "phone": ""}])
def test_it_is_removed_when_one_wishes(sent, officer):
    client_of(officer).post("/account/contact/", sent)
    assert not Contact.objects.exists()


@pytest.mark.parametrize("sent", [{"email": "no address"}, {"phone": "call me"}])
def test_what_is_neither_address_nor_number_is_refused(sent, officer):
    assert client_of(officer).post("/account/contact/", sent).status_code == 200
    assert Contact.objects.get(person=officer).email == "thida@post.example"
