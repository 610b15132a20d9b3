"""Real processes and threads on a database file: killed workers, and many who want the same at once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).with_name("house.py")
LEARNERS = 60
PATIENCE_SECONDS = 60


class House:
    """A home with a database of its own, and the processes that were started in it."""

    def __init__(self, folder: Path, database_url: str | None = None) -> None:
        self.database = folder / "laurels.sqlite3"
        self.environment = os.environ | {
            "LAURELS_VAR": str(folder),
            "LAURELS_DATABASE_URL": database_url or f"sqlite:///{self.database}",
            "LAURELS_LEASE_SECONDS": "1",
            "LAURELS_LOG": "ERROR",
            "DJANGO_SETTINGS_MODULE": "laurels.config.settings",
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self._python("-m", "django", "migrate", "--verbosity", "0", "--skip-checks")

    def do(self, what: str) -> str:
        return self._python(str(HOUSE), what)

    def start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, HOUSE, "worker"], env=self.environment)
        self.processes.append(process)
        return process

    def reached(self) -> tuple[int, int]:
        with closing(sqlite3.connect(self.database)) as connection:
            awards = connection.execute("SELECT count(*) FROM awards_award").fetchone()
            live = connection.execute("SELECT count(*) FROM badges_badge WHERE state = 'live'").fetchone()
        return awards[0], live[0]

    def wait(self, awards: int, live: int) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while self.reached() < (awards, 0) or self.reached()[1] < live:
            assert time.monotonic() < end, self.reached()
            time.sleep(0.01)

    def counts(self) -> dict[str, Any]:
        counted: dict[str, Any] = json.loads(self.do("counts"))
        return counted

    def _python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    for process in house.processes:
        process.kill()
        process.wait()


def test_a_roster_whose_workers_are_killed_is_awarded_exactly_once(house: House) -> None:
    house.do("prepare")
    # In the middle of awarding, of signing, and of signing again.
    for awards, live in ((7, 0), (0, 8), (0, 30)):
        killed = house.start()
        house.wait(awards, live)
        assert house.reached()[1] < LEARNERS
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    for _ in range(2):
        house.start()
    end = time.monotonic() + PATIENCE_SECONDS
    while (counted := house.counts())["waiting"]:
        assert time.monotonic() < end, counted
        time.sleep(0.5)
    assert counted == {
        "awards": LEARNERS,
        "addresses": LEARNERS,
        "badges": LEARNERS,
        "live": LEARNERS,
        "indexes": LEARNERS,
        "documents": 2 * LEARNERS,
        "told": LEARNERS,
        "messages": LEARNERS,
        "waiting": 0,
        "roster": "done",
    }


def test_many_who_do_the_same_at_once_have_one_effect(tmp_path: Path, database_url: str) -> None:
    told = json.loads(House(tmp_path, database_url).do("race"))
    for act, words in (("grant", "already holds this badge"), ("confirm", "confirmed already"), ("revoke", "revoked")):
        outcomes = Counter("done" if one == "done" else "refused" for one in told[act])
        assert outcomes == {"done": 1, "refused": 7}, (act, told[act])
        assert all(words in one for one in told[act] if one != "done"), told[act]
    assert told["others"] == told["attest"] == ["done"] * 8
    assert told["attested"] == ["1"]
    assert told["indexes"] == 9
