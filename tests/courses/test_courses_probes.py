"""Short tests 30, 90 and 180 days after a course."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from assessments.ending import submit_attempt
from assessments.models import Attempt, GradeRecord, Item, ItemVersion, Quiz
from courses import probes
from courses.models import Completion, Enrolment
from tests.assessments import sitting
from tests.courses.practising import complete, text_of
from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
COMPLETED = datetime(2026, 11, 24, 4, tzinfo=UTC)


@pytest.fixture
def done(enrolment):
    """The course complete just now."""
    return complete(sitting.learn_all(enrolment))


def quiz():
    """The probe of C1."""
    return Quiz.objects.get(code="C1-PROBE")


def completed_days_ago(enrolment, days):
    """As if the course had been completed so long ago."""
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=timezone.now() - days * DAY)
    enrolment.refresh_from_db()


def offered(client):
    """Where the desk and the practice page lead to a probe."""
    return [quiz().get_absolute_url() in text_of(client.get(place)) for place in ("/learn/", "/practice/")]


def take(client, *, right=True):
    """Begin the probe that is open, answer it and hand it in."""
    attempt = Attempt.objects.get(public_id=client.post(quiz().get_absolute_url()).headers["Location"].split("/")[2])
    sitting.answer(attempt, sitting.right_answers(attempt) if right else sitting.wrong_answers(attempt))
    return submit_attempt(attempt, at=timezone.now())


@pytest.mark.parametrize(
    ("days", "reached"),
    [(0, None), (29, None), (30, 30), (89, 30), (90, 90), (179, 90), (180, 180), (2000, 180)],
)
def test_a_probe_opens_on_its_day_and_the_next_takes_its_place(days, reached):
    assert probes.days_reached(COMPLETED, at=COMPLETED + days * DAY) == reached
    assert probes.days_reached(COMPLETED, at=COMPLETED + (days + 1) * DAY - timedelta(seconds=1)) == reached


def test_before_thirty_days_nothing_is_offered_and_nothing_can_be_begun(officer, done):
    completed_days_ago(done, 29)
    assert offered(officer) == [False, False]
    page = text_of(officer.get(quiz().get_absolute_url()))
    assert "This short test is not open now. It opens 30, 90 and 180 days after you completed the course" in page
    officer.post(quiz().get_absolute_url())
    assert Attempt.objects.filter(quiz=quiz()).count() == 0


@pytest.mark.parametrize("days", probes.DAYS)
def test_each_probe_is_offered_taken_once_and_its_result_kept(days, officer, done):
    completed_days_ago(done, days)
    assert offered(officer) == [True, True]
    attempt = take(officer)
    assert offered(officer) == [False, False]
    officer.post(quiz().get_absolute_url())
    assert list(Attempt.objects.filter(quiz=quiz()).values_list("scope", "status")) == [
        (probes.scope(done, days), "submitted")
    ]
    page = text_of(officer.get(attempt.get_absolute_url()))
    assert ("100 %" in page, "Try again" in page, "Final exam" in page) == (True, False, False)


def test_three_probes_are_three_results(officer, done):
    for days, right in ((30, True), (90, False), (180, True)):
        completed_days_ago(done, days)
        take(officer, right=right)
    grades = GradeRecord.objects.filter(attempt__quiz=quiz()).order_by("graded_at")
    assert [grade.percent for grade in grades] == [100, 0, 100]


def test_a_probe_that_was_begun_can_be_gone_on_with(officer, done):
    completed_days_ago(done, 30)
    first, again = (officer.post(quiz().get_absolute_url()).headers["Location"] for _tap in range(2))
    assert first == again
    assert "Begun" in text_of(officer.get("/practice/"))


def test_a_probe_asks_one_item_on_each_objective_that_was_never_met(officer, done):
    completed_days_ago(done, 30)
    met = {version.item_key for attempt in Attempt.objects.all() for version in sitting.versions_of(attempt)}
    asked = sitting.versions_of(take(officer))
    assert [version.objective for version in asked] == ["M01.O1", "M03.O1"]
    assert [version.code for version in asked if version.item_key in met] == []


def test_where_everything_was_met_a_probe_asks_again(officer, done):
    completed_days_ago(done, 30)
    keep = {version.code for attempt in Attempt.objects.all() for version in sitting.versions_of(attempt)}
    Item.objects.exclude(code__in=keep).update(live=False)
    assert len(sitting.versions_of(take(officer))) == 2


def test_a_probe_blocks_and_changes_nothing_of_the_course(officer, done):
    completed_days_ago(done, 30)
    before = list(Completion.objects.values_list("requirement", "key"))
    take(officer, right=False)
    done.refresh_from_db()
    assert (list(Completion.objects.values_list("requirement", "key")), done.status) == (before, "completed")


def test_while_the_course_is_taken_again_its_probes_are_closed(officer, done):
    completed_days_ago(done, 30)
    EnrolmentFactory(person=done.person)
    assert offered(officer) == [False, False]
    officer.post(quiz().get_absolute_url())
    assert Attempt.objects.filter(quiz=quiz()).count() == 0


def test_a_probe_is_not_there_for_who_did_not_complete_the_course(client, done):
    completed_days_ago(done, 30)
    client.force_login(EnrolmentFactory().person)
    assert client.get(quiz().get_absolute_url()).status_code == 404


def test_an_open_probe_gives_nothing_away(officer, done):
    from tests.assessments.test_assessments_secrets import assert_silent

    completed_days_ago(done, 30)
    place = officer.post(quiz().get_absolute_url()).headers["Location"]
    for one in (place, quiz().get_absolute_url(), "/practice/", "/learn/"):
        assert_silent(text_of(officer.get(one)), one)


def test_completing_the_course_keeps_one_probe_quiz_that_follows_the_exam(done):
    exam = sitting.the_exam()
    exam.sections.filter(objective="M03.O1").delete()
    complete(sitting.learn_all(EnrolmentFactory()))
    assert list(quiz().sections.values_list("objective", "count")) == [("M01.O1", 1)]
    assert ItemVersion.objects.filter(objective="M03.O1").exists()
