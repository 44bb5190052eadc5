"""What acts cost: statements to save answers and to verify after a history, and that pages come compressed."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.models import Certificate
from courses.models import Enrolment
from tests.assessments import sitting
from tests.certificates.claims import change_status, claim_for
from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db


def test_saving_four_answers_takes_as_many_statements_as_saving_one(sign_in):
    enrolment = sitting.learn_all(EnrolmentFactory())
    client, attempt = sign_in(enrolment.person), sitting.begin(enrolment)
    right = sitting.right_answers(attempt)
    taken = []
    for number, places in enumerate([[0], [0, 1, 2, 3]], start=1):
        sent = [sitting.step(place, right[place], client_seq=number * 10 + place, base_seq=1) for place in places]
        with CaptureQueriesContext(connection) as asked:
            response = sitting.send(client, attempt, *sent)
        assert set(sitting.verdicts(response)) == {"accepted"}
        taken.append(len(asked))
    assert taken[1] == taken[0]
    # session, viewer, attempt with quiz; savepoint, steps, count, insert, release
    assert taken[0] <= 8


@pytest.mark.parametrize("is_right", [False, True])
def test_beginning_and_handing_in_take_no_more_statements_than_their_budget(is_right, sign_in):
    enrolment = sitting.learn_all(EnrolmentFactory())
    client, quiz = sign_in(enrolment.person), sitting.the_exam()
    client.get(quiz.get_absolute_url())
    with CaptureQueriesContext(connection) as begun:
        path = client.post(quiz.get_absolute_url()).headers["Location"]
    attempt = quiz.attempts.get()
    if is_right:
        sitting.answer(attempt, sitting.right_answers(attempt))
    with CaptureQueriesContext(connection) as ended:
        client.post(f"{path}submit/")
    assert len(begun) <= 20
    assert len(ended) <= (45 if is_right else 12)


def test_verifying_takes_as_many_statements_after_six_events_as_before_any(client):
    done = EnrolmentFactory(status=Enrolment.Status.COMPLETED, completed_at=timezone.now())
    certificate = Certificate.objects.create(**claim_for(done))
    taken = []
    for kinds in ([], ["revoked", "reinstated"] * 3):
        for kind in kinds:
            change_status(certificate, kind)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(certificate.get_absolute_url()).status_code == 200
        taken.append(len(asked))
    assert taken[1] == taken[0]
    assert taken[0] <= 3


def test_a_page_comes_compressed(sign_in):
    response = sign_in(EnrolmentFactory().person).get("/learn/", headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < len(gzip.decompress(response.content)) / 2
