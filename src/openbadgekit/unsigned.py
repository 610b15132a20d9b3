"""What is looked at in a document before it may be signed, besides its shape."""

from collections.abc import Iterator
from typing import Final

from .documents.schema import Kind
from .errors import Malformed, Unsupported
from .jsontype import Json, JsonObject, below

_KINDS: Final = {
    "OpenBadgeCredential": Kind.CREDENTIAL,
    "AchievementCredential": Kind.CREDENTIAL,
    "EndorsementCredential": Kind.ENDORSEMENT_CREDENTIAL,
    "BitstringStatusListCredential": Kind.STATUS_LIST,
}


def kind_of(document: JsonObject) -> Kind:
    """Return the kind of a 3.0 document, by its types. Raises Unsupported for another one."""
    names = document.get("type")
    known = (
        [_KINDS[name] for name in names if isinstance(name, str) and name in _KINDS] if isinstance(names, list) else []
    )
    if not known:
        raise Unsupported("Only Open Badges 3.0 credentials, endorsements and status lists are signed here.", "/type")
    return known[0]


def issuer_of(document: JsonObject) -> str:
    """Return the id of the issuer. Raises Malformed when there is none."""
    issuer = document["issuer"]
    name = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(name, str):
        raise Malformed("The issuer has no id.", "/issuer")
    return name


def empty(value: Json, pointer: str = "") -> Iterator[str]:
    """Yield the JSON pointers of empty texts, lists and objects."""
    if isinstance(value, dict) and value:
        for name, member in value.items():
            yield from empty(member, below(pointer, name))
    elif isinstance(value, list) and value:
        for place, member in enumerate(value):
            yield from empty(member, below(pointer, place))
    elif value in ("", [], {}):
        yield pointer


def unsigned_endorsements(value: Json, pointer: str = "") -> Iterator[str]:
    """Yield the JSON pointers of endorsements inside that have no proof."""
    if isinstance(value, dict):
        for name, member in value.items():
            here = below(pointer, name)
            if name == "endorsement":
                for place, inner in enumerate(member if isinstance(member, list) else [member]):
                    if not (isinstance(inner, dict) and isinstance(inner.get("proof"), dict | list)):
                        yield below(here, place) if isinstance(member, list) else here
            yield from unsigned_endorsements(member, here)
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from unsigned_endorsements(member, below(pointer, place))
