"""Finding Burmese and Latin text: what an index stores, how a query is rewritten, and what is marked in a result.

No database cuts Burmese into words, so the index gets tokens of ASCII letters and digits that every full-text engine
keeps whole: each syllable, each pair of neighbouring syllables, each Latin word and its groups of three letters. A query
is rewritten to the same tokens, all of which must be there. Long texts may hold all pairs of a phrase in different
places; `Query.grade` tells those that hold the phrase itself.

A second set of tokens stands for how a syllable sounds (`loose`), so that a word is found under its common misspellings.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from myanmar.digits import to_ascii_digits
from myanmar.encoding import is_wellformed, zawgyi_to_unicode
from myanmar.text import clean_text, normalise, pieces

# No vowels, no s and y: no stemmer changes such a token, and no word of a language is hit by it.
_SIXTEEN = "bcdfghjklmnpqrtv"
_LONGEST_TOKEN = 120  # far above any word; PostgreSQL refuses tokens of 2 KB
LONGEST_QUERY: Final = 200
"""Characters of a query that are looked at."""

_WORD = re.compile(r"[^\W_]+")
_BARE_CONSONANT = re.compile(r"[\u1000-\u1021]")

# --- Spelling -------------------------------------------------------------------------------------------------------

# Two ways to write the same letters; never a matter of spelling.
_FOLDED = {"\u102b": "\u102c", "ဩ": "သြ", "ဪ": "သြော်", "ဈ": "စျ", "\u103f": "သ္သ"}
_FOLD = str.maketrans(_FOLDED)


@lru_cache(16384)
def fold(piece: str) -> str:
    """One spelling for what only looks different: tall aa, ဩ ဪ ဈ ဿ, digits of both kinds, case, Latin accents.

    piece: a syllable, number or word, normalised. For comparison only, never stored.
    """
    piece = to_ascii_digits(piece.translate(_FOLD))
    if piece.isascii():
        return piece.lower()
    latin = "".join(c for c in unicodedata.normalize("NFKD", piece.casefold()) if not unicodedata.combining(c))
    return latin if latin.isascii() and latin.isalnum() else piece.casefold()  # ⑴ is "(1)" to NFKD


# What sounds alike in standard Burmese, in this order. The mergers are those that grammars describe: J. Okell, "A Guide
# to the Romanization of Burmese" (1971), which gives sound and spelling side by side; J. Watkins, "Burmese", Journal of
# the International Phonetic Association 31 (2001). Which of them people mistake for each other is our own choice.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("\u1037|\u1038", ""),  # tones: creaky and high marked or not
        ("\u1031\u102c\u103a", "\u1031\u102c"),  # ော် and ော: the same vowel in two tones
        ("\u102e", "\u102d"),  # ီ ိ: two tones
        ("\u1030", "\u102f"),  # ူ ု: two tones
        ("က်ျ", "က်ကျ"),  # contractions spelt out: ယောက်ျား, ကျွန်ုပ်
        ("န်\u102f", "န်န\u102f"),
        ("\u103a\u1039", "\u103a"),  # kinzi, and stacks written side by side: သတ္တိ, သတ်တိ
        ("သ\u1039သ", "သ"),  # ဿ is read as one သ
        ("\u1039", "\u103a"),
        ("ဣ|ဤ", "အ\u102d"),  # vowels that stand by themselves
        ("ဥ|ဦ", "အ\u102f"),
        ("ဧ", "အ\u1031"),
        ("ဏ", "န"),  # Pali retroflexes and voiced aspirates read as the plain row
        ("ဠ", "လ"),
        ("ဋ", "တ"),
        ("ဌ", "ထ"),
        ("[ဍဎဓ]", "ဒ"),
        ("ဘ", "ဗ"),
        ("ဃ", "ဂ"),
        ("စျ", "ဇ"),
        ("ဉ", "ည"),
        ("\u103c", "\u103b"),  # ြ and ျ: one sound
        ("[လသ]\u103bှ", "ရှ"),  # လျှ and သျှ are read as ရှ
        ("ရ(?!ှ)", "ယ"),
        ("([ငညနမယလဝ][\u103b\u103d]*)ှ", r"\1"),  # voiceless sonorants: ှ there or forgotten
        ("\u102d\u102fယ\u103a", "\u102d\u102f"),  # ိုယ် and ို
        ("ည\u103a", "ယ\u103a"),  # ည် is read as ယ် in many words: ဒုက္ခသည်
        ("ယ\u103a", "\u1032"),  # ယ် and ဲ: one vowel in two tones
        ("\u1036", "န\u103a"),  # one nasal end: န် မ် ံ
        ("မ\u103a", "န\u103a"),
        ("[ထဒပဗ]\u103a", "တ\u103a"),  # one stopped end: တ် ပ် and their Pali letters
        ("ဇ\u103a", "စ\u103a"),
        ("[ခဂ]\u103a", "က\u103a"),
    )
)


@lru_cache(8192)  # a large corpus has about 4,500 different syllables
def loose(syllable: str) -> tuple[str, ...]:
    """How a folded syllable sounds, as one or more syllables: a stack (ဗုဒ္ဓ) counts as the syllables that it joins.

    A number or Latin word stays. For comparison only: the result is no Burmese spelling.
    """
    if syllable.isascii():
        return (syllable,)
    sounding = syllable
    for pattern, sound in _SOUNDS:
        sounding = pattern.sub(sound, sounding)
    return tuple(sounding[start:end] for start, end, _kind in pieces(sounding)) or (syllable,)  # a tone by itself


# --- Tokens ----------------------------------------------------------------------------------------------------------


@lru_cache(16384)
def _encoded(piece: str) -> str:
    """Letters that stand for a piece; a piece's beginning stands for the beginning of the letters."""
    return "".join(
        _SIXTEEN[ord(c) - 0x1000 >> 4] + _SIXTEEN[ord(c) - 0x1000 & 15]
        if 0x1000 <= ord(c) < 0x1100
        else "w" + "".join(_SIXTEEN[int(digit, 16)] for digit in f"{ord(c):05x}")
        for c in piece
    )


def _letters(key: str) -> str:
    return "" if key.isascii() else _encoded(key)


def _single(key: str) -> str:
    return (key if key.isascii() else "z" + _encoded(key))[:_LONGEST_TOKEN]


def _pairs(letters: Iterable[str]) -> list[str]:
    """Tokens for neighbours. letters: of pieces, as `_encoded`; "" stands for what has none."""
    return [f"z{a}x{b}"[:_LONGEST_TOKEN] for a, b in pairwise(letters) if a and b]


def _sounding(token: str) -> str:
    return "zx" + token


def _threes(word: str) -> list[str]:
    return ["zz" + word[at : at + 3] for at in range(len(word) - 2)]


def _runs(text: str) -> Iterator[list[str]]:
    """The folded keys of a text, in runs that ၊ ။ and signs of other scripts end. White space does not."""
    run: list[str] = []
    for start, end, kind in pieces(text):
        words = [match[0] for match in _WORD.finditer(text, start, end)] if kind == "other" else [text[start:end]]
        if kind == "stop" or not words:
            yield run
            run = []
            continue
        run += map(fold, words)
    yield run


def _sounds(run: list[str]) -> list[str]:
    return [sound for key in run for sound in loose(key)]


class _Indexed(NamedTuple):
    """What an index stores of a key. letters: `_encoded`, "" for a Latin word; heard: tokens for how it sounds, or parts of
    a Latin word; heard_letters: letters of each of its sounds."""

    token: str
    letters: str
    heard: tuple[str, ...]
    heard_letters: tuple[str, ...]


@lru_cache(16384)
def _indexed(key: str) -> _Indexed:
    if key.isascii():
        return _Indexed(_single(key), "", tuple(_threes(key[:_LONGEST_TOKEN])), ("",))
    sounds = loose(key)
    heard = tuple(_sounding(_single(sound)) for sound in sounds if not sound.isascii())
    return _Indexed(_single(key), _letters(key), heard, tuple(map(_letters, sounds)))


@lru_cache(512)  # an index asks for the same text several times in a row
def index_text(value: str) -> str:
    """The tokens under which a text is found: ASCII words separated by spaces.

    value: any text. Raises nothing. Tokens that stand for syllables and words are repeated as the text repeats them, for
    engines that count; those that stand for sounds and for parts of Latin words come once.
    """
    tokens: list[str] = []
    once: dict[str, None] = {}
    for run in _runs(normalise(value)):
        keys = [_indexed(key) for key in run]
        tokens += [key.token for key in keys]
        tokens += _pairs([key.letters for key in keys])
        once |= dict.fromkeys([token for key in keys for token in key.heard])
        pairs = _pairs([letters for key in keys for letters in key.heard_letters])
        once |= dict.fromkeys(map(_sounding, pairs))
    return " ".join([*tokens, *once])


def spellings(q: str) -> list[str]:
    """The ways to read a query: as typed, and where that is no well-formed Burmese also as if typed in Zawgyi."""
    q = q[:LONGEST_QUERY]
    read = [clean_text(q)]
    if not is_wellformed(q):  # asked before repairs, which would ruin Zawgyi
        read.append(clean_text(zawgyi_to_unicode(q)))
    return list(dict.fromkeys(read))


def query_text(q: str, *, typing: bool = False, by_sound: bool = False) -> str:
    """The tokens that a text must have, all of them, to be found by a query. Empty for a query without letters.

    q: as typed. White space separates words that may stand apart from each other. typing: the query is not finished, so
    a last consonant that may still become the end of its syllable (မြန for မြန်) does not count. by_sound: tokens for
    how it sounds, which finds common misspellings too.
    """
    tokens: dict[str, None] = {}
    terms = clean_text(q)[:LONGEST_QUERY].split()
    for number, term in enumerate(terms, start=1):
        for run in _runs(term):
            if typing and number == len(terms) and len(run) > 1 and _BARE_CONSONANT.fullmatch(run[-1]):
                run = run[:-1]
            tokens |= dict.fromkeys(_wanted(run, by_sound=by_sound))
    return " ".join(tokens)


def _wanted(run: list[str], *, by_sound: bool) -> Iterator[str]:
    """The tokens for one run of a query: pairs of syllables, a syllable alone only where it has no neighbour."""
    keys = _sounds(run) if by_sound else run
    burmese = [not key.isascii() for key in keys]
    for at, key in enumerate(keys):
        if not burmese[at]:
            yield from _threes(key[:_LONGEST_TOKEN]) or [key]
        elif at + 1 < len(keys) and burmese[at + 1]:
            (token,) = _pairs(map(_letters, keys[at : at + 2]))
            yield _sounding(token) if by_sound else token
        elif at == 0 or not burmese[at - 1]:
            token = _single(key)
            yield _sounding(token) if by_sound else token


# --- Finding in a text -------------------------------------------------------------------------------------------------

_EDGE = "\x1f"  # stands between keys; clean text has no control characters


class _Line:
    """The keys of a text as one string to search in, and which characters of the text each key stands for."""

    def __init__(self, keys: list[str], spans: list[tuple[int, int]]) -> None:
        self.spans = spans
        self.line = _EDGE + "".join(key + _EDGE for key in keys)
        self._starts = []
        at = 1
        for key in keys:
            self._starts.append(at)
            at += len(key) + 1

    def places(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """Start and end in the text of everything that the pattern finds."""
        found = []
        at = 0
        while match := pattern.search(self.line, at):
            first = bisect_right(self._starts, match.start() + 1) - 1
            last = bisect_right(self._starts, match.end() - 1) - 1
            found.append((self.spans[first][0], self.spans[last][1]))
            at = match.end() - 1
        return found


class Prepared:
    """A text made ready to be searched many times. text: as stored, in canonical spelling; it is shown as it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        keys, spans = [], []
        for start, end, kind in pieces(text):
            if kind == "other":
                for word in _WORD.finditer(text, start, end):
                    keys.append(fold(word[0]))
                    spans.append(word.span())
            elif kind != "stop":
                keys.append(fold(text[start:end]))
                spans.append((start, end))
        self._keys = keys
        self.exact = _Line(keys, spans)

    @cached_property
    def by_sound(self) -> _Line:
        """The same by how it sounds."""
        keys, spans = [], []
        for key, span in zip(self._keys, self.exact.spans, strict=True):
            for sound in loose(key):
                keys.append(sound)
                spans.append(span)
        return _Line(keys, spans)


class Grade(IntEnum):
    """How well a text answers a query; less is better. The last two are similar only."""

    WHOLE = 0  # the text is the query
    BEGINNING = 1
    PHRASE = 2
    WORDS = 3  # every word of it, apart from each other
    SIMILAR_PHRASE = 4
    SIMILAR_WORDS = 5

    @property
    def is_similar(self) -> bool:
        """Whether it only sounds like the query."""
        return self >= Grade.SIMILAR_PHRASE


@dataclass(frozen=True)
class _Patterns:
    phrase: re.Pattern[str]
    words: tuple[re.Pattern[str], ...]


def _pattern(keys: list[str]) -> re.Pattern[str]:
    """Finds keys that follow each other: Burmese by whole syllables, a Latin word also by its beginning or inside."""
    first, last = keys[0].isascii(), keys[-1].isascii()
    inside = f"[^{_EDGE}]*"
    return re.compile(
        _EDGE
        + (inside if first and len(keys[0]) > 2 else "")
        + _EDGE.join(map(re.escape, keys))
        + (inside if last and len(keys[-1]) > 2 else "")
        + _EDGE
    )


def _patterns(words: list[list[str]]) -> _Patterns:
    return _Patterns(_pattern([key for word in words for key in word]), tuple(map(_pattern, words)))


class _Spelling:
    """One way to read a query: its words as lists of keys, and what finds them."""

    def __init__(self, words: list[list[str]]) -> None:
        self.keys = [key for word in words for key in word]
        self._exact = _patterns(words)
        self._by_sound = _patterns([_sounds(word) for word in words])

    def grade(self, texts: tuple[Prepared, ...]) -> Grade | None:
        lines = [one.exact.line for one in texts]
        if match := self._exact.phrase.search(lines[0]):
            if match.start() > 0:
                return Grade.PHRASE
            return Grade.WHOLE if self.keys == lines[0].strip(_EDGE).split(_EDGE) else Grade.BEGINNING
        if any(self._exact.phrase.search(line) for line in lines):
            return Grade.PHRASE
        if _all_in(self._exact, lines):
            return Grade.WORDS
        lines = [one.by_sound.line for one in texts]
        if any(self._by_sound.phrase.search(line) for line in lines):
            return Grade.SIMILAR_PHRASE
        return Grade.SIMILAR_WORDS if _all_in(self._by_sound, lines) else None

    def places(self, text: Prepared) -> list[tuple[int, int]]:
        for patterns, line in ((self._exact, text.exact), (self._by_sound, text.by_sound)):
            if found := line.places(patterns.phrase):
                return found
            if found := [place for word in patterns.words for place in line.places(word)]:
                return _merged(found)
        return []


class Query:
    """A query made ready to be held against many texts. text: as typed, cut to LONGEST_QUERY."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())[:LONGEST_QUERY]
        self._spellings = []
        for spelling in spellings(self.text):
            words = [keys for word in spelling.split() if (keys := [key for run in _runs(word) for key in run])]
            if words:
                self._spellings.append(_Spelling(words))

    def __bool__(self) -> bool:
        """Whether there is something to look for: one Burmese syllable, a number, or two Latin letters."""
        return any(not key.isascii() or len(key) > 1 or key.isdigit() for one in self._spellings for key in one.keys)

    def grade(self, text: Prepared, *more: Prepared) -> Grade | None:
        """How a text, with others that belong to it, answers the query; None where it does not."""
        grades = [grade for one in self._spellings if (grade := one.grade((text, *more))) is not None]
        return min(grades, default=None)

    def places(self, text: Prepared) -> list[tuple[int, int]]:
        """Start and end of what answers the query in a text: the phrase, else its words, else what sounds like them."""
        return next((found for one in self._spellings if (found := one.places(text))), [])


def _all_in(patterns: _Patterns, lines: list[str]) -> bool:
    return all(any(word.search(line) for line in lines) for word in patterns.words)


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


Parts = list[tuple[str, bool]]
"""A text in pieces, each with whether it is what was looked for."""


def highlight(text: str | Prepared, query: str | Query) -> Parts:
    """The text cut into what the query found and what it did not; joined, the parts are the text.

    Whole syllables and words are marked. Where the phrase is nowhere, its single words are marked, and where those are
    nowhere what sounds like it.
    """
    text, query = _ready(text, query)
    return _cut(text.text, query.places(text), 0, len(text.text))


def excerpt(text: str | Prepared, query: str | Query, n: int = 40) -> Parts:
    """About n syllables or words around the first thing found, highlighted; the beginning where nothing is found.

    n: 1 or more. Cut between syllables and words; "…" stands where text is left out.
    """
    text, query = _ready(text, query)
    places, spans = query.places(text), text.exact.spans
    if not spans:
        return [(text.text, False)] if text.text else []
    starts = [start for start, _end in spans]
    first = bisect_right(starts, places[0][0]) - 1 if places else 0
    begin = max(0, min(first - n // 3, len(spans) - n))
    end = min(len(spans), begin + n)
    start = spans[begin][0] if begin else 0
    stop = spans[end - 1][1] if end < len(spans) else len(text.text)
    parts = _cut(text.text, places, start, stop)
    return [*([("…", False)] if begin else []), *parts, *([("…", False)] if end < len(spans) else [])]


def _ready(text: str | Prepared, query: str | Query) -> tuple[Prepared, Query]:
    return (Prepared(text) if isinstance(text, str) else text), (Query(query) if isinstance(query, str) else query)


def _cut(text: str, places: list[tuple[int, int]], start: int, stop: int) -> Parts:
    parts: Parts = []
    at = start
    for first, last in places:
        first, last = max(first, start), min(last, stop)
        if first >= last:
            continue
        if first > at:
            parts.append((text[at:first], False))
        parts.append((text[first:last], True))
        at = last
    if at < stop:
        parts.append((text[at:stop], False))
    return parts
