"""Is a copy of a 2.0 assertion the one that its issuer hosts?

Forms that mean the same in 2.0 are not told apart: one value or a list of it, a link or the object it leads to (the
hosted object is what is looked at then), the order of members.
"""

from typing import Final

from ..canonical import json_canonical
from ..jsontype import Json, JsonObject
from .reading import as_list, identifier, is_web

_LINKS: Final = frozenset({"badge", "image", "issuer"})
_FREE: Final = frozenset({"@context"})


def same_badge(given: JsonObject, hosted: JsonObject) -> bool:
    """Tell whether a copy says what the hosted assertion says."""
    return json_canonical(_members(given)) == json_canonical(_members(hosted))


def same_parts(given: JsonObject, badge_class: JsonObject, profile: JsonObject) -> bool:
    """Tell whether what a copy holds of its badge class and issuer, if anything, is what their hosts show."""
    inner = given.get("badge")
    if not isinstance(inner, dict):
        return True
    issuer = inner.get("issuer")
    return same_badge(inner, badge_class) and (not isinstance(issuer, dict) or same_badge(issuer, profile))


def _members(document: JsonObject) -> dict[str, Json]:
    """Return what is compared, in one form."""
    found: dict[str, Json] = {}
    for name, value in document.items():
        if name in _FREE:
            continue
        form = _one_form(_link(value) if name in _LINKS else value)
        if form is not None:
            found[name] = form
    return found


def _link(value: Json) -> Json:
    address = identifier(value)
    return address if address is not None and is_web(address) else value


def _one_form(value: Json) -> Json:
    """A list of one becomes that one; an empty list and null say nothing."""
    if isinstance(value, dict):
        inner = {name: _one_form(member) for name, member in value.items()}
        return {name: member for name, member in inner.items() if member is not None}
    if isinstance(value, list):
        items = [_one_form(item) for item in as_list(value)]
        return items[0] if len(items) == 1 else (items or None)
    return value
