"""Answers embedded in a text, as Moodle's type "cloze" writes them: {1:SHORTANSWER:=Vienna#Right.~%50%Graz}.

https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type
"""

import re
from typing import Any, Final

from django.utils.translation import gettext as _

from assessments.formats.draft import Notes
from assessments.formats.markup import html, plain, writable
from assessments.formats.parts import GAP, Gap, gaps_of, lettered, separate, starred, unstarred

_GAP: Final = re.compile(r"\{(\d*):([A-Z_]{2,20}):((?:\\.|[^\\}])*)\}", re.DOTALL)
_ANSWER: Final = re.compile(r"\s*(=|%(-?\d+(?:\.\d+)?)%)?((?:\\.|&#|[^\\#])*)(?:#(.*))?", re.DOTALL)
_CHOSEN: Final = frozenset({"MULTICHOICE", "MC", "MULTICHOICE_H", "MCH", "MULTICHOICE_V", "MCV", "MULTICHOICE_S", "MCS", "MULTICHOICE_HS", "MCHS", "MULTICHOICE_VS", "MCVS"})  # fmt: skip
_TYPED: Final = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "NUMERICAL", "NM"})


def has_gaps(text: str) -> bool:
    """Whether there are embedded answers in a text."""
    return _GAP.search(text) is not None


def read(text: str, place: str, notes: Notes) -> tuple[str, list[Gap]] | None:
    """HTML with [[1]], [[2]] where the gaps were, and the gaps; None for what cannot be taken, which is noted."""
    found: list[Gap] = []
    weights = set()
    for match in _GAP.finditer(text):
        weights.add(match[1] or "1")
        gap = _gap(str(len(found) + 1), match[2], match[3], place, notes)
        if gap is None:
            return None
        found.append(gap)
    if len(weights) > 1:
        notes.add(place, _("different weights of gaps"), _("every gap counts the same here"))
    numbers = iter(range(1, len(found) + 1))
    return _GAP.sub(lambda _match: f"[[{next(numbers)}]]", text), found


def _gap(id: str, sort: str, inside: str, place: str, notes: Notes) -> Gap | None:
    answers = [_answer(one) for one in re.split(r"(?<!\\)~", inside)]
    right = [one for one in answers if one[0] == 100]
    why = next((said for _worth, _text, said in right if said), "")
    if any(said and said != why for _worth, _text, said in answers):
        notes.add(place, _("feedback to single answers of a gap"), _("here a gap has one reason"))
    if any(0 < worth < 100 for worth, _text, _said in answers):
        notes.add(place, _("points for half right answers"), _("one answer is right here, the others are wrong"))
    if sort in _CHOSEN:
        return Gap(id, lettered([(text, worth == 100) for worth, text, _said in answers]), why=why)
    if sort in _TYPED:
        said = [text for _worth, text, _why in right]
        if sort.startswith("N"):
            if any(":" in text and text.partition(":")[2].strip(" 0.") for text in said):
                notes.add(place, _("the tolerance of a number in a gap"), _("what is typed has to be the same here"))
            said = [text.partition(":")[0] for text in said]
        kept = [one for text in said if (one := unstarred(text, place, notes))]
        return Gap(id, {}, " / ".join(kept), why)
    notes.add(
        place, _("a gap of the type “%(type)s”") % {"type": sort}, _("this kind cannot be taken: write it by hand")
    )
    return None


def _answer(written: str) -> tuple[float, str, str]:
    """Per cent, text and feedback of one answer."""
    match = _ANSWER.fullmatch(written)
    if match is None:
        return 0, "", ""
    worth = 100.0 if match[1] == "=" else float(match[2] or 0)
    return worth, _words(match[3]), _words(match[4] or "")


def _words(written: str) -> str:
    return " ".join(plain(re.sub(r"\\(.)", r"\1", written)).split())


def write(stem: str, question: dict[str, Any]) -> str:
    """The question as HTML, its answers embedded."""
    found = {one.id: one for one in gaps_of(question)}
    text = GAP.sub(lambda gap: _written(found[gap[1]]) if gap[1] in found else gap[0], html(question.get("text", "")))
    return f"{html(stem)}<hr>{text}"


def _written(gap: Gap) -> str:
    if gap.options:
        answers = [
            ("=" if right else "") + _escaped(text, gap.why if right else "") for text, right in gap.options.values()
        ]
        return "{1:MULTICHOICE_S:" + "~".join(answers) + "}"
    return "{1:SHORTANSWER:" + "~".join("=" + _escaped(starred(one), gap.why) for one in separate(gap.accepted)) + "}"


def _escaped(text: str, why: str) -> str:
    """One line of text and its feedback. Signs that mean something are entities, which Moodle takes for no signs."""
    return "#".join(
        re.sub(r"[\\}~#\"=%<>&]", lambda sign: f"&#{ord(sign[0])};", writable(one)) for one in (text, why) if one
    )
