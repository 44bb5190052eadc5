"""Service numbers: what a person signs in with."""

import re
import unicodedata

from myanmar.digits import to_ascii_digits

_FORM = re.compile(r"[A-Z0-9](?:[A-Z0-9/-]{0,28}[A-Z0-9])?")


def service_key(text: str) -> str:
    """The one spelling of a service number: upper-case ASCII letters, digits, `-` and `/`.

    Full-width forms, Burmese digits, spaces and case are folded, so that a number typed on any keyboard finds its
    person. Raises ValueError where another letter remains: look-alikes of other scripts must not name a second person.
    """
    folded = unicodedata.normalize("NFKC", text).strip().upper()
    folded = to_ascii_digits("".join(folded.split()))
    folded = re.sub("[\u2010-\u2015\u2212]", "-", folded)
    if not _FORM.fullmatch(folded):
        raise ValueError("not a service number")
    return folded
