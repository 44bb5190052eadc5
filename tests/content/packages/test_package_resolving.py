"""The order in which libraries are loaded."""

import itertools
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from content.packages.h5p.names import LibraryName
from content.packages.h5p.resolving import Resolution, resolve


@dataclass
class Known:
    dependencies: tuple[LibraryName, ...] = ()


def name(machine: str) -> LibraryName:
    return LibraryName(machine, 1, 0)


A, B, C, D, EDITOR = (name(machine) for machine in ("A", "B", "C", "D", "H5PEditor.A"))


def order(wanted, **known):
    return resolve(wanted, {name(machine): Known(needs) for machine, needs in known.items()}.get)


def test_what_is_needed_comes_before_what_needs_it():
    assert order([A], A=(B, C), B=(D,), C=(D,), D=()) == Resolution((D, B, C, A), ())


def test_libraries_that_need_each_other_come_once():
    assert order([A], A=(B,), B=(C,), C=(A,)) == Resolution((C, B, A), ())


def test_a_library_that_needs_itself_comes_once():
    assert order([A, A], A=(A,)) == Resolution((A,), ())


def test_what_is_not_known_is_missing_and_the_rest_is_still_ordered():
    assert order([C, A], A=(B,), C=()) == Resolution((C, A), (B,))


def test_libraries_of_the_editor_are_left_out_even_if_they_are_not_known():
    assert order([EDITOR, A], A=(EDITOR, B), B=()) == Resolution((B, A), ())


def test_a_long_chain_does_not_exhaust_the_stack():
    chain = [name(f"L{n}") for n in range(5000)]
    known = {one: Known((following,)) for one, following in itertools.pairwise(chain)} | {chain[-1]: Known()}
    assert resolve(chain[:1], known.get).order == tuple(reversed(chain))


NAMES = [name(f"L{n}") for n in range(8)]


@given(
    st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=4)),
    st.lists(st.sampled_from(NAMES)),
)
def test_every_library_comes_once_and_nothing_is_lost(needs, wanted):
    found = resolve(wanted, {one: Known(tuple(its)) for one, its in needs.items()}.get)
    assert len(set(found.order)) == len(found.order)
    assert set(wanted) <= {*found.order, *found.missing}
    assert set(found.missing).isdisjoint(needs)
    assert all(set(needs[one]) <= {*found.order, *found.missing} for one in found.order)
