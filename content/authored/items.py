"""The items of a module."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from content.authored.reading import Reader
from content.authored.shapes import READ_BY_PEOPLE, BlueprintLine, Item, fold

BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
# What else has to hold of an item is known further left (assessments/kinds): it puts its check here.
CHECKS: list[Callable[[Item], Iterable[str]]] = []
KIND = re.compile(
    r"[a-z]{2,12}"
)  # which there are, and how their parts look, is known to assessments/kinds: the load asks it
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
        "kind": (KIND, ...),
        "use": (USES, ...),
        "facts": ([str], []),
        "sources": ([str], []),
        "stem": (str, ...),
        "options": (list, []),
        "question": (dict, {}),
        "feedback": (str, ""),
        "asks_certainty": (bool, False),
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
                options.append(option)
        if None in values.values():
            continue
        question = _folded(values["question"])
        if options and question:
            reader.problem(file, line, f"{values['code']}: has both options and a question; write one of them")
        values["question"] = _folded({"options": options}) if values.pop("options") else question
        values["stem"] = [fold(part) for part in re.split(r"\n\s*\n", values["stem"].strip())]
        values["feedback"] = fold(values["feedback"])
        item = Item(**values, line=line)
        for wrong in item_problems(item):
            reader.problem(file, line, f"{item.code}: {wrong}")
        items.append(item)
    codes = [item.code for item in items]
    for item in items:
        if codes.count(item.code) > 1:
            reader.problem(file, item.line, f"{item.code}: the code stands twice")
    return items


def _folded(part: Any) -> Any:
    """The parts of a question as plain values, with the texts that people read folded; paragraphs of a text stay."""
    if isinstance(part, Mapping):
        return {
            str(name): _paragraphs(value) if name in READ_BY_PEOPLE and isinstance(value, str) else _folded(value)
            for name, value in part.items()
        }
    return [_folded(value) for value in part] if isinstance(part, list) else part


def _paragraphs(text: str) -> str:
    return "\n\n".join(fold(part) for part in re.split(r"\n\s*\n", text.strip()))


def read_blueprint(reader: Reader, file: Path) -> list[BlueprintLine]:
    """What the bank has to hold, by objective; a curriculum without the file asks for nothing."""
    spec = {
        "objective": (re.compile(r"M\d\d\.O\d"), ...),
        "bloom": (BLOOM, ...),
        "competency": (re.compile(r"[A-Z]{3}\d"), ...),
        "bank": (int, ...),
        "form": (int, ...),
        "kinds": (str, ...),
    }
    lines: list[BlueprintLine] = []
    for node in reader.listed(file) if file.is_file() else []:
        values = reader.fields(node, spec, file=file)
        if None in values.values():
            continue
        if any(values["objective"] == line.objective for line in lines):
            reader.problem(file, node.line, f"the objective {values['objective']} stands twice")
        if values["form"] > values["bank"]:
            reader.problem(file, node.line, f"{values['objective']}: a form asks for more items than the bank")
        lines.append(BlueprintLine(**values))
    return lines


def item_problems(item: Item) -> Iterator[str]:
    """What makes an item unusable: the wrong number of keys, options that cannot be told apart."""
    if not item.question:
        yield "has no options and no question"
    if len({option.text for option in item.options}) != len(item.options):
        yield "two options have the same text"
    if item.kind == "truefalse" and any(option.text != option.id.title() for option in item.options):
        yield "calls its options True and False"
    for check in CHECKS:
        yield from check(item)
    if not item.code.startswith(f"{item.competency[:3]}-{item.objective}-"):
        yield f"the code should begin with {item.competency[:3]}-{item.objective}-"
