"""Rubrics: what observers look at, with the levels in words."""

import re
from pathlib import Path

from content.authored.reading import Reader
from content.authored.shapes import Criterion, Rubric, fold


def read_rubrics(reader: Reader, file: Path) -> dict[str, Rubric]:
    """The rubrics by code; a curriculum without the file has none."""
    spec = {
        "code": (re.compile(r"R\d"), ...),
        "title": (str, ...),
        "purpose": (str, ""),
        "least_mean": (float, 2.0),
        "observers": ((1, 2), 1),
        "criteria": (list, ...),
    }
    criterion_spec = {
        "id": (re.compile(r"[a-z]+(-[a-z]+)*"), ...),
        "text": (str, ...),
        "not_done": (str, ""),
        "to_standard": (str, ...),
        "critical": (bool, False),
    }
    found: dict[str, Rubric] = {}
    for node in reader.listed(file) if file.is_file() else []:
        values = reader.fields(node, spec, file=file)
        criteria = [reader.fields(one, criterion_spec, file=file) for one in values["criteria"] or []]
        if None in values.values() or any(None in one.values() for one in criteria):
            continue
        told = [
            Criterion(one["id"], fold(one["text"]), fold(one["not_done"]), fold(one["to_standard"]), one["critical"])
            for one in criteria
        ]
        one = Rubric(**{**values, "title": fold(values["title"]), "purpose": fold(values["purpose"]), "criteria": told})
        ids = [criterion.id for criterion in told]
        if one.code in found or len(set(ids)) < len(ids):
            reader.problem(file, node.line, f"{one.code}: a code or an id stands twice")
        if not any(criterion.critical for criterion in told):
            reader.problem(file, node.line, f"{one.code}: no criterion is critical")
        found[one.code] = one
    return found
