"""A pipe from `laurels serve` to its children: it breaks when the parent is gone, however it went."""

import os
import threading
from collections.abc import Callable


def hold(descriptor: int | None, act: Callable[[], object]) -> None:
    """Do the act when the parent is gone; without a lifeline there is nothing to watch."""
    if descriptor is not None:
        threading.Thread(target=_watch, args=(descriptor, act), name="lifeline", daemon=True).start()


def _watch(descriptor: int, act: Callable[[], object]) -> None:
    os.read(descriptor, 1)  # nothing is ever written: reading ends when the other end is closed
    act()
