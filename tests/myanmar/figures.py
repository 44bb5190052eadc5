"""How well Zawgyi is found and converted, on the public texts under `data/`: python -m tests.myanmar.figures

A sample is a word, three words in a row, or a whole line. A sample that is the same string in both encodings is left
out: nothing can tell it.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from myanmar.encoding import detect_encoding, zawgyi_to_unicode
from myanmar.text import has_myanmar, normalise
from tests.myanmar.corpus import government_pairs, icu_pairs, lines
from tests.myanmar.zawgyi import typed_plainly, typed_with_care

LENGTHS = {"word": 1, "three words": 3, "line": None}


@dataclass(frozen=True)
class Figures:
    """Shares in [0, 1]. precision: of what was called Zawgyi, how much is; exact: of Zawgyi, how much comes back whole."""

    samples: int
    precision: float
    recall: float
    exact: float


def pairs() -> dict[str, list[tuple[str, str]]]:
    """Unicode and Zawgyi by where the Zawgyi is from; both sides of a pair have as many words."""
    declaration = [normalise(text) for text in lines("udhr_my.txt")]

    def encoded(encoder: Callable[[str], str]) -> list[tuple[str, str]]:
        return [(text, encoder(text)) for text in declaration]

    return {
        "typed by people": government_pairs(),
        "typed plainly": encoded(typed_plainly),
        "typed with care": encoded(typed_with_care),
        "ICU": icu_pairs(),
    }


def measure(texts: list[tuple[str, str]], words: int | None) -> Figures:
    """The figures for samples of so many words, None for whole lines."""
    samples = {
        pair for unicode, zawgyi in texts for pair in zip(_cut(unicode, words), _cut(zawgyi, words), strict=True)
    }
    samples = {(normalise(unicode), zawgyi) for unicode, zawgyi in samples if has_myanmar(zawgyi)}
    samples = {(unicode, zawgyi) for unicode, zawgyi in samples if unicode != normalise(zawgyi)}
    found = sum(detect_encoding(zawgyi) == "zawgyi" for _, zawgyi in samples)
    wrongly = sum(detect_encoding(unicode) == "zawgyi" for unicode, _ in samples)
    exact = sum(zawgyi_to_unicode(zawgyi) == unicode for unicode, zawgyi in samples)
    return Figures(len(samples), found / ((found + wrongly) or 1), found / len(samples), exact / len(samples))


def falsely_converted(name: str) -> int:
    """How many different words and lines of a Unicode text are taken for Zawgyi."""
    texts = lines(name)
    return sum(detect_encoding(text) == "zawgyi" for text in {*texts, *" ".join(texts).split()})


def _cut(text: str, words: int | None) -> list[str]:
    parts = text.split()
    step = words or len(parts)
    return [" ".join(parts[at : at + step]) for at in range(0, len(parts), step)]


def report() -> Iterator[str]:
    """All figures, line by line."""
    yield f"{'Zawgyi from':16} {'sample':12} {'n':>5} {'precision':>10} {'recall':>8} {'exact':>8}"
    for source, texts in pairs().items():
        for length, words in LENGTHS.items():
            it = measure(texts, words)
            yield f"{source:16} {length:12} {it.samples:5} {it.precision:10.2%} {it.recall:8.2%} {it.exact:8.2%}"
    for name in ("udhr_my.txt", "udhr_shn.txt", "udhr_mnw.txt"):
        yield f"{name}: {falsely_converted(name)} words and lines taken for Zawgyi"


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
