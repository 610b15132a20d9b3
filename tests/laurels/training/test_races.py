"""Fifty people want the last seat at once: exactly one has it, whatever the database."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

RACING = Path(__file__).with_name("racing.py")


@pytest.fixture
def raced(own_environment):
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"],
        env=own_environment,
        check=True,
        capture_output=True,
    )
    done = subprocess.run(
        [sys.executable, str(RACING)], env=own_environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_seat_is_taken_once_and_freed_once(raced):
    told, kept = raced["told"], raced["kept"]
    assert set(told["the last seat"]) == {"done"}
    assert kept["the last seat"] == {"enrolled": 3, "waiting": 49}
    counted = Counter("done" if words == "done" else "refused" for words in told["one person"])
    assert counted == {"done": 1, "refused": 7}
    assert all("enrolled in this already" in words for words in told["one person"] if words != "done")
    assert kept["one person"] == {"enrolled": 1}
    assert set(told["two leave"]) == {"done"}
    assert kept["two leave"] == {"enrolled": 2, "waiting": 1, "withdrawn": 2}
