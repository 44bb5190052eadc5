"""The right to teach: what has to be shown, who gives it, how it ends; and who may lead a session."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.ending import submit_attempt
from assessments.models import Quiz
from assessments.starting import start_attempt
from certificates.issuing import issue_due
from certificates.life import ask, decide, status_of
from certificates.models import Certificate, CertificateRequest, CertificateRule
from tests.assessments.sitting import answer, right_answers
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    PersonFactory,
    observation_of,
    plan_for,
    rubric_of,
    session_of,
)
from training.accrediting import granting
from training.accrediting.conditions import conditions, shown
from training.errors import ConditionsOpen, MayNotAccredit, NotAccredited, NotThere, OwnRight, SupportMissing
from training.models import Accreditation, AccreditationRule
from training.models.accreditations import Tier
from training.sessions.attendance import Tick, tick
from training.sessions.planning import plan_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def master():
    return PersonFactory(master=True)


@pytest.fixture
def learner():
    return PersonFactory(trainer=True)


@pytest.fixture
def session(master, learner):
    """A session that the master trainer led and the learner attended."""
    session = session_of(CohortFactory(trainer=master, officers=[learner]), master)
    attended(session, learner, by=master)
    return session


def attended(session, person, *, by):
    tick(session, [Tick(uuid4(), person.public_id, "present")], by=by, at=timezone.now())


def grant(session, person, tier, by):
    return granting.accredit(session, person, Tier(tier), by=by, at=timezone.now())


# --- Granting -------------------------------------------------------------------------------------------------------------


def test_a_master_trainer_accredits_who_attended_and_the_chain_is_kept(session, master, learner):
    made = grant(session, learner, "trainer", master)
    assert (made.session, made.granted_by, made.course_version) == (session, master, session.course_version)
    assert made.valid_until.year - timezone.localdate().year == 2


def test_nobody_else_accredits_and_nobody_themselves(session, master, learner):
    attended(session, PersonFactory(), by=master)
    with pytest.raises(MayNotAccredit):
        grant(session, learner, "trainer", PersonFactory(master=True))  # a master trainer of no course
    grant(session, learner, "trainer", master)
    with pytest.raises(MayNotAccredit):
        grant(session, master, "co", learner)
    with pytest.raises(MayNotAccredit):
        grant(session, master, "master", master)


def test_who_was_not_there_is_not_accredited(session, master):
    absent = PersonFactory()
    session.cohort.memberships.create(person=absent, joined_at=timezone.now())
    with pytest.raises(NotThere):
        grant(session, absent, "trainer", master)


def test_a_person_has_one_accreditation_for_a_course_and_the_earlier_ones_are_kept(session, master, learner):
    grant(session, learner, "co", master)
    grant(session, learner, "trainer", master)
    assert [(one.tier, one.ending) for one in learner.accreditations.order_by("granted_at")] == [
        ("co", "renewed"),
        ("trainer", ""),
    ]
    live = learner.accreditations.get(ended_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Accreditation.objects.create(
            person=learner, course_key=live.course_key, course_code="C1", course_version="1", tier="co", granted_by=master,
            granted_at=timezone.now(), valid_until=live.valid_until,
        )  # fmt: skip


def test_everything_that_a_tier_asks_for_has_to_be_shown(session, master, learner, course):
    rubric_of("Safety", "Plan", observers=1)
    rule = AccreditationRule.objects.create(
        course_key=course.key,
        course_code="C1",
        tier="trainer",
        least_percent=80,
        rubric_code="R9",
        observed=1,
        months=12,
    )

    def met() -> list[tuple[str, bool]]:
        found = conditions(rule, shown([learner], course.key)[learner.pk], codes={})
        return [(one.kind, one.is_met) for one in found]

    assert met() == [("course", False), ("exam", False), ("observed", False)]
    with pytest.raises(ConditionsOpen):
        grant(session, learner, "trainer", master)
    place = EnrolmentFactory(person=learner)
    attempt = start_attempt(course.exam, learner, scope=place.public_id, at=timezone.now())
    answer(attempt, right_answers(attempt))
    submit_attempt(attempt, at=timezone.now())
    place.status, place.completed_at = "completed", timezone.now()
    place.save()
    assert met() == [("course", True), ("exam", True), ("observed", False)]
    observation_of(session, learner, master)
    assert met() == [("course", True), ("exam", True), ("observed", True)]
    assert grant(session, learner, "trainer", master).valid_until.year == timezone.localdate().year + 1


def test_what_people_have_shown_costs_three_queries(course, django_assert_num_queries):
    people = PersonFactory.create_batch(4)
    for person in people:
        EnrolmentFactory(person=person)
    with django_assert_num_queries(3):
        shown(people, course.key)


# --- Leading --------------------------------------------------------------------------------------------------------------


def lead(person, **values):
    return plan_session(CohortFactory(trainer=person, officers=1), plan_for(**values), lead=person)


def test_only_who_is_accredited_leads_a_session_and_first_ones_need_support(session, master, learner):
    with pytest.raises(NotAccredited):
        lead(learner)
    grant(session, learner, "trainer", master)
    with pytest.raises(SupportMissing):
        lead(learner)
    with pytest.raises(SupportMissing):
        lead(learner, co_trainers=[PersonFactory(trainer=True)])  # somebody who may not teach it either
    for _time in range(2):
        first = lead(learner, observers=[master])
        attended(first, first.cohort.people.exclude(pk=learner.pk).get(), by=learner)
    lead(learner)


def test_a_trainee_always_needs_a_trainer_and_a_co_trainer_never_leads(session, master, learner, course):
    AccreditationRule.objects.create(course_key=course.key, course_code="C1", tier="trainee", supported=0)
    EnrolmentFactory(person=learner, status="completed", completed_at=timezone.now())
    grant(session, learner, "trainee", master)
    with pytest.raises(SupportMissing):
        lead(learner)
    lead(learner, co_trainers=[master])
    grant(session, learner, "co", master)
    with pytest.raises(NotAccredited):
        lead(learner, co_trainers=[master])


@pytest.mark.parametrize("ended", ["withdrawn", "expired"])
def test_who_lost_it_leads_no_session(ended, session, master, learner):
    made = grant(session, learner, "trainer", master)
    if ended == "withdrawn":
        granting.withdraw(made, by=master, reason="Humiliated a trainee", at=timezone.now())
    else:
        Accreditation.objects.filter(pk=made.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAccredited):
        lead(learner, co_trainers=[master])


# --- The pages ------------------------------------------------------------------------------------------------------------


def test_a_master_trainer_sees_what_each_has_shown_and_grants(sign_in, session, master, learner, client):
    client.cookies["lang"] = "en"
    desk = sign_in(master)
    assert (
        f"/teach/sessions/{session.public_id}/accredit/"
        in desk.get(f"/teach/sessions/{session.public_id}/").content.decode()
    )
    page = desk.get(f"/teach/sessions/{session.public_id}/accredit/").content.decode()
    assert learner.service_number in page
    desk.post(f"/teach/sessions/{session.public_id}/accredit/", {"person": str(learner.public_id), "tier": "trainer"})
    assert learner.accreditations.get().tier == "trainer"
    own = sign_in(learner)
    assert own.get(f"/teach/sessions/{session.public_id}/accredit/").status_code == 404
    assert "What you may teach" not in own.get("/teach/sessions/").content.decode()  # who leads no group plans nothing


def test_the_lead_names_the_master_group_says_what_a_tier_asks_and_withdraws(sign_in, learner, client, course):
    client.cookies["lang"] = "en"
    office = sign_in(PersonFactory(lead=True))
    page = office.post(
        "/office/accreditations/masters/", {"course": "C1", "people": PersonFactory().service_number, "reason": "x"}
    )
    assert "Nobody was named" in page.content.decode()
    office.post(
        "/office/accreditations/masters/",
        {"course": "C1", "people": learner.service_number, "reason": "The first course"},
    )
    one = learner.accreditations.get()
    assert (one.tier, one.session) == ("master", None)
    rule = {"course": "C1", "tier": "trainer", "least_percent": "၈၀", "observed": "1", "months": "12", "supported": "2"}
    assert "Say by which rubric." in office.post("/office/accreditations/rule/", rule).content.decode()
    office.post("/office/accreditations/rule/", rule | {"observed": "0"})
    stored = AccreditationRule.objects.get()
    assert (stored.least_percent, stored.months) == (80, 12)
    assert 'value="80"' in office.get("/office/accreditations/rule/?course=C1&tier=trainer").content.decode()
    assert (
        learner.name_latin in office.get("/office/accreditations/").content.decode()
        or learner.name_my in office.get("/office/accreditations/").content.decode()
    )
    office.post(f"/office/accreditations/{one.public_id}/withdraw/", {"reason": "Left the service"})
    one.refresh_from_db()
    assert (one.ending, one.reason) == ("withdrawn", "Left the service")


def test_an_accreditation_earns_its_certificate(session, master, learner, course):
    CertificateRule.objects.create(code="C1-T", kind="accreditation", course_key=course.key, is_live=True)
    granted = grant(session, learner, "trainer", master)
    for _time in range(2):
        issue_due(at=timezone.now())
    one = Certificate.objects.get(rule__code="C1-T", person=learner)
    assert (one.claim["kind"], one.claim["trainers"], one.claim["place"]) == (
        "accreditation",
        [master.name_my],
        "Room 2",
    )
    assert one.valid_until == granted.valid_until


@pytest.fixture
def certified(session, master, learner, course):
    """A trainer whose right to teach is certified."""
    CertificateRule.objects.create(code="C1-T", kind="accreditation", course_key=course.key, is_live=True)
    made = grant(session, learner, "trainer", master)
    issue_due(at=timezone.now())
    return made


def requests_of(person) -> list[tuple[str, str, str]]:
    asked = CertificateRequest.objects.filter(certificate__person=person).order_by("pk")
    return [(one.kind, one.outcome, one.reason) for one in asked]


def test_withdrawing_asks_that_the_certificate_be_revoked_and_a_second_person_confirms(certified, learner):
    lead, other = PersonFactory(lead=True), PersonFactory(lead=True)
    for _time in range(2):
        granting.withdraw(certified, by=lead, reason="Humiliated a trainee", at=timezone.now())
    assert requests_of(learner) == [("revoked", "waiting", "Humiliated a trainee")]
    asked = CertificateRequest.objects.get()
    assert status_of(asked.certificate, on=timezone.localdate()) == "valid"
    decide(asked, by=other, is_confirmed=True, at=timezone.now())
    certificate = Certificate.objects.get(rule__code="C1-T", person=learner)
    assert status_of(certificate, on=timezone.localdate()) == "revoked"
    issue_due(at=timezone.now())
    assert Certificate.objects.filter(rule__code="C1-T", person=learner).count() == 1


def test_a_renewal_revokes_nothing_and_a_withdrawal_after_it_reaches_both_certificates(
    certified, session, master, learner
):
    renewed = grant(session, learner, "trainer", master)
    issue_due(at=timezone.now())
    assert requests_of(learner) == []
    granting.withdraw(renewed, by=master, reason="Left the service", at=timezone.now())
    assert requests_of(learner) == [("revoked", "waiting", "Left the service")] * 2


def test_a_certificate_that_ended_needs_no_revocation_and_one_asked_before_waits_on(certified, learner, master):
    certificate = Certificate.objects.get(rule__code="C1-T", person=learner)
    later = timezone.make_aware(datetime.combine(certificate.valid_until + timedelta(days=1), time(9)))
    assert granting.withdraw(certified, by=master, reason="Left the service", at=later) == []
    Accreditation.objects.filter(pk=certified.pk).update(ended_at=None, ended_by=None, ending="", reason="")
    ask(certificate, "withdrawn", by=master, reason="A mistake", at=timezone.now())
    assert granting.withdraw(certified, by=master, reason="Left the service", at=timezone.now()) == [certificate]
    assert requests_of(learner) == [("withdrawn", "waiting", "A mistake")]


def test_the_page_of_a_withdrawal_names_the_certificate_and_leads_to_the_request(certified, sign_in, learner, client):
    client.cookies["lang"] = "en"
    office = sign_in(PersonFactory(lead=True))
    path = f"/office/accreditations/{certified.public_id}/withdraw/"
    certificate = Certificate.objects.get(rule__code="C1-T", person=learner)
    assert (
        f'href="/office/certificates/{certificate.public_id}/">{certificate.serial}</a>'
        in office.get(path).content.decode()
    )
    answer = office.post(path, {"reason": "Left the service"})
    assert answer.url == "/office/certificates/requests/"
    page = office.get(answer.url).content.decode()
    assert "That the certificate be revoked is asked for" in page
    assert certificate.serial in page


def test_nobody_withdraws_their_own_right_where_a_certificate_says_it(certified, learner):
    with pytest.raises(OwnRight):
        granting.withdraw(certified, by=learner, reason="Enough", at=timezone.now())
    certified.refresh_from_db()
    assert certified.ended_at is None


def test_planning_without_the_right_says_what_to_do_and_keeps_what_was_typed(sign_in, learner, client):
    client.cookies["lang"] = "en"
    cohort = CohortFactory(trainer=learner)
    sent = {
        "course": "C1",
        "day": f"{timezone.localdate() + timedelta(days=30):%d-%m-%Y}",
        "begins": "09:00",
        "ends": "12:00",
        "place": "The hall",
    }
    page = sign_in(learner).post(f"/teach/cohorts/{cohort.public_id}/sessions/new/", sent).content.decode()
    assert "You are not accredited to teach C1" in page
    assert "The hall" in page
    assert Quiz.objects.exists()
