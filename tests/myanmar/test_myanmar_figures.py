"""The floor under the figures that `python -m tests.myanmar.figures` prints."""

import pytest

from tests.myanmar.figures import LENGTHS, falsely_converted, measure, pairs

# Least recall by sample, in the order of LENGTHS.
RECALL = {
    "typed by people": (0.99, 1, 1),
    "typed plainly": (0.95, 0.99, 0.98),
    "typed with care": (0.97, 0.99, 0.98),
    "ICU": (0.97, 0.99, 0.98),
}


@pytest.mark.parametrize("source", RECALL)
@pytest.mark.parametrize("length", LENGTHS)
def test_zawgyi_is_found_and_converted_as_well_as_it_was(source, length):
    figures = measure(pairs()[source], LENGTHS[length])
    assert figures.precision == 1
    assert figures.recall >= RECALL[source][list(LENGTHS).index(length)]
    assert figures.exact >= (0.98 if source == "ICU" else 1)


@pytest.mark.parametrize("name", ["udhr_my.txt", "udhr_shn.txt", "udhr_mnw.txt"])
def test_no_word_of_a_unicode_text_is_taken_for_zawgyi(name):
    assert falsely_converted(name) == 0
