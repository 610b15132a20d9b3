"""Goal 1: badges issued into the database by the job of Laurels itself, on SQLite.

The job reads the awards, writes both forms of each badge, signs and checks them, stores them and queues the letters to
the holders. The peer only signs: the Digital Credentials Consortium's packages of npm, a badge of the same size. CPU
seconds count.
"""

import os
import shutil
import time
from collections.abc import Iterator
from importlib import import_module
from itertools import count as counting
from pathlib import Path
from typing import Any

from bench import rounds, signing
from bench.peers import Peer
from tests.openbadgekit.many import badge

VAR = Path(__file__).resolve().parents[1] / "var" / "bench" / "bulk"
BADGES = 1500
ROUNDS = 5


def measure() -> Iterator[rounds.Row]:
    """Yield the line of goal 1 that is about issuing in bulk."""
    shutil.rmtree(VAR, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("LAURELS_")]:
        del os.environ[name]
    os.environ["LAURELS_VAR"] = str(VAR)
    os.environ["LAURELS_BASE_URL"] = "https://bench.example.org"
    import_module("laurels.cli.house").enter()
    job = Job()
    with Peer("dcc") as peer:
        theirs = peer.act("sign", signing.given([badge(number) for number in range(signing.DIFFERENT)]))
        words = f"issue {BADGES} badges, CPU time: Laurels' job into SQLite, npm @digitalcredentials/vc signing alone"
        yield rounds.compare("1", words, job, theirs, at_least=25, cpu=True, rounds=ROUNDS, seconds=1)


class Job:
    """The job that signs and stores, a whole roster each turn: what a turn took is what so many of its badges took."""

    def __init__(self) -> None:
        self._main: Any = import_module("bench.__main__")
        self._awards: Any = import_module("bench.awards")
        self._outbox: Any = import_module("laurels.jobs.outbox")
        self._jobs: Any = import_module("laurels.jobs.models").Job.objects
        self._rosters = counting()
        self._awards.prepare()

    def turn(self, count: int) -> rounds.Turn:
        """Award a roster, which is not timed; then time the job that issues its badges. Its letters are never sent."""
        content = self._main.roster_file(BADGES, self._awards.version(), f"roster{next(self._rosters)}-")
        self._awards.confirmed(content, BADGES)
        self._outbox.run_pending(most=1)
        cpu, wall = time.process_time(), time.perf_counter()
        self._outbox.run_pending(most=1)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        self._awards.refuse_unfinished(BADGES)
        self._jobs.filter(state="waiting").delete()
        return rounds.Turn(wall * count / BADGES, cpu * count / BADGES)
