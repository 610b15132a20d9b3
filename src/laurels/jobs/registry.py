"""Which function does which work. Imports no model, so that any room may register while it is being loaded."""

from collections.abc import Callable
from typing import Any, Protocol


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


Payload = dict[str, Any]
Handler = Callable[[Payload, Running], None]

_handlers: dict[str, Handler] = {}


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


def handler_of(name: str) -> Handler:
    """The function that does the jobs of this name."""
    if name not in _handlers:
        raise LookupError(f"No handler does the jobs {name!r}: is it registered in the handlers.py of a stage?")
    return _handlers[name]
