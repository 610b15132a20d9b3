"""Which function does which work. Imports no model, so that any room may register while it is being loaded."""

import time
from collections.abc import Callable
from typing import Any, Protocol

HEARTBEAT_SECONDS = 8.0


class Running(Protocol):
    """The job that is being done, as its handler sees it.

    Both methods raise when the job is no longer the handler's to do: let it through. A handler that works for long
    calls one of them at least every ten seconds.
    """

    def progress(self, done: int, total: int) -> None:
        """Say how far the work is, and keep the lease."""
        ...

    def heartbeat(self) -> None:
        """Keep the lease."""
        ...


class Pulse:
    """Keeps the lease of work that goes on in small steps, with a heartbeat only when one is due."""

    def __init__(self, job: Running) -> None:
        self._job = job
        self._next = time.monotonic() + HEARTBEAT_SECONDS

    def beat(self) -> None:
        """Say after each step that the work goes on; it costs nothing most of the time."""
        if time.monotonic() >= self._next:
            self._job.heartbeat()
            self._next = time.monotonic() + HEARTBEAT_SECONDS


Payload = dict[str, Any]
Handler = Callable[[Payload, Running], None]

_handlers: dict[str, Handler] = {}
_daily: set[str] = set()


def handler(name: str) -> Callable[[Handler], Handler]:
    """Register a function as the one that does the jobs of this name.

    It runs outside any transaction, and perhaps more than once: doing it twice must leave what doing it once leaves.
    """

    def register(function: Handler) -> Handler:
        known = _handlers.setdefault(name, function)
        if (known.__module__, known.__qualname__) != (function.__module__, function.__qualname__):
            raise LookupError(f"Two handlers want the jobs {name!r}: {known} and {function}.")
        return function

    return register


def daily(name: str) -> Callable[[Handler], Handler]:
    """Register a function as the one that does the jobs of this name, of which there is one each day (UTC)."""
    _daily.add(name)
    return handler(name)


def daily_names() -> list[str]:
    """The names of the jobs that are done each day."""
    return sorted(_daily & _handlers.keys())


def handler_of(name: str) -> Handler:
    """The function that does the jobs of this name."""
    if name not in _handlers:
        raise LookupError(f"No handler does the jobs {name!r}: is it registered in the handlers.py of a stage?")
    return _handlers[name]
