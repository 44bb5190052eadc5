"""What an activity says in the words of xAPI, taken as the claim of a stranger. Pure functions."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from records.statements import VERBS

# Other verbs are noise, such as a word for each click.
_BY_IRI: Final = {iri: verb for verb, iri in VERBS.items()}
LARGEST: Final = 10_000.0  # points; nothing that people make has more
LONGEST: Final = 4_000  # letters of a response


class Unfit(ValueError):
    """What was said is no statement of the activity that it came from."""


@dataclass(frozen=True)
class Said:
    """verb: of records.statements.VERBS. part: the id of a question inside, "" for the activity itself. raw, top: points as claimed, 0 ≤ raw ≤
    top, or None. response: as the question writes it, or None. seconds: how long, or None."""

    verb: str
    part: str
    raw: float | None = None
    top: float | None = None
    response: str | None = None
    seconds: float | None = None
    is_success: bool | None = None


def read(statement: Any, *, activity: str, parts: frozenset[str]) -> Said | None:
    """A statement of the activity with this IRI, whose questions inside have these ids. None for a verb that is not kept.

    Raises Unfit for one about something else, or with points that cannot be.
    """
    if not isinstance(statement, Mapping):
        raise Unfit("no statement")
    iri = _within(statement, "verb", "id")
    verb = _BY_IRI.get(iri) if isinstance(iri, str) else None
    if verb is None:
        return None
    result = statement.get("result")
    result = result if isinstance(result, Mapping) else {}
    raw, top = points(result.get("score"))
    response, success = result.get("response"), result.get("success")
    return Said(
        verb,
        _part(_within(statement, "object", "id"), activity, parts),
        raw,
        top,
        response[:LONGEST] if isinstance(response, str) else None,
        seconds_of(result.get("duration")),
        success if isinstance(success, bool) else None,
    )


def _within(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _part(said: Any, activity: str, parts: frozenset[str]) -> str:
    if not isinstance(said, str):
        raise Unfit("about nothing")
    if said == activity:
        return ""
    address, asked = said.partition("?")[0], parse_qs(urlsplit(said).query).get("subContentId", [])
    if address != activity or len(asked) != 1 or asked[0] not in parts:
        raise Unfit("about something else")
    return asked[0]


def points(score: Any) -> tuple[float | None, float | None]:
    """(raw, max) of an xAPI score; (None, None) where there is none. Raises Unfit for what cannot be."""
    if not isinstance(score, Mapping) or score.get("raw") is None or score.get("max") is None:
        return None, None
    raw, top = number(score["raw"]), number(score["max"])
    if top == 0:
        return None, None  # H5P's word for an activity without points
    if not (0 <= raw <= top <= LARGEST):
        raise Unfit("points out of range")
    return raw, top


def number(value: Any) -> float:
    """A finite number. Raises Unfit."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unfit("no number")
    try:
        number = float(value)
    except OverflowError:
        raise Unfit("no number") from None
    if not math.isfinite(number):
        raise Unfit("no number")
    return number


def seconds_of(duration: Any) -> float | None:
    """Seconds of an ISO 8601 duration as H5P writes it ("PT12.5S"); None for anything else."""
    if not (isinstance(duration, str) and duration.startswith("PT") and duration.endswith("S")):
        return None
    try:
        seconds = float(duration[2:-1])
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and 0 <= seconds <= 86_400 else None
