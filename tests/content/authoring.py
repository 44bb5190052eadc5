"""A copy of the small curriculum to edit, and its problems as the reader tells them."""

import shutil
from functools import cache
from pathlib import Path

from content.authored import AuthoredError, Curriculum, read_curriculum

SMALL = Path(__file__).parent.parent / "curriculum"
SHIPPED = Path(__file__).parent.parent.parent / "content/curriculum"


def copied(to: Path) -> Path:
    """The small curriculum under a folder of the test's own."""
    return Path(shutil.copytree(SMALL, to / "curriculum"))


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a file, at its first place; the text has to be there."""
    file = root / name
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{name} does not hold {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(root: Path) -> list[tuple[str, int, str]]:
    """File, line and text of every problem; none for a valid curriculum."""
    try:
        read_curriculum(root)
    except AuthoredError as error:
        return [(str(one.file.relative_to(root)), one.line, one.text) for one in error.problems]
    return []


@cache
def shipped() -> Curriculum:
    """The curriculum that the project ships, read once: that takes seconds. Not to be changed."""
    return read_curriculum(SHIPPED)
