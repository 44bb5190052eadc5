"""Sine and cosine that give the same number on every machine: a table made with whole numbers, and straight lines between.

Sums, products and quotients of floats are the same everywhere (IEEE 754), `math.sin` is not; drawings use these instead.
"""

STEPS = 4096  # of one full turn
_SCALE = 1 << 80


def _table() -> list[float]:
    """sin of each step. The angle addition theorem, from one small angle by its Taylor series, in fixed point."""
    pi = 3141592653589793238462643383279502884197 * _SCALE // 10**39
    angle = 2 * pi // STEPS
    sine = angle - angle**3 // (6 * _SCALE**2) + angle**5 // (120 * _SCALE**4)
    cosine = _SCALE - angle**2 // (2 * _SCALE) + angle**4 // (24 * _SCALE**3)
    table, s, c = [], 0, _SCALE
    for _step in range(STEPS):
        table.append(round(s * 10**12 / _SCALE) / 10**12)
        s, c = (s * cosine + c * sine) // _SCALE, (c * cosine - s * sine) // _SCALE
    return table


_SINES = _table()


def sin(turns: float) -> float:
    """The sine of an angle given in full turns; exact to 1e-6."""
    place = turns * STEPS
    low = int(place // 1)
    part = place - low
    return _SINES[low % STEPS] * (1 - part) + _SINES[(low + 1) % STEPS] * part


def cos(turns: float) -> float:
    """The cosine of an angle given in full turns; exact to 1e-6."""
    return sin(turns + 0.25)
