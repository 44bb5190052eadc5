"""Reminding: on the desk until it is done, by e-mail where there is an address, once a day, and as a text to copy."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.catalogue import CourseInfo, catalogue
from courses.models import Enrolment
from people.models import Cohort, Contact, Person
from tests.factories import CohortFactory, PersonFactory
from training.models import Assignment, Reminder, ReminderTo
from training.services import assign, change_for, end_assignment

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def course() -> CourseInfo:
    return catalogue("en").by_code["C1"]


@pytest.fixture
def trainer() -> Person:
    return PersonFactory(trainer=True)


@pytest.fixture
def officers() -> list[Person]:
    return PersonFactory.create_batch(3)


@pytest.fixture
def cohort(trainer, officers) -> Cohort:
    return CohortFactory(trainer=trainer, officers=officers)


@pytest.fixture
def given(cohort, course, trainer) -> Assignment:
    """C1, until tomorrow."""
    return assign(cohort, course, by=trainer, due_on=TODAY + timedelta(days=1), message="", at=NOW)[0]


def done(person: Person) -> None:
    """The course completed."""
    Enrolment.objects.filter(person=person).update(status="completed", completed_at=NOW)


def remind(client, given: Assignment, *people: Person, text: str = "Please go on."):
    """Send the form that reminds."""
    ticked = [str(person.public_id) for person in people]
    return client.post(f"{given.get_absolute_url()}remind/", {"text": text, "person": ticked})


def reminded() -> set[int]:
    """Who was reminded."""
    return set(ReminderTo.objects.values_list("person", flat=True))


def on_the_desk(client) -> list[str]:
    """The reminders that an officer finds."""
    return [due.reminder for due in client.get("/learn/").context["dues"]]


def test_those_who_have_not_done_it_are_ticked_at_first(given, officers, trainer, sign_in):
    done(officers[0])
    change_for(given, officers[1:2], due_on=None, is_excused=True, reason="x", by=trainer, at=NOW)
    rows = sign_in(trainer).get(f"{given.get_absolute_url()}remind/").context["rows"]
    assert [(row["standing"].person, row["is_ticked"]) for row in rows] == [(officers[2], True)]


def test_the_grid_hands_on_those_who_were_ticked_there(given, officers, trainer, sign_in):
    sent = {"person": [str(officers[1].public_id)]}
    response = sign_in(trainer).post(f"{given.get_absolute_url()}remind/", sent)
    ticked = [row["standing"].person for row in response.context["rows"] if row["is_ticked"]]
    assert (response.status_code, ticked, Reminder.objects.count()) == (200, [officers[1]], 0)


def test_a_text_is_proposed_in_both_languages_without_names(given, course, officers, trainer, sign_in):
    text = sign_in(trainer).get(f"{given.get_absolute_url()}remind/").context["form"].initial["text"]
    assert len(text.split("\n\n")) == 2
    assert text.count(str(course.title)) >= 1
    assert not any(word in text for person in officers for word in (person.name_latin, person.service_number))


def test_who_is_ticked_finds_the_text_on_their_desk(given, officers, trainer, sign_in):
    response = remind(sign_in(trainer), given, officers[0])
    assert (response.status_code, response.headers["Location"]) == (302, given.get_absolute_url())
    assert on_the_desk(sign_in(officers[0])) == ["Please go on."]
    assert on_the_desk(sign_in(officers[1])) == [""]


def test_it_stays_for_two_weeks_and_until_it_is_done(given, officers, trainer, sign_in):
    remind(sign_in(trainer), given, *officers[:2])
    ReminderTo.objects.update(sent_on=TODAY - timedelta(days=13))
    assert on_the_desk(sign_in(officers[0])) == ["Please go on."]
    done(officers[1])
    assert on_the_desk(sign_in(officers[1])) == []
    ReminderTo.objects.update(sent_on=TODAY - timedelta(days=14))
    assert on_the_desk(sign_in(officers[0])) == [""]


def test_the_newest_reminder_is_shown(given, officers, trainer, sign_in):
    remind(sign_in(trainer), given, officers[0], text="First")
    ReminderTo.objects.update(sent_on=TODAY - timedelta(days=1))
    remind(sign_in(trainer), given, officers[0], text="Second")
    assert on_the_desk(sign_in(officers[0])) == ["Second"]


def test_nobody_is_reminded_twice_on_a_day(given, officers, trainer, sign_in):
    client = sign_in(trainer)
    remind(client, given, officers[0])
    again = remind(client, given, officers[0], text="Another text")
    assert (again.status_code, bool(again.context["error"])) == (200, True)
    assert again.context["form"]["text"].value() == "Another text"
    remind(client, given, *officers[:2])
    assert sorted(ReminderTo.objects.values_list("person", flat=True)) == sorted(one.pk for one in officers[:2])


def test_the_database_keeps_to_once_a_day(given, officers, trainer, sign_in):
    remind(sign_in(trainer), given, officers[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        ReminderTo.objects.create(reminder=Reminder.objects.get(), assignment=given, person=officers[0], sent_on=TODAY)


def test_who_has_done_it_is_excused_or_of_another_group_is_not_reminded(given, officers, trainer, sign_in):
    done(officers[0])
    change_for(given, officers[1:2], due_on=None, is_excused=True, reason="x", by=trainer, at=NOW)
    remind(sign_in(trainer), given, *officers, PersonFactory())
    assert reminded() == {officers[2].pk}


@pytest.mark.parametrize("text", ["", "  "])
def test_without_a_text_nobody_is_reminded(text, given, officers, trainer, sign_in):
    assert remind(sign_in(trainer), given, officers[0], text=text).status_code == 200
    assert reminded() == set()


def test_of_what_was_withdrawn_nobody_is_reminded(given, officers, trainer, sign_in):
    end_assignment(given, by=trainer, at=NOW)
    response = remind(sign_in(trainer), given, officers[0])
    assert (response.status_code, bool(response.context["error"]), reminded()) == (200, True, set())


def test_the_text_is_there_to_copy_afterwards(given, officers, trainer, sign_in):
    client = sign_in(trainer)
    remind(client, given, officers[0], text="Please go on.\n\nSecond line")
    body = client.get(given.get_absolute_url()).content.decode()
    assert "readonly>Please go on.\n\nSecond line</textarea>" in body


def test_who_gave_an_address_is_written_to_without_saying_of_what(
    given, officers, trainer, sign_in, settings, django_capture_on_commit_callbacks
):
    settings.MAIL = True
    Contact.objects.create(person=officers[0], email="one@example.org")
    Contact.objects.create(person=officers[1], phone="x")
    with django_capture_on_commit_callbacks(execute=True):
        remind(sign_in(trainer), given, *officers[:2])
    (sent,) = mail.outbox
    assert sent.to == ["one@example.org"]
    assert not any(word in sent.subject + sent.body for word in ("C1", "Please go on.", officers[0].name_latin))


def test_without_a_mail_server_nobody_is_written_to(
    given, officers, trainer, sign_in, django_capture_on_commit_callbacks
):
    Contact.objects.create(person=officers[0], email="one@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        remind(sign_in(trainer), given, officers[0])
    assert mail.outbox == []
