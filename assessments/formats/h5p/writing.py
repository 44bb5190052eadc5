"""Items as an H5P package without libraries: one alone as its own type, several as a question set.

Whoever plays such a file has what is right in it, for H5P asks and judges in the browser.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, Final
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.formats.draft import TRUTH, Draft, Notes, options_of
from assessments.formats.h5p.reading import ABOUT, CONTENT
from assessments.formats.markup import html, writable
from assessments.formats.parts import GAP, MIDDLE, Gap, gaps_of, separate

# The versions are those that other systems have had longest of the present generation.
SET, CHOICE, TRUTHS, BLANKS, DRAGGED = (
    "H5P.QuestionSet 1.20", "H5P.MultiChoice 1.16", "H5P.TrueFalse 1.8", "H5P.Blanks 1.14", "H5P.DragText 1.10"
)  # fmt: skip
_TYPES: Final = {CHOICE: "Multiple Choice", TRUTHS: "True/False Question", BLANKS: "Fill in the Blanks", DRAGGED: "Drag the Words", SET: "Question Set"}  # fmt: skip
_IDS: Final = UUID("0f0d3c53-8f0e-5d1f-9b53-5c2f2c7a1f6e")  # the ids of parts are made of it and of the items' codes
_AT: Final = (1980, 1, 1, 0, 0, 0)  # the same items are the same file
# They mean something in texts with gaps, and cannot be written otherwise.
_OUTSIDE, _INSIDE, _SAID = re.compile(r"\*"), re.compile(r"[*/:\\]"), re.compile(r"[*:\\]")


class _NoPlace(Exception):
    """An item that H5P cannot carry. Its text says why."""


def write(drafts: Sequence[Draft], notes: Notes) -> bytes:
    """A package without libraries. Items that it has no place for are noted."""
    parts = []
    for draft in drafts:
        if draft.kind not in WRITERS:
            notes.add(draft.code, _("an item of the kind “%(kind)s”") % {"kind": draft.kind}, _("H5P has no place for it"))  # fmt: skip
            continue
        try:
            parts.append(_part(draft))
        except _NoPlace as why:
            notes.add(draft.code, _("an item of the kind “%(kind)s”") % {"kind": draft.kind}, str(why))
    language = drafts[0].language if drafts else "en"
    if len(parts) == 1:
        return _packed(parts[0]["library"], parts[0]["params"], parts[0]["metadata"], language)
    with override(language):
        return _packed(
            SET, _set(parts), {"title": _("Questions"), "license": "U", "contentType": _TYPES[SET]}, language
        )


def _part(draft: Draft) -> dict[str, Any]:
    with override(draft.language):
        library, params = WRITERS[draft.kind](draft)
    # Other systems show authors the comment, and leave it as it is.
    comment = "; ".join([f"code:{draft.code}", *draft.tags()])
    return {
        "library": library,
        "params": params,
        "subContentId": str(uuid5(_IDS, f"{draft.code} {draft.language}")),
        "metadata": {
            "title": _line(draft.code) or "–",
            "license": "U",
            "contentType": _TYPES[library],
            "authorComments": _line(comment),
        },
    }


def _packed(library: str, params: Mapping[str, Any], said: Mapping[str, str], language: str) -> bytes:
    used = list(dict.fromkeys([library, *(one["library"] for one in params.get("questions", []) if "library" in one)]))
    about = {
        **said,
        "language": language,
        "mainLibrary": library.split(" ")[0],
        "embedTypes": ["div"],
        "preloadedDependencies": [_needed(one) for one in used],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in ((ABOUT, about), (CONTENT, params)):
            entry = zipfile.ZipInfo(path, _AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    return out.getvalue()


def _needed(library: str) -> dict[str, Any]:
    machine, version = library.split(" ")
    major, minor = version.split(".")
    return {"machineName": machine, "majorVersion": int(major), "minorVersion": int(minor)}


def _line(text: str) -> str:
    """A text where no markup is taken: its signs are written as in markup all the same."""
    return escape(writable(text), quote=False)


def _overall(draft: Draft) -> list[dict[str, Any]]:
    return [{"from": 0, "to": 100, **({"feedback": _line(draft.feedback)} if draft.feedback else {})}]


def _behaviour(**values: Any) -> dict[str, Any]:
    return {"enableRetry": True, "enableSolutionsButton": True, "enableCheckButton": True, **values}


# --- Types ----------------------------------------------------------------------------------------------------------------


def _set(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "introPage": {"showIntroPage": False, "startButtonText": _("Start")},
        "progressType": "dots",
        "passPercentage": 50,
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "questions": list(parts),
        "override": {"checkButton": True},
        "texts": {"prevButton": _("Previous"), "nextButton": _("Next"), "finishButton": _("Finish"), "submitButton": _("Finish")},
        "endGame": {
            "showResultPage": True,
            "showSolutionButton": True,
            "showRetryButton": True,
            "overallFeedback": [{"from": 0, "to": 100}],
            "solutionButtonText": _("Show what is right"),
            "retryButtonText": _("Try again"),
            "finishButtonText": _("Finish"),
            "submitButtonText": _("Finish"),
            "showAnimations": False,
            "skippable": False,
        },
    }  # fmt: skip


def _write_choice(draft: Draft) -> tuple[str, dict[str, Any]]:
    """Of several, a wrong one takes away what a right one gives, as it does here."""
    answers = []
    for one in options_of(draft):
        why = html(one.why)
        said = {"tip": "", "chosenFeedback": why, "notChosenFeedback": why if one.is_right else ""}
        answers.append({"text": html(one.text), "correct": one.is_right, "tipsAndFeedback": said})
    is_multiple = draft.kind == "multiple"
    behaviour = _behaviour(
        type="multi" if is_multiple else "single",
        singlePoint=not is_multiple,
        randomAnswers=True,
        showSolutionsRequiresInput=True,
        confirmCheckDialog=False,
        confirmRetryDialog=False,
        autoCheck=False,
        passPercentage=100,
        showScorePoints=True,
    )
    labels = {"checkAnswerButton": _("Check"), "submitAnswerButton": _("Check"), "showSolutionButton": _("Show what is right"), "tryAgainButton": _("Try again")}  # fmt: skip
    return CHOICE, {
        "media": {"disableImageZooming": False},
        "question": html(draft.stem),
        "answers": answers,
        "overallFeedback": _overall(draft),
        "behaviour": behaviour,
        "UI": labels,
    }


def _write_truth(draft: Draft) -> tuple[str, dict[str, Any]]:
    """What is said at the end has no place of its own: it stands below each of the two reasons."""
    options = {one.id: one for one in options_of(draft)}
    right = "true" if options["true"].is_right else "false"
    wrong = "false" if right == "true" else "true"
    end = f"{MIDDLE}{draft.feedback}" if draft.feedback else ""
    words = TRUTH.get(draft.language, TRUTH["en"])
    behaviour = _behaviour(
        confirmCheckDialog=False,
        confirmRetryDialog=False,
        autoCheck=False,
        feedbackOnCorrect=_line(options[right].why + end),
        feedbackOnWrong=_line(options[wrong].why + end),
    )
    labels = {"trueText": words[0], "falseText": words[1], "checkAnswer": _("Check"), "submitAnswer": _("Check"), "showSolutionButton": _("Show what is right"), "tryAgain": _("Try again")}  # fmt: skip
    return TRUTHS, {
        "media": {"disableImageZooming": False},
        "question": html(draft.stem),
        "correct": right,
        "l10n": labels,
        "behaviour": behaviour,
    }


def _write_gaps(draft: Draft) -> tuple[str, dict[str, Any]]:
    """Gaps to type into, or words to drag into them."""
    found, text = {one.id: one for one in gaps_of(draft.question)}, str(draft.question.get("text", ""))
    if _OUTSIDE.search(GAP.sub("", text)):
        raise _NoPlace(_("a text with the sign * is taken for one with other gaps in H5P"))
    chosen = [bool(one.options) for one in found.values()]
    if all(chosen):
        return _dragged(draft, text, found)
    if any(chosen):
        raise _NoPlace(_("H5P has gaps to type into or words to drag, not both in one text"))
    return _blanks(draft, text, found)


def _blanks(draft: Draft, text: str, found: Mapping[str, Gap]) -> tuple[str, dict[str, Any]]:
    def gap(match: re.Match[str]) -> str:
        if match[1] not in found:
            return match[0]
        return "*" + "/".join(map(_word, separate(found[match[1]].accepted))) + "*"

    labels = {"checkAnswer": _("Check"), "submitAnswer": _("Check"), "showSolutions": _("Show what is right"), "tryAgain": _("Try again")}  # fmt: skip
    return BLANKS, {
        "media": {"disableImageZooming": False},
        "text": html(draft.stem),
        "questions": [GAP.sub(gap, html(one)) for one in text.split("\n\n")],
        "overallFeedback": _overall(draft),
        "behaviour": _behaviour(
            autoCheck=False,
            caseSensitive=False,
            showSolutionsRequiresInput=True,
            separateLines=False,
            confirmCheckDialog=False,
            confirmRetryDialog=False,
            acceptSpellingErrors=False,
        ),
        **labels,
    }


def _dragged(draft: Draft, text: str, found: Mapping[str, Gap]) -> tuple[str, dict[str, Any]]:
    """All words are offered for all gaps, each once."""
    rights = {id: next((said for said, is_right in one.options.values() if is_right), "") for id, one in found.items()}
    offered = dict.fromkeys(said for one in found.values() for said, _right in one.options.values())

    def gap(match: re.Match[str]) -> str:
        if match[1] not in found:
            return match[0]
        why = _line(found[match[1]].why)
        said = f"\\+{why}\\-{why}" if why and not _SAID.search(why) else ""
        return f"*{_word(rights[match[1]])}{said}*"

    labels = {"checkAnswer": _("Check"), "submitAnswer": _("Check"), "showSolution": _("Show what is right"), "tryAgain": _("Try again")}  # fmt: skip
    return DRAGGED, {
        "media": {"disableImageZooming": False},
        "taskDescription": html(draft.stem),
        "textField": GAP.sub(gap, _line(text)),
        "distractors": " ".join(f"*{_word(one)}*" for one in offered if one not in rights.values()),
        "overallFeedback": _overall(draft),
        "behaviour": _behaviour(instantFeedback=False),
        **labels,
    }


def _word(text: str) -> str:
    """A word for a gap."""
    if not text.strip() or _INSIDE.search(text):
        raise _NoPlace(_("an answer with one of the signs * / : \\ is taken for something else in H5P"))
    return _line(text)


WRITERS: Final[dict[str, Callable[[Draft], tuple[str, dict[str, Any]]]]] = {
    "single": _write_choice,
    "multiple": _write_choice,
    "truefalse": _write_truth,
    "cloze": _write_gaps,
}
