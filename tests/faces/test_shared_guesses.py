"""Guesses of a recipient are counted together by all processes where they share a Redis."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

GUESS = """
import sys
from types import SimpleNamespace
import django
django.setup()
from laurels.errors import Invalid, Unreachable
from laurels.web.verify import refuse_guessing
report = SimpleNamespace(subject=SimpleNamespace(credential_id=sys.argv[1]))
done = 0
try:
    for _ in range(7):
        refuse_guessing(report, "ada@example.org")
        done += 1
except Invalid:
    pass
except Unreachable as refusal:
    done = -1
    assert "Leave it empty" in refusal.message
print(done)
"""


def guessed(badge: str, environment: dict[str, str]) -> int:
    told = subprocess.run(
        [sys.executable, "-c", GUESS, badge], env=environment, check=True, capture_output=True, text=True
    )
    return int(told.stdout)


def test_a_second_process_goes_on_counting_where_the_first_one_stopped(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.settimeout(2)
        if probe.connect_ex(("127.0.0.1", 6379)):
            pytest.skip("No Redis listens on 127.0.0.1:6379.")
    environment = os.environ | {
        "LAURELS_VAR": str(tmp_path),
        "LAURELS_CACHE_URL": "redis://127.0.0.1:6379/15",
        "DJANGO_SETTINGS_MODULE": "laurels.config.settings",
    }
    badge = f"https://badges.example.org/badges/{uuid4().hex}"
    assert [guessed(badge, environment), guessed(badge, environment)] == [7, 3]


def test_nobody_is_told_whose_badge_it_is_while_the_shared_cache_does_not_answer(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: whoever connects is refused
        environment = os.environ | {
            "LAURELS_VAR": str(tmp_path),
            "LAURELS_CACHE_URL": f"redis://127.0.0.1:{taken.getsockname()[1]}/0",
            "DJANGO_SETTINGS_MODULE": "laurels.config.settings",
        }
        assert guessed("https://badges.example.org/badges/1", environment) == -1
