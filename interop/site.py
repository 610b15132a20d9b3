"""A demonstration of its own under another public address, served on the loopback."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "interop"
ACCEPT = "application/vc+ld+json, application/ld+json, application/json;q=0.9, image/*;q=0.8"
START_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """A public origin, and where the server that plays it really listens."""

    origin: str
    listen: str
    badges: list[dict[str, Any]]

    @property
    def host(self) -> str:
        """Host and port of the public origin."""
        return self.origin.split("://")[1]

    def get(self, url: str) -> tuple[int, str, bytes]:
        """Status, media type and body at a public address, with the Host header that a proxy would hand on."""
        for public in (self.origin, f"https://{self.host}"):
            if url == public or url.startswith(f"{public}/"):
                headers = {"Accept": ACCEPT, "Host": self.host}
                request = urllib.request.Request(self.listen + url[len(public) :], headers=headers)  # noqa: S310
                try:
                    answer = urllib.request.urlopen(request, timeout=20)  # noqa: S310 (loopback alone)
                except urllib.error.HTTPError as error:
                    answer = error
                with answer:
                    return answer.status, answer.headers.get_content_type(), answer.read()
        raise ValueError(f"{url} is not of {self.origin}")

    def body(self, url: str) -> bytes:
        """The bytes at an address that must answer 200."""
        status, _, body = self.get(url)
        if status != 200:
            raise ValueError(f"{url} answered {status}")
        return body


@contextmanager
def served(origin: str | None) -> Iterator[Site]:
    """Make the demonstration under the origin (none: the loopback's own), serve it, and end the server afterwards."""
    port = _free_port()
    if origin is None:
        # Its port is another one each time, and so its home: the one of the last time is of no use any more.
        for old in VAR.glob("at/http-localhost-*"):
            shutil.rmtree(old)
    listen = f"http://127.0.0.1:{port}"
    origin = origin or f"http://localhost:{port}"
    environment = {**os.environ, "LAURELS_BASE_URL": origin, "LAURELS_VAR": str(VAR), "LAURELS_DEMO": "1"}
    environment.pop("LAURELS_DATABASE_URL", None)
    laurels = [sys.executable, "-m", "laurels"]
    made = subprocess.run([*laurels, "demo", "--json"], env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603
    command = [*laurels, "serve", "--port", str(port)]
    with (VAR / "server.log").open("ab") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 (our own command)
    site = Site(origin, listen, json.loads(made.stdout))
    try:
        _wait(site, server)
        yield site
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(site: Site, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise SystemExit(f"The server ended with status {server.returncode}: see {VAR / 'server.log'}.")
        try:
            site.get(f"{site.origin}/.well-known/did.json")
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"The server did not answer within {START_SECONDS} s: see {VAR / 'server.log'}.")
