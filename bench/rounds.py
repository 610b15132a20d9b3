"""Two candidates in turn, round after round: the only way to compare on a machine that others use too.

A candidate is anything with `turn(count)`: an act of ours in this process (`Here`), or one of a long-lived peer
(`bench.peers.Peer.act`), whose start-up therefore does not count. Each round gives one ratio; the median of them, with
the lowest and the highest round, is what is told.
"""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, Protocol

README: Final = Path(__file__).parent / "README.md"
HEADING: Final = "## Against others"
COLUMNS: Final = (
    "| goal | what | first, each | second, each | ratio: median (lowest–highest round) | wanted | met | when |"
)
RULE: Final = "|---|---|---|---|---|---|---|---|"
ROUNDS: Final = 7
TURN_SECONDS: Final = 0.4


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn took: wall-clock and CPU seconds of the whole turn, and what its last act answered."""

    wall: float
    cpu: float
    answer: object = None


class Candidate(Protocol):
    """What can be compared."""

    def turn(self, count: int) -> Turn:
        """Do the act so many times without a pause."""


class Here:
    """An act in this process. It is given the number of its run, from 0, so that inputs can differ."""

    def __init__(self, act: Callable[[int], object]) -> None:
        self._act = act

    def turn(self, count: int) -> Turn:
        """Do the act so many times without a pause."""
        answer: object = None
        cpu, wall = time.process_time(), time.perf_counter()
        for number in range(count):
            answer = self._act(number)
        return Turn(time.perf_counter() - wall, time.process_time() - cpu, answer)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `first` and `second`: median seconds of one act; `ratios`: second / first, by round."""

    goal: str
    what: str
    first: float
    second: float
    ratios: tuple[float, ...]
    wanted: float
    kind: Literal["at least", "at most", "no goal"]
    loaded: bool

    @property
    def median(self) -> float:
        """The ratio that counts."""
        return statistics.median(self.ratios)

    @property
    def met(self) -> bool:
        """Is the goal reached, or none set?"""
        if self.kind == "at least":
            return self.median >= self.wanted
        return self.kind == "no goal" or self.median <= self.wanted

    def cells(self) -> list[str]:
        """The line of the table."""
        ratio = f"{_short(self.median)} ({_short(min(self.ratios))}–{_short(max(self.ratios))})"
        goal = {"at least": f"≥ {self.wanted:g}", "at most": f"≤ {self.wanted:g}", "no goal": "–"}[self.kind]
        when = f"{datetime.now(UTC).date()}{', machine loaded' if self.loaded else ''}"
        met = "–" if self.kind == "no goal" else "yes" if self.met else "no"
        return [
            self.goal,
            self.what,
            _time(self.first),
            _time(self.second),
            ratio,
            goal,
            met,
            when,
        ]


def compare(
    goal: str,
    what: str,
    first: Candidate,
    second: Candidate,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
    cpu: bool = False,
    rounds: int = ROUNDS,
    seconds: float = TURN_SECONDS,
) -> Row:
    """Return second / first: how many times the first one is faster. `at_least` or `at_most` is the goal, if any.

    `cpu` counts CPU seconds of the processes in place of wall-clock ones. A turn of a candidate repeats its act until
    about `seconds` have passed; the first turns are not counted.
    """
    if at_least is not None and at_most is not None:
        raise ValueError("A goal is either at least or at most a number.")
    loaded = is_loaded()
    counts = [_count(one, seconds) for one in (first, second)]
    costs: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        for place in (0, 1) if number % 2 == 0 else (1, 0):
            turn = (first, second)[place].turn(counts[place])
            costs[place].append((turn.cpu if cpu else turn.wall) / counts[place])
    ratios = tuple(theirs / ours for ours, theirs in zip(*costs, strict=True))
    ours, theirs = (statistics.median(one) for one in costs)
    if at_least is not None:
        return Row(goal, what, ours, theirs, ratios, at_least, "at least", loaded)
    return Row(goal, what, ours, theirs, ratios, at_most or 0.0, "no goal" if at_most is None else "at most", loaded)


def _count(candidate: Candidate, seconds: float) -> int:
    count = 1
    while (taken := candidate.turn(count).wall) < seconds / 4:
        count = max(count * 2, min(count * 16, int(count * seconds / max(taken, 1e-9))))
    return max(1, round(count * seconds / taken))


def is_loaded() -> bool:
    """Did others keep more than half of the cores busy in the last minute?"""
    return os.getloadavg()[0] > (os.cpu_count() or 1) / 2


def machine() -> str:
    """The kind of machine, for the report."""
    return f"{os.cpu_count()} shared cores, {platform.system()} {platform.machine()}, Python {sys.version.split()[0]}"


def show(row: Row) -> None:
    """Print one line of the table."""
    print("| " + " | ".join(row.cells()) + " |", flush=True)


def write(row: Row, path: Path = README) -> None:
    """Put the line into the table of the report, in place of the one with the same goal and words."""
    head, _, rest = path.read_text(encoding="utf-8").partition(HEADING)
    body, mark, tail = rest.partition("\n## ")
    lines = [line for line in body.splitlines() if line.startswith("| ") and line != COLUMNS]
    kept = [line for line in lines if [cell.strip() for cell in line.split("|")[1:3]] != [row.goal, row.what]]
    kept.append("| " + " | ".join(row.cells()) + " |")
    kept.sort(key=lambda line: (int("".join(c for c in line.split("|")[1] if c.isdigit()) or 0), line))
    text = "\n".join([head + HEADING, "", f"{machine()}. Each line was measured by itself.", "", COLUMNS, RULE, *kept])
    path.write_text(text + "\n" + mark + tail, encoding="utf-8")


def _short(number: float) -> str:
    return f"{number:.0f}x" if number >= 100 else f"{number:.1f}x" if number >= 10 else f"{number:.2f}x"


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds >= 0.001 else f"{seconds * 1e6:.3g} µs"
