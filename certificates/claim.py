"""What a certificate says, frozen: the facts that are signed, printed and verified. Imports no Django."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from certificates.codes import grouped

FORMAT = 1  # raised when a field is added or its meaning changes; old claims stay readable

_SERIAL = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,23}")
_CODE = re.compile(r"[A-Z0-9]{8,20}")
_SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9. -]{0,11}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")  # no line breaks, no direction tricks
_LONGEST = 200  # characters: longer than any name or title in use, short enough to stay legible when fitted


def canonical_json(values: Mapping[str, Any]) -> bytes:
    """JSON values in the one form that is hashed and signed: sorted keys, no spaces, UTF-8."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, kw_only=True)
class CertificateClaim:
    """One certificate's content. Building one checks it: a ValueError names the field that cannot be.

    serial: the register's number, such as THD-2026-000123; 24 characters at most.
    code: what a visitor types to verify, 8 to 20 capital letters and digits without separators (16 letters from an
    alphabet of 32 are 80 bits); `grouped_code` is how it is shown.
    name_my, name_latin and course_title_my, course_title_en: at least one of the two. rank, unit: in either language.
    course_code, course_version: Latin letters and digits, 12 characters at most. minutes: learning time.
    score_percent: 0 to 100, or None where the course has no exam. valid_until: the last day it holds, or None for good.
    objectives: (Burmese, English) pairs; they fill a second page when there are any.
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

    def __post_init__(self) -> None:
        object.__setattr__(self, "objectives", tuple((my, en) for my, en in self.objectives))
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
        }.items():
            if is_wrong:
                raise ValueError(f"A certificate cannot say this: {problem}")
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and (len(value) > _LONGEST or _CONTROL.search(value)):
                raise ValueError(f"A certificate cannot say this: {field.name}")

    @property
    def grouped_code(self) -> str:
        """The code in groups of four, as printed and read aloud."""
        return grouped(self.code)

    def to_dict(self) -> dict[str, Any]:
        """As JSON values: text, whole numbers, lists and None; dates as ISO text; keys in order."""
        values: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        values["issued_on"] = self.issued_on.isoformat()
        values["valid_until"] = self.valid_until.isoformat() if self.valid_until else None
        values["objectives"] = [list(pair) for pair in self.objectives]
        values["format"] = FORMAT
        return dict(sorted(values.items()))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The claim that `to_dict` wrote. Raises ValueError for another format, a missing or an unknown field."""
        given = dict(values)
        if given.pop("format", None) != FORMAT:
            raise ValueError("A certificate of a format that this version cannot read")
        try:
            until = given.pop("valid_until")
            return cls(
                issued_on=date.fromisoformat(given.pop("issued_on")),
                valid_until=date.fromisoformat(until) if until else None,
                objectives=tuple((my, en) for my, en in given.pop("objectives")),
                **given,
            )
        except (KeyError, TypeError) as error:
            raise ValueError("A certificate with a missing or unknown field") from error

    def canonical(self) -> bytes:
        """The bytes to sign and to hash: UTF-8 JSON, sorted keys, no spaces, no floats."""
        return canonical_json(self.to_dict())
