"""An exam as it is held for a cohort: the room, its code, tickets, exceptions."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.ending import submit_attempt
from assessments.models import Allowance, ExamRoom, ExamTicket, Quiz
from assessments.recording import take_over
from courses.catalogue import catalogue
from tests.assessments import sitting
from tests.assessments.sitting import the_exam
from tests.factories import CohortFactory, PersonFactory
from training.services import assign

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(trainer):
    """Four learners to whom C1 is assigned."""
    cohort = CohortFactory(trainer=trainer, officers=4)
    assign(cohort, catalogue("en").by_code["C1"], by=trainer, due_on=None, message="", at=timezone.now())
    return cohort


def place(cohort, more=""):
    """The room of the exam."""
    return f"/teach/cohorts/{cohort.public_id}/exams/{the_exam().public_id}/{more}"


def rule(**values):
    """The exam with other rules."""
    Quiz.objects.filter(pk=the_exam().pk).update(**values)


def rows(client, cohort):
    """The room's table as text, by service number."""
    page = client.get(place(cohort)).content.decode()
    found = {}
    for row in re.findall(r"<tr>\s*<th scope=.row.*?</tr>", page, re.DOTALL):
        number = re.search(r'class="code">([^<]+)<', row)[1]
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row.partition("</th>")[2])).strip()
        found[number] = text.removesuffix("Allow an exception").strip()
    return found


def test_the_room_says_who_began_how_far_they_are_and_who_handed_in(desk, cohort):
    people = list(cohort.people.filter(memberships__part="learner").order_by("pk"))
    sittings = [sitting.learn_all(person.enrolments.get()) for person in people]
    half, done, moved = (sitting.begin(one) for one in sittings[:3])
    sitting.answer(half, dict(list(sitting.right_answers(half).items())[:2]))
    sitting.answer(done, sitting.right_answers(done))
    submit_attempt(done, at=timezone.now())
    take_over(moved, "another", at=timezone.now())
    shown = [rows(desk, cohort)[person.service_number] for person in people]
    assert re.fullmatch(r"Attempt 1 is open 2/4 (29|30)", shown[0])
    assert re.fullmatch(r"100 % Attempt 1, .* 4/4 –", shown[1])
    assert re.fullmatch(r"Attempt 1 is open taken over 1 time 0/4 (29|30)", shown[2])
    assert shown[3] == "Not begun – –"


@pytest.mark.parametrize("officers", [1, 6])
def test_the_room_costs_the_same_for_any_number_of_officers(officers, trainer, sign_in, django_assert_num_queries):
    cohort = CohortFactory(trainer=trainer, officers=officers)
    assign(cohort, catalogue("en").by_code["C1"], by=trainer, due_on=None, message="", at=timezone.now())
    for enrolment in cohort.enrolments.all():
        sitting.answer(attempt := sitting.begin(enrolment), sitting.right_answers(attempt))
    client = sign_in(trainer)
    client.get(place(cohort))
    # session, person, roles; cohort; quiz, sections; content, assignments; may hold; count, people; enrolments,
    # attempts, steps, grades, allowances; room
    with django_assert_num_queries(17):
        client.get(place(cohort))


def test_a_trainer_opens_the_room_sees_its_code_and_closes_it(desk, cohort):
    rule(entry="room")
    assert "The room is closed: nobody can begin." in desk.get(place(cohort)).content.decode()
    desk.post(place(cohort), {"action": "open"})
    assert ExamRoom.objects.get().code in desk.get(place(cohort)).content.decode()
    desk.post(place(cohort), {"action": "close"})
    assert ExamRoom.objects.get().closed_at is not None


def test_who_only_looks_sees_no_code_and_opens_nothing(desk, cohort, sign_in):
    rule(entry="room")
    desk.post(place(cohort), {"action": "open"})
    lead = sign_in(PersonFactory(lead=True))
    assert ExamRoom.objects.get().code not in lead.get(place(cohort)).content.decode()
    assert lead.post(place(cohort), {"action": "close"}).status_code == 404
    assert ExamRoom.objects.get().closed_at is None


def test_an_exam_of_a_course_that_is_not_assigned_has_no_room(trainer, desk):
    assert desk.get(place(CohortFactory(trainer=trainer, officers=1))).status_code == 404


def written(moment):
    """As the form takes a date with its time, in Burmese digits."""
    text = f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
    return text.translate(str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉"))


def test_tickets_are_shown_once_for_each_learner_and_blank_ones(desk, cohort):
    rule(entry="ticket")
    now = timezone.now()
    times = {"valid_from": written(now), "valid_until": written(now + timedelta(hours=3))}
    response = desk.post(place(cohort, "tickets/"), {"named": "on", "blank": "၂", **times})
    assert len(re.findall(r'class="score" lang="en">[0-9A-Z]{5} [0-9A-Z]{5}<', response.content.decode())) == 6
    assert response.headers["Cache-Control"] == "no-store"
    assert ExamTicket.objects.filter(person=None).count() == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"blank": "0"}, "Say for whom"),
        ({"blank": "1", "valid_until": "2020-01-01 10:00"}, "The end has to come after the beginning"),
        ({"blank": "51"}, "50"),
    ],
)
def test_tickets_for_nobody_or_for_the_past_are_not_made(data, said, desk, cohort):
    rule(entry="ticket")
    times = {"valid_from": "2020-01-01 09:00", "valid_until": "2100-01-01 09:00"}
    assert said in desk.post(place(cohort, "tickets/"), times | data).content.decode()
    assert not ExamTicket.objects.exists()


def test_an_exam_that_asks_for_no_ticket_has_none(desk, cohort):
    assert desk.get(place(cohort, "tickets/")).status_code == 404


def exception(cohort):
    """Where an exception for one learner is given, and their enrolment."""
    enrolment = cohort.enrolments.order_by("pk").first()
    return f"/teach/enrolments/{enrolment.public_id}/exams/{the_exam().public_id}/", enrolment


NOTHING = {"attempts": "0", "minutes": "0", "percent": "0", "closes_at": ""}


def test_an_exception_is_kept_with_who_and_why_and_shown_in_the_room(desk, cohort, trainer):
    url, enrolment = exception(cohort)
    response = desk.post(url, NOTHING | {"minutes": "၁၅", "reason": "The power failed"})
    kept = Allowance.objects.get()
    assert response.headers["Location"] == place(cohort)
    assert (kept.minutes, kept.scope, kept.granted_by) == (15, enrolment.public_id, trainer)
    assert "15 minutes more · The power failed" in rows(desk, cohort)[enrolment.person.service_number]


@pytest.mark.parametrize(
    ("data", "said"),
    [({"reason": "x"}, "Say what is allowed"), ({"minutes": "5", "reason": ""}, "This field is required.")],
)
def test_an_exception_that_allows_nothing_or_has_no_reason_is_not_given(data, said, desk, cohort):
    url, _enrolment = exception(cohort)
    assert said in desk.post(url, NOTHING | data).content.decode()
    assert not Allowance.objects.exists()


def test_the_trainer_of_another_cohort_allows_nothing(cohort, sign_in):
    other = PersonFactory(trainer=True)
    CohortFactory(trainer=other, officers=1)
    url, _enrolment = exception(cohort)
    assert sign_in(other).post(url, NOTHING | {"minutes": "5", "reason": "x"}).status_code == 404
    assert not Allowance.objects.exists()
