"""Names in the zone: in its letters, and in its room (Doc 9303-3, 4.6 and 6.A; 9303-4, 4.2)."""

import unicodedata
from collections.abc import Sequence

# Doc 9303-3, section 6.A, where a letter is not simply written without its mark. Of several spellings allowed, the first.
LETTERS = {
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ð": "D", "Ö": "OE", "Ø": "OE", "Þ": "TH", "Ü": "UE", "ẞ": "SS", "Ĳ": "IJ", "Ł": "L",
    "Œ": "OE", "Đ": "D", "Ħ": "H", "Ŋ": "N", "Ŧ": "T",
}  # fmt: skip


def transliterated(name: str) -> str:
    """A name in the letters of the zone: marks gone, hyphens, commas and spaces as one <.

    Apostrophes, other punctuation and numerals are left out without a filler. Raises ValueError for a letter of another script.
    """
    letters = []
    for sign in unicodedata.normalize("NFC", name).upper():
        if sign in LETTERS:
            letters.append(LETTERS[sign])
        elif sign in ",<" or unicodedata.category(sign) in ("Pd", "Zs"):
            letters.append("<")
        elif sign.isalpha():
            plain = "".join(one for one in unicodedata.normalize("NFKD", sign) if "A" <= one <= "Z")
            if not plain:
                raise ValueError(f"{sign!r} has to be written in Latin letters first")
            letters.append(plain)
    return "<".join(part for part in "".join(letters).split("<") if part)


def _cut(parts: Sequence[str], room: int) -> str:
    """Parts of a name shortened to `room` characters: the last loses letters first, each keeps its initial."""
    kept, excess = list(parts), len("<".join(parts)) - room
    for index in range(len(kept) - 1, -1, -1):
        lost = max(0, min(excess, len(kept[index]) - 1))
        kept[index], excess = kept[index][: len(kept[index]) - lost], excess - lost
    return "<".join(kept)


def name_field(primary: str, secondary: str, length: int) -> str:
    """PRIMARY<<SECONDARY<NAMES, filled with <. A name that is too long is cut and then ends with a letter in the last place.

    Of the ways that Doc 9303 leaves to the issuer (part 4, 4.2.3), the one in which given names lose letters before the primary
    identifier does, the last of them first, and in which each part of the name keeps its initial. Where even that is too long,
    the last given names go. Raises ValueError for a name without a primary identifier, or with more parts than there are places.
    """
    first, given = ([part for part in transliterated(one).split("<") if part] for one in (primary, secondary))
    if not first:
        raise ValueError("a name in the zone has a primary identifier")
    whole = "<<".join("<".join(parts) for parts in (first, given) if parts)
    if len(whole) <= length:
        return whole.ljust(length, "<")
    shorter = [_joined(first, given[:count], length) for count in range(len(given), 0, -1)] or [_cut(first, length)]
    for field in shorter:
        if len(field) == length:
            return field
    raise ValueError(f"a name of so many parts has no room in {length} places")


def _joined(first: Sequence[str], given: Sequence[str], length: int) -> str:
    """Both identifiers in `length` characters; given names lose letters down to their initials before the primary loses any."""
    room = length - len("<".join(first)) - 2
    if room >= 2 * len(given) - 1:
        return f"{'<'.join(first)}<<{_cut(given, room)}"
    initials = "<".join(part[0] for part in given)
    return f"{_cut(first, length - 2 - len(initials))}<<{initials}"
