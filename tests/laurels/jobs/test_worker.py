"""A real worker process on a database file: killed, it loses nothing; told to stop, it goes in peace."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

WORKER = Path(__file__).with_name("slow_worker.py")
STEPS = 40
PATIENCE_SECONDS = 30
PUT = f"""
import django
django.setup()
from laurels.jobs import outbox
outbox.put("test.steps", {{"steps": {STEPS}}})
"""


class House:
    """A home with a database of its own, and the processes that were started in it."""

    def __init__(self, folder):
        self.database = folder / "laurels.sqlite3"
        self.lines = folder / "lines"
        self.lines.touch()
        self.environment = os.environ | {
            "LAURELS_VAR": str(folder),
            "LAURELS_DATABASE_URL": f"sqlite:///{self.database}",
            "LAURELS_LEASE_SECONDS": "1",
            "DJANGO_SETTINGS_MODULE": "laurels.config.settings",
        }
        self.processes = []
        self.python("-m", "django", "migrate", "--verbosity", "0", "--skip-checks")
        self.python("-c", PUT)

    def python(self, *arguments):
        subprocess.run([sys.executable, *arguments], env=self.environment, check=True)

    def start(self):
        process = subprocess.Popen([sys.executable, WORKER, self.lines], env=self.environment)
        self.processes.append(process)
        return process

    def job(self):
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute("SELECT state, done, attempts FROM jobs_job").fetchone()

    def wait(self, holds):
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds(self.job()):
            assert time.monotonic() < end, f"The job stands at {self.job()}."
            time.sleep(0.02)


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    yield house
    for process in house.processes:
        process.kill()
        process.wait()


def test_a_killed_workers_job_goes_on_once(house):
    for reached in (3, 12):
        worker = house.start()
        house.wait(lambda job, reached=reached: job[1] >= reached)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert house.job()[0] == "running"
    house.start()
    house.start()
    house.wait(lambda job: job[0] == "done")
    assert [int(line) for line in house.lines.read_text().split()] == list(range(STEPS))


def test_told_to_stop_it_hands_its_job_to_the_next_worker(house):
    worker = house.start()
    house.wait(lambda job: job[1] >= 3)
    worker.terminate()
    assert worker.wait(PATIENCE_SECONDS) == 0
    state, done, attempts = house.job()
    assert (state, attempts) == ("waiting", 0)
    assert done < STEPS
    house.start()
    house.wait(lambda job: job[0] == "done")
    assert [int(line) for line in house.lines.read_text().split()] == list(range(STEPS))
