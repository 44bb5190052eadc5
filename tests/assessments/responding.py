"""What earns everything for a question, and what earns nothing, of any kind that judges itself: by the key and by the lines of `Kind.spread`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assessments.kinds import KINDS
from assessments.kinds.base import Group, Kind, Line
from assessments.kinds.shorttext import alternatives
from assessments.models import ItemVersion

GAP = re.compile(r"\[\[(.+)]]")


def right(version: ItemVersion, language: str = "en") -> list[str]:
    """A response that earns everything; what is typed is typed in a language."""
    return response(version.kind, version.key, version.text_in(language), earning=1)


def wrong(version: ItemVersion, language: str = "en") -> list[str]:
    """A response that earns nothing."""
    return response(version.kind, version.key, version.text_in(language), earning=0)


def response(kind: str, key: Mapping[str, Any], texts: Mapping[str, Any], *, earning: int) -> list[str]:
    """A whole response that earns 1 or 0. key: as it is published. Raises AssertionError where none was found."""
    judge = KINDS[kind]
    ways = _ways(judge, key, texts, earning) if judge.in_steps else [_given(judge, key, texts, earning)]
    for way in ways:
        if judge.is_response(key, way) and judge.is_whole(key, way) and judge.score(key, way) == earning:
            return way
    raise AssertionError(f"no response of the kind {kind} earns {earning}")


def _given(judge: Kind, key: Mapping[str, Any], texts: Mapping[str, Any], earning: int) -> list[str]:
    """The right line of each part, or a wrong one."""
    return judge.read([value for group in judge.spread(key, texts, {}) for value in _values(group, earning)])


def _values(group: Group, earning: int) -> list[str]:
    gap = GAP.fullmatch(group.heading)
    lines = [line for line in group.lines if line.is_right == bool(earning)]
    if not earning and not any(line.values for line in group.lines):
        lines = [Line("x", ())]  # typed: nothing that is known
    taken = lines if earning and not group.is_one else lines[:1]
    before = f"{gap[1]}:" if gap else ""
    return [value for line in taken for value in (line.values[:1] or [before + alternatives(line.text)[0]])]


def _ways(judge: Kind, key: Mapping[str, Any], texts: Mapping[str, Any], earning: int) -> Iterator[list[str]]:
    """The ways through an interview, those first that take what is best, or not best, at each moment."""
    lines = [line for group in judge.spread(key, texts, {}) for line in group.lines]
    good = {value for line in lines if line.is_right == bool(earning) for value in line.values}

    def on(made: list[str]) -> Iterator[list[str]]:
        choices = [one["value"] for one in judge.question(key, texts, judge.order(key, None), made)["choices"]]
        if not choices:
            yield made
        for one in sorted(choices, key=lambda one: one not in good):
            yield from on([*made, one])

    return on([])
