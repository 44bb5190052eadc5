"""Kinds of questions. Each is one module here; this is the register of them."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.utils.translation import override

from assessments.kinds.base import Kind, Problems, ids, strays, twins

# Added to a response where the item asks how sure one is; no part of what is scored.
CERTAINTY = ("~guess", "~fairly", "~sure")


def _found() -> dict[str, Kind]:
    kinds: list[Kind] = []
    for module in sorted(one.name for one in iter_modules(__path__) if one.name != "base"):
        kinds += import_module(f"{__name__}.{module}").KINDS
    return {kind.name: kind for kind in kinds}


KINDS: dict[str, Kind] = _found()


def choices() -> list[tuple[str, Any]]:
    """Name and label of every kind."""
    return [(kind.name, kind.label) for kind in KINDS.values()]


def problems(kind: str, key: Mapping[str, Any], texts: Mapping[str, Any] | None = None) -> Problems:
    """What makes an item unusable, in words for an editor."""
    return KINDS[kind].problems(key, texts or {})


def answer(response: Collection[str]) -> list[str]:
    """A response without how sure one was."""
    return [one for one in response if one not in CERTAINTY]


def certainty(response: Collection[str]) -> str:
    """How sure one was: guess, fairly or sure; "" where nothing was said."""
    return next((one[1:] for one in CERTAINTY if one in response), "")


def read(kind: str, values: Sequence[str]) -> list[str]:
    """A response from what a form or script sent."""
    said = [one for one in CERTAINTY if one in values][:1]
    return [*KINDS[kind].read(answer(values)), *said]


def is_response(kind: str, key: Mapping[str, Any], value: object) -> bool:
    """Whether a value from a client is a possible response."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return False
    if sum(one in CERTAINTY for one in value) > 1:
        return False
    return KINDS[kind].is_response(key, answer(value))


def is_whole(kind: str, key: Mapping[str, Any], response: Collection[str]) -> bool:
    """Whether nothing more is asked after a response."""
    return KINDS[kind].is_whole(key, answer(response))


def may_follow(kind: str, before: Collection[str], response: Collection[str]) -> bool:
    """Whether a response may take the place of the one before."""
    return KINDS[kind].may_follow(answer(before), answer(response))


def score(kind: str, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
    """Points for a response, in [0, 1]."""
    given = answer(response)
    return KINDS[kind].score(key, given) if given else Decimal(0)


def judges_itself(kind: str) -> bool:
    """Whether an answer can be judged at once: not where a person marks it."""
    return not KINDS[kind].marked_by_person


def can_judge(version: Any, asked: Any) -> bool:
    """Whether what was answered to one version of an item (`asked`) can be judged by another: both have the same parts."""
    kind = KINDS[version.kind]
    return version.kind == asked.kind and bool(kind.parts(version.key) == kind.parts(asked.key))


def authored_problems(item: Any) -> list[str]:
    """What is wrong with an authored item's parts, for `content.authored`: in English, as its other problems are."""
    if item.kind not in KINDS:
        return [f"its kind {item.kind!r} is not known; known are {', '.join(KINDS)}"]
    kind = KINDS[item.kind]
    if odd := [str(one) for one in ids(item.question) if not isinstance(one, str)]:
        return [f"these ids are no text as they are written; put them into quotes: {', '.join(odd)}"]
    with override("en"):
        try:
            content = kind.block().to_python(item.question)
            if lost := strays(item.question, content):
                return [f"these have no place in a question of the kind {item.kind!r}: {', '.join(map(repr, lost))}"]
            if item.use == "check" and kind.marked_by_person:
                return ["a check is judged at once; what a person marks is asked in exams"]
            if same := twins(content):
                return [f"two parts have the same id: {', '.join(same)}"]
            return [str(one) for one in kind.problems(kind.key(content), kind.texts(content))]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return [f"its parts are not shaped like a question of the kind {item.kind!r} ({error!r})"]
