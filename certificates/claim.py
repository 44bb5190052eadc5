"""What a certificate says, frozen: the facts that are signed, printed and verified. Imports no Django."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from certificates.codes import grouped

FORMAT = 2  # raised when a field is added or its meaning changes; old claims stay readable

KINDS = ("course", "programme", "attendance", "accreditation")

_SERIAL = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,23}")
_CODE = re.compile(r"[A-Z0-9]{8,20}")
_SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9. -]{0,11}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")  # no line breaks, no direction tricks
_LONGEST = 200  # characters: longer than any name or title in use, short enough to stay legible when fitted
_LONGEST_OBJECTIVE = 2000  # a sentence or two, which run on over as many lines as they need


def canonical_json(values: Mapping[str, Any]) -> bytes:
    """JSON values in the one form that is hashed and signed: sorted keys, no spaces, UTF-8."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Part:
    """A course within a programme, as it was when the programme was completed."""

    code: str
    title_my: str
    title_en: str
    version: str


@dataclass(frozen=True, kw_only=True)
class CertificateClaim:
    """One certificate's content. Building one checks it: a ValueError names the field that cannot be.

    kind: what is certified: a course, a programme of several, attendance at a session, or the right to teach a course.

    serial: the register's number, such as THD-2026-000123; 24 characters at most.
    code: what a visitor types to verify, 8 to 20 capital letters and digits without separators (16 letters from an
    alphabet of 32 are 80 bits); `grouped_code` is how it is shown.
    name_my, name_latin and course_title_my, course_title_en: at least one of the two. rank, unit: in either language.
    course_code, course_version: Latin letters and digits, 12 characters at most. minutes: learning time.
    score_percent: 0 to 100, or None where none is certified. valid_until: the last day it holds, or None for good.
    objectives: (Burmese, English) pairs; they fill a second page when there are any. parts: the courses of a programme.
    held_from, held_until, place, trainers: the session, where one is certified. supersedes: the serial it replaces.
    """

    serial: str
    code: str
    name_my: str
    name_latin: str
    course_code: str
    course_title_my: str
    course_title_en: str
    course_version: str
    minutes: int
    issued_on: date
    issuer_my: str
    issuer_en: str
    valid_until: date | None = None
    score_percent: int | None = None
    rank: str = ""
    unit: str = ""
    objectives: tuple[tuple[str, str], ...] = ()
    kind: str = "course"
    parts: tuple[Part, ...] = ()
    held_from: date | None = None
    held_until: date | None = None
    place: str = ""
    trainers: tuple[str, ...] = ()
    supersedes: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "objectives", tuple((my, en) for my, en in self.objectives))
        object.__setattr__(self, "trainers", tuple(self.trainers))
        for problem, is_wrong in {
            "serial": not _SERIAL.fullmatch(self.serial),
            "code": not _CODE.fullmatch(self.code),
            "name": not (self.name_my.strip() or self.name_latin.strip()),
            "course_title": not (self.course_title_my.strip() or self.course_title_en.strip()),
            "course_code": not _SHORT.fullmatch(self.course_code),
            "course_version": not _SHORT.fullmatch(self.course_version),
            "minutes": type(self.minutes) is not int or self.minutes < 0,
            "score_percent": self.score_percent is not None
            and (type(self.score_percent) is not int or not 0 <= self.score_percent <= 100),
            "valid_until": self.valid_until is not None and self.valid_until < self.issued_on,
            "kind": self.kind not in KINDS,
            "parts": bool(self.parts) != (self.kind == "programme"),
            "held_from": (self.held_from is None) != (self.held_until is None)
            or (self.kind == "attendance" and self.held_from is None),
            "held_until": bool(self.held_from and self.held_until and self.held_until < self.held_from),
            "supersedes": self.supersedes != "" and not _SERIAL.fullmatch(self.supersedes),
        }.items():
            if is_wrong:
                raise ValueError(f"A certificate cannot say this: {problem}")
        for name, value in _texts(asdict(self)):
            longest = _LONGEST_OBJECTIVE if name == "objectives" else _LONGEST
            if len(value) > longest or _CONTROL.search(value):
                raise ValueError(f"A certificate cannot say this: {name}")

    @property
    def grouped_code(self) -> str:
        """The code in groups of four, as printed and read aloud."""
        return grouped(self.code)

    def to_dict(self) -> dict[str, Any]:
        """As JSON values: text, whole numbers, lists, objects and None; dates as ISO text; keys in order."""
        values: dict[str, Any] = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()
        }
        for name in ("objectives", "parts", "trainers"):
            values[name] = [list(one) if isinstance(one, tuple) else one for one in values[name]]
        values["format"] = FORMAT
        return dict(sorted(values.items()))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The claim that `to_dict` wrote, in this format or the first. Raises ValueError for another format, a missing or
        an unknown field.
        """
        given = dict(values)
        wrote = given.pop("format", None)
        lacking = set(_SINCE_2) if wrote == 1 else set()
        if wrote not in (1, FORMAT) or set(given) != {field.name for field in fields(cls)} - lacking:
            raise ValueError("A certificate with a missing or unknown field, or of a format that cannot be read")
        try:
            given |= {name: date.fromisoformat(given[name]) for name in _DAYS if given.get(name)}
            given["parts"] = tuple(Part(**part) for part in given.get("parts", ()))
            return cls(**given)
        except (KeyError, TypeError) as error:
            raise ValueError("A certificate with a field of another kind") from error

    def canonical(self) -> bytes:
        """The bytes to sign and to hash: UTF-8 JSON, sorted keys, no spaces, no floats."""
        return canonical_json(self.to_dict())


_DAYS = ("issued_on", "valid_until", "held_from", "held_until")
_SINCE_2 = ("kind", "parts", "held_from", "held_until", "place", "trainers", "supersedes")


def _texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value, with the field that it is in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, name or key)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, name)
