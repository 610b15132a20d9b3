"""`laurels serve`: the site and a worker, as two children that end with this process."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

import click
from django.conf import settings

from laurels.cli import database
from laurels.errors import Refused

LOOK_SECONDS = 0.2
PAUSE_SECONDS = 2.0
GOODBYE_SECONDS = 15.0


@dataclass
class Child:
    """One of our own commands as a process; whenever it dies it is started anew, after a pause."""

    words: tuple[str, ...]
    lifeline: int
    process: subprocess.Popen[bytes] | None = None
    started: float = field(default=0.0)

    def keep(self) -> None:
        """Start it when it does not run."""
        if self.process is not None and self.process.poll() is None:
            return
        if time.monotonic() - self.started < PAUSE_SECONDS:
            return
        if self.process is not None:
            click.echo(f"The {self.words[0]} ended with status {self.process.returncode}; starting it anew.", err=True)
        command = [sys.executable, "-m", "laurels", *self.words, "--lifeline", str(self.lifeline)]
        # A session of its own: CTRL-C reaches the parent alone, which then ends its children in order.
        self.process = subprocess.Popen(  # noqa: S603 (our own command)
            command, pass_fds=(self.lifeline,), start_new_session=True
        )
        self.started = time.monotonic()

    def stop(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def gone(self) -> None:
        """Wait for its end; kill it when it does not go."""
        if self.process is None:
            return
        try:
            self.process.wait(GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run(host: str, port: int, threads: int, worker: bool) -> int:
    """Serve until SIGTERM or CTRL-C."""
    database.prepare()
    _refuse_taken(host, port)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    near, far = os.pipe()  # `far` stays with this process alone: with it the children's lifeline breaks
    web = ("web", "--host", host, "--port", str(port), "--threads", str(threads))
    children = [Child(web, near), *([Child(("worker",), near)] if worker else [])]
    click.echo(f"Laurels listens on http://{host}:{port} for {settings.BASE_URL}. CTRL-C ends it.", err=True)
    try:
        while not stop.is_set():
            for child in children:
                child.keep()
            stop.wait(LOOK_SECONDS)
    finally:
        for child in children:
            child.stop()
        for child in children:
            child.gone()
        os.close(far)
    return 0


def _refuse_taken(host: str, port: int) -> None:
    """Say at once, in plain words, that somebody else listens here."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Refused(
            f"{host}:{port} cannot be listened on: {error.strerror or error}.",
            mend="End what listens there, or choose another --port (make run PORT=8001).",
        ) from error
