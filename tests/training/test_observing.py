"""Practice observed: what was seen first, then the level; two observers held together; signed; and what it completes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assessments.agreement import of
from certificates.signals import observation_asked
from content.models import ContentVersion, Rubric
from content.rubrics import apart, rubric, rubrics
from courses.models import Completion, ModulePage
from tests.content.authoring import shipped
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, rubric_of, session_of
from training.errors import EvidenceMissing, LevelMissing, NobodyObservesThemselves
from training.models import Observation
from training.observing.agreeing import agreement
from training.observing.recording import Sent, exercises, passed_of, record

pytestmark = pytest.mark.django_db
IDS = ("safety", "plan", "time")


@pytest.fixture
def _rubric():
    rubric_of(*IDS)


@pytest.fixture
def second():
    return PersonFactory(trainer=True)


@pytest.fixture
def session(trainer, second, officer):
    session = session_of(CohortFactory(trainer=trainer, officers=[officer]), trainer, observers=[second])
    return session


def filled(
    *levels: int, exercise: str = "Round 1", evidence: str = "Asked whether the person was safe", **values
) -> Sent:
    """R9 filled in: the levels of its three criteria in order."""
    ids = [one.id for one in rubric("R9", "en").criteria]
    return Sent(uuid4(), "R9", exercise, dict.fromkeys(ids, evidence), dict(zip(ids, levels, strict=False)), **values)


def seen(session, officer, by, *levels, **values) -> Observation:
    return record(session, officer, filled(*levels, **values), by=by, at=timezone.now())


# --- The standard ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "met"),
    [((2, 2, 2), True), ((3, 3, 0), True), ((2, 3, 0), False), ((1, 3, 3), False), ((0, 3, 3), False), ((2, 2, 1), False)],
)  # fmt: skip
@pytest.mark.usefixtures("_rubric")
def test_every_critical_criterion_and_the_mean_have_to_be_met(levels, met):
    info = rubric("R9", "en")
    assert info.is_met(dict(zip([one.id for one in info.criteria], levels, strict=True))) is met


def test_levels_two_apart_are_to_be_talked_about():
    assert apart([{"a": 0, "b": 1}, {"a": 2, "b": 2}]) == ["a"]
    assert apart([{"a": 0}]) == []


def test_the_five_rubrics_of_the_curriculum_load_and_say_which_criteria_are_critical():
    told = shipped().rubrics
    assert {code: len(one.criteria) for code, one in told.items()} == {"R1": 10, "R2": 10, "R3": 10, "R4": 12, "R5": 9}
    assert [one.id for one in told["R2"].criteria if one.critical] == ["person", "reasons", "protection"]


# --- Recording ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_rubric")
def test_nothing_is_kept_without_levels_or_without_what_was_seen(session, officer, trainer):
    with pytest.raises(LevelMissing):
        seen(session, officer, trainer, 2, 2)
    with pytest.raises(EvidenceMissing):
        seen(session, officer, trainer, 2, 2, 2, evidence=" ")
    with pytest.raises(NobodyObservesThemselves):
        seen(session, trainer, trainer, 2, 2, 2)
    assert not Observation.objects.exists()


@pytest.mark.usefixtures("_rubric")
def test_the_same_sent_twice_is_one_and_a_second_thought_supersedes(session, officer, trainer):
    sent = filled(1, 2, 2)
    for _time in range(2):
        record(session, officer, sent, by=trainer, at=timezone.now())
    later = seen(session, officer, trainer, 2, 2, 2)
    assert later.supersedes_id == sent.id
    assert list(Observation.objects.standing()) == [later]
    assert Observation.objects.count() == 2


@pytest.mark.usefixtures("_rubric")
def test_two_observers_have_to_find_the_standard_met_and_to_be_near_each_other(session, officer, trainer, second):
    def state() -> str:
        return exercises(session.observations.standing().select_related("person"))[0].state

    seen(session, officer, trainer, 2, 2, 2)
    assert state() == "waiting"
    seen(session, officer, second, 2, 3, 0)
    assert state() == "apart"
    seen(session, officer, second, 1, 3, 2)
    assert state() == "not_met"
    seen(session, officer, second, 2, 3, 2)
    assert state() == "passed"


@pytest.mark.usefixtures("_rubric")
def test_what_the_rubric_said_stays_with_the_observation(session, officer, trainer):
    one = seen(session, officer, trainer, 2, 2, 2)
    Rubric.objects.filter(code="R9").update(title="Another")
    assert rubric("R9", "en").sha256 != one.rubric_sha256
    assert [criterion["text"] for criterion in one.rubric["criteria"]] == list(IDS)


@pytest.mark.usefixtures("_rubric")
def test_agreement_is_the_weighted_kappa_of_all_that_two_judged(session, trainer, second):
    pairs = {}
    for first, other in [
        ((2, 2, 2), (2, 2, 3)),
        ((1, 2, 2), (2, 2, 2)),
        ((3, 2, 1), (3, 2, 2)),
        ((2, 0, 2), (2, 1, 2)),
    ]:
        person = PersonFactory()
        seen(session, person, trainer, *first)
        seen(session, person, second, *other)
        for pair in zip(first, other, strict=True):
            pairs[pair] = pairs.get(pair, 0) + 1
    found = agreement(exercises(session.observations.standing().select_related("person")))
    assert found == of(pairs)
    assert found.n == 12


# --- What follows ---------------------------------------------------------------------------------------------------------


def test_a_module_that_asks_for_it_is_complete_only_with_practice_observed(session, officer, trainer):
    from courses.catalogue import catalogue
    from courses.services import advance

    rubric_of(*IDS, observers=1)
    ModulePage.objects.filter(code="M03").update(observed="R9")
    ContentVersion.advance()
    course = catalogue("en").by_code["C1"]
    enrolment = EnrolmentFactory(person=officer)
    needed = (Completion.Requirement.READ, Completion.Requirement.CHECKS)
    read = [(what, lesson.key, lesson.code, 1) for _module, lesson in course.lessons for what in needed]
    advance(enrolment, read, at=timezone.now())
    done = Completion.objects.filter(enrolment=enrolment, requirement="module").values_list("code", flat=True)
    assert set(done) == {"M01"}
    assert not any(
        answer for _receiver, answer in observation_asked.send(sender=None, person=officer, course_key=course.key)
    )
    seen(session, officer, trainer, 2, 2, 2)
    assert set(done.all()) == {"M01", "M03"}
    assert any(
        answer for _receiver, answer in observation_asked.send(sender=None, person=officer, course_key=course.key)
    )
    assert len(passed_of(officer)) == 1


# --- The pages ------------------------------------------------------------------------------------------------------------


def _fields(levels, evidence="Asked whether the person was safe") -> dict:
    info = rubric("R9", "en")
    given = {f"level-{one.id}": level for one, level in zip(info.criteria, levels, strict=True) if level is not None}
    return (
        given
        | {f"evidence-{one.id}": evidence for one in info.criteria}
        | {"token": str(uuid4()), "comment": "Well done"}
    )


@pytest.mark.usefixtures("_rubric")
def test_an_observer_fills_it_in_and_the_person_reads_and_signs(sign_in, session, officer, second, client):
    client.cookies["lang"] = "en"
    desk = sign_in(second)
    begun = desk.post(
        f"/teach/sessions/{session.public_id}/practice/",
        {"person": str(officer.public_id), "rubric": "R9", "exercise": "Round 1"},
    )
    place = begun["Location"]
    page = desk.post(place, _fields((2, None, 2))).content.decode()
    assert "Choose a level for this." in page
    assert "Asked whether the person was safe" in page  # nothing is lost
    assert desk.post(place, _fields((2, 3, 2))).status_code == 302
    assert "Waits for a second observer" in desk.get(f"/teach/sessions/{session.public_id}/practice/").content.decode()
    made = Observation.objects.get()
    own = sign_in(officer)
    assert f"/learn/observations/{made.pk}/" in own.get("/learn/").content.decode()
    assert "Asked whether the person was safe" in own.get(f"/learn/observations/{made.pk}/").content.decode()
    own.post(f"/learn/observations/{made.pk}/", {"agrees": "no", "comment": "I asked twice"})
    made.refresh_from_db()
    assert (made.signature.agrees, made.signature.comment) == (False, "I asked twice")
    assert own.post(f"/learn/observations/{made.pk}/", {"agrees": "yes"}).status_code == 200  # what was signed stays
    assert f"/learn/observations/{made.pk}/" not in own.get("/learn/").content.decode()
    assert sign_in(PersonFactory()).get(f"/learn/observations/{made.pk}/").status_code == 404


@pytest.mark.usefixtures("_rubric")
def test_a_device_that_had_no_line_says_how_long_ago_it_was(sign_in, session, officer, second):
    desk = sign_in(second)
    place = f"/teach/sessions/{session.public_id}/practice/{officer.public_id}/?rubric=R9&exercise=Round+1"
    answer = desk.post(place, _fields((2, 2, 2)) | {"age": "3600"}, HTTP_ACCEPT="application/json")
    assert answer.json()["verdict"] == "accepted"
    made = Observation.objects.get()
    assert made.received_at - made.observed_at == timedelta(hours=1)
    assert desk.post(place, _fields((2, None, 2)), HTTP_ACCEPT="application/json").json() == {"verdict": "refused"}


@pytest.mark.usefixtures("_rubric")
def test_erasing_somebody_takes_the_words_and_leaves_the_levels(session, officer, trainer):
    from core.personal import KINDS

    made = seen(session, officer, trainer, 2, 2, 2, comment="She knew the answer")
    KINDS["training.observation"].erase(officer, timezone.now())
    made.refresh_from_db()
    assert (made.evidence, made.comment, len(made.levels)) == ({}, "", 3)
    assert [one.code for one in rubrics("my")] == ["R9"]
