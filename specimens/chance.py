"""Chance that is the same everywhere: whole numbers only, and no help of the platform.

Generator: xoshiro128** 1.1 (Blackman and Vigna, public domain), its state filled by splitmix64 from the seed and a label,
so that streams for holder, layout, anomalies and wear know nothing of each other.
"""

from collections.abc import Sequence
from typing import TypeVar

One = TypeVar("One")
MASK32, MASK64 = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF


def _rotated(value: int, by: int) -> int:
    return ((value << by) | (value >> (32 - by))) & MASK32


class Chance:
    """A stream of numbers. seed: any whole number; label: which of a seed's streams."""

    def __init__(self, seed: int, label: str = "") -> None:
        self.seed, self.label = seed, label
        state = 0xCBF29CE484222325  # FNV-1a over the label, so that labels lead to far-apart states
        for byte in f"{seed}/{label}".encode():
            state = ((state ^ byte) * 0x100000001B3) & MASK64
        words: list[int] = []
        while len(words) < 4:
            state = (state + 0x9E3779B97F4A7C15) & MASK64
            mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK64
            mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK64
            mixed ^= mixed >> 31
            words += [mixed & MASK32, mixed >> 32]
        self._state = words[:4]

    def stream(self, label: str) -> "Chance":
        """Another stream of the same seed; what is drawn from this one does not change it."""
        return Chance(self.seed, f"{self.label}/{label}")

    def word(self) -> int:
        """The next 32 bits."""
        a, b, c, d = self._state
        result = (_rotated(b * 5 & MASK32, 7) * 9) & MASK32
        shifted = (b << 9) & MASK32
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        self._state = [a, b, c ^ shifted, _rotated(d, 11)]
        return result

    def below(self, bound: int) -> int:
        """A whole number in [0, bound), each as likely as the others (values that would favour some are drawn again)."""
        if bound < 1:
            raise ValueError(f"no number lies in [0, {bound})")
        limit = (1 << 32) - (1 << 32) % bound
        while (word := self.word()) >= limit:
            pass
        return word % bound

    def between(self, low: int, high: int) -> int:
        """A whole number in [low, high]."""
        return low + self.below(high - low + 1)

    def happens(self, share: int, of: int = 100) -> bool:
        """True in `share` of `of` cases."""
        return self.below(of) < share

    def one(self, things: Sequence[One]) -> One:
        """One of several things."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[One]) -> list[One]:
        """All of them, in an order by chance (Fisher and Yates)."""
        order = list(things)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def some(self, things: Sequence[One], count: int) -> list[One]:
        """`count` different ones of them, in an order by chance."""
        return self.shuffled(things)[:count]
