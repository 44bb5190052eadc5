"""What a trainer does: assigning a course, allowing one more attempt; and what the desk and the office count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Allowance, Attempt
from core.privacy import SMALLEST_CELL
from courses.models import Enrolment
from myanmar.digits import to_myanmar_digits
from people.cohorts import join
from people.models import Cohort, CohortMembership, Person
from tests.assessments import sitting
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory
from training.models import Assignment
from training.services import assign

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
SOON = TODAY + timedelta(days=20)


@pytest.fixture
def cohort(trainer) -> Cohort:
    """The trainer's group of two officers."""
    return CohortFactory(trainer=trainer, officers=2)


def give(client, cohort: Cohort, **data):
    """Send the form that assigns a course."""
    return client.post(f"/teach/cohorts/{cohort.public_id}/assign/", {"course": "C1", **data})


def dues(cohort: Cohort) -> list:
    """The due day of each place in the group."""
    return list(Enrolment.objects.filter(cohort=cohort).order_by("pk").values_list("due_on", flat=True))


# --- Assigning -------------------------------------------------------------------------------------------------------------


def test_everyone_who_learns_in_the_group_gets_the_course(cohort, trainer, sign_in):
    response = give(sign_in(trainer), cohort, due_on=SOON.isoformat(), message="  Begin with M01.  ")
    assert (response.status_code, response.headers["Location"]) == (302, f"/teach/cohorts/{cohort.public_id}/")
    learners = CohortMembership.objects.filter(cohort=cohort).learners().values_list("person", flat=True)
    assert set(Enrolment.objects.values_list("person", flat=True)) == set(learners)
    assert dues(cohort) == [SOON, SOON]
    given = Assignment.objects.get()
    assert (given.cohort, given.course_code, given.due_on, given.message, given.assigned_by) == (
        cohort, "C1", SOON, "Begin with M01.", trainer,
    )  # fmt: skip


def test_other_groups_get_nothing(cohort, trainer, sign_in):
    other = CohortFactory(trainer=trainer, officers=2)
    give(sign_in(trainer), cohort)
    assert dues(other) == []


@pytest.mark.parametrize("written", ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"])
@pytest.mark.parametrize("digits", [str, to_myanmar_digits])
def test_a_due_day_may_be_written_in_either_digits(written, digits, cohort, trainer, sign_in):
    give(sign_in(trainer), cohort, due_on=digits(SOON.strftime(written)))
    assert dues(cohort) == [SOON, SOON]


@pytest.mark.parametrize("due", ["31-02-2099", "tomorrow", "1-1-99"])
def test_what_is_no_date_is_refused_and_kept_in_the_form(due, cohort, trainer, sign_in):
    response = give(sign_in(trainer), cohort, due_on=due)
    assert (response.status_code, dues(cohort)) == (200, [])
    assert f'value="{due}"' in response.content.decode()
    assert set(response.context["form"].errors) == {"due_on"}


def test_a_day_that_is_over_is_refused(cohort, trainer, sign_in):
    response = give(sign_in(trainer), cohort, due_on=(TODAY - timedelta(days=1)).isoformat())
    assert (response.status_code, set(response.context["form"].errors), dues(cohort)) == (200, {"due_on"}, [])


def test_today_is_not_over(cohort, trainer, sign_in):
    give(sign_in(trainer), cohort, due_on=TODAY.isoformat())
    assert dues(cohort) == [TODAY, TODAY]


@pytest.mark.parametrize("code", ["", "X9"])
def test_a_course_that_is_not_there_is_refused(code, cohort, trainer, sign_in):
    response = give(sign_in(trainer), cohort, course=code)
    assert (response.status_code, set(response.context["form"].errors)) == (200, {"course"})


def test_giving_it_again_moves_the_due_day_and_keeps_the_progress(cohort, trainer, course, sign_in):
    client = sign_in(trainer)
    give(client, cohort, due_on=SOON.isoformat())
    begun = sitting.learn_all(Enrolment.objects.first())
    before = begun.completions.count()
    later = SOON + timedelta(days=10)
    give(client, cohort, due_on=later.isoformat())
    assert dues(cohort) == [later, later]
    assert (begun.completions.count(), before > 0) == (before, True)
    assert Assignment.objects.count() == 2


def test_who_completed_the_course_is_left_in_peace(cohort, trainer, sign_in):
    person = cohort.people.filter(memberships__part="learner").first()
    done = EnrolmentFactory(person=person, status=Enrolment.Status.COMPLETED, completed_at=NOW)
    give(sign_in(trainer), cohort, due_on=SOON.isoformat())
    done.refresh_from_db()
    assert (done.status, done.due_on) == ("completed", None)
    assert Enrolment.objects.filter(person=person).count() == 1


def test_who_had_left_the_group_gets_nothing(cohort, trainer, sign_in):
    member = cohort.memberships.filter(part="learner").first()
    CohortMembership.objects.filter(pk=member.pk).update(left_at=NOW)
    give(sign_in(trainer), cohort)
    assert not Enrolment.objects.filter(person=member.person).exists()


def test_who_joins_later_gets_what_was_assigned_with_the_newest_due_day(cohort, trainer, course):
    for due in (SOON, SOON + timedelta(days=5)):
        assign(cohort, course, by=trainer, due_on=due, message="", at=timezone.now())
    late = PersonFactory()
    join(cohort, [late], by=None, at=NOW)
    assert cohort.memberships.filter(person=late).learners().count() == 1
    assert list(Enrolment.objects.filter(person=late).values_list("cohort", "due_on")) == [
        (cohort.pk, SOON + timedelta(days=5))
    ]


def test_who_is_in_already_stays_as_they_are(cohort, trainer, course):
    assign(cohort, course, by=trainer, due_on=SOON, message="", at=NOW)
    people = list(Person.objects.filter(memberships__cohort=cohort, memberships__part="learner"))
    for _again in range(2):
        join(cohort, people, by=None, at=NOW)
    assert CohortMembership.objects.filter(cohort=cohort).learners().count() == 2
    assert dues(cohort) == [SOON, SOON]


@pytest.mark.parametrize("role", ["lead", "registrar"])
def test_the_office_assigns_nothing(role, cohort, sign_in):
    assert give(sign_in(PersonFactory(role=role)), cohort).status_code == 404
    assert dues(cohort) == []


def test_a_trainer_assigns_nothing_to_the_group_of_another(cohort, sign_in):
    assert give(sign_in(PersonFactory(trainer=True)), cohort).status_code == 404
    assert dues(cohort) == []


def test_an_officer_sees_the_course_with_its_due_day(cohort, trainer, course, sign_in):
    assign(cohort, course, by=trainer, due_on=TODAY - timedelta(days=1), message="", at=NOW)
    person = Enrolment.objects.filter(cohort=cohort).first().person
    rows = sign_in(person).get("/learn/").context["rows"]
    assert [(row["progress"].info.code, row["due"]) for row in rows] == [("C1", "overdue")]


def test_an_officer_reads_the_trainers_message_beside_the_course(cohort, trainer, course, sign_in):
    assign(cohort, course, by=trainer, due_on=SOON, message="Begin with M01, please.", at=NOW)
    client = sign_in(Enrolment.objects.filter(cohort=cohort).first().person)
    pages = [client.get(path).content.decode() for path in ("/learn/", f"/en/courses/{course.slug}/")]
    assert any("Begin with M01, please." in page for page in pages)


# --- One more attempt --------------------------------------------------------------------------------------------------------


@pytest.fixture
def failed(cohort, trainer, course) -> Enrolment:
    """An officer's place in the course whose two attempts both failed."""
    assign(cohort, course, by=trainer, due_on=None, message="", at=NOW)
    enrolment = sitting.learn_all(Enrolment.objects.filter(cohort=cohort).first())
    sitting.sit(enrolment, right=False)
    Attempt.objects.update(submitted_at=NOW - timedelta(hours=25))
    sitting.sit(enrolment, right=False)
    return enrolment


def start(client) -> str:
    """Try to begin the exam; where that leads."""
    return client.post(sitting.the_exam().get_absolute_url()).headers["Location"]


def allow(client, enrolment: Enrolment, reason: str = "We went through M03 together."):
    """Send the form that allows one more."""
    return client.post(f"/teach/enrolments/{enrolment.public_id}/allow/", {"reason": reason})


def test_without_it_the_exam_stays_closed(failed, sign_in):
    assert start(sign_in(failed.person)) == sitting.the_exam().get_absolute_url()
    assert Attempt.objects.filter(scope=failed.public_id).count() == 2


def test_allowed_by_the_trainer_the_officer_sits_it_once_more_at_once(failed, trainer, sign_in):
    response = allow(sign_in(trainer), failed)
    assert (response.status_code, response.headers["Location"]) == (302, f"/teach/cohorts/{failed.cohort.public_id}/")
    place = start(sign_in(failed.person))
    third = Attempt.objects.get(scope=failed.public_id, number=3)
    assert place == third.get_absolute_url()


def test_one_more_is_one_and_not_two(failed, trainer, sign_in):
    allow(sign_in(trainer), failed)
    sitting.sit(failed, right=False)
    assert start(sign_in(failed.person)) == sitting.the_exam().get_absolute_url()


def test_two_taps_on_one_form_allow_one_more_and_not_two(failed, trainer, sign_in):
    client = sign_in(trainer)
    for _tap in range(2):
        allow(client, failed)
    assert Allowance.objects.count() == 1


def test_who_allowed_it_and_why_is_kept(failed, trainer, sign_in):
    allow(sign_in(trainer), failed, "  They were   ill. ")
    kept = Allowance.objects.get()
    assert (kept.person, kept.granted_by, kept.scope) == (failed.person, trainer, failed.public_id)
    assert kept.reason.split() == ["They", "were", "ill."]


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_allowed(reason, failed, trainer, sign_in):
    assert allow(sign_in(trainer), failed, reason).status_code == 200
    assert not Allowance.objects.exists()


@pytest.mark.parametrize("role", ["trainer", "lead", "registrar"])
def test_nobody_but_the_groups_trainer_allows_it(role, failed, sign_in):
    assert allow(sign_in(PersonFactory(role=role)), failed).status_code == 404
    assert not Allowance.objects.exists()


def test_a_trainer_allows_nothing_to_themselves(trainer, course, sign_in):
    own = EnrolmentFactory(person=trainer, cohort=CohortFactory(officers=[trainer]))
    assert allow(sign_in(trainer), own).status_code == 404
    assert not Allowance.objects.exists()


# --- The desk ----------------------------------------------------------------------------------------------------------------


def test_the_desk_counts_each_group(trainer, course, sign_in):
    cohort = CohortFactory(trainer=trainer, officers=4)
    assign(cohort, course, by=trainer, due_on=SOON, message="", at=NOW)
    one, two, _three, _four = Enrolment.objects.filter(cohort=cohort)
    Enrolment.objects.filter(pk=one.pk).update(status="completed", completed_at=NOW, due_on=TODAY - timedelta(days=9))
    Enrolment.objects.filter(pk=two.pk).update(due_on=TODAY - timedelta(days=1))
    (row,) = sign_in(trainer).get("/teach/").context["rows"]
    assert (row.cohort, row.learners, row.completed, row.overdue) == (cohort, 4, 1, 1)
    assert [(info.code, due) for info, due in row.courses] == [("C1", SOON)]


def test_the_desk_shows_the_newest_due_day(cohort, trainer, course, sign_in):
    for days in (0, 3):
        assign(cohort, course, by=trainer, due_on=SOON + timedelta(days=days), message="", at=timezone.now())
    (row,) = sign_in(trainer).get("/teach/").context["rows"]
    assert [due for _info, due in row.courses] == [SOON + timedelta(days=3)]


def test_a_trainer_sees_the_groups_they_lead_now(trainer, sign_in):
    mine, left = CohortFactory(trainer=trainer), CohortFactory(trainer=trainer)
    left.memberships.update(left_at=NOW)
    CohortFactory(trainer=PersonFactory(trainer=True))
    CohortFactory(officers=[trainer])
    assert [row.cohort for row in sign_in(trainer).get("/teach/").context["rows"]] == [mine]


def test_a_trainer_without_a_group_is_told_who_makes_one(trainer, sign_in):
    body = sign_in(trainer).get("/teach/", headers={"accept-language": "en"}).content.decode()
    assert "You lead no group yet." in body


# --- The office --------------------------------------------------------------------------------------------------------------


def counts(client) -> list[tuple]:
    """Each agency's numbers, in the table's order: people, enrolled, completed."""
    rows = client.get("/office/").context["rows"]
    return [(row.people, row.enrolled, row.completed) for row in rows]


def test_the_office_counts_people_once_however_many_courses_they_have(sign_in):
    unit = UnitFactory(agency="police")
    people = PersonFactory.create_batch(SMALLEST_CELL, unit=unit)
    for person in people[:3]:
        EnrolmentFactory(person=person)
    for _twice in range(2):
        EnrolmentFactory(person=people[0], status=Enrolment.Status.COMPLETED, completed_at=NOW)
    assert counts(sign_in(PersonFactory(lead=True))) == [(1, 0, 0), (SMALLEST_CELL, 3, 1), (0, 0, 0)]


@pytest.mark.parametrize(("people", "shown"), [(SMALLEST_CELL - 1, (None, None)), (2 * SMALLEST_CELL, (5, 0))])
def test_of_a_small_agency_nothing_is_told_to_who_sees_no_names(people, shown, sign_in):
    unit = UnitFactory(agency="social_welfare")
    batch = PersonFactory.create_batch(people, unit=unit)
    for person in batch[:SMALLEST_CELL]:
        EnrolmentFactory(person=person, last_active_at=NOW)
    client = sign_in(PersonFactory(auditor=True, unit=None))
    row = client.get("/office/").context["rows"][2]
    assert (row.enrolled, row.completed) == shown
    assert (row.last_active_at is None) is (shown[0] is None)


def test_the_office_names_nobody(sign_in):
    people = PersonFactory.create_batch(6, unit=UnitFactory(agency="police"))
    body = sign_in(PersonFactory(lead=True)).get("/office/").content.decode()
    told = [p for p in people if p.service_number in body or p.name_my in body or p.name_latin in body]
    assert told == []


def test_who_may_no_longer_sign_in_is_not_counted(sign_in):
    people = PersonFactory.create_batch(SMALLEST_CELL + 1, unit=UnitFactory(agency="police"))
    Person.objects.filter(pk=people[0].pk).update(is_active=False)
    assert counts(sign_in(PersonFactory(lead=True)))[1][0] == SMALLEST_CELL
