"""Curricula of others: the units that a source names, and which objectives of ours meet them."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from content.authored.reading import Reader
from content.authored.shapes import OutsideCurriculum, OutsideUnit, fold

EXTENTS = ("whole", "part")
_WHOLE = {
    "code": (re.compile(r"[a-z]+(-[a-z0-9]+)*"), ...),
    "name": (str, ...),
    "publisher": (str, ...),
    "version": (str, ""),
    "sources": ([str], ...),
    "whole": (bool, False),
    "note": (str, ""),
    "units": (list, []),
}
_UNIT = {
    "code": (str, ...),
    "title": (str, ...),
    "objectives": ([re.compile(r"M\d\d\.O\d")], []),
    "extent": (EXTENTS, ""),
    "note": (str, ""),
}


def read_outside(
    reader: Reader, file: Path, sources: Collection[str], objectives: Collection[str]
) -> dict[str, OutsideCurriculum]:
    """The outside curricula by code; a curriculum without the file maps none. sources, objectives: the codes that there are."""
    found: dict[str, OutsideCurriculum] = {}
    for node in reader.listed(file) if file.is_file() else []:
        values = reader.fields(node, _WHOLE, file=file)
        units = [reader.fields(one, _UNIT, file=file, line=node.line) for one in values["units"] or []]
        if None in values.values() or any(None in one.values() for one in units):
            continue
        for text in _problems(values, units, sources, objectives):
            reader.problem(file, node.line, f"{values['code']}: {text}")
        if values["code"] in found:
            reader.problem(file, node.line, f"{values['code']} stands twice")
        told = [OutsideUnit(**{**one, "title": fold(one["title"]), "note": fold(one["note"])}) for one in units]
        words = {name: fold(values[name]) for name in ("name", "publisher", "version", "note")}
        found[values["code"]] = OutsideCurriculum(**{**values, **words, "units": told})
    return found


def _problems(
    values: dict[str, Any], units: list[dict[str, Any]], sources: Collection[str], objectives: Collection[str]
) -> list[str]:
    """What does not go together. The editor checks the same (`courses.models.OutsideUnit`)."""
    codes = [one["code"] for one in units]
    said = [f"the source {code} is not in sources.yaml" for code in values["sources"] if code not in sources]
    said += [] if values["sources"] else ["names no source"]
    said += [f"the unit {code} stands twice" for code in sorted({one for one in codes if codes.count(one) > 1})]
    for one in units:
        if bool(one["objectives"]) != bool(one["extent"]):
            said.append(f"the unit {one['code']} has objectives and an extent, or neither")
        said += [f"the objective {code} is in no module" for code in one["objectives"] if code not in objectives]
    return said
