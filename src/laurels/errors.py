"""What an action says when it refuses: each face has one table from these kinds to its own words."""

from collections.abc import Mapping, Sequence


class Refused(Exception):
    """An act was refused. The message says what is wrong and how to go on, in plain words."""

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


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
