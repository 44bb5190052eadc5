"""How alike two names are to a Burmese reader: whoever types ရန်ကုံ means ရန်ကုန်."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from myanmar.names import split_honorific
from myanmar.search import fold, loose
from myanmar.text import normalise, pieces

_LEAST = 0.55  # below this nobody would have meant it


@lru_cache(65536)
def sound_key(name: str) -> str:
    """A person's name by its sound: without honorific, spaces, tones, and which of two letters for one sound was written.

    For comparison only. Two people may well share it.
    """
    return "·".join(_sounds(split_honorific(name)[1]))


def likeness(one: str, other: str) -> float:
    """How alike two texts are, in [0, 1]: as written, as they sound, and letter by letter; the best of the three."""
    return max(
        _ratio(_letters(one), _letters(other)),
        _ratio(_sounds(one), _sounds(other)),
    )


def closest(text: str, names: Iterable[str], *, n: int = 3, least: float = _LEAST) -> list[str]:
    """Those of `names` that may have been meant by `text`, the likest first, at most `n`."""
    graded = sorted(((likeness(text, name), name) for name in dict.fromkeys(names)), key=lambda one: -one[0])
    return [name for share, name in graded[:n] if share >= least]


def _ratio(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if not one or not other:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _LEAST else 0.0


@lru_cache(16384)
def _letters(text: str) -> tuple[str, ...]:
    return tuple("".join(_folded(text)))


@lru_cache(16384)
def _sounds(text: str) -> tuple[str, ...]:
    return tuple(sound for piece in _folded(text) for sound in loose(piece))


def _folded(text: str) -> list[str]:
    text = normalise(text)
    found = []
    for start, end, kind in pieces(text):
        if kind == "other":
            found += [fold(word) for word in "".join(c if c.isalnum() else " " for c in text[start:end]).split()]
        elif kind != "stop":
            found.append(fold(text[start:end]))
    return found
