"""What gives an answer away, and when it may be shown."""

import re

import pytest
from django.utils import timezone

from assessments.models import ItemVersion
from assessments.services import submit_attempt
from tests.assessments import sitting
from tests.assessments.sitting import begin, right_answers, sit
from tests.assessments.test_assessments_sitting import exam_url, text_of, wait_out_the_pause

LANGUAGES = ["my", "en"]
COURSE = "courses/c1/"


def tell_tales():
    """Every text of the bank that says what is right or why, in all languages."""
    found = set()
    for version in ItemVersion.objects.all():
        for texts in version.texts.values():
            found |= {texts["feedback"], *texts["rationales"].values()}
    assert len(found) > 60
    return found


def assert_silent(body, place):
    """Nothing on a page or in a JSON body gives an answer away."""
    assert not [text for text in tell_tales() if text in body], place
    assert re.findall(r"correct|rationale|is_right|\bscore\b", body, re.IGNORECASE) == [], place


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_gives_anything_away_while_an_attempt_is_open(language, officer, whole):
    officer.cookies["lang"] = language
    right = right_answers(whole)
    saved = sitting.send(officer, whole, *[sitting.step(place, value) for place, value in right.items()])
    assert_silent(saved.content.decode(), "steps")
    assert [sorted(one) for one in saved.json()["steps"]] == [["id", "seq", "verdict"]] * 8
    places = [
        "/learn/",
        exam_url(),
        f"/attempt/{whole.public_id}/",
        f"/attempt/{whole.public_id}/submit/",
        f"/{language}/{COURSE}",
        f"/{language}/{COURSE}m01/",
        f"/{language}/{COURSE}m03/",
        f"/{language}/{COURSE}m01/one/",
        f"/{language}/{COURSE}m01/two/",
        f"/{language}/{COURSE}m03/one/",
        "/certificates/",
    ]
    for place in places:
        response = officer.get(place)
        assert response.status_code == 200, place
        assert_silent(response.content.decode(), place)


def test_right_and_wrong_answers_look_the_same_while_an_attempt_is_open(officer, attempt):
    """The page after saving right answers differs from that after wrong ones in what is chosen, and in nothing else."""

    def shape(answers):
        sitting.answer(attempt, answers)
        page = text_of(officer.get(f"/attempt/{attempt.public_id}/"))
        page = re.sub(r' checked|value="[^"]*"|data-head="\d+"|data-seconds-left="\d+"|>\d+ min', "", page)
        return re.sub(r"\s+", " ", page)

    assert shape(right_answers(attempt)) == shape(sitting.wrong_answers(attempt))


def test_the_page_that_saves_says_nothing_of_right_or_wrong(officer, attempt):
    for place, value in right_answers(attempt).items():
        sitting.send(officer, attempt, sitting.step(place, value))
    page = text_of(officer.post(f"/attempt/{attempt.public_id}/", {"action": "save"}, follow=True))
    assert_silent(page, "save")


def given_away(officer, attempt):
    """The reasons on the result's page, and how many options of the paper have one."""
    page = text_of(officer.get(f"/attempt/{attempt.public_id}/"))
    asked = [version.texts["en"]["rationales"].values() for version in sitting.versions_of(attempt)]
    wanted = [text for texts in asked for text in texts]
    return sum(text in page for text in wanted), len(wanted)


def test_after_failing_with_attempts_left_only_the_score_is_shown(officer, enrolment):
    attempt = sit(enrolment, right=False)
    page = text_of(officer.get(f"/attempt/{attempt.public_id}/"))
    assert not [text for text in tell_tales() if text in page]
    assert "Right answer" not in page
    assert "0 %" in page
    assert "The answers are shown when you have passed or have no attempt left" in page


def test_after_passing_every_reason_is_shown(officer, enrolment):
    found, wanted = given_away(officer, sit(enrolment, right=True))
    assert found == wanted > 0


def test_with_no_attempt_left_every_reason_is_shown(officer, enrolment):
    first = sit(enrolment, right=False)
    wait_out_the_pause()
    second = sit(enrolment, right=False)
    for attempt in (first, second):
        found, wanted = given_away(officer, attempt)
        assert found == wanted > 0


def test_while_the_last_attempt_is_open_an_earlier_one_gives_nothing_away(officer, enrolment):
    first = sit(enrolment, right=False)
    wait_out_the_pause()
    last = begin(enrolment)
    assert (last.number, given_away(officer, first)[0]) == (2, 0)


def test_after_passing_the_failed_attempt_is_shown_too(officer, enrolment):
    first = sit(enrolment, right=False)
    wait_out_the_pause()
    sit(enrolment, right=True)
    found, wanted = given_away(officer, first)
    assert found == wanted > 0


def test_an_extra_attempt_hides_the_answers_again(officer, enrolment):
    from assessments.services import allow_attempt
    from tests.factories import PersonFactory

    for _try in range(2):
        last = sit(enrolment, right=False)
        wait_out_the_pause()
    allow_attempt(
        sitting.the_exam(), enrolment.person, scope=enrolment.public_id, by=PersonFactory(trainer=True), reason="talk"
    )
    assert given_away(officer, last)[0] == 0


def test_the_result_is_by_objective_rounded_down(officer, whole):
    answers = right_answers(whole)
    place = next(n for n in answers if n < 4 and len(answers[n]) == 2)
    answers[place] = answers[place][:1]  # half a point less of M01.O1: 3.5 of 4
    del answers[7]  # one point less of M03.O1: 3 of 4
    sitting.answer(whole, answers)
    submit_attempt(whole, at=timezone.now())
    page = text_of(officer.get(f"/attempt/{whole.public_id}/"))
    assert re.findall(r"(\d+) %", page) == ["81", "70", "87", "75", "80"]  # whole, cut; M01; M03 with its own cut


def test_the_result_of_somebody_else_is_not_there(officer):
    from tests.factories import EnrolmentFactory

    theirs = sit(sitting.learn_all(EnrolmentFactory()), right=True)
    assert officer.get(f"/attempt/{theirs.public_id}/").status_code == 404
