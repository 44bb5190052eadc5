"""Figures as small drawings. Numbers are geometry only; what they mean stands beside them in words."""

from math import sqrt
from typing import Any, Final

from training.cascade.dilution import Z95, Z998, Difference, Funnel
from training.testing.estimating import Estimate

WIDTH: Final = 200
EDGE: Final = 8
LEAST, MOST = -0.5, 1.0  # of a gain that is drawn


def x(value: float, low: float = LEAST, high: float = MOST) -> str:
    """Where a value lies on a line."""
    share = (min(high, max(low, value)) - low) / (high - low)
    return f"{EDGE + share * (WIDTH - 2 * EDGE):.1f}"


def funnel(one: Funnel) -> dict[str, Any]:
    """Sessions by their size and how far they lie from the generation before, with the limits of chance (95 and 99.8 %) as lines."""
    most = max(point.n for point in one.points)

    def across(n: float) -> float:
        return 30 + 280 * sqrt(n / most)

    def down(value: float) -> float:
        return 80 - 140 * min(0.5, max(-0.5, value))

    sizes = sorted({max(1, round(most * step / 24)) for step in range(1, 25)})
    lines = {
        f"{name}_{side}": " ".join(f"{across(n):.1f},{down(sign * one.limit(n, z)):.1f}" for n in sizes)
        for name, z in (("inner", Z95), ("outer", Z998))
        for side, sign in (("above", 1), ("below", -1))
    }
    points = [
        {"x": f"{across(point.n):.1f}", "y": f"{down(point.difference):.1f}", "is_low": point.is_low}
        for point in one.points
    ]
    return lines | {"points": points, "zero": f"{down(0):.1f}", "most": most}


def interval(one: Estimate | Difference) -> dict[str, Any]:
    """A gain on a line with zero marked, with its interval where there is one."""
    return {
        "zero": x(0),
        "at": x(one.difference if isinstance(one, Difference) else one.gain),
        "low": None if one.low is None else x(one.low),
        "high": None if one.high is None else x(one.high),
    }
