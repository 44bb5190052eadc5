"""Tests to sit on paper: every form with letters to ring, and a strip of boxes whose letters are typed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assessments import on_paper
from assessments.models import PrintedForm
from core.papers import Papers
from myanmar.digits import to_myanmar_digits
from myanmar.text import breakable
from training.models import TrainingSession

if TYPE_CHECKING:
    from courses.catalogue import CourseInfo

_papers = Papers(Path(__file__).resolve().parent)
_WORDS = {
    "my": {
        "pre_test": "သင်တန်းမတိုင်မီ စစ်ဆေးမှု", "post_test": "သင်တန်းအပြီး စစ်ဆေးမှု", "form": "ပုံစံ", "number": "ဝန်ထမ်းအမှတ်",
        "how": "အဖြေ၏ အက္ခရာကို စာမျက်နှာ၏ အောက်ဆုံးရှိ အကွက်တွင် ရေးပါ။ အဖြေမှန် တစ်ခုထက်ပိုနိုင်သော မေးခွန်းများတွင် ထိုသို့ ဖော်ပြထားသည်။ မသိပါက ကွက်လပ် ချန်ထားပါ။",
        "multiple": "အဖြေမှန် တစ်ခုထက် ပိုသည်။", "ordering": "အစဉ်အတိုင်း အက္ခရာများကို ရေးပါ။", "matching": "အမှတ်စဉ် တစ်ခုစီအတွက် အက္ခရာ တစ်လုံး ရေးပါ။", "answers": "အဖြေများ",
    },
    "en": {
        "pre_test": "Test before the course", "post_test": "Test after the course", "form": "Form", "number": "Service number",
        "how": "Write the letter of your answer into the box at the end. Where more than one answer is right, the question says so. Leave the box empty if you do not know.",
        "multiple": "More than one answer is right.", "ordering": "Write the letters in the right order.", "matching": "Write one letter for each number.", "answers": "Answers",
    },
}  # fmt: skip


def test_papers(
    session: TrainingSession, course: CourseInfo | None, printed: Sequence[PrintedForm], language: str, *, at: datetime
) -> bytes:
    """The forms of a test as PDF, one after the other, in a language. Raises pdf.PdfUnavailable, and pdf.MissingGlyph
    for a question that could not be printed as it is asked.
    """
    words = _WORDS[language]
    context = {
        "language": language,
        "words": words,
        "title": _broken(str(course.title), language) if course else session.course_code,
        "part": words[printed[0].quiz.kind],
        "forms": [_form(one, language) for one in printed],
    }
    return _papers.pdf("test", context, at=at, informs=False)


def _form(printed: PrintedForm, language: str) -> dict[str, Any]:
    asked = []
    for one in on_paper.questions(printed, language):
        own = one["language"]
        asked.append(
            {
                "number": _number(one["number"], language),
                "language": own,
                "stem": [_broken(text, own) for text in one["stem"].split("\n") if text.strip()],
                "hint": _WORDS[language].get(one["kind"], ""),
                "lines": [(_number(n, language), _broken(text, own)) for n, text in enumerate(one["lines"], 1)],
                "options": [(letter, _broken(text, own)) for letter, text in one["options"]],
            }
        )
    return {"form": printed.form, "code": printed.code, "questions": asked}


def _number(value: int, language: str) -> str:
    return to_myanmar_digits(value) if language == "my" else str(value)


def _broken(text: str, language: str) -> str:
    return breakable(text) if language == "my" else text
