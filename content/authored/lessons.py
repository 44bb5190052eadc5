"""A lesson: Markdown with a YAML head and directives."""

import re
from pathlib import Path

from content import drawing
from content.authored.reading import Reader
from content.authored.shapes import (
    MARKDOWN,
    Block,
    Case,
    CheckReference,
    Element,
    FactReference,
    Figure,
    KeyPoint,
    Lesson,
    Prose,
    fold,
)

_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_OPEN = re.compile(r":::\s*(\w+)\s*(.*)")
_ATTRIBUTE = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))\s*')
_DIRECTIVES = {  # name -> attributes it must have, may have
    "keypoint": ({"source"}, {"place"}),
    "case": ({"title"}, set()),
    "figure": ({"file"}, set()),
    "fact": ({"id"}, set()),
    "check": ({"item"}, set()),
}


def _elements(reader: Reader, file: Path, lines: list[str], first: int) -> list[Element]:
    """Markdown lines as elements; `first` is the number of the first line in the file."""
    elements: list[Element] = []
    tokens = MARKDOWN.parse("\n".join(lines))
    texts: list[str] = []
    stack: list[str] = []
    tag = "p"
    for token in tokens:
        line = first + (token.map[0] if token.map else 0)
        if token.type.endswith("_list_open"):
            if stack:
                reader.problem(file, line, "a list inside a list is not allowed")
            stack.append(token.tag)
            texts, list_line = [], line
        elif token.type.endswith("_list_close"):
            elements.append(Element(stack.pop(), texts, list_line))
        elif token.type == "heading_open" and token.tag not in ("h2", "h3"):
            reader.problem(file, line, f"only ## and ### headings are allowed, not {token.markup}")
        elif token.type == "inline":
            if re.search(r"<[a-zA-Z/!]|!\[|\]\(|^\|", token.content):
                reader.problem(file, line, "raw HTML, links, images and tables are not allowed")
            if stack:
                texts.append(fold(token.content))
            else:
                elements.append(Element(tag, [fold(token.content)], line))
        tag = token.tag  # an inline token follows the opening of its heading or paragraph
    return elements


def read_lesson(reader: Reader, file: Path) -> Lesson | None:
    text = reader.text(file)
    head = _HEAD.match(text)
    if not head:
        reader.problem(file, 1, "should begin with a YAML head between two lines of ---")
        return None
    spec = {
        "code": (re.compile(r"M\d\d\.L\d+"), ...),
        "title": (str, ...),
        "minutes": (int, ...),
        "objectives": ([re.compile(r"M\d\d\.O\d")], ...),
    }
    values = reader.fields(reader.yaml(file, text=head[1], first_line=2), spec, file=file, offset=1)
    name = re.fullmatch(r"\d+-([a-z0-9]+(?:-[a-z0-9]+)*)\.md", file.name)
    if not name:
        reader.problem(file, 1, "the file's name should be like 1-mixed-movements.md")
    first = head[0].count("\n") + 1
    blocks = _read_blocks(reader, file, text[head.end() :].split("\n"), first)
    if None in values.values() or not name:
        return None
    return Lesson(slug=name[1], blocks=blocks, file=file, **values)


def _read_blocks(reader: Reader, file: Path, lines: list[str], first: int) -> list[Block]:
    blocks: list[Block] = []
    prose: list[str] = []
    start = first
    number = 0
    while number < len(lines):
        opened = _OPEN.match(lines[number])
        if not opened:
            if lines[number].strip() == ":::":
                reader.problem(file, first + number, "::: closes nothing here")
            prose.append(lines[number])
            number += 1
            continue
        if elements := _elements(reader, file, prose, start):
            blocks.append(Prose(elements))
        line = first + number
        body: list[str] = []
        number += 1
        while number < len(lines) and lines[number].strip() != ":::":
            body.append(lines[number])
            number += 1
        if number == len(lines):
            reader.problem(file, line, f"::: {opened[1]} is never closed by :::")
        number += 1
        prose, start = [], first + number
        block = _directive(reader, file, line, opened[1], opened[2], body)
        if block:
            blocks.append(block)
    if elements := _elements(reader, file, prose, start):
        blocks.append(Prose(elements))
    return blocks


def _directive(reader: Reader, file: Path, line: int, name: str, rest: str, body: list[str]) -> Block | None:
    if name not in _DIRECTIVES:
        reader.problem(file, line, f"::: {name} is not known; known are {', '.join(_DIRECTIVES)}")
        return None
    attributes = {m[1]: m[2] if m[2] is not None else m[3] for m in _ATTRIBUTE.finditer(rest)}
    must, may = _DIRECTIVES[name]
    if missing := must - attributes.keys():
        reader.problem(file, line, f"::: {name} needs {', '.join(sorted(missing))}")
        return None
    if unknown := attributes.keys() - must - may:
        reader.problem(file, line, f"::: {name} does not know {', '.join(sorted(unknown))}")
    match name:
        case "keypoint":
            text = fold("\n".join(body))
            if not text:
                reader.problem(file, line, "the key point is empty")
            return KeyPoint(text, attributes["source"], attributes.get("place", ""), line)
        case "case":
            return Case(attributes["title"], _elements(reader, file, body, line + 1), line)
        case "fact":
            return FactReference(attributes["id"], line)
        case "check":
            return CheckReference(attributes["item"], line)
    return _figure(reader, file, line, attributes["file"], body)


def _figure(reader: Reader, file: Path, line: int, name: str, body: list[str]) -> Figure | None:
    values = dict.fromkeys(("alt", "caption"), "")
    for text in filter(str.strip, body):
        key, _, value = text.partition(":")
        if key.strip() not in values:
            reader.problem(file, line, f"a figure has the lines alt: and caption:, not {text!r}")
        else:
            values[key.strip()] = fold(value)
    for key, value in values.items():
        if not value:
            reader.problem(file, line, f"the figure has no {key}")
    path = file.parent / "figures" / name
    if not path.is_file():
        reader.problem(file, line, f"figures/{name} does not exist")
        return None
    svg = reader.text(path)
    try:
        words = drawing.labels(svg)
    except drawing.DrawingError as error:
        reader.problem(path, 1, str(error))
        return None
    return Figure(name, svg, values["alt"], values["caption"], words, line)
