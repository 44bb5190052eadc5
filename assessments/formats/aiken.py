"""Aiken, in: a question on one line, options that begin with a letter, and `ANSWER: B`.

https://docs.moodle.org/en/Aiken_format. Aiken has no place for reasons, codes or anything else; it is not written.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from assessments.formats.draft import Draft, Notes, Option, choice

_OPTION: Final = re.compile(r"([A-Z])[.)]\s*(.*)", re.DOTALL)
_ANSWER: Final = re.compile(r"ANSWER:\s*(.*)", re.IGNORECASE)
_START: Final = re.compile(r"^ANSWER:", re.MULTILINE)


@dataclass
class _Question:
    line: int
    stem: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)


def looks_like(text: str) -> bool:
    """Whether a text has options and answers as Aiken has them."""
    return _START.search(text) is not None and re.search(r"^[A-Z][.)]", text, re.MULTILINE) is not None


def read(text: str, language: str, notes: Notes) -> list[Draft]:
    """The questions of an Aiken file."""
    drafts: list[Draft] = []
    question = _Question(1)
    for number, line in enumerate(re.sub(r"\r\n?", "\n", text).split("\n"), start=1):
        line = line.strip()
        if not line:
            continue
        if answer := _ANSWER.fullmatch(line):
            if draft := _draft(question, answer[1].strip(), language, notes):
                drafts.append(draft)
            question = _Question(number + 1)
        elif option := _OPTION.fullmatch(line):
            question.options[option[1]] = option[2].strip()
        else:
            if question.options:
                notes.add(_place(question), _("a question"), _("no line “ANSWER:” follows its options"))
                question = _Question(number)
            if not question.stem:
                question.line = number
            question.stem.append(line)
    if question.stem or question.options:
        notes.add(_place(question), _("a question"), _("no line “ANSWER:” follows its options"))
    return drafts


def _place(question: _Question) -> str:
    return _("line %(number)s") % {"number": question.line}


def _draft(question: _Question, answer: str, language: str, notes: Notes) -> Draft | None:
    place = _place(question)
    if not question.stem:
        notes.add(place, _("options"), _("no question stands before them"))
        return None
    if answer not in question.options:
        notes.add(place, _("a question"), _("its answer is none of its options"))
        return None
    options = [Option(text, letter == answer) for letter, text in question.options.items()]
    kind, parts = choice(options, language=language)
    return Draft("", kind, "\n".join(question.stem), parts, language=language, place=place)
