"""Counts that could point at a person. Pure functions."""

from collections.abc import Sequence

SMALLEST_CELL = 5  # a group smaller than this could point at a person


def hide_small(rows: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """A table of counts without its small cells: None for 1 to 4, and for what would give one of them away.

    rows: of equal length. A total over a row or column with one hidden cell would tell that cell, so the smallest of the
    others there is hidden as well, until no row and no column hides exactly one (secondary suppression; Willenborg and de
    Waal, Elements of Statistical Disclosure Control, 2001). A single column hides nothing of its rows.
    """
    hidden = {(r, c) for r, row in enumerate(rows) for c, count in enumerate(row) if 0 < count < SMALLEST_CELL}
    lines = [[(r, c) for c in range(len(row))] for r, row in enumerate(rows)]
    lines += [list(line) for line in zip(*lines, strict=True)]
    lines = [line for line in lines if len(line) > 1]
    while alone := next((line for line in lines if len(hidden.intersection(line)) == 1), None):
        # What counts is hidden before a zero, which tells little but is better than nothing to hide behind.
        hidden.add(min(set(alone) - hidden, key=lambda at: (rows[at[0]][at[1]] == 0, rows[at[0]][at[1]], at)))
    return [[None if (r, c) in hidden else count for c, count in enumerate(row)] for r, row in enumerate(rows)]
