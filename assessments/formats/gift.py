r"""GIFT, the text format of Moodle: https://docs.moodle.org/en/GIFT_format.

Written are plain texts only. What an item says besides its question travels in a comment line, where Moodle reads it as
id and tags: `// [id:MIG-M01.O1-101] [tag:objective:M01.O1]`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from assessments.formats.draft import CODE, Draft, Notes, Option, choice, options_of, truth
from assessments.formats.markup import plain
from assessments.formats.parts import (
    Valued,
    joined,
    matching,
    measured,
    numbers,
    percent,
    separate,
    starred,
    unstarred,
    words,
)

_SPECIAL: Final = "\\~=#{}:"
# While a question is taken apart, what was escaped stands on code points that no text uses.
_HIDDEN: Final = {sign: chr(0xF0000 + place) for place, sign in enumerate(_SPECIAL)} | {"n": chr(0xF0100)}
_SHOWN: Final = str.maketrans({hidden: "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()})
_ESCAPE: Final = re.compile(r"\\([\\~=#{}:n])")
_FORMAT: Final = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_TITLE: Final = re.compile(r"\s*::(.*?)::", re.DOTALL)
_TAG: Final = re.compile(r"\[(id|tag):(.*?)(?<!\\)\]")
_TRUTH: Final = re.compile(r"(T|TRUE|F|FALSE)\s*(?:#|$)", re.IGNORECASE)
_WEIGHT: Final = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,10})?)%")


@dataclass(frozen=True)
class Block:
    """One question's text, its escapes hidden. line: of its first line; tags: of the comments before it."""

    line: int
    text: str
    code: str
    tags: Sequence[str]


@dataclass(frozen=True)
class Answer:
    """One answer inside the braces. weight: in per cent; None for "=" and "~" without one."""

    sign: str
    weight: Decimal | None
    text: str
    why: str

    @property
    def worth(self) -> Decimal:
        """Per cent of the points."""
        return self.weight if self.weight is not None else Decimal(100 if self.sign == "=" else 0)


def looks_like(text: str) -> bool:
    """Whether a text has braces as GIFT has them."""
    hidden = _ESCAPE.sub("", text)
    return re.search(r"\{[^{}]*\}", hidden) is not None


def read(text: str, language: str, notes: Notes) -> list[Draft]:
    """The questions of a GIFT file."""
    return [draft for block in blocks(text, notes) if (draft := _draft(block, language, notes))]


def blocks(text: str, notes: Notes) -> Iterator[Block]:
    """The questions, which empty lines separate."""
    lines: list[str] = []
    first, code, tags = 1, "", []  # type: ignore[var-annotated]
    for number, line in enumerate([*re.sub(r"\r\n?", "\n", text).split("\n"), ""], start=1):
        if line.lstrip().startswith("//"):
            for name, value in _TAG.findall(line):
                if name == "id":
                    code = value.replace("\\]", "]").strip()
                else:
                    tags.append(value.replace("\\]", "]").strip())
        elif line.startswith("$CATEGORY:"):
            notes.add(_line(number), _("a category"), _("items are ordered by objectives here"))
        elif line.strip():
            first = first if lines else number
            lines.append(line)
        elif lines:
            yield Block(first, _ESCAPE.sub(lambda found: _HIDDEN[found[1]], "\n".join(lines)), code, tags)
            lines, code, tags = [], "", []


def _line(number: int) -> str:
    return _("line %(number)s") % {"number": number}


def _draft(block: Block, language: str, notes: Notes) -> Draft | None:
    place = _line(block.line)
    text, code = block.text, block.code
    if title := _TITLE.match(text):
        text = text[title.end() :]
        name = title[1].translate(_SHOWN).strip()
        if not code and CODE.fullmatch(name):
            code = name
        elif name and name != code:
            notes.add(place, _("the name “%(name)s”") % {"name": name[:80]}, _("an item has a code and no name"))
    form, text = _form(text, "moodle")
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        notes.add(place, _("a text without a question"), _("only questions are taken"))
        return None
    before, inside, after = text[:start], text[start + 1 : end], text[end + 1 :].strip(' \t\n";')
    inside, *general = inside.split("####", 1)
    stem = f"{before.rstrip()} _____ {after}" if after.strip(" .") else before + ("_____" + after if after else "")

    def shown(part: str, of: str = form) -> str:
        return _shown(part, of, place, notes)

    said = shown(f"[{form}]{stem}")  # its format is known: one that follows is text
    draft = Draft(code, "", said, {}, feedback=shown("".join(general)), language=language, place=place)
    draft, unknown = draft.tagged(block.tags)
    for tag in unknown:
        notes.add(place, _("the tag “%(tag)s”") % {"tag": tag[:80]}, _("it is none that items have here"))
    inside = inside.strip()
    for belongs, reader in READERS:
        if belongs(inside):
            return reader(draft, inside, shown, notes)
    notes.add(place, _("a question of this kind"), _("answers in one's own words are written here by hand"))
    return None


def _form(text: str, default: str) -> tuple[str, str]:
    found = _FORMAT.match(text)
    return (found[1], text[found.end() :]) if found else (default, text)


def _shown(part: str, default: str, place: str, notes: Notes) -> str:
    """A text as people read it: its format told, its escapes undone."""
    form, part = _form(part.strip(), default)
    part = part.translate(_SHOWN).strip()
    if form == "markdown":
        notes.add(place, _("Markdown"), _("its marks stay in the text: take them out"))
    if form == "html" or (form == "moodle" and re.search(r"</?[a-z][^<>]*>|&[a-z]+;", part)):
        return plain(part, lambda what, why: notes.add(place, what, why))
    return part


def answers(inside: str, shown: Callable[[str], str]) -> list[Answer]:
    """The answers that = and ~ begin."""
    found = []
    for match in re.finditer(r"([=~])([^=~]*)", inside):
        body = match[2]
        weight = _WEIGHT.match(body)
        if weight:
            body = body[weight.end() :]
        text, _hash, why = body.partition("#")
        found.append(Answer(match[1], Decimal(weight[1]) if weight else None, shown(text), shown(why)))
    return found


# --- Kinds -----------------------------------------------------------------------------------------------------------------

Reader = Callable[[Draft, str, Callable[[str], str], Notes], Draft | None]


def _read_truth(draft: Draft, inside: str, shown: Callable[[str], str], notes: Notes) -> Draft:
    said, *why = (part.strip() for part in inside.split("#"))
    wrong, right = (*map(shown, why), "", "")[:2]
    is_true = said[:1].upper() == "T"
    reasons = (right, wrong) if is_true else (wrong, right)
    return replace(draft, kind="truefalse", question=truth(is_true, *reasons, language=draft.language))


def _read_choice(draft: Draft, inside: str, shown: Callable[[str], str], notes: Notes) -> Draft:
    given = answers(inside, shown)
    is_multiple = not any(one.sign == "=" for one in given) and all(one.worth < 100 for one in given)
    if is_multiple:
        right = {one.worth for one in given if one.worth > 0}
        if len(right) > 1:
            notes.add(
                draft.place, _("different weights of right answers"), _("every right answer counts the same here")
            )
        options = [Option(one.text, one.worth > 0, one.why) for one in given]
    else:
        if any(0 < one.worth < 100 for one in given):
            notes.add(
                draft.place, _("points for half right answers"), _("one answer is right here, the others are wrong")
            )
        options = [Option(one.text, one.worth == 100, one.why) for one in given]
    kind, question = choice(options, language=draft.language, is_multiple=is_multiple)
    return replace(draft, kind=kind, question=question)


def _read_number(draft: Draft, inside: str, shown: Callable[[str], str], notes: Notes) -> Draft | None:
    body, wrong, _why = inside[1:].partition("~")
    if wrong:
        notes.add(draft.place, _("what is said of every other answer"), _("there is no place for it here"))
    values = []
    for one in answers(body if "=" in body else f"={body}", shown):
        given = measured(*(part.strip() for part in one.text.partition(":")[::2]))
        if given is None:
            notes.add(draft.place, _("a question whose answer is a number"), _("its number cannot be read"))
            return None
        values.append(Valued(given[0], percent(one.worth, draft.place, notes), one.why, given[1]))
    return replace(draft, kind="numeric", question=numbers(values))


def _read_matching(draft: Draft, inside: str, shown: Callable[[str], str], notes: Notes) -> Draft:
    sides = [body.partition("->")[::2] for body in re.findall(r"=([^=~]*)", inside)]
    said = [(shown(left), right.translate(_SHOWN).strip()) for left, right in sides]  # on the right are plain words
    return replace(
        draft,
        kind="matching",
        question=matching(
            [(left, right, "") for left, right in said if left], [right for left, right in said if not left]
        ),
    )


def _read_words(draft: Draft, inside: str, shown: Callable[[str], str], notes: Notes) -> Draft:
    found = [
        Valued(said, percent(one.worth, draft.place, notes), one.why)
        for one in answers(inside if "=" in inside else f"={inside}", shown)
        if (said := unstarred(one.text, draft.place, notes))
    ]
    return replace(draft, kind="shorttext", question=words(joined(found, draft.place, notes)))


# What is inside the braces tells the kind; the first that fits, as in Moodle.
READERS: list[tuple[Callable[[str], bool], Reader]] = [
    (lambda inside: inside.startswith("#"), _read_number),
    (lambda inside: "~" in inside, _read_choice),
    (lambda inside: inside.startswith("=") and "->" in inside, _read_matching),
    (lambda inside: _TRUTH.match(inside) is not None, _read_truth),
    (bool, _read_words),
]


# --- Writing ---------------------------------------------------------------------------------------------------------------


def write(drafts: Sequence[Draft], notes: Notes) -> bytes:
    """A GIFT file. Items of a kind that GIFT has no place for are noted."""
    parts = []
    for draft in drafts:
        if draft.kind not in WRITERS:
            notes.add(
                draft.code, _("an item of the kind “%(kind)s”") % {"kind": draft.kind}, _("GIFT has no place for it")
            )
            continue
        tags = " ".join(f"[tag:{tag.replace(']', chr(92) + ']')}]" for tag in draft.tags())
        feedback = f"\n####{_plainly(draft.feedback)}" if draft.feedback else ""
        parts.append(
            f"// [id:{draft.code}] {tags}\n::{_escaped(draft.code)}::[plain]{_escaped(draft.stem)}"
            f"{{{WRITERS[draft.kind](draft)}{feedback}\n}}\n"
        )
    return "\n".join(parts).encode()


def _escaped(text: str) -> str:
    return re.sub(r"[\\~=#{}:]", lambda sign: f"\\{sign[0]}", text).replace("\n", "\\n")


def _answer(text: str, why: str) -> str:
    """An answer with its reason. One that begins like a weight or a format says that it is plain."""
    return _plainly(text) + (f"#{_plainly(why)}" if why else "")


def _plainly(text: str) -> str:
    return ("[plain]" if text.startswith(("%", "[")) else "") + _escaped(text)


def _write_single(draft: Draft) -> str:
    return "".join(f"\n\t{'=' if one.is_right else '~'}{_answer(one.text, one.why)}" for one in options_of(draft))


def _write_multiple(draft: Draft) -> str:
    """Weights that give the points which the kind gives: a wrong answer takes away what a right one gives."""
    options = options_of(draft)
    each = _share(sum(one.is_right for one in options))
    return "".join(f"\n\t~%{'' if one.is_right else '-'}{each}%{_answer(one.text, one.why)}" for one in options)


def _share(number: int) -> str:
    """100 ÷ number as Moodle writes it, with five places at most."""
    return f"{100 / max(number, 1):.5f}".rstrip("0").rstrip(".")


def _write_truth(draft: Draft) -> str:
    reasons = {one.id: one.why for one in options_of(draft)}
    is_true = any(one.is_right and one.id == "true" for one in options_of(draft))
    wrong, right = (_plainly(reasons.get(name, "")) for name in (("false", "true") if is_true else ("true", "false")))
    said = "TRUE" if is_true else "FALSE"
    return f"{said}#{wrong}#{right}" if wrong or right else said


def _write_number(draft: Draft) -> str:
    rows = draft.question["values"]
    return "#" + "".join(
        f"\n\t=%{one['points']}%{one['value']}:{one['tolerance']}"
        + (f"#{_plainly(one['rationale'])}" if one["rationale"] else "")
        for one in rows
    )


def _write_words(draft: Draft) -> str:
    return "".join(
        f"\n\t=%{one['points']}%{_answer(starred(said), one['rationale'])}"
        for one in draft.question["answers"]
        for said in separate(one["text"])
    )


def _write_matching(draft: Draft) -> str:
    rights = {one["id"]: one["text"] for one in draft.question["rights"]}
    lefts = [(one["text"], one["match"]) for one in draft.question["lefts"]]
    spare = [("", id) for id in rights if id not in {match for _left, match in lefts}]
    return "".join(f"\n\t={_plainly(left)} -> {_escaped(rights.get(id, ''))}" for left, id in [*lefts, *spare])


# The kinds that GIFT has a place for.
WRITERS: dict[str, Callable[[Draft], Any]] = {
    "single": _write_single,
    "multiple": _write_multiple,
    "truefalse": _write_truth,
    "matching": _write_matching,
    "numeric": _write_number,
    "shorttext": _write_words,
}
