"""Which language the words of a page are marked with, and which they are in."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, NavigableString, Tag

from myanmar.text import has_myanmar

SPOKEN = ("alt", "title", "aria-label", "placeholder", "data-signs-out")
# Codes, numbers, what somebody typed and what the papers of an exercise say belong to no language; a page's <title> cannot mark a part of itself.
NEUTRAL = "code, kbd, svg, script, style, title, textarea, .code, .codes, .as-printed"
CODE = re.compile(r"\b(?:[A-Z]+\d*[-./]?)*\d[\w.-]*|\b[A-Z]\b|\bC\d\b")
WORD = re.compile(r"[A-Za-z]{2,}")


def _language(node: Tag | None) -> str:
    while node is not None and not node.has_attr("lang"):
        node = node.parent
    return str(node["lang"]) if node is not None else ""


def texts(page: str) -> Iterator[tuple[str, str]]:
    """(language, text) of everything a page says, in its text and its attributes; what belongs to no language is left out."""
    soup = BeautifulSoup(page, "html.parser")
    for node in soup.select(NEUTRAL):
        node.extract()
    for text in soup.find_all(string=True):
        if type(text) is NavigableString and text.strip():
            yield _language(text.parent), " ".join(text.split())
    for tag in soup.find_all(True):
        for name in SPOKEN:
            if tag.get(name):
                yield _language(tag), str(tag[name])
        if tag.name == "input" and tag.get("type") in ("submit", "button"):
            yield _language(tag), str(tag.get("value", ""))


def mistaken(page: str, *, known: frozenset[str] = frozenset()) -> list[str]:
    """What a page says in one language and marks as the other. known: Latin words that Burmese texts have."""
    found = []
    for language, text in texts(page):
        if language == "my":
            words = [word for word in WORD.findall(CODE.sub("", text)) if word not in known]
            if words:
                found.append(f"my: {text[:90]}")
        elif language in ("", "en", "kac") and has_myanmar(text):
            found.append(f"{language}: {text[:90]}")
    return found
