"""What an H5P library is called: a machine name and the two numbers that say what it is compatible with."""

import re
from dataclasses import dataclass
from typing import Final, Self

MACHINE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
SPELLED: Final = re.compile(rf"({MACHINE.pattern}) ([0-9]{{1,5}})\.([0-9]{{1,5}})")
EDITOR: Final = "H5PEditor."


@dataclass(frozen=True, order=True, slots=True)
class LibraryName:
    """A library up to its patch, as content asks for it. machine: "H5P.MultiChoice"; major, minor: 0 to 99999."""

    machine: str
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.machine} {self.major}.{self.minor}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The name that is spelled "H5P.MultiChoice 1.16". Raises ValueError for anything else."""
        found = SPELLED.fullmatch(text)
        if not found:
            raise ValueError(text)
        return cls(found[1], int(found[2]), int(found[3]))

    @property
    def is_of_editor(self) -> bool:
        """Whether it only serves those who write: it is never played, though some programs list it as if it were."""
        return self.machine.startswith(EDITOR)
