"""Questions out of H5P packages, also where they stand in books, columns, videos and presentations."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _

from assessments.errors import ExchangeBroken, ExchangeTooBig
from assessments.formats.draft import CODE, DESCRIBED, TRUTH, Draft, Notes, Option, choice, letters, truth
from assessments.formats.markup import plain
from assessments.formats.parts import MIDDLE, Gap, gap_stem, gaps, lettered
from content.packages import strict_json
from content.packages.archive import open_archive
from content.packages.h5p.params import nodes
from content.packages.h5p.regrading import gaps_in, word_of
from content.packages.refusals import PackageRefused

LIMIT: Final = 60 * 2**20  # bytes of the file; films lie in it, of which nothing is read
ABOUT, CONTENT = "h5p.json", "content/content.json"
# Between what an item says besides its question, in the comment that a part has for other authors.
TAGGED: Final = re.compile(rf"; (?=(?:code|{'|'.join(DESCRIBED)}):)")
_TAIL: Final = 5 * 2**20  # the list of files stands at the end, and is shorter
_GAP: Final = re.compile(r"\*([^*]*)\*")
_DRAGGED: Final = re.compile(r"(\*.*?\*)")
_WORDS: Final = re.compile(r"(\*[^*\n]+\*|\s+)")
_SIGNS: Final = ".,;:!?()\"'“”‘’«»…—–-/၊။"


def looks_like(file: BinaryIO) -> bool:
    """Whether a file is an H5P package. It is read from its end, and little of it."""
    file.seek(0)
    if file.read(2) != b"PK":
        return False
    file.seek(max(0, file.seek(0, 2) - _TAIL))
    tail = file.read(_TAIL)
    return ABOUT.encode() in tail and b"imsmanifest.xml" not in tail


def read(file: BinaryIO, language: str, notes: Notes) -> list[Draft]:
    """The questions of a package, with or without libraries; nothing else of it is unpacked.

    Raises PackageRefused for what is no package or made to do harm, ExchangeTooBig and ExchangeBroken.
    """
    if file.seek(0, 2) > LIMIT:
        raise ExchangeTooBig(megabytes=LIMIT // 2**20)
    with open_archive(file, name="items.h5p") as archive:
        for path, code in ((ABOUT, "h5p_json_missing"), (CONTENT, "content_json_missing")):
            if path not in archive.files:
                raise PackageRefused(code)
        about = strict_json.parse(archive.read(ABOUT), ABOUT)
        content = strict_json.parse(archive.read(CONTENT), CONTENT)
    if not isinstance(about, dict) or not isinstance(content, dict):
        raise ExchangeBroken
    return read_contents(about, content, language, notes)


@dataclass(frozen=True)
class _Part:
    """Something of a library of its own. said: its title, and what its author noted."""

    library: str
    params: Mapping[str, Any]
    said: Mapping[str, Any]

    @property
    def title(self) -> str:
        return plain(_string(self.said.get("title")))[:80]


@dataclass
class _Reading:
    language: str
    notes: Notes
    drafts: list[Draft] = field(default_factory=list)
    met: int = 0


def read_contents(about: Mapping[str, Any], content: Mapping[str, Any], language: str, notes: Notes) -> list[Draft]:
    """The questions of a package whose h5p.json is `about`, and whose content.json is `content`."""
    reading = _Reading(language, notes)
    licence = _string(about.get("license"))
    if licence not in ("", "U"):
        notes.add(_("the file"), _("the licence “%(licence)s”") % {"licence": licence[:20]}, _("an item has no place for it: see whether you may use the questions so"))  # fmt: skip
    for name in sorted({one["path"] for one in nodes(content) if isinstance(one.get("path"), str) and "mime" in one}):
        notes.add(name, _("a picture, sound or film"), _("only words are taken; add it by hand"))
    waiting = [_Part(_string(about.get("mainLibrary")), content, about)]
    while waiting:
        part = waiting.pop()
        machine = part.library.split(" ")[0]
        if machine in READERS:
            reading.met += 1
            READERS[machine](_Question(part, _described(part, reading), reading))
        elif inner := list(_inside(part.params)):
            waiting += reversed(inner)
        elif part.params:  # a place where an author put nothing has none
            notes.add(part.title or part.library, _("a part of the type “%(type)s”") % {"type": machine[:60]}, _("it cannot be taken from H5P as a question: write it by hand"))  # fmt: skip
    return reading.drafts


def _inside(params: Any) -> Iterator[_Part]:
    """The parts nearest to the outside, in their order."""
    waiting = [*reversed(params.values())]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            library, inner = value.get("library"), value.get("params")
            if isinstance(library, str) and isinstance(inner, dict):
                yield _Part(library, inner, _mapping(value.get("metadata")))
            else:
                waiting += reversed(value.values())
        elif isinstance(value, list):
            waiting += reversed(value)


def _described(part: _Part, reading: _Reading) -> Draft:
    """What every type has: a title, and in the comment of its author what was written there on its way out."""
    place = f"{reading.met}. {part.title}" if part.title else _("question %(number)s") % {"number": reading.met}
    draft = Draft("", "", "", {}, language=reading.language, place=place)
    comment = _line(part.said.get("authorComments"))
    tags = TAGGED.split(comment) if comment.startswith("code:") else []
    if comment and not tags:
        reading.notes.add(place, _("a comment of its author"), _("there is no place for it here"))
    code = tags[0].removeprefix("code:") if tags else ""
    draft, unknown = draft.tagged(tags[1:])
    for tag in unknown:
        reading.notes.add(place, _("the tag “%(tag)s”") % {"tag": tag[:80]}, _("it is none that items have here"))
    return replace(draft, code=code if CODE.fullmatch(code) else "")


# --- Values of anybody's files --------------------------------------------------------------------------------------------


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _line(value: Any) -> str:
    """A text that has no markup, though its signs are written as in markup."""
    text = _string(value)
    return plain(text) if "<" in text else html.unescape(text).strip()


# --- Types ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Question:
    """A question being read."""

    part: _Part
    draft: Draft
    reading: _Reading

    def __getitem__(self, name: str) -> Any:
        return self.part.params.get(name)

    @property
    def behaviour(self) -> Mapping[str, Any]:
        return _mapping(self["behaviour"])

    def note(self, what: str, why: str) -> None:
        self.reading.notes.add(self.draft.place, what, why)

    def text(self, value: Any) -> str:
        """A marked-up text as a plain one."""
        return plain(_string(value), self.note)

    def hint(self, value: Any) -> None:
        """Note a hint, which is shown before the answer."""
        if self.text(value):
            self.note(_("a hint"), _("there is no place for it here"))

    def is_empty(self) -> None:
        """Say that it is left out."""
        self.note(_("a question"), _("it is left out: something that a question needs was left empty"))

    def add(self, kind: str, stem: str, question: dict[str, Any], feedback: str | None = None) -> None:
        """Take it as an item. feedback: None for what its parameters say at the end."""
        said = self.overall() if feedback is None else feedback
        self.reading.drafts.append(replace(self.draft, kind=kind, stem=stem, question=question, feedback=said))

    def overall(self) -> str:
        """What is said at the end, whatever the points; a line that only names the points is no such thing."""
        said = {_line(one.get("feedback")): one for one in map(_mapping, _list(self["overallFeedback"]))}
        kept = {text: one for text, one in said.items() if text and "@score" not in text}
        if len(said) == 1 and kept:
            return next(iter(kept))
        if kept:
            self.note(_("what is said of so many points"), _("there is no place for it here"))
        return ""


def _read_choice(asked: _Question) -> None:
    options = []
    for one in map(_mapping, _list(asked["answers"])):
        said = _mapping(one.get("tipsAndFeedback"))
        asked.hint(said.get("tip"))
        chosen, left = (asked.text(said.get(name)) for name in ("chosenFeedback", "notChosenFeedback"))
        if left and chosen and left != chosen:
            asked.note(_("what is said of an option that was not chosen"), _("an option has one reason here"))
        if text := asked.text(one.get("text")):
            options.append(Option(text, bool(one.get("correct")), chosen or left))
    stem, right = asked.text(asked["question"]), sum(one.is_right for one in options)
    if not stem or len(options) < 2:
        return asked.is_empty()
    sort = asked.behaviour.get("type", "auto")
    is_multiple = right > 1 if sort == "auto" else sort == "multi" and right != 1
    if sort == "multi" and not is_multiple:
        asked.note(_("boxes of which one is right"), _("one answer can be chosen here"))
    if is_multiple and asked.behaviour.get("singlePoint", True):
        asked.note(_("points for all or nothing"), _("every right answer counts here, and every wrong one takes away"))
    if len({str(one.get("weight", 1)) for one in map(_mapping, _list(asked["answers"])) if one.get("correct")}) > 1:
        asked.note(_("different weights of right answers"), _("every right answer counts the same here"))
    kind, question = choice(options, language=asked.draft.language, is_multiple=is_multiple)
    asked.add(kind, stem, question)


def _read_truth(asked: _Question) -> None:
    stem, called = asked.text(asked["question"]), _mapping(asked["l10n"])
    if not stem:
        return asked.is_empty()
    words = tuple(_line(called.get(name)) or word for name, word in (("trueText", "True"), ("falseText", "False")))
    if words not in TRUTH.values():
        asked.note(
            _("what its answers are called: %(true)s, %(false)s") % {"true": words[0][:40], "false": words[1][:40]},
            _("they are called true and false here"),
        )
    is_true = _string(asked["correct"] or "true") == "true"
    right, wrong = (_line(asked.behaviour.get(name)) for name in ("feedbackOnCorrect", "feedbackOnWrong"))
    (right_why, feedback), (wrong_why, also) = _ended(right), _ended(wrong)
    if feedback and feedback == also:
        right, wrong = right_why, wrong_why
    else:
        feedback = ""
    whys = (right, wrong) if is_true else (wrong, right)
    asked.add("truefalse", stem, truth(is_true, *whys, language=asked.draft.language), feedback)


def _ended(text: str) -> tuple[str, str]:
    """A reason, and below a line what is said whatever the answer."""
    why, _middle, end = f"\n\n{text}".partition(MIDDLE)
    return why.strip(), end


def _read_single_choices(asked: _Question) -> None:
    """A set of questions whose first answer is the right one; each becomes an item."""
    numbered = [_mapping(one) for one in _list(asked["choices"])]
    for number, one in enumerate(numbered, 1):
        place = f"{asked.draft.place} ({number})" if len(numbered) > 1 else asked.draft.place
        each = replace(asked, draft=replace(asked.draft, place=place))
        first, *others = [each.text(text) for text in _list(one.get("answers"))] or [""]
        stem, wrong = each.text(one.get("question")), list(filter(None, others))
        if not stem or not first or not wrong:
            each.is_empty()
            continue
        options = [Option(first, True), *(Option(text, False) for text in wrong)]
        kind, question = choice(options, language=each.draft.language)
        each.add(kind, stem, question, "")


def _read_blanks(asked: _Question) -> None:
    found: list[Gap] = []

    def gap(match: re.Match[str]) -> str:
        inside = re.sub(r"</?[a-z]*\d?>", "", match[1], flags=re.IGNORECASE)
        if not inside:
            return match[0]
        said, _colon, hint = inside.partition(":")
        asked.hint(hint)
        accepted = [" ".join(plain(one).split()) for one in said.split("/")]
        found.append(Gap(str(len(found) + 1), {}, " / ".join(filter(None, accepted))))
        return f"[[{found[-1].id}]]"

    texts = [asked.text(_GAP.sub(gap, _string(one))) for one in _list(asked["questions"])]
    if not found or not all(one.accepted for one in found):
        return asked.is_empty()
    if asked.behaviour.get("caseSensitive", True):
        asked.note(_("capital letters that count"), _("answers are compared without them here"))
    if asked.behaviour.get("acceptSpellingErrors"):
        asked.note(_("slips of spelling that are let pass"), _("write out what is as good as the right answer"))
    stem = asked.text(asked["text"]) or gap_stem(asked.draft.language)
    asked.add("cloze", stem, gaps("\n\n".join(filter(None, texts)), found))


def _read_dragged(asked: _Question) -> None:
    spare, rights, whys, text = [], [], [], ""
    for part in _DRAGGED.split(_broken(asked["textField"])):
        if not _GAP.fullmatch(part):
            text += part
            continue
        rights.append(" ".join(plain(word_of(part)).split()))
        whys.append(_why(asked, part))
        text += f"[[{len(rights)}]]"
    for part in _DRAGGED.findall(_broken(asked["distractors"])):
        spare.append(" ".join(plain(word_of(part)).split()))
        _why(asked, part)
    if not rights or not all(rights):
        return asked.is_empty()
    offered = list(filter(None, dict.fromkeys([*rights, *spare])))
    found = [
        Gap(str(place), lettered([(word, word == right) for word in offered]), why=why)
        for place, (right, why) in enumerate(zip(rights, whys, strict=True), 1)
    ]
    stem = asked.text(asked["taskDescription"]) or gap_stem(asked.draft.language)
    asked.add("cloze", stem, gaps(asked.text(text), found))


def _broken(text: Any) -> str:
    return re.sub("\r\n|\n|\r", "<br/>", _string(text))


def _why(asked: _Question, part: str) -> str:
    r"""What is said of a word: *word:hint\+said when right\-said when wrong*."""
    for hint in re.findall(r":[^\\*]+", part):
        asked.hint(hint.removeprefix(":"))
    right, wrong = ("\n".join(map(plain, re.findall(rf"\\{sign}([^\\*:]+)", part))) for sign in (r"\+", "-"))
    if wrong and wrong != right:
        asked.note(_("what is said of a wrong word"), _("here a gap has one reason"))
    return right


def _read_marked(asked: _Question) -> None:
    """Every word can be marked; those between asterisks are to be."""
    text, shown = asked.text(asked["textField"]), ""
    parts: list[dict[str, Any]] = []
    if not gaps_in(text):
        return asked.is_empty()
    for token in _WORDS.split(text):
        is_wanted = len(token) > 2 and _GAP.fullmatch(token) is not None
        word = token[1:-1] if is_wanted else token
        core = word if is_wanted else word.strip(_SIGNS)
        if not core.strip() or re.search(r"[\[\]|]", core):
            shown += word
            continue
        id = letters(len(parts))
        parts.append({"id": id, "wrong": is_wanted, "rationale": ""})
        before, _core, after = word.partition(core)
        shown += f"{before}[[{id}|{core}]]{after}"
    asked.note(_("words to mark"), _("what is to be marked is called an error here: see whether the question says so"))
    stem = asked.text(asked["taskDescription"])
    if not stem:
        return asked.is_empty()
    return asked.add("marks", stem, {"text": shown, "parts": parts})


READERS: Final[dict[str, Callable[[_Question], None]]] = {
    "H5P.MultiChoice": _read_choice,
    "H5P.TrueFalse": _read_truth,
    "H5P.SingleChoiceSet": _read_single_choices,
    "H5P.Blanks": _read_blanks,
    "H5P.DragText": _read_dragged,
    "H5P.MarkTheWords": _read_marked,
}
