"""Figures as small drawings, readable on a telephone. Numbers are geometry only; what they mean stands beside them in words."""

from collections.abc import Sequence
from typing import Any

from assessments.examination.detection import Interval

WIDTH, HEIGHT, EDGE = 320, 60, 16
MOST = 4.5  # of d′ that is drawn


def _x(value: float, low: float, high: float) -> str:
    share = (min(high, max(low, value)) - low) / (high - low)
    return f"{EDGE + share * (WIDTH - 2 * EDGE):.1f}"


def scale(d_prime: float, interval: Interval) -> dict[str, Any]:
    """d′ with its interval on a line from 0."""
    ticks = [{"x": _x(value, 0, MOST), "label": value} for value in (0, 1, 2, 3, 4)]
    return {
        "at": _x(d_prime, 0, MOST),
        "low": _x(interval[0], 0, MOST),
        "high": _x(interval[1], 0, MOST),
        "ticks": ticks,
    }


def leaning(criterion: float, interval: Interval) -> dict[str, Any]:
    """c with its interval on a line from −2 (refers too easily) to 2 (lets too much pass)."""
    return {
        "at": _x(criterion, -2, 2),
        "low": _x(interval[0], -2, 2),
        "high": _x(interval[1], -2, 2),
        "middle": _x(0, -2, 2),
    }


def curve(points: Sequence[tuple[float, float]], *, side: int = 200) -> dict[str, Any]:
    """The empirical ROC as points of a polyline in a square."""
    return {"side": side, "points": " ".join(f"{x * side:.1f},{(1 - y) * side:.1f}" for x, y in points)}
