"""Quizzes on paper: forms that are the same for everybody who gets them, and the letters that are typed from them afterwards."""

import hashlib
import json
import re
from datetime import datetime
from itertools import count
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from assessments import bank
from assessments.allowances import allow, allowed
from assessments.ending import submit_attempt
from assessments.errors import AlreadySat, LettersMissing, LettersWrong, NotOnPaper
from assessments.kinds import KINDS
from assessments.models import Attempt, PrintedForm, Quiz
from assessments.recording import Sent, record_steps
from assessments.starting import rules_of
from core.templatetags.burmese import digits
from myanmar.digits import to_ascii_digits
from people.models import Person

# As options are counted in Burmese; either row may be typed.
LETTERS: Final = {"en": "ABCDEFGHIJKLMNOP", "my": "ကခဂဃငစဆဇဈညဋဌဍဎဏတ"}
_LATIN: Final = str.maketrans(LETTERS["my"], LETTERS["en"])
NOTHING: Final = "-"
DEVICE: Final = "paper"


def forms_of(quiz: Quiz) -> list[str]:
    """The forms that a quiz has on paper: A and B, or one for all ("")."""
    return {Quiz.Forms.TURNS: ["A", "B"], Quiz.Forms.NONE: [""]}.get(Quiz.Forms(quiz.forms), [quiz.forms])


@transaction.atomic
def printed_forms(quiz: Quiz, *, at: datetime) -> list[PrintedForm]:
    """Each form of a quiz as it is printed now; one that was printed already and has not changed is that one again.

    Raises BankTooSmall, or NotOnPaper where a question cannot be answered by letters.
    """
    found = []
    for form in forms_of(quiz):
        seed = int.from_bytes(hashlib.sha256(f"{quiz.public_id}/{form}".encode()).digest()[:8], "big")
        paper = bank.draw_paper(quiz, seed=seed, seen=set(), form=form)
        for version in bank.versions({item["version"] for item in paper["items"]}).values():
            kind, texts = KINDS[version.kind], version.text_in("en")
            if kind.on_paper(version.key, texts, kind.order(version.key, None)) is None:
                raise NotOnPaper(item=version.code)
        digest = hashlib.sha256(json.dumps(paper, sort_keys=True).encode()).hexdigest()
        one, _made = PrintedForm.objects.get_or_create(
            quiz=quiz, form=form, sha256=digest, defaults={"paper": paper, "code": _code(quiz, digest), "made_at": at}
        )
        found.append(one)
    return found


def _code(quiz: Quiz, digest: str) -> str:
    """Four digits that no other form of the quiz has; digits are read alike in every language."""
    taken = set(PrintedForm.objects.filter(quiz=quiz).values_list("code", flat=True))
    return next(code for n in count(int(digest[:8], 16)) if (code := f"{n % 10_000:04d}") not in taken)


def questions(printed: PrintedForm, language: str) -> list[dict[str, Any]]:
    """What stands on the pages: number, stem, numbered lines, and options with their letters, in a language where it exists."""
    versions = bank.versions({item["version"] for item in printed.paper["items"]})
    found = []
    for number, item in enumerate(printed.paper["items"], 1):
        version = versions[item["version"]]
        texts = version.text_in(language)
        lines, options = KINDS[version.kind].on_paper(version.key, texts, item["options"]) or ([], [])
        letters = LETTERS.get(texts["language"], LETTERS["en"])
        found.append(
            {
                "number": number,
                "language": texts["language"],
                "stem": texts["stem"],
                "kind": version.kind,
                "lines": lines,
                "options": list(zip(letters, options, strict=False)),
            }
        )
    return found


def read_letters(printed: PrintedForm, typed: str) -> dict[int, list[str]]:
    """What was written on a form, as responses by place. typed: the letters of each question, with spaces between; where every question
    has one letter they may stand together. "-" for none. Raises LettersWrong.
    """
    items = printed.paper["items"]
    plain = to_ascii_digits(typed).translate(_LATIN).upper()
    plain = re.sub(r"[–—_.]", NOTHING, plain)
    parts = [part for part in re.split(r"[\s,;/]+", plain) if part]
    if len(parts) == 1 and len(parts[0]) == len(items):
        parts = list(parts[0])
    if len(parts) != len(items):
        raise LettersMissing(given=digits(len(parts)), asked=digits(len(items)))
    versions = bank.versions({item["version"] for item in items})
    found: dict[int, list[str]] = {}
    for place, (item, part) in enumerate(zip(items, parts, strict=True)):
        if part == NOTHING:
            continue
        version = versions[item["version"]]
        response = KINDS[version.kind].from_paper(version.key, item["options"], part)
        if not response:
            raise LettersWrong(place=digits(place + 1), given=part)
        found[place] = response
    return found


@transaction.atomic
def enter(
    printed: PrintedForm,
    person: Person,
    *,
    scope: UUID,
    responses: dict[int, list[str]],
    sat_at: datetime,
    by: Person,
    at: datetime,
    reason: str = "",
) -> Attempt:
    """An attempt that somebody sat on paper, handed in and graded. responses: as `read_letters` gives them.

    reason: why it is typed again, where it was sat already; the one before stays. Raises AlreadySat without one.
    """
    quiz = printed.quiz
    Person.objects.select_for_update().get(pk=person.pk)
    sat = list(Attempt.objects.filter(quiz=quiz, person=person, scope=scope))
    if any(one.is_open for one in sat) or (sat and not reason):
        raise AlreadySat
    if len(sat) >= quiz.attempts_allowed + allowed(quiz, person, scope).attempts:
        allow(quiz, person, scope=scope, by=by, reason=reason, attempts=1)
    attempt = Attempt.objects.create(
        public_id=uuid4(),
        quiz=quiz,
        person=person,
        scope=scope,
        number=len(sat) + 1,
        number_allowed=quiz.attempts_allowed + allowed(quiz, person, scope).attempts,
        form=printed.form,
        holder=DEVICE,
        paper=printed.paper,
        rules=rules_of(quiz, printed.form),
        started_at=sat_at,
    )
    steps = [
        Sent(uuid4(), "answer", place, value, DEVICE, number, 0)
        for number, (place, value) in enumerate(sorted(responses.items()), 1)
    ]
    record_steps(attempt, steps, at=at)
    attempt.refresh_from_db()
    return submit_attempt(attempt, at=at, device=DEVICE)
