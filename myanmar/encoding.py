"""Zawgyi and Unicode: which of the two a text was typed in, and the way from the first to the second.

Zawgyi puts other letters on the code points of the Myanmar block, so nothing but the text itself tells the two apart.
The detector is Google's (myanmartools); beside it stands a guard of our own, because the detector alone takes
မေတ္တာ and စက္ကူ for Zawgyi: what is well-formed Burmese as it stands is never converted.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from myanmartools import ZawgyiDetector

from myanmar.text import normalise

Encoding = Literal["zawgyi", "unicode", "none"]
Finding = Literal["none", "unicode", "zawgyi", "mixed"]

_SURE: Final = 0.95
_BEYOND_DOUBT: Final = 0.0001
_ENOUGH_WORDS: Final = 5

_BLOCKS = r"\u1000-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f"
_BETWEEN = re.compile(r"[\s\u104a\u104b]+")
# What the detector looks at: every sign of the Myanmar blocks that is no digit and no ၊ ။.
_SOUND = re.compile(r"[\u1000-\u103f\u104c-\u108f\u109a-\u109f\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f]")
# Signs of Mon, Karen, Shan and others on which Zawgyi has nothing.
_NEVER_ZAWGYI = re.compile(r"[\u1022\u1028\u1035\u1050-\u1059\u105b-\u105f\u1098-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f]")

# The grammar of one Burmese syllable in NFC (dot below before asat), and what may stand between syllables.
_STACKS = (
    "က္က က္ခ ဂ္ဂ ဂ္ဃ စ္စ စ္ဆ ဇ္ဇ ဇ္ဈ ဉ္စ ဉ္ဆ ဉ္ဇ ဉ္ဈ ဋ္ဋ ဋ္ဌ ဍ္ဍ ဍ္ဎ ဏ္ဋ ဏ္ဌ ဏ္ဍ ဏ္ဎ ဏ္ဏ တ္တ တ္ထ ဒ္ဒ ဒ္ဓ န္တ န္ထ န္ဒ န္ဓ န္န "
    "ပ္ပ ပ္ဖ ဗ္ဗ ဗ္ဘ မ္ပ မ္ဖ မ္ဗ မ္ဘ မ္မ လ္လ သ္သ ယ္ယ ဠ္ဠ ဟ္မ တ္မ သ္မ လ္မ ဂ္လ သ္တ ဒ္မ သ္ဌ"
)
_CONSONANT = "\u1000-\u1021"
_FINAL = rf"(?:[{_CONSONANT}]|[ခဂ]\u103b|ရ\u103e|ဋ္ဌ)\u1037?+\u103a(?!\u1039)"  # ချ် ဂျ် ရှ်: loan words
_SYLLABLE = (
    r"(?:\u1004\u103a\u1039)?+"  # kinzi
    rf"(?:(?:(?:{'|'.join(_STACKS.split())}|[{_CONSONANT}](?!\u1039|\u1037?\u103a))"
    # Ya, ra and ha stand on few letters; Zawgyi has other signs in their places, which stand on many.
    r"(?:(?<=[ကခဂဃစဆဇတထဒဓနပဖဗဘမယလသ])\u103b)?+(?:(?<=[ကခဂဃငတထဒဓနပဖဗဘမသ\u103b])\u103c)?+"
    r"\u103d?+(?:(?<=[ငညဏနမယရလဝသ\u103b-\u103d])\u103e)?+|ဿ)"
    r"(?:(?:\u1031(?:[\u102b\u102c](?:\u1037?+\u103a)?+)?+|[\u102b\u102c]|\u102d[\u102f\u1036]?+|[\u102e\u1030\u1032]"
    r"|\u102f\u1036?+|\u1036)\u1037?+\u1038?+|\u1037)?+|[\u1023-\u1027\u1029\u102a]\u102f?+\u1036?+\u1037?+\u1038?+)"
    rf"(?:{_FINAL}(?:\u103b\u102c|\u102f)?+\u1038?+)*+"  # ယောက်ျား, လက်ျာ, ကျွန်ုပ်; two finals in loan words
)
_WELLFORMED = re.compile(
    rf"(?>{_SYLLABLE}|\u104e\u1004\u103a\u1038|[\u1040-\u1049]\u1038?+|[\u104a-\u104d\u104f]|[^{_BLOCKS}]++)*+"
)


@lru_cache(maxsize=1)
def _detector() -> ZawgyiDetector:
    with warnings.catch_warnings():  # it opens its data by a function that Python calls old
        warnings.simplefilter("ignore", DeprecationWarning)
        return ZawgyiDetector()


def zawgyi_probability(text: str) -> float | None:
    """How likely it is that the text is Zawgyi, in [0, 1]; None where there is no Burmese letter in it.

    text: any string; foreign letters and digits do not count. Source: myanmartools, a Markov model of code point pairs.
    """
    if not _SOUND.search(text):
        return None
    probability: float = _detector().get_zawgyi_probability(text)
    return probability if probability >= 0 else None


def is_wellformed(text: str) -> bool:
    """Whether every Burmese syllable of the text follows the rules of Burmese spelling in Unicode.

    text: any string, NFC or not; what is not of a Myanmar block counts as well-formed. Text in Mon, Shan or Karen is
    malformed as Burmese, as is nearly all Zawgyi. Looks at the text once, whatever it is.
    """
    return _WELLFORMED.fullmatch(unicodedata.normalize("NFC", text)) is not None


def detect_encoding(text: str) -> Encoding:
    """What a text was typed in. "none" is a text without a Burmese letter.

    text: any string, as typed; one that is partly Zawgyi is not told apart here, see `examine`. Zawgyi is only what the
    detector is sure of (0.95) and what is malformed as Unicode even after `normalise`.
    """
    if not _SOUND.search(text):
        return "none"
    normalised = normalise(text)
    if is_wellformed(normalised) or _NEVER_ZAWGYI.search(text):
        return "unicode"
    # Normalising hides some Zawgyi from the detector. Yet a text that was left alone and stored normalised must be left
    # alone when it comes again: so both forms are asked.
    forms = (normalise(text, burmese=False), normalised)
    return "zawgyi" if any((zawgyi_probability(form) or 0) >= _SURE for form in forms) else "unicode"


def examine(text: str) -> Finding:
    """As `detect_encoding`, but a text that is Zawgyi in one phrase and Unicode in another is "mixed".

    text: any string, as typed. Phrases end at white space, ၊ and ။. One speaks for an encoding if the detector is sure
    and it is malformed in the other; the rest, and what is not Burmese, say nothing. A mixed text must be typed again:
    neither reading is right for all of it.
    """
    return _joined([text])


@dataclass(frozen=True, slots=True)
class ColumnVerdict:
    """What the cells of one column were typed in. words: how many words with Burmese letters it was judged by.

    "ask": the text is malformed, but too short to say in which encoding it was meant.
    """

    encoding: Literal["none", "unicode", "zawgyi", "mixed", "ask"]
    words: int


def detect_column(values: Iterable[str]) -> ColumnVerdict:
    """One verdict on all cells of a spreadsheet's column; then convert each cell with `zawgyi_to_unicode`, or none.

    values: cells as typed, empty ones too. Single words mislead, a column of them does not. "ask" is a malformed column
    of fewer than five words on which the detector is not sure either way.
    """
    cells = list(values)
    words = sum(1 for cell in cells for word in cell.split() if _SOUND.search(word))
    finding = _joined(cells)
    if finding == "unicode" and words < _ENOUGH_WORDS and not all(is_wellformed(normalise(cell)) for cell in cells):
        probability = zawgyi_probability("\n".join(cells)) or 0
        if 1 - _SURE < probability < _SURE:
            return ColumnVerdict("ask", words)
    return ColumnVerdict(finding, words)


def to_unicode(text: str) -> str:
    """The text in Unicode: converted and normalised if it is Zawgyi throughout (`examine`), else as it is, in NFC."""
    return zawgyi_to_unicode(text) if examine(text) == "zawgyi" else unicodedata.normalize("NFC", text)


def _joined(texts: Iterable[str]) -> Finding:
    """One finding on several texts; those that are well-formed are not asked again unless another is not."""
    spoken = [text for text in texts if _SOUND.search(text)]
    if not spoken:
        return "none"
    if all(is_wellformed(normalise(text)) for text in spoken):
        return "unicode"
    phrases = dict.fromkeys(phrase for text in spoken for phrase in _BETWEEN.split(text))
    votes = {vote for phrase in phrases if (vote := _vote(phrase))}
    if len(votes) > 1:
        return "mixed"
    return votes.pop() if votes else detect_encoding("\n".join(spoken))


def _vote(phrase: str) -> Literal["zawgyi", "unicode"] | None:
    if _NEVER_ZAWGYI.search(phrase):
        return "unicode"
    if detect_encoding(phrase) == "zawgyi":
        return "zawgyi"
    probability = zawgyi_probability(phrase)
    if probability is None:
        return None
    # Text in Shan, Mon or Karen is malformed here either way, and the detector then leaves no doubt.
    convincing = probability <= _BEYOND_DOUBT or (probability <= 1 - _SURE and is_wellformed(normalise(phrase)))
    return "unicode" if convincing and not is_wellformed(zawgyi_to_unicode(phrase)) else None


# Zawgyi's signs as pieces of Unicode: what stands before its consonant (e, ra), what forms or carries a consonant, and
# what hangs on it. A piece that begins with a virama goes under the consonant.
_YA, _RA, _WA, _HA, _ASAT, _VIRAMA = "\u103b", "\u103c", "\u103d", "\u103e", "\u103a", "\u1039"
_KINZI: Final = "\u1004\u103a\u1039"
_BEFORE = {"\u1031": "\u1031", "\u103b": _RA} | dict.fromkeys("\u107e\u107f\u1080\u1081\u1082\u1083\u1084", _RA)
_BASES = {
    "\u106a": "ဉ", "\u106b": "ည", "\u106e": "ဍ္ဍ", "\u106f": "ဍ္ဎ", "\u1086": "ဿ", "\u108f": "န", "\u1090": "ရ",
    "\u1091": "ဏ္ဍ", "\u1092": "ဋ္ဌ", "\u1097": "ဋ္ဋ", "\u104e": "၎င်း",
}  # fmt: skip
_UNDER = dict(
    zip(
        "\u1060\u1061\u1062\u1063\u1065\u1066\u1067\u1068\u1069\u106c\u106d\u1070\u1071\u1072\u1073\u1074\u1075\u1076"
        "\u1077\u1078\u1079\u107a\u107b\u1093\u107c\u1085",
        "ကခဂဃစဆဆဇဈဋဌဏတတထထဒဓနပဖဗဘဘမလ",
        strict=True,
    )
)
_ON = {
    "\u1033": "\u102f", "\u1034": "\u1030", "\u1039": _ASAT, "\u103a": _YA, "\u107d": _YA, "\u103c": _WA,
    "\u103d": _HA, "\u1087": _HA, "\u1088": _HA + "\u102f", "\u1089": _HA + "\u1030", "\u108a": _WA + _HA,
    "\u108b": _KINZI + "\u102d", "\u108c": _KINZI + "\u102e", "\u108d": _KINZI + "\u1036", "\u1064": _KINZI,
    "\u108e": "\u102d\u1036", "\u105a": "\u102b\u103a", "\u1094": "\u1037", "\u1095": "\u1037",
    "\u1096": _VIRAMA + "တ" + _WA,
} | {sign: _VIRAMA + consonant for sign, consonant in _UNDER.items()} | dict.fromkeys(
    "\u102b\u102c\u102d\u102e\u102f\u1030\u1032\u1036\u1037\u1038\u103e", ""
)  # fmt: skip
_CLUSTER = re.compile(
    rf"(?<![{''.join(_BEFORE)}])(?P<before>[{''.join(_BEFORE)}]*+)"
    rf"(?P<base>\u104e(?:\u1004\u1039\u1038)?+|[\u1000-\u102a\u103f-\u1049{''.join(_BASES)}])"
    rf"(?P<marks>[{''.join(_ON)}]*+)"
)


def zawgyi_to_unicode(text: str) -> str:
    """A Zawgyi text in Unicode, normalised. Converts whatever it is given: ask `examine` first.

    text: any string; what is no sign of Zawgyi stays. Marks may come in any order after their consonant. Raises
    nothing. Source: the glyphs of the font Zawgyi-One; the order is that of `text.normalise`.
    """
    return normalise(_CLUSTER.sub(_cluster, normalise(text, burmese=False)))


def _cluster(found: re.Match[str]) -> str:
    """One consonant with all that Zawgyi has around it, in Unicode's order: kinzi, consonant, stack, marks."""
    before = "".join(_BEFORE[sign] for sign in found["before"])
    marks = "".join(_ON[sign] or sign for sign in found["marks"])
    kinzi = _KINZI if _KINZI in marks else ""
    under = re.findall(f"{_VIRAMA}[{_CONSONANT}]", marks.replace(_KINZI, ""))
    marks = re.sub(f"{_VIRAMA}.", "", marks.replace(_KINZI, ""))
    base = _BASES.get(found["base"][0], found["base"])
    if base == "စ" and _YA in marks:
        base, marks = "ဈ", marks.replace(_YA, "")
    return kinzi + base + "".join(dict.fromkeys(under)) + marks + before
