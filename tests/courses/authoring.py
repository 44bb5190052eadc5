"""A copy of tests/curriculum to be spoiled or changed."""

import shutil
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import TestCase

SOURCE = Path(__file__).resolve().parents[1] / "curriculum"
LESSON, TWO, ITEMS = "C1/M01/1-one.md", "C1/M01/2-two.md", "C1/M01/items.yaml"
MODULE, COURSE, FACTS, SOURCES = "C1/M01/module.yaml", "C1/course.yaml", "facts.yaml", "sources.yaml"


class Folder:
    """Authored files under a folder of their own."""

    def __init__(self, root: Path) -> None:
        self.root = root / "curriculum"
        shutil.copytree(SOURCE, self.root)

    def change(self, file: str, old: str, new: str) -> "Folder":
        """Replace the first place of a text in a file; it has to be there."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self

    def write(self, file: str, text: str) -> "Folder":
        """Write a file."""
        (self.root / file).write_text(text, encoding="utf-8")
        return self

    def translate(self, file: str, english: str, burmese: str) -> "Folder":
        """Put a translation into a PO file, in the place of an older one."""
        import polib

        path = self.root / file
        catalogue = polib.pofile(str(path), encoding="utf-8")
        entry = catalogue.find(english)
        if entry is None:
            catalogue.append(polib.POEntry(msgid=english, msgstr=burmese))
        else:
            entry.msgstr = burmese
        catalogue.save(str(path))
        return self

    def load(self, *options: str) -> str:
        """What `manage.py load_curriculum` prints."""
        out = StringIO()
        # wagtail-localize publishes after the commit, which a test never makes.
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("load_curriculum", str(self.root), *options, stdout=out)
        return out.getvalue()
