"""Kinds of values: how each is read from JSON, and written again as it was."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from ..errors import Malformed
from ..jsontype import Json, JsonObject, below
from ..model import Moment
from .wording import local_moment, moment


class Form(ABC):
    """One kind of value, in both directions. Both raise Malformed, with the pointer from this value on."""

    takes_text = False
    """Whether any text is such a value, the same in the model and in JSON."""

    @abstractmethod
    def read(self, value: Json) -> object:
        """Return the model's value for the JSON value."""

    @abstractmethod
    def write(self, value: object) -> Json:
        """Return the JSON value for the model's value."""


def inside(error: Malformed, *steps: str | int) -> Malformed:
    """Return the error as seen from further out: the steps lead to where its pointer begins."""
    return Malformed(error.message, below("", *steps) + error.pointer, error.mend)


class _Plain(Form):
    """A value that is the same in the model and in JSON."""

    def __init__(self, words: str, *kinds: type) -> None:
        self._words = words
        self._kinds = kinds
        self.takes_text = str in kinds

    def read(self, value: Json) -> object:
        if not isinstance(value, self._kinds) or (isinstance(value, bool) and bool not in self._kinds):
            raise Malformed(f"This must be {self._words}.")
        return value

    def write(self, value: object) -> Json:
        return self.read(value)  # type: ignore[arg-type, return-value]


class _Moment(Form):
    """A moment: as it was read, else in UTC or in its own zone."""

    def __init__(self, *, local: bool = False) -> None:
        self._text = local_moment if local else moment

    def read(self, value: Json) -> Moment:
        return Moment.read(str(STRING.read(value)))

    def write(self, value: object) -> str:
        if not isinstance(value, datetime):
            raise Malformed("This must be a moment.", mend="Give a datetime with its zone.")
        return value.text if isinstance(value, Moment) and value.text else self._text(value)


class _Day(Form):
    """A day without a time: 2001-02-03."""

    def read(self, value: Json) -> date:
        try:
            day = date.fromisoformat(str(STRING.read(value)))
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            raise Malformed("This must be a day, like 2001-02-03.")
        return day

    def write(self, value: object) -> str:
        if not isinstance(value, date):
            raise Malformed("This must be a day.", mend="Give a date.")
        return value.isoformat()


class _Texts(Form):
    """One text, or a list of texts."""

    def read(self, value: Json) -> object:
        return tuple(_each(value)) if isinstance(value, list) else STRING.read(value)

    def write(self, value: object) -> Json:
        return _each(value) if isinstance(value, tuple) else STRING.write(value)


def _each(values: Sequence[Json]) -> list[str]:
    for place, value in enumerate(values):
        if not isinstance(value, str):
            raise Malformed("This must be text.", below("", place))
    return [str(value) for value in values]


class Either(Form):
    """An object of one kind that may also stand there as it was signed, or, where `addresses`, as its address."""

    def __init__(self, form: Form, *, addresses: bool = False) -> None:
        self._form = form
        self._kept = (str, Mapping) if addresses else (Mapping,)
        self._addresses = addresses

    def read(self, value: Json) -> object:
        """Return an address as it is, an object as its kind reads it."""
        return value if self._addresses and isinstance(value, str) else self._form.read(value)

    def write(self, value: object) -> Json:
        """Return addresses and signed objects as they are, anything else as the kind writes it."""
        if isinstance(value, self._kept):
            return value
        return self._form.write(value)


STRING: Final = _Plain("text", str)
TEXT: Final = _Plain("text, or an object that says its language", str, Mapping)
TEXTS: Final = _Texts()
NUMBER: Final = _Plain("a number", int, float)
BOOLEAN: Final = _Plain("true or false", bool)
MOMENT: Final = _Moment()
LOCAL_MOMENT: Final = _Moment(local=True)
DAY: Final = _Day()
ANY: Final = _Plain("a JSON value", object, bool)


def an_object(value: Json) -> JsonObject:
    """Return the value if it is a JSON object. Raises Malformed."""
    if not isinstance(value, Mapping):
        raise Malformed("This must be an object.")
    return value
