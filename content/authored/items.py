"""The items of a module."""

import re
from collections.abc import Iterator
from pathlib import Path

from content.authored.reading import Reader
from content.authored.shapes import Item, Option, fold

BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
KINDS = ("single", "multiple", "truefalse")
USES = ("exam", "check")


def read_items(reader: Reader, file: Path) -> list[Item]:
    nodes = reader.yaml(file)
    if not isinstance(nodes, list):
        reader.problem(file, 1, "should be a list of items")
        return []
    spec = {
        "code": (re.compile(r"[A-Z]{3}-M\d\d\.O\d-[A-Z]?\d{2,3}"), ...),
        "objective": (re.compile(r"M\d\d\.O\d"), ...),
        "competency": (re.compile(r"[A-Z]{3}\d"), ...),
        "bloom": (BLOOM, ...),
        "difficulty": ((1, 2, 3, 4, 5), ...),
        "kind": (KINDS, ...),
        "use": (USES, ...),
        "facts": ([str], []),
        "sources": ([str], []),
        "stem": (str, ...),
        "options": (list, ...),
        "feedback": (str, ""),
    }
    option_spec = {
        "id": (re.compile(r"[a-z]+"), ...),
        "text": (str, ...),
        "correct": (bool, ...),
        "rationale": (str, ...),
    }
    items: list[Item] = []
    for node in nodes:
        values = reader.fields(node, spec, file=file)
        line = getattr(node, "line", 1)
        options = []
        for one in values["options"] or []:
            option = reader.fields(one, option_spec, file=file, line=line)
            if None not in option.values():
                options.append(Option(option["id"], fold(option["text"]), option["correct"], fold(option["rationale"])))
        if None in values.values():
            continue
        values["stem"] = [fold(part) for part in re.split(r"\n\s*\n", values["stem"].strip())]
        values["feedback"] = fold(values["feedback"])
        item = Item(**{**values, "options": options}, line=line)
        for wrong in item_problems(item):
            reader.problem(file, line, f"{item.code}: {wrong}")
        items.append(item)
    codes = [item.code for item in items]
    for item in items:
        if codes.count(item.code) > 1:
            reader.problem(file, item.line, f"{item.code}: the code stands twice")
    return items


def item_problems(item: Item) -> Iterator[str]:
    """What makes an item unusable: the wrong number of keys, options that cannot be told apart."""
    right = [option for option in item.options if option.correct]
    ids = [option.id for option in item.options]
    if len(set(ids)) != len(ids):
        yield "two options have the same id"
    if len({option.text for option in item.options}) != len(item.options):
        yield "two options have the same text"
    if item.kind in ("single", "truefalse") and len(right) != 1:
        yield f"needs exactly one correct option, has {len(right)}"
    if item.kind == "truefalse" and sorted(ids) != ["false", "true"]:
        yield "needs the options true and false"
    if item.kind == "truefalse" and any(option.text != option.id.title() for option in item.options):
        yield "calls its options True and False"
    if item.kind == "single" and len(item.options) < 3:
        yield "needs at least three options"
    if item.kind == "multiple" and (len(right) < 2 or len(right) == len(item.options)):
        yield "needs at least two correct options and one wrong"
    if not item.code.startswith(f"{item.competency[:3]}-{item.objective}-"):
        yield f"the code should begin with {item.competency[:3]}-{item.objective}-"
