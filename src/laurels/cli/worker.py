"""`laurels worker`: the loop that does what waits in the outbox."""

import os
import signal
import threading

from laurels.cli import database
from laurels.jobs import worker

LOOK_SECONDS = 1.0


def run(parent: int | None) -> int:
    """Work until SIGTERM or CTRL-C, or until the parent has gone."""
    database.prepare()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent, stop), daemon=True).start()
    worker.run(stop)
    return 0


def _end_with(parent: int, stop: threading.Event) -> None:
    while not stop.wait(LOOK_SECONDS):
        if os.getppid() != parent:
            stop.set()
