"""Moodle XML: https://docs.moodle.org/en/Moodle_XML_format."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from assessments.formats import embedded
from assessments.formats.draft import CODE, Draft, Notes, Option, choice, options_of, truth
from assessments.formats.markup import html, plain, text_of, writable, written
from assessments.formats.parts import (
    Gap,
    Valued,
    asked_about,
    gap_stem,
    gaps,
    joined,
    lettered,
    matching,
    measured,
    numbers,
    ordering,
    percent,
    separate,
    starred,
    unstarred,
    words,
)

# Texts shown with every answer, and what tells a system how to ask: nothing here has a place for them.
_UNUSED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "hint", "graderinfo", "responsetemplate")


def read(root: Any, language: str, notes: Notes) -> list[Draft]:
    """The questions of a <quiz>."""
    drafts = []
    for number, element in enumerate(root.iterfind("question"), start=1):
        name = text_of(element.find("name/text")).strip()
        place = name or _("question %(number)s") % {"number": number}
        sort = element.get("type", "")
        if sort == "category":
            notes.add(
                text_of(element.find("category/text")).strip() or place,
                _("a category"),
                _("items are ordered by objectives here"),
            )
            continue
        reader = READERS.get(sort)
        if reader is None:
            notes.add(
                place,
                _("a question of the type “%(type)s”") % {"type": sort[:40]},
                _("it cannot be taken from Moodle XML: write it by hand"),
            )
            continue
        if draft := reader(_described(element, name, place, language, notes), element, notes):
            drafts.append(draft)
    return drafts


def _described(element: Any, name: str, place: str, language: str, notes: Notes) -> Draft:
    """What every type has."""
    idnumber = text_of(element.find("idnumber")).strip()
    code = next((one for one in (idnumber, name) if CODE.fullmatch(one)), "")
    for one in dict.fromkeys((idnumber, name)):
        if one and one != code:
            notes.add(place, _("the name “%(name)s”") % {"name": one[:80]}, _("an item has a code and no name"))
    for one in _UNUSED:
        if any(text_of(part).strip() for part in element.iterfind(one)):
            notes.add(place, f"<{one}>", _("there is no place for it here"))
    for one in element.iter("file"):
        notes.add(
            place, _("a file: %(name)s") % {"name": one.get("name", "")[:80]}, _("only words are taken; add it by hand")
        )
    if _number(text_of(element.find("defaultgrade")), 1) != 1:
        notes.add(place, _("points of its own"), _("every question counts one point here"))
    draft = Draft(
        code,
        "",
        _text(element.find("questiontext"), place, notes),
        {},
        feedback=_text(element.find("generalfeedback"), place, notes),
        language=language,
        place=place,
    )
    draft, unknown = draft.tagged(text_of(tag.find("text")).strip() for tag in element.iterfind("tags/tag"))
    for tag in unknown:
        notes.add(place, _("the tag “%(tag)s”") % {"tag": tag[:80]}, _("it is none that items have here"))
    return draft


def _text(element: Any, place: str, notes: Notes, default: str = "html") -> str:
    """What <text> inside an element says, as plain text. Files that Moodle packs beside it are noted elsewhere."""
    if element is None:
        return ""
    said = text_of(element.find("text")).strip()
    form = element.get("format") or default
    if form == "markdown":
        notes.add(place, _("Markdown"), _("its marks stay in the text: take them out"))
    return (
        said
        if form in ("plain_text", "markdown") or default == "plain_text"
        else plain(said, lambda what, why: notes.add(place, what, why))
    )


def _number(text: str, default: float) -> float:
    try:
        return float(text)
    except ValueError:
        return default


# --- Types -------------------------------------------------------------------------------------------------------------------

Reader = Callable[[Draft, Any, Notes], Draft | None]


def _answers(element: Any, place: str, notes: Notes, form: str = "html") -> Iterator[tuple[float, str, str]]:
    """Per cent, text and feedback of each <answer>. form: of an answer that says none."""
    for answer in element.iterfind("answer"):
        # Older files say nothing of the format of a choice and mean HTML.
        yield (
            _number(answer.get("fraction", "0"), 0),
            _text(answer, place, notes, form),
            _text(answer.find("feedback"), place, notes),
        )


def _read_choice(draft: Draft, element: Any, notes: Notes) -> Draft:
    answers = list(_answers(element, draft.place, notes))
    is_multiple = text_of(element.find("single")).strip().lower() in ("false", "0")
    if is_multiple and len({worth for worth, _text, _why in answers if worth > 0}) > 1:
        notes.add(draft.place, _("different weights of right answers"), _("every right answer counts the same here"))
    if not is_multiple and any(0 < worth < 100 for worth, _text, _why in answers):
        notes.add(draft.place, _("points for half right answers"), _("one answer is right here, the others are wrong"))
    options = [Option(text, worth > 0 if is_multiple else worth == 100, why) for worth, text, why in answers]
    kind, question = choice(options, language=draft.language, is_multiple=is_multiple)
    return replace(draft, kind=kind, question=question)


def _read_truth(draft: Draft, element: Any, notes: Notes) -> Draft | None:
    said = {text.strip().lower(): (worth > 0, why) for worth, text, why in _answers(element, draft.place, notes)}
    if set(said) != {"true", "false"}:
        notes.add(draft.place, _("a question"), _("its answers are not “true” and “false”"))
        return None
    parts = truth(said["true"][0], said["true"][1], said["false"][1], language=draft.language)
    return replace(draft, kind="truefalse", question=parts)


def _read_words(draft: Draft, element: Any, notes: Notes) -> Draft:
    found = [
        Valued(said, percent(worth, draft.place, notes), why)
        for worth, text, why in _answers(element, draft.place, notes, "plain_text")
        if (said := unstarred(text, draft.place, notes))
    ]
    if text_of(element.find("usecase")).strip() == "1":
        notes.add(draft.place, _("capital letters that count"), _("answers are compared without them here"))
    return replace(draft, kind="shorttext", question=words(joined(found, draft.place, notes)))


def _read_number(draft: Draft, element: Any, notes: Notes) -> Draft | None:
    values = []
    for answer, (worth, text, why) in zip(
        element.iterfind("answer"), _answers(element, draft.place, notes, "plain_text"), strict=True
    ):
        if text == "*":
            unstarred(text, draft.place, notes)
            continue
        given = measured(text, text_of(answer.find("tolerance")).strip())
        if given is None:
            notes.add(draft.place, _("a question whose answer is a number"), _("its number cannot be read"))
            return None
        values.append(Valued(given[0], percent(worth, draft.place, notes), why, given[1]))
    units = [text_of(one.find("unit_name")).strip() for one in element.iterfind("units/unit")]
    if len(units) > 1:
        notes.add(draft.place, _("further units of measure"), _("a number has one here"))
    return replace(draft, kind="numeric", question=numbers(values, next(iter(units), "")))


def _read_matching(draft: Draft, element: Any, notes: Notes) -> Draft:
    said = [
        (_text(one, draft.place, notes), text_of(one.find("answer/text")).strip())
        for one in element.iterfind("subquestion")
    ]
    pairs = [(left, right, "") for left, right in said if left]
    return replace(
        draft, kind="matching", question=matching(pairs, [right for left, right in said if not left and right])
    )


def _read_ordering(draft: Draft, element: Any, notes: Notes) -> Draft:
    # The share of an answer is its place.
    found = sorted(_answers(element, draft.place, notes), key=lambda one: one[0])
    return replace(draft, kind="ordering", question=ordering([("", text, why) for _place, text, why in found]))


def _read_gaps(draft: Draft, element: Any, notes: Notes) -> Draft | None:
    """The text is read again: in the one that was read as words the answers are still embedded."""
    found = embedded.read(text_of(element.find("questiontext/text")), draft.place, notes)
    if found is None:
        return None
    stem, text = asked_about(plain(found[0]), gap_stem(draft.language))
    return replace(draft, kind="cloze", stem=stem, question=gaps(text, found[1]))


def _read_numbered_gaps(draft: Draft, element: Any, notes: Notes) -> Draft:
    """Gaps [[1]], [[2]] whose number is that of the right one among the options of the same group."""
    options = [
        (text_of(one.find("text")).strip(), text_of(one.find("group")).strip() or "1")
        for name in ("selectoption", "dragbox")
        for one in element.iterfind(name)
    ]
    numbered = dict(enumerate(options, start=1))
    text, found = draft.stem, []
    for place, right in enumerate(re.findall(r"\[\[(\d{1,3})\]\]", draft.stem), start=1):
        said, group = numbered.get(int(right), ("", ""))
        text = text.replace(f"[[{right}]]", f"[[\0{place}]]", 1)
        among = [(one, one == said) for one, of in options if of == group]
        found.append(Gap(str(place), lettered(among)))
    stem, text = asked_about(text.replace("\0", ""), gap_stem(draft.language))
    return replace(draft, kind="cloze", stem=stem, question=gaps(text, found))


READERS: dict[str, Reader] = {
    "multichoice": _read_choice,
    "multichoiceset": _read_choice,
    "truefalse": _read_truth,
    "shortanswer": _read_words,
    "numerical": _read_number,
    "matching": _read_matching,
    "ordering": _read_ordering,
    "multianswer": _read_gaps,
    "cloze": _read_gaps,
    "gapselect": _read_numbered_gaps,
    "ddwtos": _read_numbered_gaps,
}


# --- Writing -----------------------------------------------------------------------------------------------------------------


def write(drafts: Sequence[Draft], notes: Notes) -> bytes:
    """A <quiz>. Items of a kind that it has no place for are noted."""
    root = Element("quiz")
    for draft in drafts:
        if draft.kind not in WRITERS:
            notes.add(
                draft.code,
                _("an item of the kind “%(kind)s”") % {"kind": draft.kind},
                _("Moodle XML has no place for it"),
            )
            continue
        sort, writer = WRITERS[draft.kind]
        question = SubElement(root, "question", {"type": sort})
        SubElement(SubElement(question, "name"), "text").text = writable(draft.code)
        _say(SubElement(question, "questiontext"), draft.stem)
        _say(SubElement(question, "generalfeedback"), draft.feedback)
        SubElement(question, "defaultgrade").text = "1"
        SubElement(question, "idnumber").text = writable(draft.code)
        writer(question, draft)
        tags = SubElement(question, "tags")
        for tag in draft.tags():
            SubElement(SubElement(tags, "tag"), "text").text = writable(tag)
    return written(root)


def _say(element: Any, text: str) -> None:
    element.set("format", "html")
    SubElement(element, "text").text = html(text)


def _answer(question: Any, worth: float, text: str, why: str, *, is_html: bool = True) -> None:
    answer = SubElement(question, "answer", {"fraction": f"{worth:.7g}"})
    if is_html:
        _say(answer, text)
    else:
        answer.set("format", "plain_text")
        SubElement(answer, "text").text = writable(text)
    _say(SubElement(answer, "feedback"), why)


def _write_choice(question: Any, draft: Draft) -> None:
    """Weights give the points that the kind gives: among several, a wrong answer takes away what a right one gives."""
    options = options_of(draft)
    is_multiple = draft.kind == "multiple"
    each = 100 / max(sum(one.is_right for one in options), 1)
    SubElement(question, "single").text = "false" if is_multiple else "true"
    SubElement(question, "shuffleanswers").text = "true"
    SubElement(question, "answernumbering").text = "abc"
    for one in options:
        _answer(question, each if one.is_right else -each if is_multiple else 0, one.text, one.why)


def _write_truth(question: Any, draft: Draft) -> None:
    for one in options_of(draft):
        _answer(question, 100 if one.is_right else 0, one.id, one.why, is_html=False)


def _write_words(question: Any, draft: Draft) -> None:
    SubElement(question, "usecase").text = "0"
    for one in draft.question["answers"]:
        for said in separate(one["text"]):
            _answer(question, one["points"], starred(said), one["rationale"], is_html=False)


def _write_number(question: Any, draft: Draft) -> None:
    for one in draft.question["values"]:
        _answer(question, one["points"], one["value"], one["rationale"], is_html=False)
        SubElement(question.findall("answer")[-1], "tolerance").text = one["tolerance"]
    if unit := draft.question.get("unit"):
        element = SubElement(SubElement(question, "units"), "unit")
        SubElement(element, "multiplier").text = "1"
        SubElement(element, "unit_name").text = writable(unit)
    SubElement(question, "unitgradingtype").text = "0"
    SubElement(question, "showunits").text = "3"
    SubElement(question, "unitsleft").text = "0"


def _write_matching(question: Any, draft: Draft) -> None:
    SubElement(question, "shuffleanswers").text = "true"
    rights = {one["id"]: one["text"] for one in draft.question["rights"]}
    lefts = [(one["text"], one["match"]) for one in draft.question["lefts"]]
    spare = [("", id) for id in rights if id not in {match for _left, match in lefts}]
    for left, id in [*lefts, *spare]:
        pair = SubElement(question, "subquestion")
        _say(pair, left)
        SubElement(SubElement(pair, "answer"), "text").text = writable(rights.get(id, ""))


def _write_ordering(question: Any, draft: Draft) -> None:
    for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", "0"), ("gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT"), ("showgrading", "SHOW"), ("numberingstyle", "none")):  # fmt: skip
        SubElement(question, name).text = value
    for place, one in enumerate(draft.question["parts"], start=1):
        _answer(question, place, one["text"], one.get("rationale") or "")


def _write_gaps(question: Any, draft: Draft) -> None:
    text = question.find("questiontext/text")
    text.text = embedded.write(draft.stem, draft.question)


# Types by kind, and how they are written. Pictures are not among them: Moodle places them by dots of a picture of its own.
WRITERS: dict[str, tuple[str, Callable[[Any, Draft], None]]] = {
    "single": ("multichoice", _write_choice),
    "multiple": ("multichoice", _write_choice),
    "truefalse": ("truefalse", _write_truth),
    "shorttext": ("shortanswer", _write_words),
    "numeric": ("numerical", _write_number),
    "matching": ("matching", _write_matching),
    "ordering": ("ordering", _write_ordering),
    "cloze": ("multianswer", _write_gaps),
}
