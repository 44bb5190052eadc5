"""What gives an answer away, and when it may be shown."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.ending import submit_attempt
from assessments.models import ItemVersion, Quiz, QuizSection
from tests.access import matrix
from tests.access.world import make_world
from tests.assessments import asking, sitting
from tests.assessments.every import EVERY
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
    from assessments.allowances import allow_attempt
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


# --- Every place there is -------------------------------------------------------------------------------------------------------


@pytest.fixture
def sitting_everything(settings, tmp_path, db):
    """The world of tests/access with an exam that asks every kind of question: the officer's attempt is open and answered
    rightly, one of an earlier time was handed in. The world, and what tells an answer of what is asked."""
    settings.MEDIA_ROOT = tmp_path
    items = [asking.item(kind, one.content, asks_certainty=True) for kind, one in EVERY.items()]
    QuizSection.objects.filter(quiz=sitting.the_exam()).delete()
    QuizSection.objects.create(quiz=sitting.the_exam(), position=0, items=[str(one.translation_key) for one in items])
    world = make_world()
    sitting.answer(
        world.attempt, {place: EVERY[v.kind].right for place, v in enumerate(sitting.versions_of(world.attempt))}
    )
    assert {v.kind for v in sitting.versions_of(world.attempt)} == set(EVERY)
    texts = [version.texts["en"] for version in sitting.versions_of(world.attempt)]
    return world, {text for one in texts for text in (*one["rationales"].values(), one["feedback"]) if text}


def test_no_place_that_the_officer_may_open_gives_anything_away_while_an_attempt_is_open(sitting_everything):
    world, tells = sitting_everything
    client = matrix.client_of(world.people["officer"])
    handed_in = world.people["officer"].attempts.exclude(pk=world.attempt.pk).get(quiz=world.attempt.quiz)
    places = {name: world.paths[name] for name in matrix.rows() if name != "account_logout"}
    places |= {
        f"english {name}": path.replace("/my/", "/en/", 1) for name, path in places.items() if path.startswith("/my/")
    }
    places |= {
        "handed in": f"/attempt/{handed_in.public_id}/",
        **{
            f"found {word}": f"{world.paths['search']}?q={word}"
            for word in ("Because", "What do you do?", "Option", "searching")
        },
        **{f"of another {name}": reverse(f"assessments:{name}") for name in ("items", "exams", "blueprint")},
    }
    # What is judged there is no part of the open attempt: a check that was refreshed, and the result of an earlier time.
    judged = {"practice_answered", "handed in"}
    opened = 0
    for name, path in places.items():
        for language in LANGUAGES:
            client.cookies["lang"] = language
            response = client.get(path)
            body = b"".join(response).decode(errors="replace")
            opened += response.status_code == 200
            assert [text for text in tells if text in body] == [], name
            if path.startswith(("/attempt/", "/quiz/", "/practice/", "/learn/")) and name not in judged:
                assert re.findall(r"correct|rationale|is_right|\bscore\b", body, re.IGNORECASE) == [], name
    assert opened > 60


def test_what_is_accepted_is_on_no_page_of_the_attempt(sitting_everything):
    world, _tells = sitting_everything
    client = matrix.client_of(world.people["officer"])
    accepted = ["human trafficking", "you search / searching", "smuggling", "1235", "123.45"]
    for name in ("assessments:attempt", "assessments:submit", "assessments:quiz", "practice"):
        body = client.get(world.paths[name]).content.decode()
        assert [text for text in accepted if text in body] == [], name


def test_the_results_of_an_earlier_time_tell_their_answers_once_the_attempt_is_over(sitting_everything):
    world, tells = sitting_everything
    client = matrix.client_of(world.people["officer"])
    Quiz.objects.filter(kind__in=["pre_test", "post_test"]).delete()  # which may ask the same again
    for attempt in world.people["officer"].attempts.filter(quiz=world.attempt.quiz):
        submit_attempt(attempt, at=timezone.now())
    body = client.get(f"/attempt/{world.attempt.public_id}/").content.decode()
    assert len([text for text in tells if text in body]) > len(EVERY)
