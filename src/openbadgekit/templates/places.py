"""Documents as text with places in it: where do two documents of one shape differ?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from ..jsontype import Document, Json, JsonObject

Path: TypeAlias = tuple[str | int, ...]
"""The steps that lead to a value in a document: names of members, places in lists."""

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_FIXED_NAMES: Final = frozenset({"type", "@type", "@context", "@language"})


def text_of(document: JsonObject) -> str:
    """Return the JSON text that is signed: no white space, members in the document's order.

    Raises TypeError, ValueError or RecursionError for what is no JSON.
    """
    return _ENCODER.encode(document)


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's shape (equal texts: equal shapes), and the texts that may differ between documents of it."""

    shape: str
    paths: tuple[Path, ...]
    texts: tuple[str, ...]


def outline(document: JsonObject) -> Outline:
    """Return the outline. Names, their order, lengths of lists, numbers, truth values, types, contexts are shape."""
    found: list[tuple[Path, str]] = []
    shape = text_of({"": _without_texts(document, (), found)})
    return Outline(shape, tuple(path for path, _ in found), tuple(text for _, text in found))


def _without_texts(value: Json, path: Path, found: list[tuple[Path, str]]) -> Json:
    if isinstance(value, str):
        found.append((path, value))
        return ""
    if isinstance(value, Mapping):
        return {
            name: member if name in _FIXED_NAMES else _without_texts(member, (*path, name), found)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [_without_texts(member, (*path, place), found) for place, member in enumerate(value)]
    return value


def replaced(document: JsonObject, texts: Mapping[Path, str]) -> Document:
    """Return a copy of the document with other texts at some places."""
    return {name: _replaced(member, (name,), texts) for name, member in document.items()}


def _replaced(value: Json, path: Path, texts: Mapping[Path, str]) -> Json:
    if isinstance(value, Mapping):
        return {name: _replaced(member, (*path, name), texts) for name, member in value.items()}
    if isinstance(value, list):
        return [_replaced(member, (*path, place), texts) for place, member in enumerate(value)]
    return texts.get(path, value)
