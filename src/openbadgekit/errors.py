"""What can go wrong, in plain words: what, where, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


class BadgeError(Exception):
    """Anything that this library refuses. Catch this one to catch all.

    `message` says what is wrong, `pointer` where (a JSON pointer, RFC 6901; "" = the whole document),
    `mend` how to mend it ("" where nothing can be done).
    """

    def __init__(self, message: str, pointer: str = "", mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.pointer = pointer
        self.mend = mend

    def __str__(self) -> str:
        where = f" (at {self.pointer})" if self.pointer else ""
        how = f" {self.mend}" if self.mend else ""
        return f"{self.message}{where}{how}"


class Malformed(BadgeError):
    """It is not what the specification asks for: a wrong shape, an ill-formed value, a broken signature."""


class Unsupported(BadgeError):
    """It may be right, but this library does not know it: another version, suite, key type or context."""


class NotFetched(BadgeError):
    """Something that is needed could not be had from where it should be."""


class Unsafe(BadgeError):
    """It was stopped because going on could do harm: a limit, a blocked address, a document made to cost time."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a document: where (a JSON pointer; "" = the whole document), and what."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.message} (at {self.pointer})" if self.pointer else self.message


def refuse(problems: Sequence[Problem]) -> None:
    """Raise Malformed with the first problem, and how many more there are, unless there is none."""
    if problems:
        more = f" There are {len(problems) - 1} more problems." if len(problems) > 1 else ""
        raise Malformed(problems[0].message, problems[0].pointer, more.strip())
