"""The loop that does what waits in the outbox, until it is told to stop."""

import logging
import time
from threading import Event

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from laurels.jobs import outbox

PAUSE_SECONDS = 0.5
SWEEP_SECONDS = 3600.0

logger = logging.getLogger(__name__)


def run(stop: Event) -> None:
    """Work until the stop is set; a long job is handed back at its next heartbeat and goes on with the next worker."""
    next_sweep = time.monotonic()
    while not stop.is_set():
        try:
            tried = outbox.run_pending(stop=stop, most=100)
            if time.monotonic() >= next_sweep:
                outbox.sweep()
                outbox.begin_day()
                next_sweep = time.monotonic() + SWEEP_SECONDS
        except (OperationalError, InterfaceError):
            logger.exception("The database does not answer; trying again.")
            connections.close_all()
            tried = 0
        close_old_connections()
        if not tried:
            stop.wait(PAUSE_SECONDS)
