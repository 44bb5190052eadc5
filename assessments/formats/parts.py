"""The parts of questions as other systems know them: pairs, sequences, numbers, words and gaps, without ids of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.formats.draft import Notes, letters
from assessments.formats.markup import RULE
from assessments.kinds.numeric import EXACT
from assessments.kinds.shorttext import alternatives, forms
from myanmar.digits import to_ascii_digits

GAP: Final = re.compile(r"\[\[([A-Za-z0-9-]{1,10})\]\]")
MIDDLE: Final = (
    f"\n\n{RULE}\n\n"  # between the question and the text that it is about, in formats with one text for both
)


@dataclass(frozen=True)
class Valued:
    """A number or words that are recognised. said: a number, or words with " / " between those that are as good."""

    said: str
    points: int
    why: str = ""
    tolerance: str = "0"
    id: str = ""


@dataclass(frozen=True)
class Gap:
    """A gap in a text. options: text and whether it is right, by id; empty for one that is typed into, as `accepted`."""

    id: str
    options: dict[str, tuple[str, bool]]
    accepted: str = ""
    why: str = ""


def matching(pairs: Sequence[tuple[str, str, str]], spare: Sequence[str] = ()) -> dict[str, Any]:
    """pairs: left, right, why they belong together. spare: on the right, belonging to nothing."""
    rights = list(dict.fromkeys([*(right for _left, right, _why in pairs), *spare]))
    return {
        "lefts": [
            {"id": letters(place), "text": left, "match": letters(rights.index(right)), "rationale": why}
            for place, (left, right, why) in enumerate(pairs)
        ],
        "rights": [{"id": letters(place), "text": text} for place, text in enumerate(rights)],
    }


def ordering(parts: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """parts: id ("" for the next letter), text and reason, in the right order."""
    return {
        "parts": [
            {"id": id or letters(place), "text": text, "rationale": why} for place, (id, text, why) in enumerate(parts)
        ],
        "critical": [],
        "cap": 50,
        "free": [],
    }


def numbers(values: Sequence[Valued], unit: str = "") -> dict[str, Any]:
    """The parts of a question for a number."""
    return {
        "values": [
            {
                "id": one.id or letters(place),
                "value": one.said,
                "tolerance": one.tolerance,
                "points": one.points,
                "rationale": one.why,
            }
            for place, one in enumerate(values)
        ],
        "unit": unit,
    }


def words(answers: Sequence[Valued]) -> dict[str, Any]:
    """The parts of a question for a few words."""
    return {
        "answers": [
            {"id": one.id or letters(place), "text": one.said, "points": one.points, "rationale": one.why}
            for place, one in enumerate(answers)
        ]
    }


def joined(answers: Sequence[Valued], place: str, notes: Notes) -> list[Valued]:
    """Answers of which neighbours earn and say the same stand together, as alternatives.

    What is compared as the same here as an answer before it is left out and noted: nobody could ever give it.
    """
    found: list[Valued] = []
    heard: set[str] = set()
    for one in answers:
        last = found[-1] if found else None
        is_like_last = last and (last.points, last.why, last.id) == (one.points, one.why, one.id)
        if not is_like_last and not heard.isdisjoint(forms(one.said)):
            notes.add(
                place,
                _("the answer “%(text)s”") % {"text": one.said[:80]},
                _("it differs from another only in capital letters, spaces or signs, which do not count here"),
            )
            continue
        heard |= forms(one.said)
        if last and is_like_last:
            found[-1] = replace(last, said=f"{last.said} / {one.said}")
        else:
            found.append(one)
    return found


def separate(text: str) -> list[str]:
    """The alternatives, each an answer of its own for systems that know none."""
    return alternatives(text) or [text]


def gaps(text: str, found: Sequence[Gap]) -> dict[str, Any]:
    """The parts of a text with gaps, which stand in it as [[id]]."""
    return {
        "text": text,
        "gaps": [
            {
                "id": one.id,
                "options": [{"id": id, "text": said, "correct": right} for id, (said, right) in one.options.items()],
                "text": one.accepted,
                "rationale": one.why,
            }
            for one in found
        ],
    }


def lettered(options: Sequence[tuple[str, bool]]) -> dict[str, tuple[str, bool]]:
    """Options of a gap by letters."""
    return {letters(place): one for place, one in enumerate(options)}


def gaps_of(question: dict[str, Any]) -> list[Gap]:
    """The gaps of a text, in the order of its parts."""
    return [
        Gap(
            one["id"],
            {each["id"]: (each["text"], bool(each.get("correct"))) for each in one.get("options") or []},
            one.get("text") or "",
            one.get("rationale") or "",
        )
        for one in question.get("gaps", [])
    ]


def asked_about(text: str, default: str) -> tuple[str, str]:
    """The question and the text that it is about. default: the question, where the file has only a text."""
    stem, middle, rest = text.partition(MIDDLE)
    if middle and "[[" not in stem:
        return stem, rest
    before, paragraphs = [], text.split("\n\n")
    while len(paragraphs) > 1 and "[[" not in paragraphs[0]:
        before.append(paragraphs.pop(0))
    return "\n\n".join(before) or default, "\n\n".join(paragraphs)


def gap_stem(language: str) -> str:
    """The question of a text with gaps that came without one."""
    with override(language):
        return _("Fill in the gaps.")


# --- Numbers as other systems write them ----------------------------------------------------------------------------------


def exact(text: str) -> str | None:
    """A number as it is kept; None for what is none."""
    said = to_ascii_digits(text).strip().replace("−", "-")
    if EXACT.fullmatch(said):
        return said
    try:
        number = Decimal(said)
    except InvalidOperation:
        return None
    return f"{number:f}" if number.is_finite() and abs(number.adjusted()) < 20 else None


def measured(said: str, tolerance: str = "0") -> tuple[str, str] | None:
    """Number and tolerance; "1..5" is 3 with a tolerance of 2. None for what is no number."""
    low, dots, high = said.partition("..")
    if dots:
        ends = exact(low), exact(high)
        if ends[0] is None or ends[1] is None:
            return None
        a, b = Decimal(ends[0]), Decimal(ends[1])
        said, tolerance = f"{(a + b) / 2:f}", f"{abs(b - a) / 2:f}"
    value, off = exact(said), exact(tolerance or "0")
    return None if value is None or off is None else (value, off.removeprefix("-"))


def percent(worth: float | Decimal, place: str, notes: Notes) -> int:
    """Points in whole per cent, from 0 to 100."""
    points = min(100, max(0, round(worth)))
    if points != worth:
        notes.add(place, _("points of an answer"), _("they are whole numbers from 0 to 100 per cent here"))
    return points


def unstarred(text: str, place: str, notes: Notes) -> str:
    r"""Words as Moodle matches them: * stands for anything, \* for itself. "" for an answer that everything fits."""
    if text == "*":
        notes.add(place, _("what is said of every other answer"), _("there is no place for it here"))
        return ""
    said = text.replace("\\*", "\0")
    if "*" in said:
        notes.add(
            place, _("the sign * for any letters"), _("answers are compared word by word: write out what is meant")
        )
    return said.replace("\0", "*")


def starred(text: str) -> str:
    """The reverse."""
    return text.replace("*", "\\*")
