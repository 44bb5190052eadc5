"""Small counts are hidden, and cannot be worked out from what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.privacy import SMALLEST_CELL, hide_small

TABLES = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, 12), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([[5, 0, 9]], [[5, 0, 9]]),
        ([[4, 6, 9]], [[None, None, 9]]),
        ([[1, 2, 9]], [[None, None, 9]]),
        ([[3, 0]], [[None, None]]),
        ([[3]], [[None]]),
        ([], []),
    ],
)
def test_a_small_count_and_what_would_give_it_away_are_hidden(rows, shown):
    assert hide_small(rows) == shown


@given(TABLES)
def test_no_small_count_is_shown_and_none_is_alone_in_its_row_or_column(rows):
    shown = hide_small(rows)
    assert [one for row in shown for one in row if one is not None and 0 < one < SMALLEST_CELL] == []
    lines = [*shown, *zip(*shown, strict=True)]
    assert [line for line in lines if len(line) > 1 and list(line).count(None) == 1] == []


@given(TABLES)
def test_what_is_shown_is_what_was_counted(rows):
    for row, shown in zip(rows, hide_small(rows), strict=True):
        assert [(a, b) for a, b in zip(row, shown, strict=True) if b is not None and a != b] == []


@given(st.lists(st.lists(st.sampled_from([0, 5, 6, 40]), min_size=3, max_size=3), max_size=5))
def test_where_nothing_is_small_nothing_is_hidden(rows):
    assert hide_small(rows) == rows
