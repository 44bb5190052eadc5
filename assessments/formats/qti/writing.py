"""QTI 3.0 out: a package with one file an item, and the drawings of those that have one."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from assessments.formats.draft import TRUTH, Draft, Notes, options_of
from assessments.formats.markup import writable, written
from assessments.formats.parts import GAP, gaps_of, separate
from assessments.formats.qti.pictures import Picture, pictures
from assessments.formats.qti.reading import GENERAL
from assessments.kinds.marks import PART

_ASI: Final = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_PACKAGE: Final = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LOM: Final = "http://ltsc.ieee.org/xsd/LOM"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def write(drafts: Sequence[Draft], notes: Notes) -> bytes:
    """A package of QTI 3.0. Items of a kind that it has no place for are noted."""
    carried = [draft for draft in drafts if draft.kind in WRITERS]
    for draft in drafts:
        if draft.kind not in WRITERS:
            notes.add(
                draft.code, _("an item of the kind “%(kind)s”") % {"kind": draft.kind}, _("QTI has no place for it")
            )
        elif draft.kind == "ordering":
            notes.add(draft.code, _("points for a partly right order"), _("QTI gives all points or none"))
    drawn = pictures([draft.question for draft in carried if "drawing" in draft.question])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", _manifest(carried, drawn))
        for draft in carried:
            archive.writestr(f"items/{_identifier(draft)}.xml", write_item(draft, drawn))
        for draft in carried:
            if picture := drawn.get(str(draft.question.get("drawing"))):
                archive.writestr(_drawn_at(draft), picture.with_words(draft.question.get("labels") or []))
    return out.getvalue()


def _identifier(draft: Draft) -> str:
    """The code as an identifier, which begins with a letter and has neither spaces nor signs."""
    return _named(re.sub(r"[^A-Za-z0-9_.-]", "_", draft.code))


def _named(id: str) -> str:
    return id if _NAME.fullmatch(id) else f"_{id}"


def _drawn_at(draft: Draft) -> str:
    return f"drawings/{_identifier(draft)}/{draft.question['drawing']}.svg"


def _manifest(drafts: Sequence[Draft], drawn: Mapping[str, Picture]) -> bytes:
    root = Element("manifest", {"xmlns": _PACKAGE, "identifier": "thindan-items"})
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "QTI Package"
    SubElement(about, "schemaversion").text = "3.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for draft in drafts:
        path = f"items/{_identifier(draft)}.xml"
        resource = SubElement(
            resources, "resource", {"identifier": _identifier(draft), "type": "imsqti_item_xmlv3p0", "href": path}
        )
        general = SubElement(SubElement(SubElement(resource, "metadata"), "lom", {"xmlns": _LOM}), "general")
        for tag in draft.tags():
            SubElement(SubElement(general, "keyword"), "string", {"language": "en"}).text = writable(tag)
        SubElement(resource, "file", {"href": path})
        if str(draft.question.get("drawing")) in drawn:
            SubElement(resource, "file", {"href": _drawn_at(draft)})
    return written(root)


# --- An item as it is put together ------------------------------------------------------------------------------------------


@dataclass
class Page:
    """An item in the making. reasons: what is said of a part after the answer, by the part's identifier."""

    draft: Draft
    drawn: Mapping[str, Picture]
    responses: list[Any] = field(default_factory=list)
    outcomes: list[Any] = field(default_factory=list)
    body: Any = field(default_factory=lambda: Element("qti-item-body"))
    rules: Any = field(default_factory=lambda: Element("qti-response-processing"))
    reasons: dict[str, str] = field(default_factory=dict)

    def respond(
        self,
        cardinality: str,
        base: str,
        right: Sequence[str],
        worth: Mapping[str, float] | None = None,
        name: str = "RESPONSE",
    ) -> None:
        """Declare a response: the values that are right, and the points of each value."""
        declared = Element(
            "qti-response-declaration", {"identifier": name, "cardinality": cardinality, "base-type": base}
        )
        if right:
            correct = SubElement(declared, "qti-correct-response")
            for one in right:
                SubElement(correct, "qti-value").text = writable(one)
        if worth:
            mapping = SubElement(
                declared, "qti-mapping", {"lower-bound": "0", "upper-bound": "1", "default-value": "0"}
            )
            for key, points in worth.items():
                entry = SubElement(
                    mapping, "qti-map-entry", {"map-key": writable(key), "mapped-value": f"{points:.6g}"}
                )
                if base == "string":
                    entry.set("case-sensitive", "false")
        self.responses.append(declared)

    def outcome(self, name: str, base: str, cardinality: str, default: str = "") -> None:
        """Declare an outcome."""
        declared = Element(
            "qti-outcome-declaration", {"identifier": name, "cardinality": cardinality, "base-type": base}
        )
        if default:
            SubElement(SubElement(declared, "qti-default-value"), "qti-value").text = default
        self.outcomes.append(declared)

    def mapped(self, *names: str) -> None:
        """The score is what the responses are mapped to, added up."""
        score = SubElement(self.rules, "qti-set-outcome-value", {"identifier": "SCORE"})
        added = SubElement(score, "qti-sum") if len(names) > 1 else score
        for name in names:
            SubElement(added, "qti-map-response", {"identifier": name})

    def asked(self, name: str, values: Mapping[str, str] | None = None, within: Any = None) -> Any:
        """An interaction."""
        where = self.body if within is None else within
        return SubElement(where, f"qti-{name}-interaction", {"response-identifier": "RESPONSE", **(values or {})})

    def whole(self) -> bytes:
        """The item. Not indented: white space inside a text is text."""
        draft = self.draft
        root = Element(
            "qti-assessment-item",
            {"xmlns": _ASI, "identifier": _identifier(draft), "title": writable(draft.code), "adaptive": "false",
             "time-dependent": "false", _LANG: draft.language},
        )  # fmt: skip
        reasons = {name: text for name, text in self.reasons.items() if text}
        self.outcome("SCORE", "float", "single", "0")
        if draft.feedback:
            self.outcome("GENERAL", "identifier", "single", GENERAL)
        if reasons:
            self.outcome("SHOWN", "identifier", "multiple")
            shown = SubElement(self.rules, "qti-set-outcome-value", {"identifier": "SHOWN"})
            several = SubElement(shown, "qti-multiple")
            for name in reasons:
                SubElement(several, "qti-base-value", {"base-type": "identifier"}).text = name
        root.extend([*self.responses, *self.outcomes, self.body, self.rules])
        for outcome, name, text in [
            *(("SHOWN", name, text) for name, text in reasons.items()),
            *([("GENERAL", GENERAL, draft.feedback)] if draft.feedback else []),
        ]:
            said = SubElement(
                root, "qti-modal-feedback", {"outcome-identifier": outcome, "show-hide": "show", "identifier": name}
            )
            paragraphs(SubElement(said, "qti-content-body"), text)
        return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def write_item(draft: Draft, drawn: Mapping[str, Picture]) -> bytes:
    """One item. Its mapping gives the points that the kind gives."""
    page = Page(draft, drawn)
    paragraphs(page.body, draft.stem)
    WRITERS[draft.kind](page, draft.question)
    return page.whole()


def paragraphs(parent: Any, text: str) -> None:
    """A text as paragraphs."""
    for part in writable(text).split("\n\n"):
        _lines(SubElement(parent, "p"), part)


def _lines(parent: Any, text: str) -> None:
    """Add lines of text after what is in an element already."""
    for n, line in enumerate(text.split("\n")):
        last = SubElement(parent, "br") if n else parent[-1] if len(parent) else None
        if last is None:
            parent.text = (parent.text or "") + line
        else:
            last.tail = (last.tail or "") + line


def _marked(parent: Any, text: str, pattern: re.Pattern[str], mark: Callable[[Any, re.Match[str]], None]) -> None:
    """A text as paragraphs, in which marks are put where the pattern fits."""
    for part in writable(text).split("\n\n"):
        paragraph, end = SubElement(parent, "p"), 0
        for found in pattern.finditer(part):
            _lines(paragraph, part[end : found.start()])
            mark(paragraph, found)
            end = found.end()
        _lines(paragraph, part[end:])


# --- Kinds -----------------------------------------------------------------------------------------------------------------


def _choices(
    page: Page,
    options: Sequence[Any],
    *,
    is_multiple: bool,
    is_shuffled: bool,
    name: str = "RESPONSE",
    feedback: str = "FEEDBACK",
) -> None:
    """Options to choose from, each with its reason, which is shown when it was chosen."""
    cardinality = "multiple" if is_multiple else "single"
    right = [_named(one.id) for one in options if one.is_right]
    worth = {
        _named(one.id): (1 if one.is_right else -1) / max(len(right), 1)
        for one in options
        if one.is_right or is_multiple
    }
    page.respond(cardinality, "identifier", right, worth, name)
    page.outcome(feedback, "identifier", cardinality)
    asked = SubElement(
        page.body,
        "qti-choice-interaction",
        {"response-identifier": name, "max-choices": "0" if is_multiple else "1", "shuffle": str(is_shuffled).lower()},
    )
    for one in options:
        shown = SubElement(asked, "qti-simple-choice", {"identifier": _named(one.id)})
        _lines(shown, writable(one.text))
        if one.why:
            why = SubElement(
                shown,
                "qti-feedback-inline",
                {"outcome-identifier": feedback, "show-hide": "show", "identifier": _named(one.id)},
            )
            _lines(why, writable(one.why))
    if any(one.why for one in options):
        said = SubElement(page.rules, "qti-set-outcome-value", {"identifier": feedback})
        SubElement(said, "qti-variable", {"identifier": name})


def _write_choice(page: Page, question: dict[str, Any]) -> None:
    kind = page.draft.kind
    page.mapped("RESPONSE")
    _choices(page, options_of(page.draft), is_multiple=kind == "multiple", is_shuffled=kind != "truefalse")


def _write_matching(page: Page, question: dict[str, Any]) -> None:
    lefts = question["lefts"]
    right = [f"L_{one['id']} R_{one['match']}" for one in lefts]
    page.respond("multiple", "directedPair", right, dict.fromkeys(right, 1 / max(len(right), 1)))
    asked = page.asked("match", {"shuffle": "true", "max-associations": str(len(lefts))})
    for side, parts, most in (("L", lefts, "1"), ("R", question["rights"], "0")):
        shown = SubElement(asked, "qti-simple-match-set")
        for one in parts:
            name = f"{side}_{one['id']}"
            choice = SubElement(shown, "qti-simple-associable-choice", {"identifier": name, "match-max": most})
            _lines(choice, writable(one["text"]))
            page.reasons[name] = one.get("rationale") or ""
    page.mapped("RESPONSE")


def _write_ordering(page: Page, question: dict[str, Any]) -> None:
    page.respond("ordered", "identifier", [_named(one["id"]) for one in question["parts"]])
    asked = page.asked("order", {"shuffle": "true"})
    for one in question["parts"]:
        _lines(SubElement(asked, "qti-simple-choice", {"identifier": _named(one["id"])}), writable(one["text"]))
        page.reasons[_named(one["id"])] = one.get("rationale") or ""
    branch = SubElement(SubElement(page.rules, "qti-response-condition"), "qti-response-if")
    match = SubElement(branch, "qti-match")
    SubElement(match, "qti-variable", {"identifier": "RESPONSE"})
    SubElement(match, "qti-correct", {"identifier": "RESPONSE"})
    _set(branch, "SCORE", "float", "1")


def _set(parent: Any, name: str, base: str, value: str) -> None:
    given = SubElement(parent, "qti-set-outcome-value", {"identifier": name})
    SubElement(given, "qti-base-value", {"base-type": base}).text = value


def _write_number(page: Page, question: dict[str, Any]) -> None:
    values = question["values"]
    page.respond("single", "float", [one["value"] for one in values if one["points"] == 100][:1])
    _typed(page, "float", [(one, [one["value"]]) for one in values], question.get("unit") or "")


def _write_words(page: Page, question: dict[str, Any]) -> None:
    answers = question["answers"]
    page.respond("single", "string", [separate(one["text"])[0] for one in answers if one["points"] == 100][:1])
    _typed(page, "string", [(one, separate(one["text"])) for one in answers], "")


def _typed(page: Page, base: str, rows: Sequence[tuple[Any, Sequence[str]]], unit: str) -> None:
    """A box to type in, and the first answer that fits."""
    where = SubElement(page.body, "p")
    page.asked("text-entry", within=where)
    if unit:
        where[-1].tail = " "
        SubElement(where, "span", {"class": "unit"}).text = writable(unit)
    page.outcome("FEEDBACK", "identifier", "single")
    condition = SubElement(page.rules, "qti-response-condition")
    for n, (one, values) in enumerate(rows):
        branch = SubElement(condition, "qti-response-else-if" if n else "qti-response-if")
        test = SubElement(branch, "qti-or") if len(values) > 1 else branch
        for value in values:
            if base == "float":
                off = one["tolerance"]
                same = SubElement(test, "qti-equal", {"tolerance-mode": "absolute", "tolerance": f"{off} {off}"})
            else:
                same = SubElement(test, "qti-string-match", {"case-sensitive": "false"})
            SubElement(same, "qti-variable", {"identifier": "RESPONSE"})
            SubElement(same, "qti-base-value", {"base-type": base}).text = writable(value)
        _set(branch, "SCORE", "float", f"{one['points'] / 100:g}")
        _set(branch, "FEEDBACK", "identifier", _named(one["id"]))
        page.reasons[_named(one["id"])] = one.get("rationale") or ""


def _write_gaps(page: Page, question: dict[str, Any]) -> None:
    found = {one.id: one for one in gaps_of(question)}
    SubElement(page.body, "hr")
    each = 1 / max(len(found), 1)

    def gap(parent: Any, match: re.Match[str]) -> None:
        one = found.get(match[1])
        if one is None:
            _lines(parent, match[0])
            return
        name = f"G_{one.id}"
        if one.options:
            asked = SubElement(
                parent, "qti-inline-choice-interaction", {"response-identifier": name, "shuffle": "true"}
            )
            for id, (text, _right) in one.options.items():
                SubElement(asked, "qti-inline-choice", {"identifier": _named(id)}).text = writable(text)
        else:
            SubElement(parent, "qti-text-entry-interaction", {"response-identifier": name})

    _marked(page.body, question.get("text", ""), GAP, gap)
    for one in found.values():
        right = [_named(id) for id, (_text, is_right) in one.options.items() if is_right] or separate(one.accepted)
        page.respond(
            "single", "identifier" if one.options else "string", right[:1], dict.fromkeys(right, each), f"G_{one.id}"
        )
        page.reasons[f"G_{one.id}"] = one.why
    page.mapped(*(f"G_{id}" for id in found))


def _write_marks(page: Page, question: dict[str, Any]) -> None:
    parts = question["parts"]
    right = [_named(one["id"]) for one in parts if one.get("wrong")]
    worth = {_named(one["id"]): (1 if one.get("wrong") else -1) / max(len(right), 1) for one in parts}
    page.respond("multiple", "identifier", right, worth)
    asked = page.asked("hottext", {"max-choices": "0"})

    def part(parent: Any, match: re.Match[str]) -> None:
        SubElement(parent, "qti-hottext", {"identifier": _named(match[1])}).text = match[2]

    _marked(asked, question.get("text", ""), PART, part)
    page.reasons |= {_named(one["id"]): one.get("rationale") or "" for one in parts}
    page.mapped("RESPONSE")


def _write_reasoned(page: Page, question: dict[str, Any]) -> None:
    """Two questions of which the second counts only after a right first one."""
    SubElement(page.body, "hr")
    paragraphs(page.body, question["text"])
    page.respond("single", "identifier", ["true" if question.get("correct") else "false"])
    asked = page.asked("choice", {"max-choices": "1", "shuffle": "false"})
    for name, text in zip(("true", "false"), TRUTH.get(page.draft.language, TRUTH["en"]), strict=True):
        SubElement(asked, "qti-simple-choice", {"identifier": name}).text = text
    reasons = options_of(Draft("", "", "", {"options": question["reasons"]}))
    _choices(page, reasons, is_multiple=False, is_shuffled=True, name="REASON")
    branch: Any = page.rules
    for name, points in (("RESPONSE", "0.5"), ("REASON", "1")):
        branch = SubElement(SubElement(branch, "qti-response-condition"), "qti-response-if")
        match = SubElement(branch, "qti-match")
        SubElement(match, "qti-variable", {"identifier": name})
        SubElement(match, "qti-correct", {"identifier": name})
        _set(branch, "SCORE", "float", points)


# --- Pictures --------------------------------------------------------------------------------------------------------------


def _on_picture(page: Page, name: str, values: Mapping[str, str]) -> tuple[Any, Picture]:
    """An interaction on the drawing, with what no attribute of QTI has a place for."""
    question = page.draft.question
    picture = page.drawn.get(str(question["drawing"]), Picture())
    SubElement(page.body, "p", {"class": "caption"}).text = writable(question.get("caption") or "")
    words = json.dumps(question.get("labels") or [], ensure_ascii=False)
    asked = page.asked(name, {"data-drawing": question["drawing"], "data-words": words, **values})
    SubElement(
        asked,
        "img",
        {"src": f"../{_drawn_at(page.draft)}", "width": str(picture.width), "height": str(picture.height),
         "alt": writable(question.get("alt") or "")},
    )  # fmt: skip
    return asked, picture


def _region(
    asked: Any, name: str, id: str, one: Mapping[str, Any], picture: Picture, values: Mapping[str, str]
) -> None:
    SubElement(
        asked,
        name,
        {"identifier": id, "shape": "poly", "coords": picture.coordinates(one["points"]), "data-points": one["points"],
         "hotspot-label": writable(one["text"]), **values},
    )  # fmt: skip


def _write_hotspot(page: Page, question: dict[str, Any]) -> None:
    regions = question["regions"]
    right = [_named(one["id"]) for one in regions if one.get("correct")]
    worth = {_named(one["id"]): (1 if one.get("correct") else -1) / max(len(right), 1) for one in regions}
    several = bool(question.get("several"))
    page.respond("multiple" if several else "single", "identifier", right, worth)
    asked, picture = _on_picture(page, "hotspot", {"max-choices": "0" if several else "1"})
    for one in regions:
        _region(asked, "qti-hotspot-choice", _named(one["id"]), one, picture, {})
        page.reasons[_named(one["id"])] = one.get("rationale") or ""
    page.mapped("RESPONSE")


def _write_labels(page: Page, question: dict[str, Any]) -> None:
    choices = question["choices"]
    right = [f"C_{one['id']} R_{one['region']}" for one in choices if one.get("region")]
    page.respond("multiple", "directedPair", right, dict.fromkeys(right, 1 / max(len(right), 1)))
    asked, picture = _on_picture(page, "graphic-gap-match", {"max-associations": "0"})
    for one in choices:
        _lines(
            SubElement(asked, "qti-gap-text", {"identifier": f"C_{one['id']}", "match-max": "1"}), writable(one["text"])
        )
    for one in question["regions"]:
        _region(asked, "qti-associable-hotspot", f"R_{one['id']}", one, picture, {"match-max": "1"})
        page.reasons[f"R_{one['id']}"] = one.get("rationale") or ""
    page.mapped("RESPONSE")


# The kinds that QTI has a place for. An interview in which what is asked next hangs on the answer is none of them.
WRITERS: dict[str, Callable[[Page, dict[str, Any]], None]] = {
    "single": _write_choice,
    "multiple": _write_choice,
    "truefalse": _write_choice,
    "matching": _write_matching,
    "ordering": _write_ordering,
    "numeric": _write_number,
    "shorttext": _write_words,
    "cloze": _write_gaps,
    "marks": _write_marks,
    "reasoned": _write_reasoned,
    "hotspot": _write_hotspot,
    "labels": _write_labels,
}
