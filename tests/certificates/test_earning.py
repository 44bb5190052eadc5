"""What earns a certificate, by rules that are data; how it is renewed, corrected, revoked and shared."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from certificates import life
from certificates.claim import CertificateClaim
from certificates.errors import (
    NameUnfit,
    NothingToCorrect,
    NotStanding,
    NotYetRenewed,
    RequestDecided,
    RequestWaits,
    SecondPersonDecides,
    StatusStands,
)
from certificates.issuing import correct, issue_certificate, issue_due, issue_for
from certificates.models import Certificate, CertificateReminder, CertificateRequest, CertificateRule, RuleNeed
from certificates.rules import Need, rule_of_course, save_rule
from certificates.sharing import share
from certificates.signals import observation_asked
from courses.catalogue import catalogue, forget
from courses.models import CoursePage, Enrolment
from courses.progress import course_progress
from courses.services import advance
from people.models import Contact, Person
from records.models import AuditEntry
from tests.certificates.claims import change_status
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
Kind = CertificateRule.Kind


def completed(person: Person, *, at: datetime = NOW, **fields) -> Enrolment:
    return EnrolmentFactory(person=person, status=Enrolment.Status.COMPLETED, completed_at=at, **fields)


@pytest.fixture
def officer() -> Person:
    return PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin")


@pytest.fixture
def registrar() -> Person:
    return PersonFactory(registrar=True)


@pytest.fixture
def rule() -> CertificateRule:
    """That of the course C1, valid for a year."""
    return rule_of_course(catalogue("en").by_code["C1"])


def needing(rule: CertificateRule, *needs: Need, by: Person, **fields) -> CertificateRule:
    for name, value in fields.items():
        setattr(rule, name, value)
    return save_rule(rule, needs, by=by)


def programme(registrar, *keys, **fields) -> CertificateRule:
    made = CertificateRule(kind=Kind.PROGRAMME, code="BASIC", title_en="Basic programme", valid_months=24, **fields)
    return save_rule(made, [Need("course", key) for key in keys], by=registrar)


@pytest.fixture
def second() -> Enrolment:
    """A course of a code and key of its own."""
    return uuid4()


# --- Needs ----------------------------------------------------------------------------------------------------------------


def test_a_rule_that_is_not_in_force_earns_nothing(officer, rule, registrar):
    needing(rule, by=registrar, is_live=False)
    completed(officer)
    assert issue_for([officer], at=NOW) == []
    assert issue_due(at=NOW) == 0


def test_a_course_with_a_need_for_an_exam_of_so_many_per_cent(officer, rule, registrar, monkeypatch):
    from certificates import earning

    needing(rule, Need("exam", rule.course_key, least=80), by=registrar)
    enrolment = completed(officer)
    percents = iter([None, 79, 80, 80, 80])
    monkeypatch.setattr(earning, "percent_of", lambda _enrolment: next(percents))
    assert [issue_for([officer], at=NOW), issue_for([officer], at=NOW)] == [[], []]
    assert issue_for([officer], at=NOW)[0].enrolment == enrolment


@pytest.mark.parametrize(("least", "earned"), [(1, 1), (2, 0)])
def test_hours_of_learning_are_those_of_the_courses_completed(least, earned, officer, rule, registrar):
    assert sum(module.minutes for module in catalogue("en").by_code["C1"].modules) < 120
    CoursePage.objects.get(code="C1", locale__language_code="en")
    needing(rule, Need("hours", least=least), by=registrar)
    completed(officer)
    if earned:
        completed(officer)
        completed(officer)
    assert bool(issue_for([officer], at=NOW)) == bool(earned)


@pytest.mark.parametrize(("version", "earned"), [("0.9", True), ("1.0", True), ("1.1", False), ("10.0", False)])
def test_only_a_content_version_that_is_new_enough_counts(version, earned, officer, rule, registrar):
    needing(rule, Need("course", rule.course_key, version_from=version), by=registrar)
    completed(officer)
    assert bool(issue_for([officer], at=NOW)) == earned


def test_practice_is_observed_elsewhere_and_asked_for(officer, rule, registrar):
    needing(rule, Need("observed", rule.course_key), by=registrar)
    completed(officer)
    assert issue_for([officer], at=NOW) == []

    def observed(person, course_key, **kwargs):
        return (person, course_key) == (officer, rule.course_key)

    observation_asked.connect(observed)
    try:
        assert len(issue_for([officer], at=NOW)) == 1
    finally:
        observation_asked.disconnect(observed)


def test_a_programme_is_earned_by_all_its_courses_and_once(officer, rule, registrar):
    other = uuid4()
    made = programme(registrar, rule.course_key, other)
    completed(officer)
    assert Certificate.objects.filter(rule=made).count() == 0
    known = catalogue("en").by_key[rule.course_key]
    EnrolmentFactory(person=officer, course_key=other, course_code="C9", status="completed", completed_at=NOW)
    for language in ("my", "en"):
        catalogue(language).by_key[other] = known  # a second course, as published
    issued = [one for one in issue_for([officer], at=NOW) if one.rule == made]
    assert [one.rule.code for one in issued] == ["BASIC"]
    claim = CertificateClaim.from_dict(issued[0].claim)
    assert (claim.kind, claim.course_title_en, len(claim.parts)) == ("programme", "Basic programme", 2)
    assert issued[0].valid_until == date(2028, 11, 24)
    completed(officer, at=NOW + timedelta(days=2))
    assert [one for one in issue_for([officer], at=NOW + timedelta(days=2)) if one.rule == made] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": Kind.PROGRAMME, "code": "P"},
        {"kind": Kind.PROGRAMME, "code": "P", "title_en": "P"},
        {"kind": Kind.COURSE, "code": "P"},
        {"kind": Kind.COURSE, "code": "P", "course_key": uuid4(), "renewal": "refresher"},
    ],
)
def test_a_rule_that_cannot_be_is_not_stored(fields, registrar):
    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        save_rule(CertificateRule(**fields), [], by=registrar)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "exam", "course_key": uuid4()},
        {"kind": "exam", "course_key": uuid4(), "least": 101},
        {"kind": "hours"},
        {"kind": "hours", "least": 2, "course_key": uuid4()},
        {"kind": "course"},
    ],
)
def test_a_need_that_cannot_be_is_not_stored(fields, rule):
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleNeed.objects.create(rule=rule, **fields)


def test_what_a_rule_was_and_is_stands_in_the_trail(rule, registrar):
    needing(rule, Need("hours", least=4), by=registrar, valid_months=6)
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.details["valid_months"], entry.details["needs"]) == (
        "certificates.rule_changed", [None, 6], ["", "hours  4"]
    )  # fmt: skip


# --- How long, and renewed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("months", "until"), [(None, date(2027, 11, 24)), (6, date(2027, 5, 24)), (0, None)])
def test_it_holds_as_long_as_the_rule_or_else_the_course_says(months, until, officer, rule, registrar):
    needing(rule, by=registrar, valid_months=months)
    assert issue_certificate(completed(officer), at=NOW).valid_until == until


def test_who_renews_within_the_window_loses_no_day(officer):
    first = issue_certificate(completed(officer), at=NOW)
    early = NOW + timedelta(days=300)
    assert issue_certificate(completed(officer, at=early), at=early).valid_until == date(2028, 11, 24)
    assert first.valid_until == date(2027, 11, 24)


def test_the_days_of_one_that_was_revoked_are_given_to_nobody(officer):
    change_status(issue_certificate(completed(officer), at=NOW))
    later = NOW + timedelta(days=300)
    assert issue_certificate(completed(officer, at=later), at=later).valid_until == date(2028, 9, 20)


def test_a_renewal_that_was_revoked_can_be_made_again_and_is_reminded_of(officer):
    first = issue_certificate(completed(officer), at=NOW)
    early = NOW + timedelta(days=300)
    change_status(issue_certificate(completed(officer, at=early), at=early))
    assert life.ending([officer], on=date(2027, 11, 1)) == [first]
    assert life.renewal_of(Certificate.objects.get(pk=first.pk), on=date(2027, 11, 1)).is_open


def test_who_takes_the_course_again_long_before_is_certified_from_that_day(officer):
    issue_certificate(completed(officer), at=NOW)
    soon = NOW + timedelta(days=30)
    assert issue_certificate(completed(officer, at=soon), at=soon).valid_until == date(2027, 12, 24)


def test_renewing_opens_so_many_days_before_the_end(officer):
    certificate = issue_certificate(completed(officer), at=NOW)
    state = life.renewal_of(certificate, on=date(2027, 8, 25))
    assert (state.how, state.opens_on, state.is_open) == ("course", date(2027, 8, 26), False)
    with pytest.raises(NotYetRenewed):
        life.renew(certificate, at=datetime(2027, 8, 25, 4, tzinfo=UTC))
    place = life.renew(certificate, at=datetime(2027, 8, 26, 4, tzinfo=UTC))
    assert life.renew(certificate, at=datetime(2027, 8, 27, 4, tzinfo=UTC)) == place
    assert (place.status, place.exam_only) == ("active", False)
    assert life.renewal_of(certificate, on=date(2027, 8, 27)).is_under_way


def test_renewed_by_its_exam_alone_the_exam_is_open_at_once_and_completes_the_course(officer, rule, registrar):
    needing(rule, by=registrar, renewal="exam")
    certificate = issue_certificate(completed(officer), at=NOW)
    later = datetime(2027, 11, 1, 4, tzinfo=UTC)
    place = life.renew(certificate, at=later)
    course = catalogue("en").by_code["C1"]
    assert course_progress(course, set(), "immigration", set(), exam_only=place.exam_only).exam == "ready"
    advance(place, [("exam", course.key, course.code, None)], at=later)
    place.refresh_from_db()
    assert place.status == "completed"
    assert issue_for([officer], at=later)[0].valid_until == date(2028, 11, 24)
    assert not life.renewal_of(certificate, on=date(2027, 11, 2)).is_open


def test_a_refresher_course_renews_what_there_is_and_earns_nothing_else(officer, rule, registrar):
    refresher = uuid4()
    needing(rule, by=registrar, renewal="refresher", refresher_key=refresher)

    def refreshed(person, at):
        EnrolmentFactory(person=person, course_key=refresher, course_code="R1", status="completed", completed_at=at)

    refreshed(officer, NOW)
    assert issue_for([officer], at=NOW) == []
    issue_certificate(completed(officer), at=NOW)
    refreshed(officer, NOW + timedelta(days=10))  # too early
    assert issue_for([officer], at=NOW + timedelta(days=10)) == []
    late = NOW + timedelta(days=350)
    refreshed(officer, late)
    (renewed,) = issue_for([officer], at=late)
    assert (renewed.claim["course_code"], renewed.valid_until) == ("C1", date(2028, 11, 24))


@pytest.mark.parametrize("change", ["revoked", "withdrawn"])
def test_one_that_no_longer_stands_is_not_renewed(change, officer):
    certificate = issue_certificate(completed(officer), at=NOW)
    change_status(certificate, change)
    assert not life.renewal_of(Certificate.objects.get(), on=date(2027, 11, 1)).is_open


# --- Reminders ------------------------------------------------------------------------------------------------------------


def test_holders_are_reminded_once_at_90_30_and_7_days(officer):
    issue_certificate(completed(officer), at=NOW)  # until 24 November 2027
    told = []
    for days_left in (120, 91, 90, 89, 31, 30, 29, 8, 7, 6, 0):
        at = datetime(2027, 11, 24, 4, tzinfo=UTC) - timedelta(days=days_left)
        told.append((days_left, life.remind(at=at), life.remind(at=at)))
    assert [days for days, first, _again in told if first] == [90, 30, 7]
    assert {again for _days, _first, again in told} == {0}
    assert list(CertificateReminder.objects.order_by("pk").values_list("days", "by_mail")) == [
        (90, False),
        (30, False),
        (7, False),
    ]


def test_a_mail_goes_to_whoever_gave_an_address_and_names_neither_person_nor_course(officer, settings):
    settings.MAIL = True
    Contact.objects.create(person=officer, email="nilar@example.org")
    issue_certificate(completed(officer), at=NOW)
    life.remind(at=datetime(2027, 11, 20, 4, tzinfo=UTC))
    (sent,) = mail.outbox
    assert sent.to == ["nilar@example.org"]
    assert not any(word in sent.subject + sent.body for word in ("Thida", "သီတာ", "C1", officer.service_number))
    assert CertificateReminder.objects.get().by_mail


def test_without_a_mail_server_nothing_is_sent(officer, settings):
    settings.MAIL = False
    Contact.objects.create(person=officer, email="nilar@example.org")
    issue_certificate(completed(officer), at=NOW)
    assert life.remind(at=datetime(2027, 11, 20, 4, tzinfo=UTC)) == 1
    assert mail.outbox == []


def test_who_renewed_or_lost_it_is_not_reminded(officer):
    certificate = issue_certificate(completed(officer), at=NOW)
    early = NOW + timedelta(days=300)
    issue_certificate(completed(officer, at=early), at=early)
    other = issue_certificate(completed(PersonFactory()), at=NOW)
    change_status(other, "revoked")
    assert life.ending(None, on=certificate.valid_until) == []


# --- Corrected ------------------------------------------------------------------------------------------------------------


def test_a_correction_is_a_new_certificate_and_the_old_stays_as_it_was(officer, registrar):
    old = issue_certificate(completed(officer), at=NOW)
    before = dict(old.claim)
    officer.name_latin = "Daw Thida Lwin Oo"
    officer.save()
    new = correct(old, by=registrar, reason="Her name was misspelt", at=NOW + timedelta(days=9))
    old.refresh_from_db()
    assert old.claim == before
    assert (new.supersedes, new.number, new.occasion, new.enrolment) == (old, 2, old.occasion, old.enrolment)
    claim = CertificateClaim.from_dict(new.claim)
    assert (claim.name_latin, claim.supersedes, claim.valid_until) == ("Daw Thida Lwin Oo", old.serial, old.valid_until)
    assert life.status_of(Certificate.objects.get(pk=old.pk), on=date(2026, 12, 4)) == "superseded"
    assert issue_for([officer], at=NOW) == []
    entry = AuditEntry.objects.filter(action="certificates.corrected").get()
    assert (entry.by, entry.details["reason"]) == (registrar, "Her name was misspelt")


@pytest.mark.parametrize("name", ["=1+1", "<b>Thida</b>", "Thida 😀", "Тида", "丁达"])
def test_nothing_is_issued_or_superseded_by_a_name_that_cannot_be_printed(name, officer, registrar):
    old, wanting = issue_certificate(completed(officer), at=NOW), PersonFactory()
    for one in (officer, wanting):
        Person.objects.filter(pk=one.pk).update(name_latin=name)
        one.refresh_from_db()
    with pytest.raises(NameUnfit, match=re.escape(name)):
        correct(old, by=registrar, reason="r", at=NOW)
    assert life.status_of(Certificate.objects.get(), on=NOW.date()) == "valid"
    completed(wanting)
    assert issue_for([wanting], at=NOW) == []
    Person.objects.filter(pk=wanting.pk).update(name_latin="Daw Thida")
    wanting.refresh_from_db()
    assert len(issue_for([wanting], at=NOW)) == 1  # made up once the name is one


def test_there_is_nothing_to_correct_where_nothing_changed(officer, registrar):
    with pytest.raises(NothingToCorrect):
        correct(issue_certificate(completed(officer), at=NOW), by=registrar, reason="r", at=NOW)
    assert Certificate.objects.count() == 1


def test_what_was_corrected_or_revoked_is_not_corrected(officer, registrar):
    old = issue_certificate(completed(officer), at=NOW)
    officer.name_latin = "Another"
    officer.save()
    new = correct(old, by=registrar, reason="r", at=NOW)
    with pytest.raises(NotStanding):
        correct(old, by=registrar, reason="r", at=NOW)
    change_status(new, "revoked")
    with pytest.raises(NotStanding):
        correct(new, by=registrar, reason="r", at=NOW)


def test_a_title_that_was_mended_is_a_reason_to_correct(officer, registrar):
    old = issue_certificate(completed(officer), at=NOW)
    CoursePage.objects.filter(code="C1", locale__language_code="en").update(title="A mended title")
    forget()
    new = correct(old, by=registrar, reason="The title was misspelt", at=NOW)
    assert new.claim["course_title_en"] == "A mended title"


# --- By two ---------------------------------------------------------------------------------------------------------------


def test_revoking_takes_two_people_and_a_reason(officer, registrar):
    certificate, lead = issue_certificate(completed(officer), at=NOW), PersonFactory(lead=True)
    request = life.ask(certificate, "revoked", by=registrar, reason="Cheated", at=NOW)
    assert life.status_of(certificate, on=date(2026, 11, 25)) == "valid"
    with pytest.raises(SecondPersonDecides):
        life.decide(request, by=registrar, is_confirmed=True, at=NOW)
    with pytest.raises(RequestWaits):
        life.ask(certificate, "withdrawn", by=lead, reason="r", at=NOW)
    done = life.decide(request, by=lead, is_confirmed=True, at=NOW)
    event = done.event
    assert (event.kind, event.by, event.reason, event.request.asked_by) == ("revoked", lead, "Cheated", registrar)
    with pytest.raises(RequestDecided):
        life.decide(request, by=lead, is_confirmed=False, at=NOW)
    with pytest.raises(StatusStands):
        life.ask(Certificate.objects.get(), "revoked", by=lead, reason="r", at=NOW)


@pytest.mark.parametrize(
    ("kind", "said"), [("revoked", "revoked on"), ("withdrawn", "issued by mistake and withdrawn on")]
)
def test_neither_list_says_until_when_a_certificate_holds_that_was_taken_away(
    kind, said, officer, registrar, sign_in, client
):
    certificate = issue_certificate(completed(officer), at=NOW)
    client.cookies["lang"] = "en"
    places = ((officer, "/certificates/"), (registrar, reverse("certificate_office:certificates")))
    for one, place in places:
        assert "Valid until" in sign_in(one).get(place).content.decode()
    change_status(certificate, kind)
    for one, place in places:
        page = sign_in(one).get(place).content.decode()
        assert f"This certificate was {said}" in page
        assert "Valid until" not in page


def test_a_request_is_taken_back_by_who_asked_and_refused_by_another(officer, registrar):
    certificate, lead = issue_certificate(completed(officer), at=NOW), PersonFactory(lead=True)
    for decides in (registrar, lead):
        request = life.ask(certificate, "revoked", by=registrar, reason="r", at=NOW)
        assert life.decide(request, by=decides, is_confirmed=False, at=NOW).outcome == "refused"
    assert certificate.events.count() == 0


def test_nobody_asks_or_decides_about_their_own(registrar):
    certificate, lead = issue_certificate(completed(registrar), at=NOW), PersonFactory(lead=True)
    with pytest.raises(SecondPersonDecides):
        life.ask(certificate, "revoked", by=registrar, reason="r", at=NOW)
    request = life.ask(certificate, "revoked", by=lead, reason="r", at=NOW)
    with pytest.raises(SecondPersonDecides):
        life.decide(request, by=registrar, is_confirmed=True, at=NOW)


def test_the_database_itself_wants_two(officer, registrar):
    certificate = issue_certificate(completed(officer), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateRequest.objects.create(
            certificate=certificate, kind="revoked", reason="r", asked_by=registrar, asked_at=NOW, outcome="done",
            decided_by=registrar, decided_at=NOW,
        )  # fmt: skip


# --- Shared ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("with_name", "with_score"), [(False, False), (True, False), (False, True)])
def test_a_shared_link_shows_what_its_holder_chose(with_name, with_score, officer, client):
    certificate = issue_certificate(completed(officer), at=NOW)
    made = share(
        certificate,
        by=officer,
        at=timezone.now(),
        until=timezone.localdate(),
        with_name=with_name,
        with_score=with_score,
    )
    page = client.get(made.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert ("Daw Thida Lwin" in page) == with_name
    assert certificate.claim["course_title_en"] in page
    assert not any(told in page for told in (certificate.serial, certificate.code, officer.service_number))


def test_a_link_ends_with_its_day_or_before(officer, client):
    certificate = issue_certificate(completed(officer), at=NOW)
    past = share(certificate, by=officer, at=NOW, until=timezone.localdate() - timedelta(days=1))
    assert client.get(past.get_absolute_url()).status_code == 404
    assert client.get("/verify/shared/nothing/").status_code == 404


def test_what_no_longer_stands_is_not_shared(officer):
    certificate = issue_certificate(completed(officer), at=NOW)
    change_status(certificate, "revoked")
    with pytest.raises(NotStanding):
        share(Certificate.objects.get(), by=officer, at=NOW, until=date(2027, 1, 1))
