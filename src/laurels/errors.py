"""What an action says when it refuses: each face has one table from these kinds to its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remedy:
    """What can be done about a refusal at once: an act, by its name, on a thing, by its key. A face leads there."""

    act: str
    thing: object


class Refused(Exception):
    """An act was refused. The message says what is wrong and how to go on, in plain words."""

    def __init__(self, message: str, *, mend: str = "", remedy: Remedy | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.remedy = remedy


class NotAllowed(Refused):
    """This person may not do this here."""


class WrongState(Refused):
    """The time for this is over, or has not come; or somebody else was faster."""


class Missing(Refused):
    """There is no such thing (hidden things answer alike)."""


class Invalid(Refused):
    """What was given is incomplete or wrong. `fields` maps a field's name to its messages."""

    def __init__(self, message: str, *, fields: Mapping[str, Sequence[str]] | None = None, mend: str = "") -> None:
        super().__init__(message, mend=mend)
        self.fields: dict[str, list[str]] = {name: list(messages) for name, messages in (fields or {}).items()}


class Unreachable(Refused):
    """Something that the act needs does not answer just now."""
