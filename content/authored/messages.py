"""The translation files of the curriculum."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from content.authored.agreement import differences
from content.authored.cards import card_segments
from content.authored.guides import guide_segments
from content.authored.reading import Problem, Reader
from content.authored.shapes import Case, Course, Figure, KeyPoint, Module, Prose, wordings
from content.authored.terms import Term


def _entries(reader: Reader, file: Path) -> Iterator[polib.POEntry]:
    """The entries of a file that are translated and not fuzzy; none of a file that is not there."""
    if not file.is_file():
        return
    try:
        catalogue = polib.pofile(str(file), encoding="utf-8")
    except (OSError, ValueError) as error:
        reader.problem(file, 1, f"is not a readable PO file: {error}")
        return
    yield from (entry for entry in catalogue if entry.translated() and not entry.obsolete)


def read_po(reader: Reader, file: Path) -> dict[str, str]:
    """English segment -> translation, for the entries that are translated and not fuzzy."""
    return {entry.msgid: entry.msgstr for entry in _entries(reader, file)}


def read_translations(reader: Reader, root: Path, *, language: str) -> dict[str, str]:
    """English segment -> translation, of all files under `root`. What is said once in English is said once in a language."""
    found: dict[str, tuple[str, Path]] = {}
    for file in sorted(root.rglob(f"*{language}.po")):
        for entry in _entries(reader, file):
            said, where = found.setdefault(entry.msgid, (entry.msgstr, file))
            if said != entry.msgstr:
                reader.problem(
                    file,
                    entry.linenum,
                    f"{entry.msgid!r} is {said!r} in {where.relative_to(root)}: write the same here",
                )
    return {source: said for source, (said, _where) in found.items()}


def doubts(file: Path, terms: Iterable[Term]) -> list[Problem]:
    """What to look at again in a translation file: not errors. terms: see `Terms`. An unreadable file is no doubt."""
    return [
        Problem(file, entry.linenum, f"{one}: {entry.msgid[:60]!r}")
        for entry in _entries(Reader(), file)
        for one in differences(entry.msgid, entry.msgstr, terms)
    ]


def module_segments(module: Module) -> Iterator[tuple[str, str]]:
    """Every text of a module that is translated, with where it stands, in reading order."""
    yield module.title, "module.yaml"
    yield module.summary, "module.yaml"
    for objective in module.objectives:
        yield objective.text, "module.yaml"
    for lesson in module.lessons:
        name = lesson.file.name
        yield lesson.title, f"{name}:2"
        for block in lesson.blocks:
            match block:
                case Prose(elements):
                    for element in elements:
                        yield from ((text, f"{name}:{element.line}") for text in element.texts)
                case KeyPoint(text=text, line=line):
                    yield text, f"{name}:{line}"
                case Case(title=title, elements=elements, line=line):
                    yield title, f"{name}:{line}"
                    for element in elements:
                        yield from ((text, f"{name}:{element.line}") for text in element.texts)
                case Figure(alt=alt, caption=caption, labels=labels, line=line):
                    yield from ((text, f"{name}:{line}") for text in (alt, caption, *labels))
    for item in module.items:
        where = f"items.yaml:{item.line}"
        yield from ((text, where) for text in item.stem)
        yield from ((text, where) for text in wordings(item.question))
        if item.feedback:
            yield item.feedback, where
    if module.guide:
        yield from ((text, "guide.yaml") for text in guide_segments(module.guide))
    if module.card:
        yield from ((text, "card.yaml") for text in card_segments(module.card))


def course_segments(course: Course) -> Iterator[tuple[str, str]]:
    """The texts of course.yaml itself."""
    yield course.title, "course.yaml"
    yield course.summary, "course.yaml"


def update_po(file: Path, segments: Iterator[tuple[str, str]], *, language: str = "my") -> tuple[int, int]:
    """Bring a translation file up to date with the English. Returns (segments, untranslated)."""
    old = polib.pofile(str(file), encoding="utf-8") if file.is_file() else polib.POFile(wrapwidth=0)
    have = {entry.msgid: entry for entry in old}
    new = polib.POFile(wrapwidth=0, encoding="utf-8")
    new.metadata = old.metadata or {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
        "X-Status": "draft",
    }
    entries: dict[str, polib.POEntry] = {}
    for text, where in segments:
        path, _, line = where.partition(":")
        if text in entries:
            entries[text].occurrences.append((path, line))
            continue
        kept = have.get(text)
        entries[text] = polib.POEntry(
            msgid=text, msgstr=kept.msgstr if kept else "", flags=kept.flags if kept else [], occurrences=[(path, line)]
        )
        new.append(entries[text])
    new.save(str(file))
    return len(entries), sum(not entry.translated() for entry in new)
