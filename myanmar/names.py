"""Names of people. A name is one piece: no family name, no initials, no capitals, nothing to shorten or transliterate."""

import re

from myanmar.text import SYLLABLE_START, normalise

# An honorific ends where a syllable ends: မ is none in မြင့်, nor ကို in ကိုယ်.
_NEXT = rf"(?=\s*{SYLLABLE_START})\s*+"
_HONORIFICS = re.compile(
    rf"(?:(?:ဒေါက်တာ|ဦး|ဒေါ်|ဆရာမ|ဆရာ){_NEXT})+"
    rf"|(?P<part>ကို|မောင်|မ){_NEXT}(?!(?P=part)(?:\s|{SYLLABLE_START}|\Z))"
)
# What the dictionary lists under another letter; `collation.sort_key` does the same.
_LISTED_UNDER = dict.fromkeys("ဣဤဥဦဧဩဪ၏", "အ") | {"ဿ": "သ", "၎": "လ", "၌": "န", "၍": "ရ"}
_OTHERS = "#"


def split_honorific(name: str) -> tuple[str, str]:
    """The honorific before a name, "" for none, and the name without it: ("ဦး", "အောင်").

    name: a whole name, NFC or not; both parts come back normalised. The honorifics are ဦး ဒေါ် ဒေါက်တာ ဆရာ ဆရာမ, any
    number of them, or else one of ကို မ မောင်. Those three are also parts of names: they stay when doubled (မောင်မောင်)
    or alone. Ethnic titles (စော နော် မန်း စိုင်း နန်း ဆလိုင်း မိ နိုင်) are part of the name. For order and search only: never
    store or show the shortened name.
    """
    name = normalise(name).strip()
    honorific = _HONORIFICS.match(name)
    return (honorific[0].strip(), name[honorific.end() :]) if honorific else ("", name)


def list_initial(name: str) -> str:
    """The heading under which a name stands in an alphabetic list that is sorted by `collation.name_sort_key`.

    name: a whole name, with its honorific or without. Burmese: the consonant that begins the name (ဦးဩဘာ under အ);
    other letters: the letter, in upper case. "#" for a name that begins with a digit or a sign, and for none.
    """
    first = split_honorific(name)[1][:1]
    first = _LISTED_UNDER.get(first, first)
    return first.upper() if first.isalpha() else _OTHERS


def shown_name(name_my: str, name_latin: str, language: str | None) -> str:
    """The name as it is written in the reader's language, or the other where only that was given.

    Either name may be empty. language: the reader's, "my" for Burmese. Neither name is ever made from the other.
    """
    return (name_my or name_latin) if language == "my" else (name_latin or name_my)
