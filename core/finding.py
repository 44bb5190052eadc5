"""What the search page can find. Each app says for its own records who finds what: `register` a finder in its `finding.py`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.utils.functional import Promise

from myanmar.search import Grade, Parts, Prepared, Query, excerpt, highlight

EXCERPT = 40  # syllables or words


@dataclass(frozen=True)
class Hit:
    """Something found. title, text: what is shown of it; text may be empty and is cut around what was found.

    grade: how well it answers. url: where it is, empty for what has no place of its own. language, text_language: of
    title and text. note: a line that says what it is; note_language: of that line, empty for the reader's.
    """

    query: Query
    grade: Grade
    title: Prepared
    language: str
    url: str = ""
    text: Prepared | None = None
    text_language: str = ""
    note: str = ""
    note_language: str = ""

    @cached_property
    def title_parts(self) -> Parts:
        """The title with what was found in it."""
        return highlight(self.title, self.query)

    @cached_property
    def text_parts(self) -> Parts:
        """The text around what was found in it; empty where there is none."""
        return excerpt(self.text, self.query, EXCERPT) if self.text else []

    @property
    def address(self) -> str:
        """The url, leading to the words found in the text where browsers know how (URL Fragment Text Directives)."""
        found = self.query.places(self.text) if self.text and self.url else []
        if not found:
            return self.url
        start, end = found[0]
        sign = "" if "#" in self.url else "#"
        return f"{self.url}{sign}:~:text={quote(self.text.text[start:end], safe='').replace('-', '%2D')}"  # type: ignore[union-attr]


Find = Callable[[Any, Query, str], Iterable[Hit]]


@dataclass(frozen=True)
class Finder:
    """kind: its name in addresses. label: for people. find: (viewer, query, language) -> hits that the viewer may see."""

    kind: str
    label: str | Promise
    find: Find


_finders: dict[str, tuple[int, Finder]] = {}


def register(kind: str, label: str | Promise, *, place: int) -> Callable[[Find], Find]:
    """Adds a finder to the search page. place: where it stands among the others, least first."""

    def add(find: Find) -> Find:
        _finders[kind] = (place, Finder(kind, label, find))
        return find

    return add


def finders() -> list[Finder]:
    """All finders in their order."""
    return [finder for _place, finder in sorted(_finders.values(), key=lambda one: one[0])]


@dataclass(frozen=True)
class Found:
    """What one finder found, best first; what a finder gave as equally good keeps its order."""

    finder: Finder
    hits: list[Hit]
    similar: list[Hit]


def find(viewer: Any, query: Query, language: str, kinds: Iterable[str] = ()) -> list[Found]:
    """What a viewer finds, by kind. kinds: only these; none means all. Similar hits are apart from true ones."""
    wanted = set(kinds)
    found = []
    for finder in finders():
        if wanted and finder.kind not in wanted:
            continue
        hits = sorted(finder.find(viewer, query, language), key=lambda hit: hit.grade)
        true = [hit for hit in hits if not hit.grade.is_similar]
        found.append(Found(finder, true, [hit for hit in hits if hit.grade.is_similar]))
    return found
