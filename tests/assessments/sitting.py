"""Short words for what an officer does in an exam, for the tests beside this file."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from assessments import bank
from assessments.ending import submit_attempt
from assessments.models import Attempt, AttemptStep, ItemVersion, Quiz
from assessments.recording import Sent, record_steps
from assessments.starting import start_attempt
from courses.catalogue import catalogue
from courses.models import Completion, Enrolment
from courses.services import advance
from tests.assessments import responding

PHONE, LAPTOP = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"


def the_exam() -> Quiz:
    """The exam of C1: two items on M01.O1 and two on M03.O1, the second a critical part."""
    return Quiz.objects.get(code="C1-EXAM")


def learn_all(enrolment: Enrolment) -> Enrolment:
    """Every lesson read and every check answered: the exam is open."""
    met = [
        (requirement, lesson.key, lesson.code, lesson.revision)
        for _module, lesson in catalogue("en").by_code["C1"].lessons
        for requirement in (Completion.Requirement.READ, Completion.Requirement.CHECKS)
    ]
    return advance(enrolment, met, at=timezone.now())


def begin(enrolment: Enrolment, *, at: Any = None) -> Attempt:
    """The attempt that starts now, or the open one."""
    return start_attempt(the_exam(), enrolment.person, scope=enrolment.public_id, at=at or timezone.now())


def versions_of(attempt: Attempt) -> list[ItemVersion]:
    """The item asked at each place."""
    found = bank.versions({item["version"] for item in attempt.paper["items"]})
    return [found[item["version"]] for item in attempt.paper["items"]]


def right_answers(attempt: Attempt) -> dict[int, list[str]]:
    """What earns everything at each place."""
    return {place: responding.right(version) for place, version in enumerate(versions_of(attempt))}


def wrong_answers(attempt: Attempt) -> dict[int, list[str]]:
    """What earns nothing at each place."""
    return {place: responding.wrong(version) for place, version in enumerate(versions_of(attempt))}


def place_of(attempt: Attempt, kind: str) -> int:
    """The first place that holds an item of a kind."""
    return next(place for place, version in enumerate(versions_of(attempt)) if version.kind == kind)


def answer(attempt: Attempt, answers: Mapping[int, Sequence[str]], *, at: Any = None) -> None:
    """Answers as one device saves them."""
    done = attempt.steps.count()
    sent = [
        Sent(uuid4(), "answer", place, list(value), PHONE, done + number, done)
        for number, (place, value) in enumerate(answers.items(), 1)
    ]
    record_steps(attempt, sent, at=at or timezone.now())


def sit(enrolment: Enrolment, *, right: bool) -> Attempt:
    """A whole sitting, handed in."""
    attempt = begin(enrolment)
    answer(attempt, right_answers(attempt) if right else wrong_answers(attempt))
    return submit_attempt(attempt, at=timezone.now())


def step(place: int, value: Sequence[str] = (), *, kind: str = "answer", device: str = PHONE, client_seq: int = 1,
         base_seq: int = 0, id: UUID | None = None) -> dict[str, Any]:  # fmt: skip
    """A step as the page's script sends it."""
    return {
        "id": str(id or uuid4()),
        "kind": kind,
        "place": place,
        "value": list(value),
        "device": device,
        "client_seq": client_seq,
        "base_seq": base_seq,
    }


def send(client: Client, attempt: Attempt, *steps: Any) -> Any:
    """POST steps as JSON."""
    return send_body(client, attempt, json.dumps({"steps": steps}))


def send_body(client: Client, attempt: Attempt, body: str | bytes) -> Any:
    """POST any body as JSON."""
    return client.post(f"/attempt/{attempt.public_id}/steps/", data=body, content_type="application/json")


def verdicts(response: Any) -> list[str]:
    """What became of each step of a batch."""
    assert response.status_code == 200, response.content
    return [one["verdict"] for one in response.json()["steps"]]


def log_of(attempt: Attempt) -> list[tuple[str, int | None, list[str], str]]:
    """The steps stored: kind, place, value, verdict, in the server's order."""
    return list(
        AttemptStep.objects.filter(attempt=attempt).order_by("seq").values_list("kind", "place", "value", "verdict")
    )
