"""The project's own items.yaml (docs/curriculum-format.md), in and out. It holds English; Burmese stands beside it in PO."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from assessments.errors import ExchangeBroken, ExchangeTooBig
from assessments.formats.draft import Draft, Notes
from content.authored import Reader
from content.authored.items import read_items
from content.authored.shapes import CHOICES

MOST_BYTES: Final = 2**20  # YAML is read slowly
_SPOKEN: Final = "en"


def looks_like(text: str) -> bool:
    """Whether a text is a list with a code first."""
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    return next(lines, "").startswith("- code:")


def without_aliases(text: str) -> str:
    """The text itself. Raises ValueError where it names a part to repeat it, by which a small file becomes a huge one."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=loader)):
        raise ValueError
    return text


class _Given(Reader):
    """Reads a text instead of a file."""

    def __init__(self, given: str) -> None:
        super().__init__()
        self.given = given

    def text(self, file: Path) -> str:
        return self.given


def read(text: str, notes: Notes) -> list[Draft]:
    """The items of an items.yaml; what its own checks say is noted."""
    if len(text) > MOST_BYTES:
        raise ExchangeTooBig(megabytes=MOST_BYTES // 2**20)
    try:
        reader = _Given(without_aliases(text))
        items = read_items(reader, Path("items.yaml"))
    except (ValueError, RecursionError, yaml.YAMLError):
        raise ExchangeBroken from None
    for problem in reader.problems:
        notes.add(_("line %(number)s") % {"number": problem.line}, problem.text)
    return [
        Draft(
            code=item.code,
            kind=item.kind,
            stem="\n\n".join(item.stem),
            question=json.loads(json.dumps(item.question, default=str)),
            feedback=item.feedback,
            objective=item.objective,
            competency=item.competency,
            bloom=item.bloom,
            difficulty=item.difficulty,
            use=item.use,
            asks_certainty=item.asks_certainty,
            facts=" ".join(item.facts),
            sources=" ".join(item.sources),
            language=_SPOKEN,
            place=_("line %(number)s") % {"number": item.line},
        )
        for item in items
    ]


class _Dumper(yaml.SafeDumper):
    pass


def _string(dumper: yaml.SafeDumper, text: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _string)


def write(drafts: Sequence[Draft], notes: Notes) -> bytes:
    """An items.yaml. Texts in another language than English are noted: they belong into the PO file."""
    nodes = []
    for draft in drafts:
        if draft.language != _SPOKEN:
            notes.add(
                draft.code,
                _("an item in another language"),
                _("items.yaml holds English; translations are exported under Translations"),
            )
            continue
        node: dict[str, Any] = {
            "code": draft.code,
            "objective": draft.objective,
            "competency": draft.competency,
            "bloom": draft.bloom,
            "difficulty": draft.difficulty,
            "kind": draft.kind,
            "use": draft.use,
        }
        node |= {name: said.split() for name in ("facts", "sources") if (said := getattr(draft, name))}
        node["stem"] = draft.stem + "\n" if "\n" in draft.stem else draft.stem
        node |= draft.question if draft.kind in CHOICES else {"question": draft.question}
        node |= {"feedback": draft.feedback} if draft.feedback else {}
        node |= {"asks_certainty": True} if draft.asks_certainty else {}
        nodes.append(node)
    return "\n".join(
        yaml.dump([node], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000) for node in nodes
    ).encode()
