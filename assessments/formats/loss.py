"""What an item loses in a file: found by reading the file again, so that no writer can drop a thing in silence."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from wagtail.blocks import ListBlock, StructBlock

from assessments.formats.draft import Draft
from assessments.kinds import KINDS

_IDS: Final = frozenset({"id", "match", "region", "first", "second", "next", "start"})


def lost(before: Draft, after: Draft) -> list[str]:
    """What is not the same in an item that was written and read again, in the words of its form."""
    if before.kind != after.kind:
        return [_("the kind of the question")]
    found = [label for name, label in (("stem", _("Question")), ("feedback", _("To take away"))) if getattr(before, name) != getattr(after, name)]  # fmt: skip
    gone = set(before.tags()) - set(after.tags())
    found += [tag for tag in before.tags() if tag in gone]
    block = KINDS[before.kind].block()
    same = block.to_python(before.question), block.to_python(after.question)
    return [*found, *dict.fromkeys(str(label) for label in _differing(block, *same))]


def _differing(block: Any, before: Any, after: Any) -> Iterator[Any]:
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            for label in _differing(child, before.get(name), after.get(name)):
                yield _("the ids of its parts") if name in _IDS else label
    elif isinstance(block, ListBlock):
        if len(before) != len(after):
            yield block.label
        for one, other in zip(before, after, strict=False):
            yield from _differing(block.child_block, one, other)
    elif (before or "") != (after or ""):
        yield block.label
