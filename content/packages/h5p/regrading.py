r"""What a response to an H5P question is worth, worked out here from the question and the response alone.

The frame in which a package plays says what was answered and what it scored; the second is not believed. What a question
type makes of a response was read from its behaviour and holds for the versions named in `GRADED`, against which recorded
answers are kept with the tests. Of every other type and version nothing can be said: its score stays unverified.

That a score follows from a response does not show that a person knew it: the keys of an H5P question are in the browser.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

from content.packages.h5p.names import LibraryName

GRADER: Final = "thindan-h5p-1"  # stored with each result; changes when a score could come out otherwise
BETWEEN: Final = "[,]"  # stands between the parts of a response
_SPACE: Final = " \t\n\v\f\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_ENDS: Final = re.compile(f"^[{_SPACE}]+|[{_SPACE}]+$")
_LINES: Final = re.compile("\r\n|\n|\r")
_STARRED: Final = re.compile(r"(\*[^\n\r\u2028\u2029]*?\*)")


class Unfit(ValueError):
    """A response that cannot have been given to this question."""


class _UnknownShape(Exception):
    """Parameters that are not shaped as those of the type, or of which two things could be meant."""


@dataclass(frozen=True)
class Grade:
    """Points, with 0 ≤ raw ≤ max."""

    raw: float
    max: float


Children = Mapping[str, Grade | None]


def regrade(
    main: str, params: Mapping[str, Any], response: str | None, *, children: Children | None = None
) -> Grade | None:
    """The grade of a response; None where it cannot be known, so that what the frame says stays unverified.

    main: library and version, as in "H5P.MultiChoice 1.16". params: the question's, as it was played. response: as in
    `result.response` of its xAPI statement; a set of questions has none. children: of a set, the grades of those that
    were answered, by subContentId, None for one whose grade cannot be known; what is not of the set is ignored. Raises
    Unfit.
    """
    grader = _grader(main)
    if grader is None:
        return None
    try:
        return grader.grade(params, response, children or {})
    except _UnknownShape:
        return None


def max_of(main: str, params: Mapping[str, Any]) -> float | None:
    """The most that a question gives; None where it cannot be known."""
    grader = _grader(main)
    if grader is None:
        return None
    try:
        return grader.most(params)
    except _UnknownShape:
        return None


def questions_in(params: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Everything of a library of its own that stands in parameters, at any depth, in their order, outer before inner.

    Gives subContentId ("" where there is none), library with version, and parameters; not only of what is a question.
    """
    left = [params]
    while left:
        part = left.pop()
        if isinstance(part, Mapping):
            library, inner = part.get("library"), part.get("params")
            if isinstance(library, str) and isinstance(inner, dict) and _named(library):
                id = part.get("subContentId")
                yield id if isinstance(id, str) else "", library, inner
            left += reversed(list(part.values()))
        elif isinstance(part, list):
            left += reversed(part)


def _named(library: str) -> LibraryName | None:
    try:
        return LibraryName.parse(library)
    except ValueError:
        return None


# --- Reading parameters ---------------------------------------------------------------------------------------------------


def _behaviour(params: Mapping[str, Any]) -> Mapping[str, Any]:
    found = params.get("behaviour", {})
    if not isinstance(found, Mapping):
        raise _UnknownShape
    return found


def _texts(params: Mapping[str, Any], name: str) -> list[str]:
    found = params.get(name)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise _UnknownShape
    return found


def _text(params: Mapping[str, Any], name: str, default: str | None = None) -> str:
    found = params.get(name, default)
    if not isinstance(found, str):
        raise _UnknownShape
    return found


def _number(params: Mapping[str, Any], name: str, default: float) -> float:
    found = params.get(name, default)
    if isinstance(found, bool) or not isinstance(found, int | float) or not isfinite(found) or found < 0:
        raise _UnknownShape
    return found


def _given(response: str | None) -> str:
    if response is None:
        raise Unfit("no response")
    return response


def _trimmed(text: str) -> str:
    """Without white space at its ends, as a browser counts it."""
    return _ENDS.sub("", text)


# --- One or several options -----------------------------------------------------------------------------------------------


def _multichoice(params: Mapping[str, Any], response: str | None, _children: Children) -> Grade:
    """Options are numbered in the order of their author, however they were shuffled.

    One right option gives one point, whatever it weighs. Of several, what is wrong takes its weight away again.
    """
    options, behaviour, most = _options(params), _behaviour(params), _most_of_multichoice(params)
    chosen = _numbers(_given(response))
    if len(set(chosen)) < len(chosen) or any(one >= len(options) for one in chosen):
        raise Unfit("no such options")
    raw: float
    if _is_single(options, behaviour):
        if len(chosen) > 1:
            raise Unfit("several options of one")
        raw = int(any(options[one][0] for one in chosen))
    else:
        raw = max(0, sum(worth if right else -worth for right, worth in (options[one] for one in chosen)))
        if not chosen and not any(right for right, _worth in options):
            raw = _number(params, "weight", 1)  # nothing is right, and nothing was chosen
        if behaviour.get("singlePoint", True):
            whole = _whole(params, options)
            is_passed = whole and 100 * raw / whole >= _number(behaviour, "passPercentage", 100)
            raw = most if is_passed else 0
    if raw > most:
        raise _UnknownShape  # weights that give more than there is
    return Grade(raw, most)


def _options(params: Mapping[str, Any]) -> list[tuple[bool, float]]:
    """Whether each option is right, and what it weighs."""
    found = params.get("answers")
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise _UnknownShape
    return [(bool(one.get("correct")), _number(one, "weight", 1)) for one in found]


def _numbers(response: str) -> list[int]:
    parts = response.split(BETWEEN) if response else []
    if not all(re.fullmatch(r"[0-9]{1,4}", one) for one in parts):
        raise Unfit("no numbers of options")
    return [int(one) for one in parts]


def _is_single(options: Sequence[tuple[bool, float]], behaviour: Mapping[str, Any]) -> bool:
    sort = behaviour.get("type", "auto")
    return sum(right for right, _worth in options) == 1 if sort == "auto" else bool(sort == "single")


def _whole(params: Mapping[str, Any], options: Sequence[tuple[bool, float]]) -> float:
    """What all right options weigh."""
    if not any(right for right, _worth in options):
        return _number(params, "weight", 1)
    return sum(worth for right, worth in options if right)


def _most_of_multichoice(params: Mapping[str, Any]) -> float:
    options, behaviour = _options(params), _behaviour(params)
    if _is_single(options, behaviour) or behaviour.get("singlePoint", True):
        return _number(params, "weight", 1)
    return _whole(params, options)


# --- True or false --------------------------------------------------------------------------------------------------------


def _truefalse(params: Mapping[str, Any], response: str | None, _children: Children) -> Grade:
    right = _text(params, "correct", "true")
    if right not in ("true", "false"):
        raise _UnknownShape
    if _given(response) not in ("true", "false", ""):
        raise Unfit("neither true nor false")
    return Grade(int(response == right), 1)


# --- Gaps to type into ----------------------------------------------------------------------------------------------------


def blanks_of(params: Mapping[str, Any]) -> list[list[str]]:
    """The answers that each gap takes, in the order of the gaps. Raises ValueError where the texts are none."""
    try:
        texts = _texts(params, "questions")
    except _UnknownShape:
        raise ValueError("no texts with gaps") from None
    inside = (re.sub(r"</?[a-z]*\d?>", "", gap, flags=re.IGNORECASE) for text in texts for gap in gaps_in(text))
    # What a gap takes stands before the first colon; after it comes a hint.
    return [[html.unescape(_trimmed(one)) for one in gap.split(":", 1)[0].split("/")] for gap in inside if gap]


def gaps_in(text: str) -> list[str]:
    """What stands between asterisks."""
    return re.findall(r"\*([^*]*)\*", text)


def _older_blanks(params: Mapping[str, Any], response: str | None, children: Children) -> Grade:
    """As _blanks, but what these versions make of HTML inside a gap is their own."""
    if any("<" in gap for text in _texts(params, "questions") for gap in gaps_in(text)):
        raise _UnknownShape
    return _blanks(params, response, children)


def _blanks(params: Mapping[str, Any], response: str | None, _children: Children) -> Grade:
    gaps, behaviour = _accepted(params), _behaviour(params)
    given = _given(response).split(BETWEEN)
    if len(given) < len(gaps):
        raise Unfit("fewer answers than gaps")
    if len(given) > len(gaps):
        raise _UnknownShape  # somebody typed what stands between answers: whose it is cannot be told
    folded = (lambda text: text) if behaviour.get("caseSensitive", True) is True else str.lower
    is_lenient = behaviour.get("acceptSpellingErrors") is True
    right = sum(
        _is_accepted(folded(_trimmed(one)), [folded(each) for each in gap], is_lenient)
        for one, gap in zip(given, gaps, strict=True)
    )
    return Grade(right, len(gaps))


def _accepted(params: Mapping[str, Any]) -> list[list[str]]:
    try:
        gaps = blanks_of(params)
    except ValueError:
        raise _UnknownShape from None
    if not gaps:
        raise _UnknownShape
    return gaps


def _is_accepted(given: str, accepted: Sequence[str], is_lenient: bool) -> bool:
    for one in accepted:
        wanted = _trimmed(one)
        if given == wanted:
            return True
        most = 2 if _length(one) > 9 else 1 if _length(one) > 3 else 0
        if is_lenient and most and _slips(given, wanted, most) <= most:
            return True
    return False


def _length(text: str) -> int:
    """In units of UTF-16, as a browser counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _slips(one: str, other: str, most: int) -> int:
    """How many letters were left out, added, changed or swapped with their neighbour (optimal string alignment).

    Counted in units of UTF-16, as far as `most`; above it is any number above. Only what lies so near to the diagonal is
    compared, so that long texts cost no more than their length.
    """
    a, b = (text.encode("utf-16-le", "surrogatepass") for text in (one, other))
    left, right = ([text[n : n + 2] for n in range(0, len(text), 2)] for text in (a, b))
    far = most + 1
    before: dict[int, int] = {}
    last = {j: j for j in range(min(len(right), most) + 1)}
    for i, letter in enumerate(left, 1):
        row = {0: i} if i <= most else {}
        for j in range(max(1, i - most), min(len(right), i + most) + 1):
            wanted = right[j - 1]
            least = min(last.get(j, far) + 1, row.get(j - 1, far) + 1, last.get(j - 1, far) + (letter != wanted))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == wanted:
                least = min(least, before.get(j - 2, far) + (letter != wanted))
            row[j] = least
        before, last = last, row
    return last.get(len(right), far)


# --- Words to drag into gaps ----------------------------------------------------------------------------------------------


def dragged_of(params: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The words that belong into the gaps, in their order, and those that belong nowhere. Raises ValueError."""
    try:
        text, spare = _text(params, "textField"), _text(params, "distractors", "")
    except _UnknownShape:
        raise ValueError("no text with gaps") from None
    return _starred(text), _starred(spare)


def _starred(text: str) -> list[str]:
    parts = _STARRED.split(_LINES.sub("<br/>", text))
    return [word_of(part) for part in parts if part.startswith("*") and part.endswith("*")]


def word_of(part: str) -> str:
    r"""The word of *word:hint\+said when right\-said when wrong*."""
    word = part.removeprefix("*").removesuffix("*")
    said = [",".join(re.findall(mark, part)) for mark in (r":[^\\*]+", r"\\\+[^\\*:]+", r"\\-[^\\*:]+")]
    for one in filter(None, said):
        word = word.replace(one, "", 1)  # what stands there twice is not found, and stays: so the type does
    return re.sub(f"[{_SPACE}]+$", "", word)


def _dragtext(params: Mapping[str, Any], response: str | None, _children: Children) -> Grade:
    gaps, spare = _words(params)
    words = Counter([*gaps, *spare])
    if any(BETWEEN in one for one in words):
        raise _UnknownShape
    given = _given(response).split(BETWEEN)
    if len(given) != len(gaps) or Counter(one for one in given if one) - words:
        raise Unfit("not the words of this text")
    return Grade(sum(bool(one) and one == gap for one, gap in zip(given, gaps, strict=True)), len(gaps))


def _words(params: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    try:
        found = dragged_of(params)
    except ValueError:
        raise _UnknownShape from None
    if not found[0] or "" in found[0]:
        raise _UnknownShape  # a word of no letters is there or is not: the response does not say
    return found


# --- A set of questions ---------------------------------------------------------------------------------------------------


def _set(params: Mapping[str, Any], _response: str | None, children: Children) -> Grade:
    """The sum of its questions. Of a pool only those count that were drawn, and only who answered all shows which."""
    asked = _asked(params)
    known = []
    for grade in (children[id] for id in asked if id in children):
        if grade is None:
            raise _UnknownShape
        known.append(grade)
    drawn = _drawn(params, len(asked))
    if len(known) > drawn:
        raise _UnknownShape  # drawn anew in between
    if drawn == len(asked):
        known += [_unanswered(*asked[id]) for id in asked if id not in children]
    elif len(known) < drawn:
        raise _UnknownShape
    return Grade(sum(one.raw for one in known), sum(one.max for one in known))


def _asked(params: Mapping[str, Any]) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Library and parameters of each question by subContentId."""
    found = params.get("questions")
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise _UnknownShape
    questions = [one for one in found if one.get("library")]
    asked = {}
    for one in questions:
        id, library, inner = one.get("subContentId"), one["library"], one.get("params")
        if not isinstance(id, str) or not isinstance(library, str) or not isinstance(inner, Mapping):
            raise _UnknownShape
        asked[id] = library, inner
    if not asked or len(asked) < len(questions) or len(questions) < len(found):
        raise _UnknownShape
    return asked


def _drawn(params: Mapping[str, Any], number: int) -> int:
    pool = _number(params, "poolSize", 0) if params.get("poolSize") is not None else 0
    return min(int(pool), number) if pool >= 1 else number


def _most_of(library: str, params: Mapping[str, Any]) -> float:
    most = max_of(library, params)
    if most is None:
        raise _UnknownShape
    return most


def _unanswered(library: str, params: Mapping[str, Any]) -> Grade:
    """Nothing, but where an empty answer is right."""
    most = _most_of(library, params)
    has_gaps = library.startswith(("H5P.Blanks ", "H5P.DragText "))
    grade = regrade(library, params, BETWEEN * (int(most) - 1) if has_gaps else "")
    if grade is None:
        raise _UnknownShape
    return grade


def _most_of_set(params: Mapping[str, Any]) -> float:
    """Where it is a pool: what the questions give, if all give the same."""
    asked = _asked(params)
    each, drawn = [_most_of(*one) for one in asked.values()], _drawn(params, len(asked))
    if drawn < len(each) and len(set(each)) > 1:
        raise _UnknownShape
    return sum(each[:drawn])


# --- The types ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Grader:
    """major, least, last: the versions that it holds for. most: the most that a question gives."""

    machine: str
    major: int
    least: int
    last: int
    grade: Callable[[Mapping[str, Any], str | None, Children], Grade]
    most: Callable[[Mapping[str, Any]], float]


def _number_of_blanks(params: Mapping[str, Any]) -> float:
    return len(_accepted(params))


GRADED: Final = (
    _Grader("H5P.MultiChoice", 1, 14, 16, _multichoice, _most_of_multichoice),
    _Grader("H5P.TrueFalse", 1, 6, 8, _truefalse, lambda _params: 1),
    _Grader("H5P.Blanks", 1, 12, 13, _older_blanks, _number_of_blanks),
    _Grader("H5P.Blanks", 1, 14, 14, _blanks, _number_of_blanks),
    _Grader("H5P.DragText", 1, 8, 10, _dragtext, lambda params: len(_words(params)[0])),
    _Grader("H5P.QuestionSet", 1, 17, 21, _set, _most_of_set),
)


def _grader(library: str) -> _Grader | None:
    name = _named(library)
    if name is None:
        return None
    fit = (
        one
        for one in GRADED
        if (one.machine, one.major) == (name.machine, name.major) and one.least <= name.minor <= one.last
    )
    return next(fit, None)
