"""JSON from strangers: read strictly, within limits, or refused with the place and the reason.

RFC 8259 lets parsers differ on duplicate names, huge numbers and lone surrogates; a signature must not depend on which
parser read it, so all of these are refused (I-JSON, RFC 7493).
"""

import json
import math
import re
from typing import Any, Final

from .errors import Malformed, Unsafe
from .jsontype import Json, JsonObject, below

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 64
MAX_NODES: Final = 50_000
_LARGEST_INTEGER: Final = 2**53 - 1
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


class _Wrong:
    """Stands in the parsed value where something was wrong, until the walk finds its place."""

    def __init__(self, message: str) -> None:
        self.message = message


def parse_json(data: bytes | str, *, max_bytes: int = MAX_BYTES) -> Json:
    """Return the JSON value in `data`: UTF-8 bytes (a byte-order mark is passed over) or text.

    Raises Unsafe when it is larger than `max_bytes`, nested deeper than 64 or has more than 50,000 values; Malformed,
    with the JSON pointer, when it is no JSON, or has a name twice in one object, NaN or an infinity, an integer beyond
    2^53 - 1, a lone surrogate or a NUL character.
    """
    text = _text(data, max_bytes)
    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=lambda name: _Wrong(f"{name} is not a JSON number."),
        )
    except RecursionError:
        raise Unsafe(f"The JSON is nested deeper than {MAX_DEPTH}.") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"This is not JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from None
    check_value(value)
    return value


def parse_object(data: bytes | str, *, max_bytes: int = MAX_BYTES) -> JsonObject:
    """Return the JSON object in `data`; as `parse_json`, and Malformed when the value is not an object."""
    value = parse_json(data, max_bytes=max_bytes)
    if not isinstance(value, dict):
        raise Malformed("The JSON is not an object.")
    return value


def check_value(value: object) -> None:
    """Hold a value that was not read by `parse_json` to the same limits.

    Raises Malformed or Unsafe with the JSON pointer; also when it is no JSON value of plain dict, list, str, int,
    float, bool and None.
    """
    if _is_plainly_fine(value):
        return
    left = MAX_NODES
    todo: list[tuple[object, str, int]] = [(value, "", 0)]
    while todo:
        item, pointer, depth = todo.pop()
        left -= 1
        if depth >= MAX_DEPTH and isinstance(item, dict | list):
            raise Unsafe(f"The JSON is nested deeper than {MAX_DEPTH}.", pointer)
        if left < 0:
            raise Unsafe(f"The JSON has more than {MAX_NODES} values.")
        if isinstance(item, dict):
            for name, member in item.items():
                _check_name(name, pointer)
                todo.append((member, below(pointer, name), depth + 1))
        elif isinstance(item, list):
            todo.extend((member, below(pointer, place), depth + 1) for place, member in enumerate(item))
        else:
            _check_leaf(item, pointer)


def _is_plainly_fine(value: object) -> bool:
    """A quick look, level by level, that spends nothing on pointers; False only means: look closely."""
    level: list[Any] = [value]
    left = MAX_NODES
    texts: list[str] = []
    for _ in range(MAX_DEPTH):
        left -= len(level)
        inner: list[Any] = []
        for item in level:
            kind = type(item)
            if kind is str:
                texts.append(item)
            elif kind is dict:
                texts.extend(item)
                inner.extend(item.values())
            elif kind is list:
                inner.extend(item)
            elif item is not None and kind is not bool:
                return False
        if not inner:
            return left >= 0 and _are_texts(texts)
        level = inner
    return False


def _are_texts(values: list[Any]) -> bool:
    try:
        return not _NOT_TEXT.search("".join(values))
    except TypeError:
        return False


def _text(data: bytes | str, max_bytes: int) -> str:
    if len(data) > max_bytes:
        raise Unsafe(f"The JSON is larger than {max_bytes} bytes.")
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(f"The JSON is not UTF-8 (byte {error.start}).") from None


def _object(pairs: list[tuple[str, object]]) -> object:
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        return _Wrong(f"The name {twice!r} stands twice in one object.")
    return value


def _integer(digits: str) -> int | _Wrong:
    if len(digits) > 17 or abs(int(digits)) > _LARGEST_INTEGER:
        return _Wrong("The integer is too large to be read alike everywhere (beyond 2^53 - 1).")
    return int(digits)


def _float(digits: str) -> float | _Wrong:
    number = float(digits)
    return number if math.isfinite(number) else _Wrong("The number is too large.")


def _check_name(name: object, pointer: str) -> None:
    if not isinstance(name, str):
        raise Malformed("A name of an object is not text.", pointer)
    if _NOT_TEXT.search(name):
        raise Malformed("A name holds a NUL character or half of a surrogate pair.", pointer)


def _check_leaf(item: object, pointer: str) -> None:
    if isinstance(item, str):
        if _NOT_TEXT.search(item):
            raise Malformed("The text holds a NUL character or half of a surrogate pair.", pointer)
    elif isinstance(item, _Wrong):
        raise Malformed(item.message, pointer)
    elif isinstance(item, float):
        if not math.isfinite(item):
            raise Malformed("The number is not finite.", pointer)
    elif isinstance(item, int) and not isinstance(item, bool):
        if abs(item) > _LARGEST_INTEGER:
            raise Malformed("The integer is too large to be read alike everywhere (beyond 2^53 - 1).", pointer)
    elif item is not None and not isinstance(item, bool):
        raise Malformed(f"A value of type {type(item).__name__} is not JSON.", pointer)
