"""JSON from a stranger: UTF-8, bounded in length and depth, and nothing that only Python would take for JSON."""

import json
import math
import re
from array import array
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, Final, NoReturn

from content.packages.refusals import PackageRefused

MOST_BYTES: Final = 5 * 2**20
MOST_LEVELS: Final = 200
MOST_DIGITS: Final = 19  # what a 64-bit column holds

TEXT: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
# Brackets as steps up and down, in signed bytes.
STEPS: Final = bytes.maketrans(b"[{]}", b"\1\1\xff\xff")
NO_BRACKETS: Final = bytes(set(range(256)) - set(b"[{]}"))
# A half of a letter, or the sign that no database stores.
SUSPECT: Final = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")


class _NumberRefused(ValueError):
    pass


class _NameTwice(ValueError):
    pass


def parse(data: bytes, where: str, *, unique_names: bool = False) -> Any:
    """What a JSON file says. where: its path, for the sentence; unique_names: refuse an object with one name twice.

    Numbers are finite and integers have at most 19 digits; texts hold neither U+0000 nor half a letter; at most 200
    levels, counted before anything is built. Raises PackageRefused.
    """
    if len(data) > MOST_BYTES:
        raise PackageRefused("file_too_long", where, megabytes=MOST_BYTES // 2**20)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PackageRefused("json_not_utf8", where) from None
    if _levels(data) > MOST_LEVELS:
        raise PackageRefused("json_too_deep", where, most=MOST_LEVELS)
    try:
        value = json.loads(
            text,
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=_no_number,
            object_pairs_hook=_named_once if unique_names else None,
        )
    except _NumberRefused:
        raise PackageRefused("json_number", where) from None
    except _NameTwice as error:
        raise PackageRefused("json_name_twice", where, field=str(error)[:80]) from None
    except json.JSONDecodeError as error:
        raise PackageRefused("json_broken", where, line=error.lineno) from None
    except RecursionError:
        raise PackageRefused("json_too_deep", where, most=MOST_LEVELS) from None
    if SUSPECT.search(data) and any(_is_unstorable(text) for text in texts(value)):
        raise PackageRefused("json_text", where)
    return value


def texts(value: Any) -> Iterator[str]:
    """Every text in a parsed value, names included, in no particular order."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            yield from value
            waiting.extend(value.values())


def _levels(data: bytes) -> int:
    """How deep the brackets outside of texts go."""
    return max(accumulate(array("b", TEXT.sub(b"", data).translate(STEPS, NO_BRACKETS))), default=0)


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise _NumberRefused
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _NumberRefused
    return number


def _no_number(_name: str) -> NoReturn:
    raise _NumberRefused


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for name, inner in pairs:
        if name in value:
            raise _NameTwice(name)
        value[name] = inner
    return value


def _is_unstorable(text: str) -> bool:
    return any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text)
