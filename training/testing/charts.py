"""Figures as small drawings. Numbers are geometry only; what they mean stands beside them in words."""

from typing import Any, Final

from training.testing.estimating import Estimate

WIDTH: Final = 200
EDGE: Final = 8
LEAST, MOST = -0.5, 1.0  # of a gain that is drawn


def x(value: float, low: float = LEAST, high: float = MOST) -> str:
    """Where a value lies on a line."""
    share = (min(high, max(low, value)) - low) / (high - low)
    return f"{EDGE + share * (WIDTH - 2 * EDGE):.1f}"


def interval(one: Estimate) -> dict[str, Any]:
    """A gain on a line with zero marked, with its interval where there is one."""
    return {
        "zero": x(0),
        "at": x(one.gain),
        "low": None if one.low is None else x(one.low),
        "high": None if one.high is None else x(one.high),
    }
