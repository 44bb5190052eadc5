"""A test of specimens: two forms that are alike, asked one after the other, and nothing told before the end."""

from collections import Counter
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from assessments.ending import submit_attempt
from assessments.examination import reports, showing
from assessments.examination.exams import parallel
from assessments.models import ItemVersion, Quiz
from assessments.recording import Sent, record_steps
from assessments.starting import start_attempt
from specimens.anomalies import CATALOGUE
from specimens.recipe import Recipe
from tests.assessments import sitting
from tests.factories import EnrolmentFactory


def test_both_forms_are_alike_and_no_specimen_is_in_both():
    forms = parallel(7, 40)
    tallies = {
        form: Counter((one.faults[0].kind, one.faults[0].severity) for one in recipes if one.faults)
        for form, recipes in forms.items()
    }
    assert tallies["A"] == tallies["B"]
    assert [bool(one.faults) for one in forms["A"]] == [bool(one.faults) for one in forms["B"]]
    assert sum(bool(one.faults) for one in forms["A"]) == 20
    assert not {one.seed for one in forms["A"]} & {one.seed for one in forms["B"]}
    assert parallel(7, 40) == forms


@pytest.mark.django_db
def test_a_test_is_made_once_sat_without_truth_and_reported_with_its_figures(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("specimen_exam", "C1", "--objective", "M01.O1", "--size", "24")
        call_command("specimen_exam", "C1", "--objective", "M01.O1", "--size", "24")
    quiz = Quiz.objects.get(code="C1-DOCUMENTS")
    assert [len(section.items) for section in quiz.sections.all()] == [24, 24]
    enrolment = sitting.learn_all(EnrolmentFactory())
    attempt = start_attempt(quiz, enrolment.person, scope=enrolment.public_id, at=timezone.now())
    versions = {str(one.pk): one for one in ItemVersion.objects.filter(kind="specimen")}
    client.force_login(enrolment.person)
    html = client.get(reverse("assessments:attempt", args=[attempt.public_id])).content.decode()
    assert html.count("<specimen-examiner") == 1  # one after the other
    for version in versions.values():
        for kind, _severity in version.key["recipe"]["faults"]:
            assert CATALOGUE[kind].explanation.en not in html
            assert CATALOGUE[kind].explanation.my not in html
        assert str(version.key["recipe"]["seed"]) not in html
    given = {}
    for place, item in enumerate(attempt.paper["items"]):
        truth = showing.specimen(Recipe.of(versions[item["version"]].key["recipe"])).truth
        found = truth.anomalies
        given[place] = ["answer:6", f"family:{found[0].group}", sorted(found[0].where)[0]] if found else ["answer:1"]
    for place, values in given.items():
        sent = [
            Sent(uuid4(), kind, place, value, "a", 2 * place + step, 2 * place + step)
            for step, (kind, value) in enumerate([("answer", values), ("next", [])])
        ]
        assert [one.verdict for one in record_steps(attempt, sent, at=timezone.now())] == ["accepted"] * 2
    done = submit_attempt(attempt, at=timezone.now())
    grade = done.grades.get()
    assert (grade.score, grade.max_score, grade.passed) == (24, 24, True)
    figures = reports.of_attempt(done, grade)
    assert (figures["result"].hits, figures["result"].false_alarms, figures["result"].localised) == (12, 0, 12)
    page = client.get(reverse("assessments:attempt", args=[attempt.public_id])).content.decode()
    assert "d′" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments", [["C77", "--objective", "M01.O1"], ["C1", "--objective", "M01.O1", "--size", "3"]]
)
def test_a_test_that_cannot_be_made_says_so(arguments):
    with pytest.raises(CommandError, match="Nothing was made"):
        call_command("specimen_exam", *arguments)
