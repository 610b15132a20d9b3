"""A real worker process on a database of its own: killed, it loses nothing; told to stop, it goes in peace."""

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

WORKER = Path(__file__).with_name("slow_worker.py")
STEPS = 40
PATIENCE_SECONDS = 60
JOB = "SELECT state, done, attempts FROM jobs_job WHERE name LIKE 'test.%'"
PUT = """
import django
django.setup()
from laurels.jobs import outbox
{}
"""


class House:
    """A home with a database of its own, and the processes that were started in it."""

    def __init__(self, folder, environment):
        self.lines = folder / "lines"
        self.lines.touch()
        self.environment = environment
        self.processes = []
        self.python("-m", "django", "migrate", "--verbosity", "0", "--skip-checks")

    def put(self, code):
        self.python("-c", PUT.format(code))

    def python(self, *arguments):
        subprocess.run([sys.executable, *arguments], env=self.environment, check=True)

    def start(self):
        process = subprocess.Popen([sys.executable, WORKER, self.lines], env=self.environment, stdout=subprocess.PIPE)
        self.processes.append(process)
        assert process.stdout.readline() == b"ready\n"
        return process

    def job(self):
        """The state of the job that was put, how far it is, and how often it was tried; the worker adds daily ones."""
        url = self.environment["LAURELS_DATABASE_URL"]
        connect = sqlite3.connect if url.startswith("sqlite") else psycopg.connect
        with closing(connect(url.removeprefix("sqlite:///"))) as connection:
            return connection.execute(JOB).fetchone()

    def wait(self, holds):
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds(self.job()):
            assert time.monotonic() < end, f"The job stands at {self.job()}."
            time.sleep(0.02)

    def numbers(self):
        return [int(line) for line in self.lines.read_text().split()]


@pytest.fixture
def empty_house(tmp_path, own_environment):
    house = House(tmp_path, own_environment)
    yield house
    for process in house.processes:
        process.kill()
        process.communicate()


@pytest.fixture
def house(empty_house):
    empty_house.put(f"outbox.put('test.steps', {{'steps': {STEPS}}})")
    return empty_house


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
    assert house.numbers() == list(range(STEPS))


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
    assert house.numbers() == list(range(STEPS))


def test_three_workers_do_each_job_once(empty_house):
    empty_house.put(f"for n in range({STEPS}): outbox.put('test.line', {{'line': n}})")
    for _ in range(3):
        empty_house.start()
    empty_house.wait(lambda job: len(empty_house.numbers()) >= STEPS)
    for worker in empty_house.processes:
        worker.terminate()
        assert worker.wait(PATIENCE_SECONDS) == 0
    assert sorted(empty_house.numbers()) == list(range(STEPS))
