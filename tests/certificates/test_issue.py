"""Issuing: exactly once, frozen on the day, made up where it failed, and what becomes of it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments.ending import submit_attempt
from assessments.models import Attempt, ItemVersion
from assessments.recording import Sent, record_steps
from assessments.starting import start_attempt
from certificates import issuing
from certificates.claim import CertificateClaim
from certificates.issuing import digest, issue_certificate, issue_due, months_later, new_code
from certificates.life import status_of
from certificates.models import Certificate
from certificates.tasks import certify
from courses.catalogue import catalogue, forget
from courses.models import CoursePage, Enrolment
from courses.services import advance, record_read
from tests.certificates.claims import change_status
from tests.content.authoring import shipped
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


def completed(**fields) -> Enrolment:
    """A completed enrolment that nobody certified yet."""
    return EnrolmentFactory(status=Enrolment.Status.COMPLETED, completed_at=NOW, **fields)


def issued(*, at=NOW, **fields) -> Certificate:
    """A certificate."""
    return issue_certificate(completed(**fields), at=at)


# --- Once ----------------------------------------------------------------------------------------------------------------


def test_a_completed_enrolment_earns_one_certificate_however_often_it_is_asked():
    enrolment = completed()
    certificates = [issue_certificate(enrolment, at=NOW + timedelta(days=n)) for n in range(3)]
    assert {one.pk for one in certificates} == {Certificate.objects.get().pk}
    assert {one.issued_at for one in certificates} == {NOW}


@pytest.mark.parametrize("status", [Enrolment.Status.ACTIVE, Enrolment.Status.WITHDRAWN])
def test_an_enrolment_that_is_not_completed_earns_none(status):
    assert issue_certificate(EnrolmentFactory(status=status), at=NOW) is None
    assert Certificate.objects.count() == 0


def test_a_course_taken_again_earns_another():
    person = PersonFactory()
    assert issued(person=person).pk != issued(person=person).pk


def at_the_exam(enrolment: Enrolment) -> Attempt:
    """Everything in C1 read and answered, and every question of the exam answered right; not handed in."""
    course, at = catalogue("en").by_code["C1"], timezone.now()
    for _module, lesson in course.lessons:
        record_read(enrolment, lesson, at=at)
        advance(enrolment, [("checks", lesson.key, lesson.code, lesson.revision)], at=at)
    attempt = start_attempt(course.exam, enrolment.person, scope=enrolment.public_id, at=at)
    keys = {str(pk): key for pk, key in ItemVersion.objects.values_list("pk", "key")}
    right = [[one for one, is_right in keys[item["version"]].items() if is_right] for item in attempt.paper["items"]]
    record_steps(attempt, [Sent(uuid4(), "answer", n, value, "a", n, 0) for n, value in enumerate(right)], at=at)
    return attempt


def test_passing_the_exam_after_every_lesson_issues_it_by_a_task(django_capture_on_commit_callbacks):
    enrolment = EnrolmentFactory()
    attempt = at_the_exam(enrolment)
    with django_capture_on_commit_callbacks(execute=True):
        submit_attempt(attempt, at=timezone.now())
    certificate = Certificate.objects.get()
    assert (certificate.enrolment, certificate.person) == (enrolment, enrolment.person)
    assert certificate.claim["score_percent"] == 100


def test_where_issuing_failed_the_command_makes_it_up_once():
    enrolment = completed()
    call_command("issue_due")
    call_command("issue_due")
    assert Certificate.objects.get().enrolment == enrolment


def test_making_up_gives_how_many_were_missing_and_leaves_the_others():
    before = issued()
    waiting = [completed(), completed()]
    EnrolmentFactory()
    assert [issue_due(at=NOW), issue_due(at=NOW)] == [2, 0]
    assert set(Certificate.objects.exclude(pk=before.pk).values_list("enrolment", flat=True)) == {e.pk for e in waiting}


def test_a_worker_that_does_its_task_twice_issues_once():
    enrolment = completed()
    for _time in range(3):
        certify.func(str(enrolment.person.public_id))
    assert Certificate.objects.get().enrolment == enrolment


def test_two_at_once_end_with_one_certificate(monkeypatch):
    enrolment, others = completed(), []
    locked = issuing._counter

    def overtaken(year):
        """Another process issues it after this one saw that there was none, and before it holds the counter."""
        monkeypatch.setattr(issuing, "_counter", locked)
        others.append(issue_certificate(enrolment, at=NOW))
        return locked(year)

    monkeypatch.setattr(issuing, "_counter", overtaken)
    certificate = issue_certificate(enrolment, at=NOW)
    assert [certificate] == others == list(Certificate.objects.all())
    assert issued().serial == "THD-2026-000002"


# --- Serials and codes -----------------------------------------------------------------------------------------------------


def test_serials_of_a_year_follow_each_other_and_a_year_begins_anew():
    new_year = datetime(2026, 12, 31, 18, tzinfo=UTC)  # half past midnight in Yangon
    serials = [issued(at=at).serial for at in (NOW, NOW, NOW, new_year, new_year)]
    assert serials == [
        "THD-2026-000001", "THD-2026-000002", "THD-2026-000003", "THD-2027-000001", "THD-2027-000002",
    ]  # fmt: skip


def test_a_code_has_sixteen_letters_that_are_not_misread():
    assert [code for code in (new_code() for _ in range(100)) if not re.fullmatch("[0-9A-HJKMNP-TV-Z]{16}", code)] == []


def test_codes_are_not_counted_up():
    assert len({new_code() for _ in range(200)}) == 200


# --- Frozen ----------------------------------------------------------------------------------------------------------------


def test_a_certificate_says_who_completed_what_and_when():
    person = PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin")
    certificate = issued(person=person)
    claim = CertificateClaim.from_dict(certificate.claim)
    course = catalogue("en").by_code["C1"]
    assert (claim.name_my, claim.name_latin) == ("ဒေါ်သီတာလွင်", "Daw Thida Lwin")
    assert (claim.course_code, claim.course_version, claim.course_title_en) == ("C1", "1.0", str(course.title))
    assert claim.course_title_my == str(catalogue("my").by_code["C1"].title)
    assert (claim.issued_on, claim.valid_until) == (date(2026, 11, 24), date(2027, 11, 24))
    assert claim.minutes == sum(module.minutes for module in course.modules)


def test_what_it_says_in_the_row_and_in_the_claim_is_the_same():
    certificate = issued()
    claim = certificate.claim
    assert (claim["serial"], claim["code"], date.fromisoformat(claim["valid_until"])) == (
        certificate.serial,
        certificate.code,
        certificate.valid_until,
    )
    assert digest(claim) == certificate.claim_sha256


def test_every_objective_that_is_taught_stands_on_a_certificate():
    curriculum = shipped()
    taught = [one.text for course in curriculum.courses for module in course.modules for one in module.objectives]
    pairs = [(curriculum.translations["my"].get(text, ""), text) for text in taught]
    assert max(len(text) for pair in pairs for text in pair) > 200
    claim = CertificateClaim.from_dict(issued().claim)
    assert replace(claim, objectives=tuple(pairs)).objectives == tuple(pairs)


def test_hours_count_only_the_modules_that_the_agency_needs():
    person = PersonFactory(unit__agency="social_welfare")
    assert issued(person=person).claim["minutes"] == 20


def test_a_later_name_and_title_change_nothing():
    person = PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin")
    certificate = issued(person=person)
    before = dict(certificate.claim)
    person.name_my, person.name_latin = "ဒေါ်နီလာ", "Daw Nilar"
    person.save()
    CoursePage.objects.update(title="Another title", version="9")
    forget()
    again = issue_certificate(certificate.enrolment, at=NOW + timedelta(days=400))
    assert again.claim == before


def test_neither_service_number_nor_unit_is_in_the_claim():
    certificate = issued()
    text = str(certificate.claim)
    assert certificate.person.service_number not in text
    assert certificate.person.unit.name_en not in text
    assert certificate.person.unit.name_my not in text


# --- What becomes of it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "status"),
    [(date(2026, 11, 24), "valid"), (date(2027, 11, 24), "valid"), (date(2027, 11, 25), "expired")],
)
def test_it_holds_to_its_last_day(on, status):
    assert status_of(issued(), on=on) == status


def test_one_without_an_end_holds_for_good(monkeypatch):
    CoursePage.objects.update(valid_months=None)
    forget()
    certificate = issued()
    assert certificate.valid_until is None
    assert status_of(certificate, on=date(2099, 1, 1)) == "valid"


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ([], "valid"),
        (["revoked"], "revoked"),
        (["withdrawn"], "withdrawn"),
        (["revoked", "reinstated"], "valid"),
        (["revoked", "reinstated", "revoked"], "revoked"),
        (["revoked", "withdrawn"], "withdrawn"),
    ],
)
@pytest.mark.parametrize("same_moment", [True, False])
def test_the_newest_event_decides(kinds, status, same_moment):
    certificate = issued()
    for number, kind in enumerate(kinds):
        change_status(certificate, kind, at=NOW if same_moment else NOW + timedelta(hours=number))
    assert status_of(Certificate.objects.get(), on=date(2026, 11, 25)) == status


def test_one_that_was_reinstated_still_ends_on_its_day():
    certificate = issued()
    change_status(certificate, "revoked")
    change_status(certificate, "reinstated")
    assert status_of(Certificate.objects.get(), on=date(2028, 1, 1)) == "expired"


# --- Months ----------------------------------------------------------------------------------------------------------------

days = st.dates(date(2000, 1, 1), date(2090, 1, 1))
months = st.integers(0, 120)


@given(days, months)
def test_so_many_months_later_is_that_month(day, n):
    later = months_later(day, n)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == n


@given(days, months)
def test_the_day_of_the_month_stays_where_the_month_has_it_and_is_else_its_last(day, n):
    later = months_later(day, n)
    is_last_of_month = (later + timedelta(days=1)).day == 1
    assert later.day == day.day or (later.day < day.day and is_last_of_month)


@given(days, days, months)
def test_who_earned_it_earlier_never_holds_it_longer(one, other, n):
    first, second = sorted([one, other])
    assert months_later(first, n) <= months_later(second, n)


@pytest.mark.parametrize(
    ("day", "n", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
    ],
)
def test_the_ends_of_months_are_right(day, n, later):
    assert months_later(day, n) == later
