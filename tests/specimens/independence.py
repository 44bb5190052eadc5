"""Pearson's test of independence for a table of two rows."""

import math
from collections import Counter


def p_value(table: dict[bool, Counter]) -> float:
    """How likely a table is that far from independence by chance. Survival function of chi-square by its series."""
    columns = sorted(set().union(*table.values()), key=str)
    rows = {key: sum(counts.values()) for key, counts in table.items()}
    total = sum(rows.values())
    chi = 0.0
    for column in columns:
        both = sum(counts[column] for counts in table.values())
        for key, counts in table.items():
            expected = both * rows[key] / total
            chi += (counts[column] - expected) ** 2 / expected
    freedom = len(columns) - 1
    # Regularised lower incomplete gamma function P(k/2, x/2).
    shape, x = freedom / 2, chi / 2
    term = total_of = 1 / shape
    step = shape
    while term > total_of * 1e-12:
        step += 1
        term *= x / step
        total_of += term
    return 1 - total_of * math.exp(-x + shape * math.log(x) - math.lgamma(shape))
