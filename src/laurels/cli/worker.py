"""`laurels worker`: does what waits in the outbox, in a loop of its own, or as Celery where there is a broker."""

import os
import signal
import threading
from importlib import import_module

from django.conf import settings

from laurels.cli import database, lifeline
from laurels.jobs import worker


def run(lifeline_from: int | None) -> int:
    """Work until SIGTERM or CTRL-C, or until the parent has gone."""
    database.prepare()
    if settings.BROKER_URL:
        lifeline.hold(lifeline_from, lambda: os.kill(os.getpid(), signal.SIGTERM))
        import_module("laurels.jobs.broker").run()
        return 0
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    lifeline.hold(lifeline_from, stop.set)
    worker.run(stop)
    return 0
