"""`python -m content.authored check|messages FOLDER…`, for authors."""

import sys
from pathlib import Path

from content.authored.curriculum import read_module
from content.authored.messages import module_segments, read_po, update_po
from content.authored.reading import Reader


def main(arguments: list[str]) -> int:
    """`check FOLDER…` validates module folders; `messages FOLDER…` also refreshes their my.po."""
    if len(arguments) < 2 or arguments[0] not in ("check", "messages"):
        print("usage: python -m content.authored check|messages content/curriculum/C1/M01 …")
        return 2
    failed = False
    for folder in map(Path, arguments[1:]):
        reader = Reader()
        module = read_module(reader, folder)
        for problem in reader.problems:
            print(problem)
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
