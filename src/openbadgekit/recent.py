"""What was worked out lately, by the SHA-256 of what it came from: only what follows from those bytes alone."""

import hashlib
import marshal
from threading import Lock
from typing import Any, Generic, TypeVar, cast

from .jsontype import Json

_V = TypeVar("_V")


class Recent(Generic[_V]):
    """The newest results up to a weight altogether; the one that was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._kept: dict[bytes, tuple[_V, int]] = {}
        self._lock = Lock()

    def get(self, key: bytes | None) -> _V | None:
        """Return the result of this fingerprint, None when there is none any more."""
        if key is None:
            return None
        with self._lock:
            found = self._kept.pop(key, None)
            if found is None:
                return None
            self._kept[key] = found
            return found[0]

    def put(self, key: bytes | None, result: _V, weight: int) -> None:
        """Keep a result, unless it alone weighs more than a quarter of what may be kept."""
        if key is None or weight * 4 > self._most:
            return
        with self._lock:
            self._weight += weight - self._kept.pop(key, (None, 0))[1]
            self._kept[key] = (result, weight)
            while self._weight > self._most:
                self._weight -= self._kept.pop(next(iter(self._kept)))[1]


def fingerprint(value: Json) -> bytes | None:
    """Return the SHA-256 of a JSON value, down to types and the order of names; None when it is no plain value."""
    try:
        return hashlib.sha256(marshal.dumps(cast(Any, value), 2)).digest()
    except ValueError:
        return None
