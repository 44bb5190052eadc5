"""Reading authored files: YAML that remembers its lines, and problems gathered instead of stopping at the first."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place of an authored file."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class AuthoredError(ValueError):
    """The authored files are not as the format asks; `problems` lists every one with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Mapping(dict[str, Any]):
    """A YAML mapping that knows the line of itself and of each key (1-based)."""

    line: int
    lines: dict[str, int]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml, where PyYAML has it, is ten times as fast
    pass


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Mapping:
    loader.flatten_mapping(node)
    result = Mapping()
    result.line = node.start_mark.line + 1
    result.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise yaml.MarkedYAMLError(problem=f"the key {key!r} stands twice", problem_mark=key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
        result.lines[key] = key_node.start_mark.line + 1
    return result


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


class Reader:
    """Reads files and gathers problems instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(self, file: Path, line: int, text: str) -> None:
        self.problems.append(Problem(file, line, text))

    def finish(self) -> None:
        if self.problems:
            raise AuthoredError(sorted(set(self.problems), key=lambda p: (str(p.file), p.line)))

    def text(self, file: Path) -> str:
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.problem(file, 1, f"cannot be read: {error}")
            return ""

    def yaml(self, file: Path, *, text: str | None = None, first_line: int = 1) -> Any:
        try:
            loaded = yaml.load(self.text(file) if text is None else text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = (mark.line if mark else 0) + first_line
            self.problem(file, line, f"is not valid YAML: {getattr(error, 'problem', None) or error}")
            return None
        return loaded

    def listed(self, file: Path) -> list[Any]:
        """The entries of a file that holds a list; an empty file holds none."""
        nodes = self.yaml(file)
        if not isinstance(nodes, list | None):
            self.problem(file, 1, "should be a list")
            return []
        return nodes or []

    def fields(self, node: Any, spec: dict[str, Any], *, file: Path, line: int = 1, offset: int = 0) -> dict[str, Any]:
        """The values of a mapping that `spec` describes, with a problem for each that is missing, unknown or misshapen.

        spec: name -> (check, default); a check is a type, a compiled pattern, a tuple of allowed values, or a
        one-element list of one of these; a default of `...` means required.
        """
        if not isinstance(node, Mapping):
            self.problem(file, line, f"here should stand a mapping with {', '.join(spec)}")
            return dict.fromkeys(spec)
        for name in node:
            if name not in spec:
                self.problem(
                    file, node.lines[name] + offset, f"{name!r} is not a known key; known are {', '.join(spec)}"
                )
        values = {}
        for name, (check, default) in spec.items():
            if name not in node:
                if default is ...:
                    self.problem(file, node.line + offset, f"{name!r} is missing")
                values[name] = None if default is ... else default
                continue
            values[name] = node[name]
            wrong = _wrong(node[name], check)
            if wrong:
                self.problem(file, node.lines[name] + offset, f"{name!r} {wrong}")
                values[name] = None
        return values


def _wrong(value: Any, check: Any) -> str:
    """What is wrong with a value, or an empty string."""
    if isinstance(check, list):
        if not isinstance(value, list):
            return "should be a list"
        return next(filter(None, (_wrong(one, check[0]) for one in value)), "")
    if isinstance(check, tuple):
        return "" if value in check else f"is {value!r}; allowed are {', '.join(map(str, check))}"
    if isinstance(check, re.Pattern):
        return (
            "" if isinstance(value, str) and check.fullmatch(value) else f"is {value!r}; expected like {check.pattern}"
        )
    if check is float and isinstance(value, int) and not isinstance(value, bool):
        return ""
    # Python takes True for a number and a moment for a day; an author does not.
    if not isinstance(value, check) or isinstance(value, {int: bool, date: datetime}.get(check, ())):
        return f"is {value!r}; expected {check.__name__}"
    if check is str and not value.strip():
        return "is empty"
    return ""
