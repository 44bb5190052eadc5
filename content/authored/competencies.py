"""Competencies: what officers are able to do after training, and how well each agency needs it."""

import re
from pathlib import Path

from content.authored.reading import Reader
from content.authored.shapes import Competency, fold

ROLES = ("immigration", "police", "social_welfare", "trainer")
LEVELS = (1, 2, 3)


def read_competencies(reader: Reader, file: Path) -> dict[str, Competency]:
    """The competencies by code; a curriculum without the file describes none."""
    spec = {
        "code": (re.compile(r"[A-Z]{3}\d"), ...),
        "name": (str, ...),
        **dict.fromkeys(ROLES, (LEVELS, 0)),
    }
    found: dict[str, Competency] = {}
    for node in reader.listed(file) if file.is_file() else []:
        values = reader.fields(node, spec, file=file)
        if None in values.values():
            continue
        if values["code"] in found:
            reader.problem(file, node.line, f"the competency {values['code']} stands twice")
        levels = {role: values[role] for role in ROLES if values[role]}
        found[values["code"]] = Competency(values["code"], fold(values["name"]), levels)
    return found
