"""`python -m content.authored check|messages FOLDER…`, for authors."""

import sys
from pathlib import Path

from content.authored.curriculum import read_module
from content.authored.glossary import read_glossary
from content.authored.messages import doubts, module_segments, read_po, read_translations, update_po
from content.authored.reading import Reader
from content.authored.terms import Terms, terms_of


def main(arguments: list[str]) -> int:
    """`check FOLDER…` validates module folders and their my.po; `messages FOLDER…` refreshes their my.po.

    What is doubtful in a translation is told as a warning; only what is wrong makes it fail.
    """
    if len(arguments) < 2 or arguments[0] not in ("check", "messages"):
        print("usage: python -m content.authored check|messages content/curriculum/C1/M01 …")
        return 2
    failed = False
    for folder in map(Path, arguments[1:]):
        reader = Reader()
        module = read_module(reader, folder)
        terms = _terms_around(reader, folder)
        for problem in reader.problems:
            print(problem)
        if arguments[0] == "check":
            for doubt in doubts(folder / "my.po", terms):
                print(f"warning: {doubt}")
        failed = failed or bool(reader.problems)
        if module is None:
            continue
        if arguments[0] == "messages":
            total, open_ = update_po(folder / "my.po", module_segments(module))
        else:
            have = read_po(reader, folder / "my.po")
            total = len({text for text, _ in module_segments(module)})
            open_ = len({text for text, _ in module_segments(module)} - have.keys())
        print(
            f"{folder}: {len(module.lessons)} lessons, {len(module.items)} items, {total} segments, {open_} untranslated"
        )
    return 1 if failed else 0


def _terms_around(reader: Reader, folder: Path) -> Terms:
    """The glossary of the curriculum that a module stands in. What its files translate in two ways is told to the reader."""
    root = next((one for one in folder.resolve().parents if (one / "glossary.yaml").is_file()), None)
    if root is None:
        return Terms()
    read_translations(reader, root, language="my")
    return terms_of(read_glossary(Reader(), root / "glossary.yaml", {}).values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
