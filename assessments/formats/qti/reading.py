"""QTI in: one item, in version 3.0, 2.1 or 2.2, or a package of items.

3.0 renamed everything and changed little: qti-simple-choice was simpleChoice. Names are read in their older form.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from assessments.errors import ExchangeBroken, ExchangeUnknown
from assessments.formats.draft import CODE, Draft, Notes, Option, choice, letters
from assessments.formats.markup import plain, text_of, unpacked, xml
from assessments.formats.parts import (
    Gap,
    Valued,
    asked_about,
    gap_stem,
    gaps,
    joined,
    measured,
    numbers,
    ordering,
    percent,
    words,
)
from assessments.kinds.base import ID

ITEM: Final = "assessmentItem"
GENERAL: Final = "general"  # the feedback that does not depend on the answer
_FEEDBACK: Final = ("feedbackInline", "feedbackBlock")
_BLANK: Final = "_____"
Instead = Callable[[Any], str | None]  # what stands for an element; None: itself


@dataclass
class Page:
    """An item as it is read. inside: its interactions; reasons: feedback by identifier, until it is used."""

    root: Any
    body: Any
    inside: list[Any]
    place: str
    notes: Notes
    reasons: dict[str, str] = field(default_factory=dict)

    def note(self, what: str, why: str) -> None:
        """Note what was lost."""
        self.notes.add(self.place, what, why)

    def said(self, element: Any, instead: Instead = lambda _element: None) -> str:
        """The words of an element."""
        return "" if element is None else plain(_markup(element, instead), self.note)

    def why(self, name: str) -> str:
        """The reason of a part by its identifier."""
        return self.reasons.pop(name, "")

    def declared(self, interaction: Any) -> Any:
        """The declaration of an interaction's response."""
        name = interaction.get("responseIdentifier")
        found = (one for one in self.root.iterfind("responseDeclaration") if one.get("identifier") == name)
        return next(found, Element("none"))

    def asked(self, element: Any, instead: Instead) -> str:
        """The words of an element as they are asked: without what is said afterwards or to others."""
        return self.said(element, lambda one: "" if one.tag in (*_FEEDBACK, "rubricBlock") else instead(one))

    def stem(self) -> str:
        """The text around the interactions, then their prompt."""
        around = self.asked(self.body, lambda one: "" if one in self.inside else None)
        prompts = [self.said(one.find("prompt"), _without_feedback) for one in self.inside]
        return "\n\n".join(filter(None, (around, *prompts)))


def _without_feedback(element: Any) -> str | None:
    return "" if element.tag in _FEEDBACK else None


def _camel(name: str) -> str:
    first, *rest = name.removeprefix("qti-").split("-")
    return first + "".join(part.title() for part in rest)


def older(root: Any) -> Any:
    """A tree with names and attributes as QTI 2 has them, and without namespaces."""
    for element in root.iter():
        if isinstance(element.tag, str):
            name = element.tag.rpartition("}")[2]
            element.tag = _camel(name) if name.startswith("qti-") else name
            for attribute in [one for one in element.attrib if "-" in one and "}" not in one]:
                element.set(_camel(attribute), element.attrib.pop(attribute))
    return root


def read_package(data: bytes, language: str, notes: Notes) -> list[Draft]:
    """The items of a package. What it says of them as keywords is read as tags."""
    files = unpacked(data)
    tags = _keywords(files)
    drafts, is_qti, others = [], False, []
    for name, content in files.items():
        if name == "imsmanifest.xml":
            continue
        if not name.lower().endswith(".xml"):
            others.append(name)
            continue
        try:
            root = older(xml(content))
        except ExchangeBroken:
            notes.add(name, _("a file of the package"), _("it is damaged or hostile, and was not read"))
            continue
        if root.tag != ITEM:
            is_qti |= root.tag in ("assessmentTest", "assessmentSection", "assessmentStimulus")
            notes.add(name, _("a file of the package"), _("it is no question, and only questions are taken"))
            continue
        is_qti = True
        if draft := read(root, language, notes):
            tagged, unknown = draft.tagged(tags.get(name, []))
            for tag in unknown:
                notes.add(draft.place, _("the tag “%(tag)s”") % {"tag": tag[:80]}, _("it is none that items have here"))
            drafts.append(tagged)
    known = {str(draft.question.get("drawing")) for draft in drafts}
    for name in others:
        if PurePosixPath(name).stem not in known:
            notes.add(name, _("a file of the package"), _("only questions are taken"))
    if not is_qti:
        raise ExchangeUnknown
    return drafts


def _keywords(files: dict[str, bytes]) -> dict[str, list[str]]:
    """Keywords of the manifest by file."""
    if "imsmanifest.xml" not in files:
        return {}
    root = older(xml(files["imsmanifest.xml"]))
    return {
        str(PurePosixPath(unquote(resource.get("href", "")))): [
            " ".join(text_of(word).split()) for word in resource.iterfind("metadata/lom/general/keyword")
        ]
        for resource in root.iter("resource")
    }


def read(root: Any, language: str, notes: Notes) -> Draft | None:
    """The question of an <assessmentItem> in its older form."""
    identifier = root.get("identifier", "").strip()
    place = identifier or root.get("title", "")[:80] or _("a question without identifier")
    body = root.find("itemBody")
    inside = [one for one in body.iter() if str(one.tag).endswith("Interaction")] if body is not None else []
    if root.get("adaptive") == "true" or root.find("templateProcessing") is not None:
        notes.add(place, _("a question that changes while it is answered"), _("it cannot be taken"))
        return None
    page = Page(root, body, inside, place, notes)
    reader = _reader(page)
    if reader is None:
        named = ", ".join(dict.fromkeys(one.tag for one in inside)) or _("none")
        page.note(
            _("a question; its interactions: %(names)s") % {"names": named[:120]},
            _("this kind cannot be taken from QTI: write it by hand"),
        )
        return None
    _note_unused(page)
    code = identifier if CODE.fullmatch(identifier) else ""
    if not code and identifier:
        page.note(_("the name “%(name)s”") % {"name": identifier[:80]}, _("an item has a code and no name"))
    modal = [(one.get("identifier", ""), page.said(one)) for one in root.iterfind("modalFeedback")]
    page.reasons = {name: text for name, text in modal if name != GENERAL and text}
    feedback = "\n\n".join(text for name, text in modal if name == GENERAL)
    draft = reader(Draft(code, "", "", {}, feedback=feedback, language=language, place=place), page)
    if page.reasons:
        page.note(_("feedback to the whole answer"), _("here each option has its reason; copy what is of use"))
    return draft


def _note_unused(page: Page) -> None:
    for name, what in (
        ("rubricBlock", _("a rubric")),
        ("stylesheet", _("a style sheet")),
        ("catalogInfo", _("a catalogue of supports")),
    ):
        if page.root.find(f".//{name}") is not None:
            page.note(what, _("there is no place for it here"))
    parts = (one for one in page.body.iter() if one.get("identifier") and one.tag not in _FEEDBACK)
    choices = {each for one in parts for each in one.iter("feedbackInline")}
    if any(text_of(one).strip() for name in _FEEDBACK for one in page.body.iter(name) if one not in choices):
        page.note(_("feedback inside the text"), _("there is no place for it here"))


# --- Texts ------------------------------------------------------------------------------------------------------------------


def _markup(element: Any, instead: Instead) -> str:
    """What is inside an element as HTML; names in QTI stay, and are no HTML."""
    parts = [_html(element.text or "")]
    for child in element:
        if isinstance(child.tag, str) and (other := instead(child)) is not None:
            parts.append(_html(other))
        elif isinstance(child.tag, str):
            name = child.tag.lower()
            held = "".join(
                f' {key}="{_html(child.get(key, ""))}"' for key in ("src", "data", "alt", "href") if child.get(key)
            )
            inner = _markup(child, instead)
            is_empty = name in ("br", "hr", "img") and not inner
            parts.append(f"<{name}{held}>" if is_empty else f"<{name}{held}>{inner}</{name}>")
        parts.append(_html(child.tail or ""))
    return "".join(parts)


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _taken(body: Any, path: str) -> Any:
    """An element taken out of the body, with its own text only; None where there is none."""
    for parent in body.iter():
        for child in parent.findall(path):
            parent.remove(child)
            return child
    return None


# --- Identifiers and values ------------------------------------------------------------------------------------------------


def _ids(names: Sequence[str]) -> dict[str, str]:
    """Ids of parts by their identifiers: what we made of ids is undone; what cannot be an id becomes a letter."""
    bare = [re.sub(r"^(?:[LRCG]_|_)", "", name) for name in names]
    if len(set(bare)) < len(bare) or not all(map(ID.fullmatch, bare)):
        bare = [letters(place) for place in range(len(names))]
    return dict(zip(names, bare, strict=True))


def _worth(declaration: Any) -> dict[str, float]:
    """Points of each value in a mapping."""
    return {one.get("mapKey", ""): _float(one.get("mappedValue")) for one in declaration.iterfind("mapping/mapEntry")}


def _float(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0


def _correct(declaration: Any, page: Page) -> list[str]:
    """The values that are right, else those that earn points."""
    right = [" ".join(text_of(value).split()) for value in declaration.iterfind("correctResponse/value")]
    worth = _worth(declaration)
    if not right:
        right = [name for name, value in worth.items() if value > 0]
    if len({worth[name] for name in right if name in worth}) > 1:
        page.note(_("different weights of right answers"), _("every right answer counts the same here"))
    return right


def _valued(page: Page) -> list[tuple[list[str], str, float, str]]:
    """Values with their tolerance, points and identifier: of the rules that give points for them, else of the declaration."""
    found = []
    for branch in (one for one in page.root.iter() if one.tag in ("responseIf", "responseElseIf") and len(one)):
        values = [text_of(one).strip() for one in branch[0].iter("baseValue")]
        off: list[str] = next((one.get("tolerance", "").split() for one in branch[0].iter("equal")), [])
        given = {
            one.get("identifier"): text_of(one.find("baseValue")).strip() for one in branch.iterfind("setOutcomeValue")
        }
        if values and given.get("SCORE"):
            found.append((values, off[0] if off else "0", _float(given["SCORE"]), given.get("FEEDBACK", "")))
    if not found:
        declaration = page.declared(page.inside[0])
        worth = _worth(declaration) or dict.fromkeys(_correct(declaration, page), 1.0)
        found = [([value], "0", points, "") for value, points in worth.items()]
    most = max((points for _values, _off, points, _name in found), default=1) or 1
    return [(values, off, 100 * points / most, name) for values, off, points, name in found]


# --- Kinds -----------------------------------------------------------------------------------------------------------------

Reader = Callable[[Draft, Page], Draft | None]


def _choices(page: Page, interaction: Any, name: str) -> Iterator[tuple[str, str, str]]:
    """Identifier, text and reason of each choice."""
    for one in interaction.iter(name):
        reasons = [page.said(part) for kind in _FEEDBACK for part in one.iter(kind)]
        identifier = one.get("identifier", "")
        why = "\n".join(filter(None, [*reasons, page.why(identifier)]))
        yield identifier, page.said(one, _without_feedback), why


def _options(page: Page, interaction: Any) -> list[Option]:
    right = _correct(page.declared(interaction), page)
    return [
        Option(text, name in right, why, name.removeprefix("_"))
        for name, text, why in _choices(page, interaction, "simpleChoice")
    ]


def _read_choice(draft: Draft, page: Page) -> Draft:
    interaction = page.inside[0]
    is_multiple = page.declared(interaction).get("cardinality") == "multiple" and interaction.get("maxChoices") != "1"
    kind, question = choice(_options(page, interaction), language=draft.language, is_multiple=is_multiple)
    return replace(draft, kind=kind, stem=page.stem(), question=question)


def _read_reasoned(draft: Draft, page: Page) -> Draft:
    judged, reasons = (_options(page, one) for one in page.inside)
    stem, text = asked_about(page.stem(), "")
    _kind, question = choice(reasons, language=draft.language)
    is_true = any(one.is_right and one.id == "true" for one in judged)
    parts = {"text": text, "correct": is_true, "reasons": question["options"]}
    return replace(draft, kind="reasoned", stem=stem or text, question=parts)


def _read_matching(draft: Draft, page: Page) -> Draft | None:
    sides = [list(_choices(page, one, "simpleAssociableChoice")) for one in page.inside[0].iter("simpleMatchSet")]
    pairs = [tuple(value.split()) for value in _correct(page.declared(page.inside[0]), page)]
    if len(sides) == 2 and all(len(pair) == 2 for pair in pairs):
        if len({left for left, _right in pairs}) < len(
            pairs
        ):  # where the right is what belongs to one only, it is the left
            sides, pairs = sides[::-1], [pair[::-1] for pair in pairs]
        ids = [_ids([name for name, _text, _why in side]) for side in sides]
        match = {left: right for left, right in pairs if left in ids[0] and right in ids[1]}
        if len(match) == len(sides[0]) == len(pairs):
            lefts = [
                {"id": ids[0][name], "text": text, "match": ids[1][match[name]], "rationale": why}
                for name, text, why in sides[0]
            ]
            rights = [{"id": ids[1][name], "text": text} for name, text, _why in sides[1]]
            return replace(draft, kind="matching", stem=page.stem(), question={"lefts": lefts, "rights": rights})
    page.note(_("a question of matching"), _("each part on the left has to belong to exactly one on the right"))
    return None


def _read_ordering(draft: Draft, page: Page) -> Draft | None:
    found = {name: (text, why) for name, text, why in _choices(page, page.inside[0], "simpleChoice")}
    right = _correct(page.declared(page.inside[0]), page)
    if sorted(right) != sorted(found):
        page.note(_("a question of putting in order"), _("its right order does not hold every part once"))
        return None
    ids = _ids(list(found))
    question = ordering([(ids[name], *found[name]) for name in right])
    return replace(draft, kind="ordering", stem=page.stem(), question=question)


def _read_typed(draft: Draft, page: Page) -> Draft | None:
    """A number or a few words, by the type of the response."""
    entry = page.inside[0]
    is_number = page.declared(entry).get("baseType") in ("float", "integer")
    unit = text_of(_taken(page.body, "span[@class='unit']"))
    stem = page.asked(page.body, lambda one: _BLANK if one is entry else None)
    draft = replace(draft, stem=stem.removesuffix(_BLANK).strip() or stem)
    found: list[Valued] = []
    for values, off, worth, name in _valued(page):
        points, why, id = percent(worth, page.place, page.notes), page.why(name), name.removeprefix("_")
        for value in values:
            given = measured(value, off) if is_number else (value, "0")
            if given is None:
                page.note(_("a question whose answer is a number"), _("its number cannot be read"))
                return None
            found.append(Valued(given[0], points, why, given[1], id if ID.fullmatch(id) else ""))
    if is_number:
        return replace(draft, kind="numeric", question=numbers(found, unit))
    return replace(draft, kind="shorttext", question=words(joined(found, page.place, page.notes)))


def _read_gaps(draft: Draft, page: Page) -> Draft:
    names = [one.get("responseIdentifier", "") for one in page.inside]
    ids = _ids(names) if all(name.startswith("G_") for name in names) else {
        name: str(place) for place, name in enumerate(names, start=1)
    }  # fmt: skip
    found = []
    for one, name in zip(page.inside, names, strict=True):
        declaration = page.declared(one)
        right, why = _correct(declaration, page), page.why(name)
        if one.tag == "inlineChoiceInteraction":
            offered = {each: text for each, text, _why in _choices(page, one, "inlineChoice")}
            known = _ids(list(offered))
            options = {known[each]: (text, each in right) for each, text in offered.items()}
            found.append(Gap(ids[name], options, why=why))
        else:
            worth = _worth(declaration)
            accepted = [value for value in worth if worth[value] == max(worth.values()) > 0] or right
            found.append(Gap(ids[name], {}, " / ".join(accepted), why))
    text = page.asked(
        page.body, lambda one: f"[[{ids[one.get('responseIdentifier', '')]}]]" if one in page.inside else None
    )
    stem, text = asked_about(text, gap_stem(draft.language))
    return replace(draft, kind="cloze", stem=stem, question=gaps(text, found))


def _read_dragged_gaps(draft: Draft, page: Page) -> Draft:
    """Gaps into which the same words are drawn: each is chosen from all of them."""
    interaction = page.inside[0]
    offered = {name: text for name, text, _why in _choices(page, interaction, "gapText")}
    known = _ids(list(offered))
    right = dict(value.split()[::-1] for value in _correct(page.declared(interaction), page) if len(value.split()) == 2)
    names = [one.get("identifier", "") for one in interaction.iter("gap")]
    ids = {name: str(place) for place, name in enumerate(names, start=1)}
    found = [
        Gap(
            ids[name],
            {known[each]: (text, right.get(name) == each) for each, text in offered.items()},
            why=page.why(name),
        )
        for name in names
    ]

    def shown(element: Any) -> str | None:
        if element.tag == "gap":
            return f"[[{ids[element.get('identifier', '')]}]]"
        return "" if element.tag in ("gapText", "prompt") else None

    text = page.asked(page.body, shown)
    stem, text = asked_about(text, page.said(interaction.find("prompt")) or gap_stem(draft.language))
    return replace(draft, kind="cloze", stem=stem, question=gaps(text, found))


def _read_marks(draft: Draft, page: Page) -> Draft:
    interaction = page.inside[0]
    right = _correct(page.declared(interaction), page)
    names = [one.get("identifier", "") for one in interaction.iter("hottext")]
    ids = _ids(names)

    def shown(element: Any) -> str | None:
        if element.tag == "hottext":
            return f"[[{ids[element.get('identifier', '')]}|{' '.join(text_of(element).split())}]]"
        return "" if element.tag == "prompt" else None

    parts = [{"id": ids[name], "wrong": name in right, "rationale": page.why(name)} for name in names]
    question = {"text": page.asked(interaction, shown), "parts": parts}
    return replace(draft, kind="marks", stem=page.stem(), question=question)


# --- Pictures --------------------------------------------------------------------------------------------------------------


def _picture(page: Page) -> dict[str, Any]:
    """The drawing with its words, as far as the file has them. Pictures that are no drawings here are refused later."""
    interaction = page.inside[0]
    shown = next((one for one in interaction.iter() if one.tag in ("img", "object")), Element("none"))
    caption = _taken(page.body, "p[@class='caption']")
    try:
        labels = json.loads(interaction.get("dataWords", "[]"))
    except ValueError:
        labels = []
    name = PurePosixPath(unquote(shown.get("src") or shown.get("data") or "")).stem
    return {
        "drawing": interaction.get("dataDrawing") or name,
        "alt": shown.get("alt") or text_of(shown).strip(),
        "caption": text_of(caption),
        "labels": [str(one) for one in labels] if isinstance(labels, list) else [],
    }


def _points(region: Any, picture: Any) -> str:
    """The corners of a region in per cent; "" for a shape without."""
    if kept := region.get("dataPoints"):
        return str(kept)
    at = [_float(one) for one in region.get("coords", "").split(",")]
    wide, high = _float(picture.get("width")), _float(picture.get("height"))
    shape = region.get("shape")
    if shape == "rect" and len(at) == 4:
        at = [at[0], at[1], at[2], at[1], at[2], at[3], at[0], at[3]]
    elif shape == "circle" and len(at) == 3:
        x, y, r = at[0], at[1], at[2]
        at = [x, y - r, x + 0.7 * r, y - 0.7 * r, x + r, y, x + 0.7 * r, y + 0.7 * r, x, y + r, x - 0.7 * r, y + 0.7 * r, x - r, y, x - 0.7 * r, y - 0.7 * r]  # fmt: skip
    elif shape != "poly":
        at = []
    if not wide or not high or len(at) % 2:
        return ""
    return " ".join(f"{_per_cent(x / wide)},{_per_cent(y / high)}" for x, y in zip(at[::2], at[1::2], strict=True))


def _per_cent(share: float) -> str:
    return f"{min(100.0, max(0.0, 100 * share)):.1f}".removesuffix(".0")


def _regions(page: Page, name: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Ids by identifier, and the regions."""
    interaction = page.inside[0]
    picture = next((one for one in interaction.iter() if one.tag in ("img", "object")), Element("none"))
    found = list(interaction.iter(name))
    ids = _ids([one.get("identifier", "") for one in found])
    return ids, [
        {
            "id": ids[one.get("identifier", "")],
            "points": _points(one, picture),
            "text": one.get("hotspotLabel", ""),
            "rationale": page.why(one.get("identifier", "")),
        }
        for one in found
    ]


def _read_hotspot(draft: Draft, page: Page) -> Draft:
    declaration = page.declared(page.inside[0])
    question = _picture(page)
    ids, regions = _regions(page, "hotspotChoice")
    right = {ids.get(name) for name in _correct(declaration, page)}
    question |= {
        "several": declaration.get("cardinality") == "multiple",
        "regions": [one | {"correct": one["id"] in right} for one in regions],
    }
    return replace(draft, kind="hotspot", stem=page.stem(), question=question)


def _read_labels(draft: Draft, page: Page) -> Draft:
    question = _picture(page)
    ids, regions = _regions(page, "associableHotspot")
    offered = {name: text for name, text, _why in _choices(page, page.inside[0], "gapText")}
    offered |= {
        one.get("identifier", ""): next((each.get("alt") or text_of(each).strip() for each in one), "")
        for one in page.inside[0].iter("gapImg")
    }
    known = _ids(list(offered))
    right = dict(value.split() for value in _correct(page.declared(page.inside[0]), page) if len(value.split()) == 2)
    question |= {
        "regions": regions,
        "choices": [
            {"id": known[name], "text": text, "region": ids.get(right.get(name, ""), "")}
            for name, text in offered.items()
        ],
    }
    return replace(draft, kind="labels", stem=page.stem(), question=question)


# The interactions that can be taken when an item has one of them.
READERS: Mapping[str, Reader] = {
    "choiceInteraction": _read_choice,
    "matchInteraction": _read_matching,
    "orderInteraction": _read_ordering,
    "textEntryInteraction": _read_typed,
    "inlineChoiceInteraction": _read_gaps,
    "gapMatchInteraction": _read_dragged_gaps,
    "hottextInteraction": _read_marks,
    "hotspotInteraction": _read_hotspot,
    "graphicGapMatchInteraction": _read_labels,
}


def _reader(page: Page) -> Reader | None:
    sorts = [one.tag for one in page.inside]
    names = [one.get("responseIdentifier", "") for one in page.inside]
    if sorts == ["choiceInteraction", "choiceInteraction"] and names == ["RESPONSE", "REASON"]:
        return _read_reasoned
    is_gaps = len(sorts) > 1 or any(name.startswith("G_") for name in names)
    if is_gaps and set(sorts) <= {"inlineChoiceInteraction", "textEntryInteraction"} and len(set(names)) == len(names):
        return _read_gaps
    return READERS.get(sorts[0]) if len(sorts) == 1 else None
