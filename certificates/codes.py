"""Verification codes as people type them. Pure functions."""

import unicodedata

from myanmar.digits import to_ascii_digits

ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def clean_code(text: str) -> str:
    """The code as stored: capitals and digits only.

    Forgives case, spaces, hyphens, Burmese and full-width digits, and the letters that Crockford's alphabet leaves out.
    """
    folded = to_ascii_digits(unicodedata.normalize("NFKC", text).upper())
    return "".join(c for c in folded if c.isascii() and c.isalnum()).translate(ALIKE)[:40]


def grouped(code: str) -> str:
    """In groups of four, as printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
