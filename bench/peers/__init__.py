"""The programs that we compare with: each from its registry, at pinned versions, in a folder of its own.

A peer is a folder here: `requirements.txt` and `peer.py`, or `package.json` and `peer.mjs`. It is installed once into
var/bench/peers/NAME, and again when its pins change. Its program names its acts and serves them (`loop.py`,
`loop.mjs`): JSON lines over pipes, one long-lived process.
"""

import json
import os
import shutil
import subprocess
import sys
import venv
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bench.rounds import Turn

HERE: Final = Path(__file__).parent
HOME: Final = HERE.parents[1] / "var" / "bench" / "peers"


class Peer:
    """One running peer. Use it as a context manager: its process ends with the block."""

    def __init__(self, name: str) -> None:
        command = _install(name)
        environment = {**os.environ, "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
        self.name = name
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait(30)

    def act(self, name: str, given: object = None) -> "Act":
        """Return one of its acts as a candidate; `given` (JSON) goes to its preparation, which is not timed."""
        return Act(self, name, given)

    def ask(self, question: object) -> Turn:
        """Send one line and return its answer. Ends the program when the peer says that something went wrong."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with suppress(BrokenPipeError):  # it ended: what it left to read says so
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"The peer {self.name} ended with status {self._process.wait(30)}.")
        answer = json.loads(line)
        if "error" in answer:
            raise SystemExit(f"The peer {self.name} failed: {answer['error']}")
        return Turn(answer["wall"], answer["cpu"], answer["answer"])


class Act:
    """An act of a peer: what `bench.rounds.compare` takes turns with."""

    def __init__(self, peer: Peer, name: str, given: object) -> None:
        self._peer, self._name, self._given = peer, name, given

    def turn(self, count: int) -> Turn:
        """Do the act so many times without a pause, in the peer's process."""
        return self._peer.ask({"act": self._name, "given": self._given, "count": count})


def _install(name: str) -> list[str]:
    """Install the peer unless its pins are there already, and return the command that runs it."""
    source, home = HERE / name, HOME / name
    pins = source / "requirements.txt"
    is_python = pins.exists()
    if not is_python:
        pins = source / "package.json"
    stamp = home / "installed"
    if not (stamp.exists() and stamp.read_bytes() == pins.read_bytes()):
        print(f"Installing the peer {name}", file=sys.stderr, flush=True)
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        _install_python(home, pins) if is_python else _install_node(home, pins)
        stamp.write_bytes(pins.read_bytes())
    if is_python:
        return [str(home / "venv" / "bin" / "python"), "-u", str(source / "peer.py")]
    for program in (HERE / "loop.mjs", *source.glob("*.mjs")):  # node looks for packages beside the program
        shutil.copy(program, home / program.name)
    return [_node("node"), str(home / "peer.mjs")]


def _install_python(home: Path, pins: Path) -> None:
    venv.create(home / "venv", with_pip=True)
    pip = [str(home / "venv" / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "--quiet"]
    subprocess.run([*pip, "install", "--no-deps", "-r", str(pins)], check=True)


def _install_node(home: Path, pins: Path) -> None:
    shutil.copy(pins, home / "package.json")
    options = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--silent"]
    subprocess.run([_node("npm"), "install", *options], cwd=home, check=True)


def _node(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise SystemExit("This comparison needs node (20 or newer) and npm: install them.")
    return found
