"""`laurels web`: the server of the site alone, without a worker. `laurels serve` runs it as a child."""

import os
import signal

from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from laurels.cli import lifeline


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
        log_level=LogLevels.warning,
    )
    lifeline.hold(lifeline_from, lambda: os.kill(os.getpid(), signal.SIGTERM))
    server.serve()
    return 0
