"""Checks in lessons: each question is judged as it is answered."""

from datetime import datetime
from uuid import UUID, uuid4

from assessments import bank
from assessments.ending import submit_attempt
from assessments.errors import NotAResponse
from assessments.models import Attempt, AttemptStep, Quiz
from assessments.recording import Sent, record_steps
from assessments.sheets import sheet_of, whole
from assessments.starting import start_attempt
from people.models import Person


def answer_check(
    quiz: Quiz, person: Person, *, scope: UUID, item_code: str, value: list[str], at: datetime, language: str = ""
) -> Attempt:
    """Answer one item of a lesson's check; it is judged at once and the first answer stands for this attempt.

    One that comes in several steps is judged after the last of them. With the last answer the attempt is handed in. Raises NotAResponse.
    """
    last = Attempt.objects.filter(quiz=quiz, person=person, scope=scope).order_by("-number").first()
    if last and not last.is_open and _places(last, item_code):  # a second tap: it was answered and judged
        return last
    attempt = start_attempt(quiz, person, scope=scope, at=at, language=language)
    places = _places(attempt, item_code)
    if not places:
        raise NotAResponse
    if places[0] not in whole(attempt, sheet_of(attempt)):
        one = Sent(
            uuid4(), AttemptStep.Kind.ANSWER, places[0], value, "lesson", attempt.step_count + 1, attempt.step_count
        )
        (outcome,) = record_steps(attempt, [one], at=at)
        if outcome.verdict == "refused":
            raise NotAResponse
    # Counted anew: another check may have been answered meanwhile, or the hand-in broken off last time.
    if len(whole(attempt, sheet_of(attempt))) == len(attempt.paper["items"]):
        return submit_attempt(attempt, at=at, device="lesson")
    return attempt


def _places(attempt: Attempt, item_code: str) -> list[int]:
    """Where an attempt asks an item."""
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    return [n for n, item in enumerate(attempt.paper["items"]) if versions[item["version"]].code == item_code]
