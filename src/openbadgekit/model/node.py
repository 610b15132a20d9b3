"""What all parts of the model have in common: how a document wrote them, and what no field holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Final, Self, TypeAlias, TypeVar, cast

from ..errors import Malformed
from ..jsontype import Json

Text: TypeAlias = str | Mapping[str, Json]
"""Words: text, or an object that says their language ({"@value": …, "@language": …}, or {"en": …})."""

_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
_OF_ONE_DOCUMENT: Final = frozenset({"context", "proof", "endorsement", "endorsement_jwt"})
_KEPT: Final = frozenset({"types", "verifiable_credential"})
_N = TypeVar("_N", bound="Node")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One object of a badge. Its fields are the specification's members; these four say how it stands in a document.

    `extra` are members that no field holds, by their JSON names; they are written as they are. `types` is the value of
    `type` where that is not just the standard's own name (text for one, a tuple for a list, () for none at all).
    `single` names the list fields that are written as one value without a list. `linked` says that another document
    names this object by its id alone, where its standard allows that.
    """

    types: str | tuple[str, ...] | None = field(default=None, repr=False)
    extra: Mapping[str, Json] = field(default_factory=dict, hash=False)
    single: frozenset[str] = field(default=frozenset(), repr=False)
    linked: bool = field(default=False, repr=False)


class Moment(datetime):
    """A moment that was read, and the text that it was read from: "2027-05-01T00:00:00.000Z" stays as it is.

    Anything that is computed from it is an ordinary moment without such a text.
    """

    text = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the moment that the text says (xsd:dateTimeStamp: with a zone). Raises Malformed."""
        try:
            if not _MOMENT.fullmatch(text):
                raise ValueError
            moment = cls.fromisoformat(text)
        except ValueError:
            raise Malformed(f"{text!r} is not a moment with a zone, like 2027-05-01T00:00:00Z.") from None
        moment.text = text
        return moment

    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        """Keep the text in copies and pickles."""
        if self.text:
            return (type(self).read, (self.text,))
        return cast("tuple[object, ...]", super().__reduce_ex__(cast("int", protocol)))


def neutral(node: _N) -> _N:
    """Return the same without what belongs to the one document that it was read from.

    Types, contexts, extra members, links, the form of lists, proofs and endorsements go, all the way down, so that
    another standard can write it. What stands in `extra` is lost: it has no meaning in another standard. Credentials
    that a learner record contains stay as they were signed.
    """
    changed: dict[str, object] = {"types": None, "extra": {}, "single": frozenset(), "linked": False}
    for part in fields(node):
        value = getattr(node, part.name)
        if part.name in _OF_ONE_DOCUMENT:
            changed[part.name] = None if part.name == "context" else ()
        elif isinstance(value, Node):
            changed[part.name] = neutral(value)
        elif isinstance(value, tuple) and part.name not in _KEPT:
            changed[part.name] = tuple(neutral(one) if isinstance(one, Node) else one for one in value)
    return replace(node, **changed)  # type: ignore[arg-type]
