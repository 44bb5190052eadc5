"""Taking one's own data away, erasing a person with two people, and removing what is past its time."""

import io
import json
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale
from wagtail.search.models import IndexEntry

from assessments.ending import submit_attempt
from assessments.models import AnswerPicture, AnswerToMark, Attempt, AttemptStep, GradeRecord, ItemImport, ItemVersion
from assessments.recording import Sent, record_steps
from assessments.starting import start_attempt
from certificates.issuing import issue_certificate
from core import append_only
from courses.catalogue import catalogue
from courses.models import Completion, Enrolment
from people.erasing import ask_erasure, confirm_erasure, end_erasure
from people.errors import ErasureDecided, ErasureNeedsAnother
from people.models import CohortMembership, Erasure, Person
from records import own_data, trail
from records.models import AuditEntry
from tests.access.matrix import client_of, confirmed
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db(databases="__all__")

NOW = timezone.now()
SECRET_WORDS = "what only this officer wrote"


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def officer() -> Person:
    """Somebody who learned, sat the exam with an answer in own words and a picture, and got a certificate."""
    person = PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin", service_number="IMM-4711")
    CohortFactory(officers=[person])
    done = EnrolmentFactory(person=person, status=Enrolment.Status.COMPLETED, completed_at=NOW)
    Completion.objects.create(
        enrolment=done, requirement="course", key=done.course_key, code="C1", version="1", met_at=NOW
    )
    attempt = start_attempt(catalogue("en").by_code["C1"].exam, person, scope=done.public_id, at=NOW)
    record_steps(attempt, [Sent(uuid4(), "answer", 0, [_option(attempt)], "a", 1, 0)], at=NOW)
    submit_attempt(attempt, at=NOW)
    AttemptStep.objects.create(
        attempt=attempt, seq=99, kind="answer", place=5, value=[SECRET_WORDS], device="a", client_seq=9, base_seq=0,
        received_at=NOW, verdict="accepted",
    )  # fmt: skip
    AnswerToMark.objects.create(attempt=attempt, place=5, version=ItemVersion.objects.first(), since=NOW)
    picture = AnswerPicture(attempt=attempt, place=5, width=1, height=1)
    picture.file.save("answer.webp", ContentFile(b"RIFF"))
    issue_certificate(done, at=NOW)
    return person


def _option(attempt: Attempt) -> str:
    return attempt.paper["items"][0]["options"][0]


def erased(person: Person) -> Erasure:
    """Erased by two registrars."""
    erasure = ask_erasure(person, by=PersonFactory(registrar=True), reason="At their wish", at=NOW)
    return confirm_erasure(erasure, by=PersonFactory(registrar=True), at=NOW)


def unpacked(body: bytes) -> dict[str, str]:
    """Name -> text of the files in an archive."""
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


# --- One's own data ------------------------------------------------------------------------------------------------


def test_ones_own_data_is_whole_and_holds_nobody_elses(officer):
    other = PersonFactory(name_my="ဦးအခြား", service_number="IMM-9999")
    EnrolmentFactory(person=other)
    files = unpacked(own_data.archive(officer))
    assert {"index.html", "people.person.json", "courses.enrolment.json", "assessments.attemptstep.json", "certificates.certificate.json"} <= set(files)  # fmt: skip
    assert SECRET_WORDS in files["assessments.attemptstep.json"]
    assert not [name for name, text in files.items() if "IMM-9999" in text or "ဦးအခြား" in text]


def test_no_paper_key_or_grade_of_an_open_attempt_leaves_with_it(officer):
    enrolment = EnrolmentFactory(person=officer)
    start_attempt(catalogue("en").by_code["C1"].exam, officer, scope=enrolment.public_id, at=NOW)
    rows = json.loads(unpacked(own_data.archive(officer))["assessments.attempt.json"])["rows"]
    assert ["score" in row for row in rows] == [True, False]
    assert all(set(row) <= {"quiz", "number", "language", "started_at", "submitted_at", "score", "max_score", "passed", "reason"} for row in rows)  # fmt: skip


def test_a_download_asks_the_password_and_is_told_to_the_trail(officer):
    assert client_of(officer).post("/account/data/").status_code == 302
    response = confirmed(client_of(officer)).post("/account/data/")
    assert response["Content-Type"] == "application/zip"
    assert "ဒေါ်သီတာလွင်" in unpacked(response.content)["index.html"]
    assert AuditEntry.objects.get(action="people.data_exported").by == officer


# --- Erasing -------------------------------------------------------------------------------------------------------


def test_erasing_takes_two_people_neither_of_whom_is_the_person(officer):
    registrar = PersonFactory(registrar=True)
    with pytest.raises(ValidationError):
        ask_erasure(officer, by=officer, reason="x", at=NOW)
    erasure = ask_erasure(officer, by=registrar, reason="At their wish", at=NOW)
    for by in (registrar, officer):
        with pytest.raises(ErasureNeedsAnother):
            confirm_erasure(erasure, by=by, at=NOW)
    officer.refresh_from_db()
    assert officer.service_number == "IMM-4711"
    with pytest.raises(ValidationError):
        ask_erasure(officer, by=registrar, reason="Again", at=NOW)
    end_erasure(erasure, by=registrar, at=NOW)
    with pytest.raises(ErasureDecided):
        confirm_erasure(erasure, by=PersonFactory(registrar=True), at=NOW)


def test_nothing_of_an_erased_person_says_who_it_was(officer, settings):
    TOTP.activate(officer, generate_totp_secret())
    client = client_of(officer)
    call_command("update_index", verbosity=0)
    erased(officer)
    officer = Person.objects.get(pk=officer.pk)
    assert (str(officer.name_latin), officer.is_active, officer.has_usable_password()) == (
        "Erased person",
        False,
        False,
    )
    assert officer.service_number.startswith("X-")
    assert not AttemptStep.objects.filter(value=[SECRET_WORDS]).exists()
    assert not AnswerPicture.objects.exists()
    assert not list((settings.MEDIA_ROOT / "answers").glob("*"))
    assert not officer.authenticator_set.exists()
    assert not CohortMembership.objects.filter(person=officer, left_at=None).exists()
    assert not IndexEntry.objects.filter(content_type__model="person", object_id=officer.pk).exists()
    assert client.get("/account/").status_code == 302  # signed out everywhere


def test_what_was_learned_stays_and_the_trail_is_whole(officer):
    before = [
        GradeRecord.objects.count(),
        Completion.objects.count(),
        Enrolment.objects.count(),
        AttemptStep.objects.count(),
    ]
    erased(officer)
    assert [
        GradeRecord.objects.count(),
        Completion.objects.count(),
        Enrolment.objects.count(),
        AttemptStep.objects.count(),
    ] == before
    assert AttemptStep.objects.exclude(value=[]).filter(attempt__person=officer, kind="answer").count() == 1  # a choice
    assert list(trail.faults()) == []
    assert not AuditEntry.objects.filter(detail__contains="4711").exists()


def test_a_certificate_can_still_be_verified(officer, client):
    certificate = officer.certificates.get()
    erased(officer)
    assert "Thida" in client.get(f"/verify/{certificate.code}/", headers={"accept-language": "en"}).content.decode()


def test_facts_are_guarded_again_after_an_erasure(officer):

    erased(officer)
    assert append_only.missing(connection) == []


def test_two_registrars_erase_at_the_office(officer):
    first, second = (confirmed(client_of(PersonFactory(registrar=True))) for _ in range(2))
    page = f"/office/erasures/{officer.public_id}/"
    assert str(officer.public_id) in first.get("/office/erasures/?number=imm-4711").content.decode()
    first.post(page, {"reason": "At their wish"})
    first.post(page, {"action": "confirm"})
    assert Erasure.objects.get().confirmed_at is None
    second.post(page, {"action": "confirm"})
    assert Erasure.objects.get().confirmed_at is not None


# --- What is past its time ------------------------------------------------------------------------------------------


def test_purge_removes_what_is_past_its_time_and_a_dry_run_nothing(officer, capsys):
    old = ItemImport.objects.create(locale=Locale.get_default(), name="old.txt", drafts=[], notes=[], made_by=officer)
    ItemImport.objects.create(locale=Locale.get_default(), name="new.txt", drafts=[], notes=[], made_by=officer)
    ItemImport.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=31))
    Attempt.objects.update(submitted_at=NOW - timedelta(days=731))
    call_command("purge", "--dry-run")
    assert "assessments.ItemImport: 1" in capsys.readouterr().out
    assert (ItemImport.objects.count(), AnswerPicture.objects.count()) == (2, 1)
    call_command("purge")
    assert [one.name for one in ItemImport.objects.all()] == ["new.txt"]
    assert not AnswerPicture.objects.exists()
    assert not AttemptStep.objects.filter(value=[SECRET_WORDS]).exists()
    capsys.readouterr()
    call_command("purge")
    assert "0 rows removed." in capsys.readouterr().out
