"""`laurels worker`: the loop that does what waits in the outbox."""

import signal
import threading

from laurels.cli import database, lifeline
from laurels.jobs import worker


def run(lifeline_from: int | None) -> int:
    """Work until SIGTERM or CTRL-C, or until the parent has gone."""
    database.prepare()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    lifeline.hold(lifeline_from, stop.set)
    worker.run(stop)
    return 0
