"""Burmese text: one stored form, and its syllables.

Two spellings that look alike must be one string, or search, unique constraints and answers to questions fail quietly.
`clean_text` is for every plain text that people type, at every door; never run it over passwords, e-mail addresses,
URLs, codes or raw HTML. Sources: the Unicode Standard, chapter 16.3; Unicode Technical Note #11 (order of marks).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

# Inside character classes. Marks are those of Burmese; dot below and asat are the only ones that NFC moves.
_CONSONANT = r"\u1000-\u1021"
_MARK = r"\u102b-\u1032\u1036-\u1038\u103a-\u103e"
_DIGIT = r"\u1040-\u1049"
_WORD = r"\u1000-\u103f\u104c-\u104f"  # letters, marks and the four word signs of Burmese
_BLOCKS = r"\u1000-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f"
_LETTER = r"\u1000-\u102a\u103f\u104e\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e"
_FINAL = r"\u1037?[\u103a\u1039]"  # makes the consonant before it close a syllable or stand on top of a stack

_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_ZERO_WIDTH_BUT_ZWSP = re.compile("[\u200c\u200d\u2060\ufeff\u00ad]")
# Controls, direction marks, tags and lone surrogates; the controls that are white space are not among them.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
_NEW_LINE = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

_MYANMAR = re.compile(f"[{_BLOCKS}]")
# Letters of Mon, Shan, Karen and others, for which the repairs of Burmese spelling are wrong.
_OTHER_LANGUAGE = re.compile(
    r"[\u1022\u1028\u1033-\u1035\u1050-\u108f\u109a-\u109d\ua9e0-\ua9fe\uaa60-\uaa7f]",
)

SYLLABLE_START: Final = rf"(?<!\u1039)[{_LETTER}\u104c\u104d\u104f](?!{_FINAL})"
"""Pattern for the first letter of a syllable in NFC text: not under a stack, not a final, not the top of a stack.

The dot that NFC puts before the asat is why published patterns cut words such as နှင့် in two.
"""
_SIGN = f"[{_BLOCKS}]"
_PIECE = re.compile(
    r"(?P<number>[\u1040-\u1049\u1090-\u1099]+)"
    r"|(?P<stop>[\u104a\u104b])"
    rf"|(?P<syllable>{_SIGN}(?:(?!{SYLLABLE_START}|[\u1040-\u104b\u1090-\u1099]){_SIGN})*)"
    rf"|(?P<other>[^\s{_BLOCKS}]+)"
)
# Print keeps ၌ ၍ ၏ with the word before them, as it does ၊ and ။.
_BREAK = re.compile(rf"(?<=[\u1000-\u109f\uaa60-\uaa7f])(?<!\u1039)(?=[{_LETTER}](?!{_FINAL}))")

# Medials ya ra wa ha; e; i ii ai; u uu; tall aa and aa; anusvara; dot below; asat; visarga.
_ORDER = "\u103b \u103c \u103d \u103e \u1031 \u102d\u102e\u1032 \u102f\u1030 \u102b\u102c \u1036 \u1037 \u103a \u1038"
_RANK = {mark: rank for rank, marks in enumerate(_ORDER.split()) for mark in marks}
_MARKS = re.compile(f"[{_MARK}]{{2,}}")
# Ai beside another vowel; asat beside a vowel that is not o (e and aa).
_NOT_BURMESE = re.compile(
    r"(?=.*\u1032).*[\u102b-\u1031]|(?=.*\u103a)(?!(?=.*\u1031).*[\u102b\u102c]).*[\u102b-\u1032\u1036]"
)

# A digit here is a mistyped letter: a vowel, medial or final follows it. Visarga does not count: no syllable has it on
# a bare consonant, but people type it for the colon of a time (၁၀း၃၀).
_SOUNDED = rf"(?:[\u102b-\u1032\u1036\u1037\u103a-\u103e]|[{_CONSONANT}]{_FINAL})"
_ZAWGYI_ASAT = re.compile(rf"\u1039(?![{_CONSONANT}])")
# Typed before its consonant, as it is drawn. With no medial, asat or stack on it Zawgyi means the same.
_LEADING_E = re.compile(rf"(?<![{_WORD}{_DIGIT}])\u1031([{_CONSONANT}])(?![{_MARK}]*[\u1031\u1039\u103a-\u103e])")
_LOOK_ALIKES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"၀(?={_SOUNDED})"), "ဝ"),
    (re.compile(rf"(?<=[{_WORD}])၀+(?=[\u1000-\u102a\u103f\u104c-\u104f])"), lambda zeros: "ဝ" * len(zeros[0])),
    (re.compile(rf"(?<=[{_DIGIT}])ဝ+(?!{_SOUNDED})"), lambda letters: "၀" * len(letters[0])),
    (re.compile(rf"၇(?={_SOUNDED})"), "ရ"),
    (re.compile("၄(?=င်း)"), "၎"),
    (re.compile(r"\u1025(?=[\u103a\u1039\u102c\u1037])"), "\u1009"),
    (re.compile(r"\u1009\u102e"), "\u1026"),
    (re.compile(r"\u101e\u1039\u101e"), "\u103f"),
    (re.compile("ယောက\u103b(?:\u102c\u103a|\u103a\u102c)း"), "ယောက်ျား"),
    (re.compile("ကျွနု်ပ်"), "ကျွန်ုပ်"),  # a third misspelling, with two asats, is gone once doubles are dropped
)


def normalise(text: str, *, burmese: bool = True, keep_zwsp: bool = False) -> str:
    """The one stored spelling of a text: NFC, marks in canonical order, look-alikes told apart, nothing zero-width.

    text: any string. burmese=False does only what holds in every language (spaces, zero-width characters, NFC); text
    with letters of Mon, Shan, Karen and other languages is treated so by itself. keep_zwsp keeps U+200B, for rich text
    in which an editor typed it. White space stays as it is, but a no-break space becomes a space. Idempotent; raises
    nothing. Zawgyi is not converted. Source: the Unicode Standard's order of Burmese marks (UTN #11), with the dot
    before the asat as NFC has it; the look-alikes are our own rules.
    """
    if text.isascii():
        return text
    text = (_ZERO_WIDTH_BUT_ZWSP if keep_zwsp else _ZERO_WIDTH).sub("", text.replace("\u00a0", " "))
    text = unicodedata.normalize("NFC", text)
    if not burmese or not _MYANMAR.search(text) or _OTHER_LANGUAGE.search(text):
        return text
    return _repaired(text)


def clean_text(text: str, *, burmese: bool = True, multiline: bool = False) -> str:
    """What is stored of a plain text that someone typed or imported: `normalise`, and tidy white space.

    text: any string. Control and direction characters and lone surrogates are dropped. White space at both ends goes;
    elsewhere a run of it becomes one space. With multiline every kind of line end becomes "\\n", lines lose their outer
    spaces, and at most one empty line stays between two others. burmese as in `normalise`. Idempotent; raises nothing.
    """
    text = _UNSEEN.sub("", text)
    if multiline:
        lines = (" ".join(line.split()) for line in _NEW_LINE.sub("\n", text).split("\n"))
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    else:
        text = " ".join(text.split())
    return normalise(text, burmese=burmese)


def syllables(text: str) -> list[str]:
    """The text cut into Burmese syllables, runs of Myanmar digits, single ၊ and ။, and words of other scripts.

    text: NFC (as stored). White space separates and is left out; nothing else is lost. A stacked pair stays in one
    piece with its syllable (ဗုဒ္ဓ), as does a contraction (ယောက်ျား). Letters of Mon, Shan and Karen begin syllables
    too. Source: the syllable pattern of sylbreak (Ye Kyaw Thu), corrected for NFC.
    """
    return [piece[0] for piece in _PIECE.finditer(text)]


def pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each piece of `syllables` stands: start, end, and what it is (number, stop, syllable or other)."""
    for piece in _PIECE.finditer(text):
        yield piece.start(), piece.end(), str(piece.lastgroup)


def truncate_syllables(text: str, n: int, end: str = "…") -> str:
    """At most the first n units of a text (as `reading_units` counts them), never cut inside a syllable.

    text: NFC. n: 0 or more. A text of n units or fewer comes back unchanged; a longer one ends in `end`, without the
    white space and punctuation that stood at the cut. Raises ValueError for a negative n.
    """
    if n < 0:
        raise ValueError(f"n must not be negative: {n}")
    cut = 0
    for count, unit in enumerate(_units(text)):
        if count == n:
            return text[:cut] + end
        cut = unit.end()
    return text


def reading_units(text: str) -> int:
    """How much there is to read: Burmese syllables, numbers, and words of other scripts. Punctuation is not counted.

    text: NFC. Use it for reading time and for limits that are meant for readers; len() counts code points, of which
    one syllable can have seven.
    """
    return sum(1 for _ in _units(text))


def breakable(text: str) -> str:
    """The text with U+200B before every syllable that follows another, so that a PDF engine can break lines there.

    text: NFC running text, before HTML escaping. For print only: never store it, and leave it out for browsers, which
    break Burmese by themselves. No break before ၊ ။ ၌ ၍ ၏ or inside a stack. Idempotent.
    """
    return _BREAK.sub("\u200b", text)


def has_myanmar(text: str) -> bool:
    """Whether any character belongs to a Myanmar block (Burmese, Mon, Shan, Karen and others), digits included."""
    return _MYANMAR.search(text) is not None


def _units(text: str) -> Iterator[re.Match[str]]:
    for piece in _PIECE.finditer(text):
        if piece.lastgroup in ("syllable", "number") or any(map(str.isalnum, piece[0])):
            yield piece


@lru_cache(16)  # a text that comes in is asked about several times in a row
def _repaired(text: str) -> str:
    # One repair can make room for another. No repair undoes another, so this ends.
    while (repaired := _repair(text)) != text:
        text = repaired
    return text


def _repair(text: str) -> str:
    if not _ZAWGYI_ASAT.search(text):
        text = _LEADING_E.sub("\\1\u1031", text)
    text = _MARKS.sub(lambda run: _in_order(run[0]), text)
    for pattern, replacement in _LOOK_ALIKES:
        text = pattern.sub(replacement, text)
    return unicodedata.normalize("NFC", text)


@lru_cache(4096)  # a large corpus has some hundred different runs
def _in_order(run: str) -> str:
    """Marks after one base, without doubles, in canonical order; the asat of a contraction (ယောက်ျား) stays first.

    Marks that no Burmese syllable has together stay as they are: a short text in Mon or Karen (တုဲ, မ့ာ်) may have no
    letter that tells its language.
    """
    contracted = run.startswith(("\u103a\u103b", "\u103a\u102f"))
    if not contracted and _NOT_BURMESE.match(run):
        return run
    marks = sorted(dict.fromkeys(run), key=_RANK.__getitem__)
    if contracted:
        marks.remove("\u103a")
        marks.insert(0, "\u103a")
    return "".join(marks)
