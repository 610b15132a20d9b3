"""The type of JSON values, and JSON pointers into them (RFC 6901)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""Any JSON value. Values read by `strict.parse_json` are plain dict, list, str, int, float, bool and None."""

JsonObject: TypeAlias = Mapping[str, Json]
"""A JSON object, for reading."""

Document: TypeAlias = dict[str, Json]
"""A JSON object that was made here: the caller owns it and may change it."""

Source: TypeAlias = bytes | str | Path | JsonObject
"""A picture, JSON or a token as bytes; JSON, a token or an address as text; a file; a document."""


def below(pointer: str, *steps: str | int) -> str:
    """Return the JSON pointer that leads from `pointer` down the steps: below("/a", "b/c", 0) is "/a/b~1c/0"."""
    for step in steps:
        name = str(step)
        if "~" in name or "/" in name:
            name = name.replace("~", "~0").replace("/", "~1")
        pointer = f"{pointer}/{name}"
    return pointer
