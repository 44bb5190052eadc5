"""Codes that are printed and typed: on a ticket, on a slip."""

import secrets
from typing import Final

from myanmar.digits import to_ascii_digits

# Without I, L, O and U: nothing that is misread or mistyped (Crockford's base 32). A letter carries 5 bits.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILOဝ", "1100")


def new_code(length: int) -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def clean_code(typed: str) -> str:
    """A code as it is stored, from what was typed: any digits, any case, with or without spaces and dashes."""
    return "".join(one for one in to_ascii_digits(typed).upper().translate(_MISREAD) if one.isalnum())


def grouped(code: str) -> str:
    """A code as it is printed, in groups of five."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))
