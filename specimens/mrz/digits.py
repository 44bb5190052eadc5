"""Check digits (Doc 9303-3, 4.9): values 0 to 35, < as 0, weights 7, 3, 1 from the left, the sum modulo 10."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
WEIGHTS = (7, 3, 1)


def value(sign: str) -> int:
    """What a character counts. Raises ValueError for one that no zone has."""
    place = ALPHABET.find(sign)
    if place < 0 or len(sign) != 1:
        raise ValueError(f"{sign!r} is no character of a machine readable zone")
    return 0 if sign == "<" else place


def products(text: str) -> list[int]:
    """Value times weight for each character; their sum modulo 10 is the check digit."""
    return [value(sign) * WEIGHTS[index % 3] for index, sign in enumerate(text)]


def check_digit(text: str) -> str:
    """The check digit of some characters."""
    return str(sum(products(text)) % 10)
