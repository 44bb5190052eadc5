"""Which libraries a content needs, and the order in which a player loads them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from content.packages.h5p.names import LibraryName


class Library(Protocol):
    """Anything that knows which libraries have to be loaded before it."""

    @property
    def dependencies(self) -> Iterable[LibraryName]: ...


@dataclass(frozen=True, slots=True)
class Resolution:
    """order: dependencies before what depends on them; missing: sorted, not known or reached only through a name."""

    order: tuple[LibraryName, ...]
    missing: tuple[LibraryName, ...]


def resolve(wanted: Iterable[LibraryName], known: Callable[[LibraryName], Library | None]) -> Resolution:
    """Everything that `wanted` needs. known: the library of a name, None if there is none.

    Libraries of the editor are left out, and with them what only they need. Libraries that need each other are ordered
    as they are met. The answer is the same for the same names in the same order.
    """
    order: list[LibraryName] = []
    missing: set[LibraryName] = set()
    met: set[LibraryName] = set()
    # A stack of its own, so that a long chain of libraries cannot exhaust Python's.
    waiting: list[tuple[LibraryName | None, Iterator[LibraryName]]] = [(None, iter(wanted))]
    while waiting:
        name, needs = waiting[-1]
        following = next(needs, None)
        if following is None:
            waiting.pop()
            if name is not None:
                order.append(name)
        elif following not in met and not following.is_of_editor:
            met.add(following)
            library = known(following)
            if library is None:
                missing.add(following)
            else:
                waiting.append((following, iter(library.dependencies)))
    return Resolution(tuple(order), tuple(sorted(missing)))
