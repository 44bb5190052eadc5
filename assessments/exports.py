"""Results of tests and exams, as a table for the office."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from assessments.models import GradeRecord, Quiz
from core.exporting import Column, Elsewhere, Export, Line, Within, point_to, register
from people.exchange.exports import PERSON, in_pieces, person_cells

KINDS: Final = (Quiz.Kind.PRE_TEST, Quiz.Kind.POST_TEST, Quiz.Kind.EXAM)


def _rows(scope: Within) -> Iterator[Line]:
    grades = GradeRecord.objects.standing().filter(attempt__person__in=scope.people, attempt__quiz__kind__in=KINDS)
    grades = grades.select_related("attempt__person__unit", "attempt__quiz").defer("attempt__paper", "attempt__rules")
    for grade in in_pieces(grades.order_by("attempt__person__sort_key", "attempt__person", "attempt__started_at")):
        attempt = grade.attempt
        # What a person has still to mark decides nothing yet, here neither.
        result = ["waiting", None] if grade.is_waiting else ["passed" if grade.passed else "not passed", grade.percent]
        yield (
            attempt.person_id,
            [
                *person_cells(attempt.person),
                attempt.quiz.code,
                attempt.quiz.kind,
                attempt.number,
                attempt.language,
                attempt.started_at,
                attempt.submitted_at,
                *result,
                grade.version,
            ],
        )


RESULTS: Final = register(
    Export(
        "results",
        _("Results of exams"),
        _("Pre-tests, post-tests and exams with the grade that stands. No answers."),
        (
            *PERSON,
            Column("စာမေးပွဲ", "Exam"),
            Column("အမျိုးအစား", "Kind"),
            Column("ဖြေဆိုမှု", "Attempt"),
            Column("ဘာသာစကား", "Language"),
            Column("စတင်ချိန်", "Begun"),
            Column("တင်သွင်းချိန်", "Handed in"),
            Column("ရလဒ်", "Result"),
            Column("ရာခိုင်နှုန်း", "Per cent"),
            Column("အမှတ်ပေး အကြိမ်", "Grade number"),
        ),
        _rows,
    )
)
point_to(
    Elsewhere(
        _("Item data"),
        _(
            "What the answers say about each question, without names; the answers to an exam as CSV are on its page there."
        ),
        "assessments:items",
        "bank.see",
    )
)
