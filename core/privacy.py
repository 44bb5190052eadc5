"""Counts that could point at a person. Pure functions."""

from collections.abc import Collection, Sequence

SMALLEST_CELL = 5  # a group smaller than this could point at a person


def shown(count: int, of: int | None = None) -> int | None:
    """A count, or None where it could point at a person: it is 1 to 4, or of a group that is known leaves 1 to 4."""
    rest = 0 if of is None else of - count
    return None if any(0 < one < SMALLEST_CELL for one in (count, rest)) else count


def hide_small(rows: Sequence[Sequence[int]], also: Collection[tuple[int, int]] = ()) -> list[list[int | None]]:
    """A table of counts without its small cells: None for 1 to 4, and for what would give one of them away.

    rows: of equal length. also: cells, by row and column, that are hidden for another reason. A total over a row or column with one hidden cell would tell that cell, so the smallest of the
    others there is hidden as well, until no row and no column hides exactly one (secondary suppression; Willenborg and de
    Waal, Elements of Statistical Disclosure Control, 2001). A single column hides nothing of its rows.
    """
    hidden = {(r, c) for r, row in enumerate(rows) for c, count in enumerate(row) if 0 < count < SMALLEST_CELL}
    hidden.update(also)
    lines = [[(r, c) for c in range(len(row))] for r, row in enumerate(rows)]
    lines += [list(line) for line in zip(*lines, strict=True)]
    lines = [line for line in lines if len(line) > 1]
    while alone := next((line for line in lines if len(hidden.intersection(line)) == 1), None):
        # What counts is hidden before a zero, which tells little but is better than nothing to hide behind.
        hidden.add(min(set(alone) - hidden, key=lambda at: (rows[at[0]][at[1]] == 0, rows[at[0]][at[1]], at)))
    return [[None if (r, c) in hidden else count for c, count in enumerate(row)] for r, row in enumerate(rows)]


def hide_column(counts: Sequence[int], total: int, also: Collection[int] = ()) -> tuple[list[int | None], int | None]:
    """Counts that stand above their total, and the total, without what is small or could be taken from it. also: lines hidden for another
    reason."""
    cells = [row[0] for row in hide_small([[count] for count in counts], [(line, 0) for line in also])]
    return cells, shown_total(counts, cells, total)


def shown_total(counts: Sequence[int], cells: Sequence[int | None], total: int) -> int | None:
    """A total below counts of which some are hidden (None in `cells`), or None where it would tell them.

    A total of one line is that line, and one that leaves fewer than five for what is hidden tells them together.
    """
    hidden = sum(count for count, cell in zip(counts, cells, strict=True) if cell is None)
    is_told = None not in cells or (cells.count(None) > 1 and hidden >= SMALLEST_CELL)
    return total if is_told and not 0 < total < SMALLEST_CELL else None
