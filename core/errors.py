"""Refusals, worded for people."""

from typing import Any, ClassVar

from django.utils.functional import Promise


class DomainError(Exception):
    """Something the product refuses to do.

    `code` is for the log and for scripts. `message` says what happened, what is kept and what comes next, in the
    reader's language; it may hold %(name)s places that are filled from the keywords.
    """

    code: ClassVar[str]
    message: ClassVar[str | Promise]

    def __init__(self, **values: Any) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)
