"""`laurels web`: the server of the site alone, without a worker. `laurels serve` runs it as a child."""

import os
import signal
import time

from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from laurels.cli import lifeline

GOODBYE_SECONDS = 5


def run(host: str, port: int, threads: int, lifeline_from: int | None) -> int:
    """Serve until SIGTERM, or until the parent has gone."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    server = Server(
        "laurels.cli.site:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1 if settings.SQLITE else 2,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=GOODBYE_SECONDS,
        log_level=LogLevels.warning,
    )
    lifeline.hold(lifeline_from, _leave)
    server.serve()
    return 0


def _leave() -> None:
    """End in peace, or at once when that fails: a process that is still starting can miss the first word."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(2 * GOODBYE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
