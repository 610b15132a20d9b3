"""`laurels serve`: the site, with a worker as a child process."""

import os
import subprocess
import sys
import threading
import time

import click
from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from laurels.cli import database

PAUSE_SECONDS = 2.0
GOODBYE_SECONDS = 10.0


class WorkerKeeper:
    """Keeps one worker process alive for as long as the site is served."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="worker keeper", daemon=True)

    def start(self) -> None:
        """Start the worker, and start it anew whenever it dies."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker in peace; kill it when it does not go."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(GOODBYE_SECONDS)
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()

    def _keep(self) -> None:
        command = [sys.executable, "-m", "laurels", "worker", "--parent", str(os.getpid())]
        while not self._stop.is_set():
            started = time.monotonic()
            self._process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 (our own command)
            while self._process.poll() is None and not self._stop.wait(0.2):
                pass
            if self._stop.is_set():
                return
            click.echo(f"The worker ended with status {self._process.returncode}; starting it anew.", err=True)
            self._stop.wait(max(0.0, PAUSE_SECONDS - (time.monotonic() - started)))


def run(host: str, port: int, threads: int, worker: bool) -> int:
    """Serve until SIGTERM or CTRL-C."""
    database.prepare()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    keeper = WorkerKeeper()
    if worker:
        keeper.start()
    click.echo(f"Laurels listens on http://{host}:{port} for {settings.BASE_URL}. CTRL-C ends it.", err=True)
    server = Server(
        "laurels.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1 if settings.SQLITE else 2,
        blocking_threads=threads,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    try:
        server.serve()
    finally:
        keeper.stop()
    return 0
