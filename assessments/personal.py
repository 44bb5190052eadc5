"""Personal data in sittings, marks and practice."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from assessments import showing
from assessments.allowances import window_is_over
from assessments.ending import submit_attempt
from assessments.models import Allowance, AnswerPicture, AnswerToMark, Attempt, AttemptStep, ItemImport, Mark
from core.append_only import redact
from core.personal import Kind, register
from people.models import Person

TEXT_DAYS: Final = (
    730  # free answers and pictures, after handing in: longer than appeals and than the tests that follow
)
IMPORT_DAYS: Final = 30


def _attempts(person: Person) -> Iterator[dict[str, Any]]:
    """Sittings with their scores as far as they are shown now: an export opens nothing that a page keeps closed."""
    for attempt in Attempt.objects.filter(person=person).select_related("quiz").order_by("pk"):
        grade = attempt.grades.order_by("-version").first()
        come = showing.moments(
            is_over=not attempt.is_open,
            is_closed=window_is_over(attempt.quiz, at=attempt.submitted_at or attempt.started_at),
            is_done=False,
        )
        row: dict[str, Any] = {
            "quiz": attempt.quiz.code,
            "number": attempt.number,
            "language": attempt.language,
            "started_at": attempt.started_at,
            "submitted_at": attempt.submitted_at,
        }
        if grade and not grade.is_waiting and "score" in showing.allowed(showing.rule_of(attempt.rules), come):
            row |= {"score": grade.score, "max_score": grade.max_score, "passed": grade.passed, "reason": grade.reason}
        yield row


def _free_steps(**of: Any) -> QuerySet[AttemptStep]:
    """Steps with an answer in a person's own words: those that people mark. Other answers decide about grades for ever."""
    marked = AnswerToMark.objects.filter(attempt=OuterRef("attempt"), place=OuterRef("place"))
    return AttemptStep.objects.filter(Exists(marked), kind=AttemptStep.Kind.ANSWER, **of).exclude(value=[])


def _remove_pictures(rows: QuerySet[Any]) -> int:
    """Rows and files. A file that is gone already is no error."""
    found = list(rows)
    for picture in found:
        picture.file.delete(save=False)
        picture.delete()
    return len(found)


def _erase(person: Person, at: datetime) -> None:
    """What was written or drawn, and what was written about it. Grades and the choices they rest on stay."""
    for attempt in Attempt.objects.filter(person=person, status=Attempt.Status.OPEN):
        submit_attempt(attempt, at=min(at, attempt.closes_at) if attempt.closes_at else at)
    _remove_pictures(AnswerPicture.objects.filter(attempt__person=person))
    redact(_free_steps(attempt__person=person), value=[])
    redact(Mark.objects.filter(answer__attempt__person=person).exclude(comment=""), comment="")
    Allowance.objects.filter(person=person).update(reason="–")  # it may tell of an illness


def _before(at: datetime, days: int = TEXT_DAYS) -> datetime:
    return at - timedelta(days=days)


register(
    Kind(
        model="assessments.Attempt",
        subjects=("person",),
        personal=("holder",),
        purpose="that somebody sat a quiz, under which rules",
        rows=_attempts,
        erase=_erase,
    ),
    Kind(
        model="assessments.AttemptStep",
        subjects=("attempt__person",),
        personal=("device",),
        purpose="each answer as it came, which the grade rests on",
        keep=f"as long as the record; answers in own words {TEXT_DAYS} days",
        exported=("attempt__quiz__code", "attempt__number", "place", "kind", "value", "received_at", "verdict"),
        past=lambda at: _free_steps(attempt__submitted_at__lt=_before(at)),
        remove=lambda rows: redact(rows, value=[]),
    ),
    Kind(
        model="assessments.GradeRecord",
        subjects=("attempt__person",),
        actors=("graded_by",),
        purpose="the score and why it was given",
        not_exported="with the attempt, as far as it is shown",
    ),
    Kind(
        model="assessments.GradeProposal",
        subjects=("grade__attempt__person",),
        actors=("proposed_by",),
        purpose="a change of a grade that takes two people",
        not_exported="its outcome is a grade; a proposal is work of the office",
    ),
    Kind(
        model="assessments.GradeDecision",
        subjects=("proposal__grade__attempt__person",),
        actors=("proposed_by", "decided_by"),
        personal=("note",),
        purpose="the second person's word about a grade",
        not_exported="its outcome is a grade",
    ),
    Kind(
        model="assessments.AnswerPicture",
        subjects=("attempt__person",),
        purpose="a picture that answers a question",
        keep=f"{TEXT_DAYS} days after handing in",
        exported=("attempt__quiz__code", "place", "width", "height", "created_at"),
        past=lambda at: AnswerPicture.objects.filter(attempt__submitted_at__lt=_before(at)),
        remove=_remove_pictures,
    ),
    Kind(
        model="assessments.AnswerToMark",
        subjects=("attempt__person",),
        purpose="that an answer waits for a person's mark, and what it came to",
        not_exported="with the grade",
    ),
    Kind(
        model="assessments.Mark",
        subjects=("answer__attempt__person",),
        actors=("marked_by",),
        personal=("comment",),
        purpose="what a marker found of an answer",
        keep=f"as long as the record; the comment {TEXT_DAYS} days",
        not_exported="markers mark without names; what is shown of it is with the result",
        past=lambda at: Mark.objects.filter(answer__attempt__submitted_at__lt=_before(at)).exclude(comment=""),
        remove=lambda rows: redact(rows, comment=""),
    ),
    Kind(
        model="assessments.Allowance",
        subjects=("person",),
        actors=("granted_by",),
        purpose="more time or attempts, allowed by whom and why",
        exported=("quiz__code", "attempts", "minutes", "percent", "closes_at", "reason", "created_at"),
    ),
    Kind(
        model="assessments.ExamTicket",
        subjects=("person",),
        actors=("made_by",),
        purpose="a ticket that begins one attempt",
        exported=("quiz__code", "valid_from", "valid_until", "used_at"),
    ),
    Kind(
        model="assessments.RefresherCard",
        subjects=("person",),
        purpose="when a question is due again",
        exported=("objective", "reviewed_at", "due_at"),
    ),
    Kind(
        model="assessments.RefresherReview",
        subjects=("card__person",),
        purpose="how somebody answered a question to refresh",
        exported=("card__objective", "is_right", "reviewed_at"),
    ),
    Kind(
        model="assessments.ExaminationBlock",
        subjects=("person",),
        purpose="a block of practice in examining documents",
        exported=("mode", "size", "begun_at", "ended_at"),
    ),
    Kind(
        model="assessments.ExaminationTrial",
        subjects=("block__person",),
        purpose="which specimen was laid before somebody",
        not_exported="with the answer; what an open trial shows is not told before it",
    ),
    Kind(
        model="assessments.TrialAnswer",
        subjects=("trial__block__person",),
        purpose="how somebody judged a specimen",
        exported=("trial__block__mode", "answer", "family", "next_step", "is_right", "is_localised", "answered_at"),
    ),
    Kind(
        model="assessments.Demonstration",
        subjects=("person",),
        purpose="the newest right answer per objective, counted per unit",
        exported=("objective", "at"),
    ),
    Kind(
        model="assessments.DealtForm",
        subjects=("person",),
        purpose="with which form of a test somebody begins",
        exported=("form",),
    ),
    Kind(model="assessments.ExamRoom", actors=("opened_by",), purpose="who opened an exam for a group"),
    Kind(model="assessments.Regrade", actors=("made_by",), purpose="who mended an item and graded anew"),
    Kind(
        model="assessments.ItemImport",
        actors=("made_by",),
        personal=("name",),
        purpose="a file of items while it is looked at",
        keep=f"{IMPORT_DAYS} days",
        past=lambda at: ItemImport.objects.filter(created_at__lt=_before(at, IMPORT_DAYS)),
    ),
    Kind(model="assessments.Item", actors=("locked_by",), purpose="who holds an item while editing it"),
)
