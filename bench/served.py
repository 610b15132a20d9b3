"""The real site (`laurels serve`, with its worker) on a loopback port, and a visitor who asks it page after page."""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

PATIENCE_SECONDS = 60
ANSWER_SECONDS = 30
PAUSE_SECONDS = 0.03
"""Between two requests: a visitor who reads, not an attack."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked for: a path, perhaps what is posted to it, and words that a right answer holds."""

    path: str
    holds: str
    posted: Mapping[str, str] | None = None


@dataclass
class Answers:
    """How long the answers of one page took, in seconds, and how many were wrong or did not come."""

    seconds: list[float] = field(default_factory=list)
    failures: int = 0

    def said(self, idle: "Answers | None" = None) -> str:
        """Median, 99th percentile, worst and failures; with the answers of the idle site, the ratio of the medians."""
        ratio = f" ({self.median / idle.median:.1f}x idle)" if idle else ""
        p99 = statistics.quantiles(self.seconds, n=100, method="inclusive")[98]
        return (
            f"median {self.median * 1000:.1f} ms{ratio}, p99 {p99 * 1000:.0f} ms, "
            f"worst {max(self.seconds) * 1000:.0f} ms, {self.failures} of {len(self.seconds) + self.failures} failed"
        )

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)


class Site:
    """The running site."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self._port = port

    def visit(self, pages: Mapping[str, Page], until: Callable[[], bool]) -> dict[str, Answers]:
        """Ask for each page in turn, again and again, until it is enough; each page at least twice."""
        answers = {name: Answers() for name in pages}
        rounds = 0
        while rounds < 2 or not until():
            for name, page in pages.items():
                self._ask(page, answers[name])
                time.sleep(PAUSE_SECONDS)
            rounds += 1
        wrong = {name: one.failures for name, one in answers.items() if not one.seconds}
        if wrong:
            raise SystemExit(f"The site never answered: {wrong}.")
        return answers

    def answers(self) -> bool:
        """Whether somebody listens yet."""
        if self._process.poll() is not None:
            raise SystemExit(f"laurels serve ended with {self._process.returncode}.")
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self._port)) == 0

    def memory_of_worker(self) -> str:
        """The most memory that the site's worker held at one time."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                words = (folder / "cmdline").read_bytes().split(b"\0")
                status = (folder / "status").read_text()
            except OSError:
                continue
            if parent == self._process.pid and b"worker" in words:
                kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
                return f"{int(kilobytes) / 1024:.0f} MB"
        raise SystemExit("The site has no worker.")

    def _ask(self, page: Page, answers: Answers) -> None:
        body = urlencode(page.posted) if page.posted else None
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_SECONDS)
        try:
            connection.request("POST" if body else "GET", page.path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except OSError:
            answers.failures += 1
            return
        finally:
            connection.close()
        if answer.status == 200 and page.holds in text:
            answers.seconds.append(time.perf_counter() - start)
        else:
            answers.failures += 1


@contextmanager
def serving() -> Iterator[Site]:
    """The site on a free port, in the environment of this process, for as long as it is needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "laurels", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ)
    site = Site(process, port)
    try:
        end = time.monotonic() + PATIENCE_SECONDS
        while not site.answers():
            if time.monotonic() > end:
                raise SystemExit(f"The site did not answer within {PATIENCE_SECONDS} s.")
            time.sleep(0.2)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)
