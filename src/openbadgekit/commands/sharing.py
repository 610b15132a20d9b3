"""One way out for many verifications at a time: an issuer of a thousand badges is asked once, not a thousand times."""

import threading
import time
from dataclasses import dataclass, field
from typing import Final

from ..errors import BadgeError, NotFetched
from ..fetch import Fetched, Fetcher

KEPT_SECONDS: Final = 60.0
_ENOUGH_SECONDS: Final = 2.0


@dataclass(slots=True)
class _Place:
    """One address in one form: who asks for it now, what it answered, and until when that is good."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    answer: Fetched | BadgeError | None = None
    until: float = 0.0


class SharedFetcher:
    """Asks each address at most once a minute, whichever verification asks; keeps no answer beyond one command.

    A failure is kept too, unless whoever met it had less than two seconds left for it: others may have more.
    """

    def __init__(self, inner: Fetcher) -> None:
        self._inner = inner
        self._places: dict[tuple[str, str], _Place] = {}
        self._lock = threading.Lock()

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Return the answer of an address, perhaps of up to a minute ago. Raises NotFetched or Unsafe."""
        with self._lock:
            place = self._places.setdefault((url, accept), _Place())
        if not place.lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise NotFetched("The time for this check is over.")
        try:
            answer = place.answer
            if answer is None or time.monotonic() >= place.until:
                answer = place.answer = self._ask(url, accept, deadline)
                place.until = time.monotonic() + KEPT_SECONDS
        finally:
            place.lock.release()
        if isinstance(answer, Fetched):
            return answer
        raise type(answer)(answer.message, answer.pointer, answer.mend)

    def _ask(self, url: str, accept: str, deadline: float) -> Fetched | BadgeError:
        began = time.monotonic()
        try:
            return self._inner.fetch(url, accept=accept, deadline=deadline)
        except BadgeError as error:
            if deadline - began < _ENOUGH_SECONDS:
                raise
            return error
