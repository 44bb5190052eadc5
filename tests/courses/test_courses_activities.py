"""Activities inside lessons: what a device sends, what is made of it, and when it counts as done."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.models import H5PLibrary
from content.packages import registry
from content.packages.origins import iri_of
from core.personal import KINDS
from courses.activities import recording
from courses.activities.recording import Event
from courses.models import ActivityAttempt, ActivityResult, Completion, Enrolment, LessonPage
from records.models import Statement
from tests.content.packages import building, scorm_building
from tests.content.packages.sending import library, ready, taken
from tests.courses.playing import answered, course_with, enrolled, said
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

MULTICHOICE = {
    "question": "<p>Which?</p>",
    "answers": [{"text": "Green", "correct": False}, {"text": "Red", "correct": True}],
    "behaviour": {"singlePoint": True, "type": "auto"},
}


@pytest.fixture
def editor():
    return PersonFactory(editor=True)


@pytest.fixture
def version(editor):
    return ready(by=editor)


@pytest.fixture
def officer(sign_in):
    return PersonFactory()


@pytest.fixture
def lesson(version):
    return course_with(version)


@pytest.fixture
def attempt(officer, lesson, version) -> ActivityAttempt:
    course, info, activity = lesson
    return recording.begin(enrolled(officer, course), info, activity, version, at=timezone.now())


def send(client: Client, attempt, *events: Event):
    """What the page's script sends."""
    body = {"events": [{"id": str(one.id), "kind": one.kind, "order": one.order, "data": one.data} for one in events]}
    return client.post(
        reverse("courses:activity_events", args=[attempt.public_id]), json.dumps(body), content_type="application/json"
    )


def test_an_officer_begins_and_gets_a_player_on_another_origin(client, officer, lesson, sign_in):
    course, info, activity = lesson
    enrolled(officer, course)
    answer = sign_in(officer).post(reverse("courses:activity_begin", args=[info.key, activity.key])).json()
    assert answer["player"].startswith("http://p")
    assert ".localhost" in answer["player"]
    assert (ActivityAttempt.objects.get().number, answer["states"]) == (1, [])


def test_who_goes_on_goes_on_with_the_same_attempt_and_state(client, officer, lesson, attempt, sign_in):
    _course, info, activity = lesson
    state = {"data_id": "state", "sub_content_id": "", "data": '{"picked":0}'}
    signed = sign_in(officer)
    assert send(signed, attempt, said(state, kind="state")).json()["events"][0]["verdict"] == "stored"
    answer = signed.post(reverse("courses:activity_begin", args=[info.key, activity.key])).json()
    assert (answer["attempt"], answer["states"]) == (str(attempt.public_id), [state])


def test_an_older_state_does_not_replace_a_newer_one(attempt):
    at = timezone.now()
    states = [({"data_id": "state", "data": "new"}, 20), ({"data_id": "state", "data": "old"}, 10)]
    verdicts = [recording.record(attempt, said(data, kind="state", order=order), at=at) for data, order in states]
    assert (verdicts, attempt.states.get().data) == (["stored", "ignored"], "new")


def test_beginning_anew_is_a_new_attempt_without_state(officer, lesson, attempt, version):
    _course, info, activity = lesson
    at = timezone.now()
    recording.record(attempt, said({"data_id": "state", "data": "1"}, kind="state"), at=at)
    second = recording.begin(attempt.enrolment, info, activity, version, at=at, anew=True)
    assert (second.number, recording.states_of(second)) == (2, [])
    attempt.refresh_from_db()
    assert attempt.closed_at == at


def test_a_new_version_begins_a_new_attempt(officer, lesson, attempt, version, editor):
    _course, info, activity = lesson
    newer = taken(building.h5p(content=building.question(checkAnswer="Go")), by=editor, package=version.package).version
    assert recording.begin(attempt.enrolment, info, activity, newer, at=timezone.now()).number == 2


def test_an_answer_is_stored_as_a_statement_and_counts_as_done_whatever_its_points(attempt, version):
    assert recording.record(attempt, said(answered(version, raw=0)), at=timezone.now()) == "stored"
    statement, result = Statement.objects.get(), ActivityResult.objects.get()
    assert (statement.verb, statement.object_id, statement.person) == (
        "answered", iri_of(version), attempt.enrolment.person,
    )  # fmt: skip
    assert (result.raw, result.max, result.verification) == (0, 1, "unverified")
    assert "somebody" not in json.dumps(statement.body)
    met = set(Completion.objects.filter(enrolment=attempt.enrolment).values_list("requirement", flat=True))
    assert met == {"activity"}


def test_a_lesson_is_complete_once_it_is_read_and_the_activity_it_needs_is_done(
    attempt, version, officer, sign_in, lesson
):
    _course, info, _activity = lesson
    signed = sign_in(officer)
    signed.post(reverse("courses:read", args=[info.key]))
    lessons = Completion.objects.filter(enrolment=attempt.enrolment, requirement="lesson")
    assert lessons.count() == 0
    send(signed, attempt, said(answered(version)))
    assert lessons.count() == 1


def test_an_activity_that_is_not_needed_holds_nothing_up(version, officer, sign_in):
    course, info, _activity = course_with(version, needed=False)
    enrolment = enrolled(officer, course)
    sign_in(officer).post(reverse("courses:read", args=[info.key]))
    assert Completion.objects.filter(enrolment=enrolment, requirement="lesson").count() == 1


def test_the_same_event_twice_is_one(attempt, version):
    event, at = said(answered(version)), timezone.now()
    assert [recording.record(attempt, event, at=at) for _ in range(2)] == ["stored", "stored"]
    assert Statement.objects.count() == 1


def test_the_id_of_somebody_elses_statement_is_no_way_into_it(attempt, version, lesson):
    event, at = said(answered(version)), timezone.now()
    recording.record(attempt, event, at=at)
    course, info, activity = lesson
    other = recording.begin(enrolled(PersonFactory(), course), info, activity, version, at=at)
    assert recording.record(other, event, at=at) == "refused"


@pytest.mark.parametrize(
    ("raw", "top"),
    [
        (1e9, 1),
        (2, 1),
        (-1, 1),
        (float("nan"), 1),
        (1, float("inf")),
        ("1", 1),
        (True, 1),
        (10**400, 10**400),
        (1, 1e9),
    ],
    ids=["raw", "above", "below", "nan", "infinite", "text", "truth", "huge", "top"],
)
def test_points_that_cannot_be_are_refused(attempt, version, raw, top):
    assert recording.record(attempt, said(answered(version, raw=raw, top=top)), at=timezone.now()) == "refused"
    assert ActivityResult.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"object": {"id": "https://elsewhere.example/"}},
        {"object": {"id": 7}},
        {"object": None},
    ],
)
def test_a_statement_about_something_else_is_refused(attempt, version, change):
    assert recording.record(attempt, said(answered(version) | change), at=timezone.now()) == "refused"


def test_a_part_that_is_not_in_the_content_is_refused(attempt, version):
    other = answered(version, part=str(uuid4()))
    assert recording.record(attempt, said(other), at=timezone.now()) == "refused"


@pytest.mark.parametrize("verb", [{"id": ["x"]}, {"id": "http://adlnet.gov/expapi/verbs/interacted"}, None, {}])
def test_noise_is_ignored(attempt, version, verb):
    assert recording.record(attempt, said(answered(version) | {"verb": verb}), at=timezone.now()) == "ignored"


def test_a_flood_ends_at_its_limit(attempt, version, monkeypatch):
    monkeypatch.setattr(recording, "MOST_STATEMENTS", 3)
    at = timezone.now()
    verdicts = [recording.record(attempt, said(answered(version)), at=at) for _ in range(5)]
    assert verdicts == ["stored"] * 3 + ["refused"] * 2


def test_what_comes_too_fast_waits_on_its_device_and_is_not_lost(attempt, version, officer, sign_in, monkeypatch):
    monkeypatch.setattr(recording, "A_MINUTE", 2)
    events, client = [said(answered(version)) for _ in range(3)], sign_in(officer)
    first = send(client, attempt, *events)
    assert [one["id"] for one in first.json()["events"]] == [str(one.id) for one in events[:2]]
    assert send(client, attempt, events[2]).status_code == 429
    monkeypatch.setattr(recording, "A_MINUTE", 100)
    assert send(client, attempt, events[2]).json()["events"][0]["verdict"] == "stored"


def test_a_state_that_is_still_written_is_not_past_its_time(attempt):
    later = attempt.started_at + timedelta(days=300)
    recording.record(attempt, said({"data_id": "state", "data": "1"}, kind="state"), at=later)
    past = KINDS["courses.activitystate"].past
    assert past(later + timedelta(days=300)).count() == 0
    assert past(later + timedelta(days=400)).count() == 1


def test_a_state_of_more_than_128_kilobytes_is_refused(attempt):
    big = {"data_id": "state", "data": "x" * 140_000}
    assert recording.record(attempt, said(big, kind="state"), at=timezone.now()) == "refused"


def test_the_response_to_a_question_that_the_server_cannot_judge_is_not_kept(attempt, version):
    recording.record(attempt, said(answered(version, response="my real name")), at=timezone.now())
    assert "response" not in Statement.objects.get().body["result"]


def test_an_activity_that_says_nothing_is_done_after_its_seconds_by_the_servers_clock(version, officer):
    course, info, activity = course_with(version, rule="opened", seconds=30)
    at = timezone.now()
    attempt = recording.begin(enrolled(officer, course), info, activity, version, at=at)
    opened = said({}, kind="opened")
    assert recording.record(attempt, opened, at=at + timedelta(seconds=29)) == "ignored"
    assert recording.record(attempt, opened, at=at + timedelta(seconds=31)) == "stored"
    assert Completion.objects.filter(enrolment=attempt.enrolment, requirement="activity").count() == 1


def test_nobody_sends_events_to_the_attempt_of_another(attempt, version, sign_in):
    response = send(sign_in(PersonFactory()), attempt, said(answered(version)))
    assert response.status_code == 404


def test_who_is_not_enrolled_cannot_begin(lesson, officer, sign_in):
    _course, info, activity = lesson
    assert sign_in(officer).post(reverse("courses:activity_begin", args=[info.key, activity.key])).status_code == 404


def test_staff_look_at_it_and_nothing_is_recorded(lesson, sign_in):
    _course, info, activity = lesson
    trainer = PersonFactory(trainer=True)
    answer = sign_in(trainer).post(reverse("courses:activity_begin", args=[info.key, activity.key])).json()
    assert (answer["attempt"], ActivityAttempt.objects.count()) == ("", 0)


def test_a_blocked_library_makes_the_lesson_say_that_it_is_not_available(lesson, officer, editor, sign_in):
    course, info, activity = lesson
    enrolled(officer, course)
    signed = sign_in(officer)
    page = f"/en/courses/{course.slug}/{course.modules[0].slug}/{info.slug}/"
    assert b"<package-activity" in signed.get(page).content
    registry.decide(library(), H5PLibrary.Status.BLOCKED, by=editor, at=timezone.now())
    said_now = signed.get(page).content.decode()
    assert "<package-activity" not in said_now
    assert "not available now" in said_now
    assert signed.post(reverse("courses:activity_begin", args=[info.key, activity.key])).status_code == 409


@pytest.mark.parametrize(
    "body", ["", "[]", '{"events": []}', '{"events": [{}]}', '{"events": [{"id": "x"}]}', "[" * 9000]
)
def test_what_cannot_be_read_is_answered_400(attempt, officer, sign_in, body):
    address = reverse("courses:activity_events", args=[attempt.public_id])
    assert sign_in(officer).post(address, body, content_type="application/json").status_code == 400


def test_a_withdrawn_place_still_takes_what_was_done_there(attempt, version, officer, sign_in):
    Enrolment.objects.filter(pk=attempt.enrolment_id).update(status="withdrawn")
    assert send(sign_in(officer), attempt, said(answered(version))).status_code == 200


@pytest.mark.parametrize("count", [1, 4])
def test_more_activities_in_a_lesson_cost_no_more_queries(
    editor, officer, sign_in, count, django_assert_max_num_queries
):
    versions = [ready(building.h5p(content=building.question(retry=str(n))), by=editor) for n in range(count)]
    course, info, _activity = course_with(*versions)
    enrolled(officer, course)
    client, page = sign_in(officer), f"/en/courses/{course.slug}/{course.modules[0].slug}/{info.slug}/"
    client.get(page)
    with django_assert_max_num_queries(11):
        said_there = client.get(page).content.decode()
    assert said_there.count("<package-activity") == count


# --- Questions that the server judges ------------------------------------------------------------------------------------


@pytest.fixture
def judged(officer, editor, monkeypatch):
    """An attempt at a version whose content is a question of a type that the server knows."""

    def make(library_name: str, params: dict) -> ActivityAttempt:
        version = ready(by=editor)
        version.facts["main"], version.params = library_name, params
        version.save()
        course, info, activity = course_with(version)
        return recording.begin(enrolled(officer, course), info, activity, version, at=timezone.now())

    return make


@pytest.mark.parametrize(
    ("response", "claimed", "raw", "how"),
    [
        ("1", 1, 1, "verified"),
        ("0", 0, 0, "verified"),
        ("0", 1, 0, "corrected"),
        ("7", 1, None, "rejected"),
        ("", 0, 0, "verified"),
    ],
)
def test_the_servers_points_count_where_it_can_judge(judged, response, claimed, raw, how):
    attempt = judged("H5P.MultiChoice 1.16", MULTICHOICE)
    recording.record(attempt, said(answered(attempt.version, raw=claimed, response=response)), at=timezone.now())
    result = ActivityResult.objects.get()
    assert (result.raw, result.verification) == (raw, how)
    assert result.client_raw == claimed


def test_a_version_of_a_type_that_is_not_known_stays_unchecked(judged):
    attempt = judged("H5P.MultiChoice 9.1", MULTICHOICE)
    recording.record(attempt, said(answered(attempt.version)), at=timezone.now())
    assert ActivityResult.objects.get().verification == "unverified"


def test_a_set_of_questions_is_worth_what_its_questions_are(judged):
    parts = [str(uuid4()) for _ in range(2)]
    questions = [{"library": "H5P.MultiChoice 1.16", "params": MULTICHOICE, "subContentId": part} for part in parts]
    attempt = judged("H5P.QuestionSet 1.20", {"questions": questions, "poolSize": 0})
    at = timezone.now()
    for part, response in zip(parts, ("1", "0"), strict=True):
        recording.record(attempt, said(answered(attempt.version, part=part, raw=1, response=response)), at=at)
    recording.record(attempt, said(answered(attempt.version, verb="completed", raw=2, top=2, response=None)), at=at)
    whole = ActivityResult.objects.get(part="")
    assert (whole.raw, whole.max, whole.verification) == (1, 2, "corrected")


# --- SCORM ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def parts(officer, editor) -> ActivityAttempt:
    """An attempt at a course of two parts."""
    version = ready(scorm_building.several("1.2", 2).getvalue(), by=editor, name="course.zip")
    course, info, activity = course_with(version, rule="completed")
    return recording.begin(enrolled(officer, course), info, activity, version, at=timezone.now())


def told(item: str, completion: str = "completed", success: str = "unknown", **score) -> Event:
    """What the player says of a part."""
    none = dict.fromkeys(("raw", "min", "max", "scaled"))
    return said(
        {"item": item, "completion": completion, "success": success, "seconds": 3, **none, **score}, kind="result"
    )


def test_a_course_of_parts_is_done_when_all_of_them_are(parts):
    first, second = (one["id"] for one in parts.version.facts["scorm"]["items"])
    at = timezone.now()
    recording.record(parts, told(first, raw=60, min=0, max=100, scaled=0.6), at=at)
    assert Completion.objects.filter(enrolment=parts.enrolment, requirement="activity").count() == 0
    recording.record(parts, told(second, success="passed", raw=100, min=0, max=100, scaled=1), at=at)
    whole = ActivityResult.objects.get(part="")
    assert (whole.verb, whole.raw, whole.max, whole.verification) == ("completed", 80, 100, "unverified")
    assert Completion.objects.filter(enrolment=parts.enrolment, requirement="activity").count() == 1


def test_a_part_that_is_under_way_ends_nothing(parts):
    first, second = (one["id"] for one in parts.version.facts["scorm"]["items"])
    for item in (first, second):
        recording.record(parts, told(item, completion="incomplete"), at=timezone.now())
    assert ActivityResult.objects.filter(part="").count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"item": "nowhere"},
        {"item": ["x"]},
        {"raw": 5, "max": 1},
        {"raw": "1e9", "max": 100},
        {"scaled": 1e400},
        {"scaled": [1]},
    ],
    ids=["nowhere", "list", "above", "text", "infinite", "shape"],
)
def test_what_no_part_can_say_is_refused(parts, change):
    event = told(parts.version.facts["scorm"]["items"][0]["id"])
    assert recording.record(parts, said(dict(event.data) | change, kind="result"), at=timezone.now()) == "refused"


def test_a_score_below_nothing_is_none(parts):
    item = parts.version.facts["scorm"]["items"][0]["id"]
    assert recording.record(parts, told(item, scaled=-0.5), at=timezone.now()) == "stored"
    assert ActivityResult.objects.get(part=item).raw == 0


def test_a_scorm_package_says_no_statements_of_h5p(parts):
    assert recording.record(parts, said(answered(parts.version)), at=timezone.now()) == "refused"


# --- While it is written -------------------------------------------------------------------------------------------------


def test_the_preview_of_a_lesson_names_its_activity_and_plays_nothing(version, editor, sign_in):
    _course, info, _activity = course_with(version)
    page = LessonPage.objects.get(pk=info.page_id)
    said_there = page.make_preview_request(original_request=None, preview_mode="").content.decode()
    assert "Which passport?" in said_there
    assert "<package-activity" not in said_there
