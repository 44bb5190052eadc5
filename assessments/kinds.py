"""Kinds of items: what makes one valid, and how a response to it is scored. Pure functions."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def problems(kind: str, key: Mapping[str, bool]) -> list[str | Promise]:
    """What makes an item of this kind unusable, in words for an editor. key: option id -> right or not."""
    right = sum(key.values())
    found: list[str | Promise] = []
    if kind in ("single", "truefalse") and right != 1:
        found.append(_("Mark exactly one option as right."))
    if kind == "single" and len(key) < 3:
        found.append(_("Give at least three options with different ids."))
    if kind == "truefalse" and set(key) != {"true", "false"}:
        found.append(_("Give two options with the ids “true” and “false”."))
    if kind == "multiple" and (right < 2 or right == len(key)):
        found.append(_("Mark at least two options as right and leave at least one wrong."))
    return found


def is_response(kind: str, key: Mapping[str, bool], value: object) -> bool:
    """Whether a value from a client is a possible response: a list of known option ids, at most one for a single choice."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return False
    if len(set(value)) != len(value) or not set(value) <= set(key):
        return False
    return kind == "multiple" or len(value) <= 1


def score(kind: str, key: Mapping[str, bool], chosen: Collection[str]) -> Decimal:
    """Points for a response, in [0, 1].

    One right answer: 1 or 0. Several: (right chosen − wrong chosen) ÷ number right, not below 0, so that choosing
    everything earns nothing extra (partial credit with penalty, as in Moodle's multiple-answer scoring).
    """
    right = {option for option, correct in key.items() if correct}
    if kind != "multiple":
        return Decimal(int(set(chosen) == right))
    hits = len(right.intersection(chosen))
    misses = len(set(chosen) - right)
    return max(Decimal(0), Decimal(hits - misses) / Decimal(len(right))).quantize(Decimal("0.0001"))
