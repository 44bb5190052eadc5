"""What every format reads and writes: an item with nothing of the database in it, and notes on what was lost."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Self

from django.utils.translation import gettext as _

from assessments.kinds import KINDS
from content.authored.shapes import READ_BY_PEOPLE, wordings
from content.blocks import TextBlock
from core import text
from myanmar.encoding import zawgyi_to_unicode
from myanmar.text import clean_text

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_ID: Final = re.compile(r"[a-z0-9]{1,10}")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
# What the options of true and false are called, by language; the last is taken for a language without words of its own.
TRUTH: Final = {"my": ("မှန်", "မှား"), "en": ("True", "False")}
# What items carry besides the question, by the name under which it travels as a tag.
DESCRIBED: Final = (
    "objective",
    "competency",
    "bloom",
    "difficulty",
    "use",
    "asks_certainty",
    "facts",
    "sources",
    "flags",
)


@dataclass(frozen=True)
class Draft:
    """An item as a file has it. None and "": the file does not say. code: "" where it has none.

    question: plain parts, shaped as its kind's block keeps them. place: where in the file, to name it by.
    """

    code: str
    kind: str
    stem: str
    question: dict[str, Any]
    feedback: str = ""
    objective: str = ""
    competency: str = ""
    bloom: str = ""
    difficulty: int | None = None
    use: str = ""
    asks_certainty: bool | None = None
    facts: str | None = None
    sources: str | None = None
    flags: str | None = None
    language: str = "en"
    place: str = ""

    def as_json(self) -> dict[str, Any]:
        """The draft as plain values."""
        return asdict(self)

    def tags(self) -> list[str]:
        """What it says besides the question, as "name:value", for formats that have tags."""
        said = {name: getattr(self, name) for name in DESCRIBED}
        return [f"{name}:{_written(value)}" for name, value in said.items() if value not in (None, "")]

    def tagged(self, tags: Iterable[str]) -> tuple[Self, list[str]]:
        """The draft with what its tags say, and the tags that say nothing known."""
        values: dict[str, Any] = {}
        unknown = []
        for tag in tags:
            name, colon, value = tag.partition(":")
            if colon and name in DESCRIBED and (read := _read(name, value.strip())) is not None:
                values[name] = read
            else:
                unknown.append(tag)
        return replace(self, **values), unknown


def _written(value: Any) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _read(name: str, value: str) -> Any:
    """The value of a tag or cell; None where it is none."""
    if name == "difficulty":
        return int(value) if value.isascii() and value.isdigit() and len(value) < 3 else None
    if name == "asks_certainty":
        return {"yes": True, "no": False}.get(value)
    return value[:200]


@dataclass(frozen=True)
class Note:
    """Something that a format could not carry. what: "" for a whole item; places: lines, identifiers or codes."""

    what: str
    why: str
    places: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The places, in one line; of very many the first."""
        shown = ", ".join(self.places[:20])
        return f"{shown} …" if len(self.places) > 20 else shown


@dataclass
class Notes:
    """Notes as they are found; the same thing in many places is said once."""

    found: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)

    def add(self, place: object, what: str, why: str = "") -> None:
        """Note what was lost at a place."""
        self.found.setdefault((what[:300], why[:300]), {})[str(place)[:80]] = None

    def listed(self) -> list[Note]:
        """Every note, in the order of its first place."""
        return [Note(what, why, tuple(places)) for (what, why), places in self.found.items()]


# --- Choices, which every format knows -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Option:
    """One option of a choice as a file has it."""

    text: str
    is_right: bool
    why: str = ""
    id: str = ""


def choice(options: Sequence[Option], *, language: str, is_multiple: bool = False) -> tuple[str, dict[str, Any]]:
    """Kind and parts of a choice. Two options called true and false make a question of that kind.

    Ids that the file gives are kept where all of them can be ids; else they are letters in order.
    """
    words = {
        word.casefold(): name for pair in TRUTH.values() for word, name in zip(pair, ("true", "false"), strict=True)
    }
    called = [words.get(option.text.strip().casefold()) for option in options]
    if sorted(map(str, called)) == ["false", "true"] and not is_multiple:
        judged = {name: option for name, option in zip(called, options, strict=True) if name}
        return "truefalse", truth(judged["true"].is_right, judged["true"].why, judged["false"].why, language=language)
    ids = [option.id.lower() for option in options]
    if len(set(ids)) != len(ids) or not all(map(_ID.fullmatch, ids)):
        ids = [letters(place) for place in range(len(options))]
    parts = [
        {"id": name, "text": option.text, "correct": option.is_right, "rationale": option.why}
        for name, option in zip(ids, options, strict=True)
    ]
    return ("multiple" if is_multiple else "single"), {"options": parts}


def truth(is_true: bool, why_true: str, why_false: str, *, language: str) -> dict[str, Any]:
    """The parts of a question of true and false; why_…: the reason shown with each of the two."""
    words = TRUTH.get(language, TRUTH["en"])
    return {
        "options": [
            {"id": name, "text": word, "correct": correct, "rationale": why}
            for name, word, correct, why in zip(
                ("true", "false"), words, (is_true, not is_true), (why_true, why_false), strict=True
            )
        ]
    }


def options_of(draft: Draft) -> list[Option]:
    """The options of a choice."""
    return [
        Option(one.get("text", ""), bool(one.get("correct")), one.get("rationale", ""), one.get("id", ""))
        for one in draft.question.get("options", [])
    ]


def letters(place: int) -> str:
    """a to z for 0 to 25, then aa, ab and so on."""
    return (letters(place // 26 - 1) if place >= 26 else "") + _LETTERS[place % 26]


# --- Texts ---------------------------------------------------------------------------------------------------------------


def cleaned(draft: Draft, notes: Notes) -> Draft | None:
    """The draft with its texts as they are stored. Zawgyi is converted and noted; None where only its writer can mend it.

    One option is too short to tell Zawgyi from Unicode, so that all texts of an item are asked together.
    """
    together = "\n".join([draft.stem, draft.feedback, *wordings(draft.question)])
    found = text.finding(together, "lines")
    if found == "mixed":
        notes.add(
            draft.place,
            _("an item"),
            _("it is partly in Zawgyi, partly in Unicode: write it in Unicode and send it again"),
        )
        return None
    if found == "zawgyi":
        notes.add(draft.place, _("Zawgyi"), _("it was converted to Unicode: compare it with the file"))

    def clean(value: str, *, multiline: bool) -> str:
        return clean_text(zawgyi_to_unicode(value) if found == "zawgyi" else value, multiline=multiline)

    kind = KINDS.get(draft.kind)
    question = _each_text(draft.question, kind.block() if kind else None, clean)
    kept = replace(
        draft, stem=clean(draft.stem, multiline=True), feedback=clean(draft.feedback, multiline=True), question=question
    )
    return replace(kept, code=draft.code.strip(), facts=_line(draft.facts), sources=_line(draft.sources))


def _line(value: str | None) -> str | None:
    return None if value is None else " ".join(value.split())


def _each_text(part: Any, block: Any, clean: Callable[..., str], name: str = "") -> Any:
    """The parts of a question with every text that people read cleaned; where the block has one line, it is one line."""
    if isinstance(part, Mapping):
        blocks = getattr(block, "child_blocks", {})
        return {key: _each_text(value, blocks.get(key), clean, key) for key, value in part.items()}
    if isinstance(part, list):
        return [_each_text(value, getattr(block, "child_block", None), clean, name) for value in part]
    if not isinstance(part, str) or name not in READ_BY_PEOPLE:
        return part
    return clean(part, multiline=isinstance(block, TextBlock))
