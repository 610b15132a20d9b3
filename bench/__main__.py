"""`make bench`: all measurements; `python -m bench NAME ... [--rows N]`: these alone. Writes bench/README.md too.

`awards` measures in a scratch database under var/bench/awards; the others compare candidates in turn (bench/rounds.py).
"""

import argparse
import csv
import datetime
import importlib
import io
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import rounds

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "bench" / "awards"
ROWS = 10000
COUNTED = 3000
SINGLE = 20
COMPARISONS = {
    "baking": "bench.baking",
    "bulk": "bench.bulk",
    "hosted": "bench.hosted",
    "signing": "bench.signing",
    "status-list": "bench.status_list",
    "verify-ob3": "bench.verify_ob3",
    "clique": "bench.clique",
}
"""Name → module with `measure()`, which yields `bench.rounds.Row`s. Each runs in a process of its own."""


def main() -> None:
    """Run the measurements that were asked for, or all; 1 when a goal is missed."""
    known = ["awards", *COMPARISONS]
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measurements of Laurels.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(known)}; without a name all of them")
    parser.add_argument(
        "--rows", type=int, default=ROWS, help=f"learners in the roster of awards; {ROWS} are written down"
    )
    asked = parser.parse_args()
    if asked.rows < 1:
        parser.error("--rows must be at least 1.")
    unknown = [name for name in asked.names if name not in known]
    if unknown:
        parser.error(f"There is no measurement {unknown[0]}: {', '.join(known)}.")
    if len(asked.names) != 1:
        command = [sys.executable, "-m", "bench", "--rows", str(asked.rows)]
        sys.exit(max(subprocess.run([*command, name], cwd=ROOT).returncode for name in asked.names or known))
    if asked.names == ["awards"]:
        awards(asked.rows)
    elif not compared(asked.names[0]):
        sys.exit(1)


def compared(name: str) -> bool:
    """Run one comparison, print and write its lines, and say whether its goals are met."""
    rows = list(importlib.import_module(COMPARISONS[name]).measure())
    print(rounds.COLUMNS)
    for row in rows:
        rounds.show(row)
        rounds.write(row)
    return all(row.met for row in rows)


def awards(count: int) -> None:
    """Measure awarding, and write it down when it was the whole roster."""
    shutil.rmtree(VAR, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("LAURELS_")]:
        del os.environ[name]
    os.environ["LAURELS_VAR"] = str(VAR)
    os.environ["LAURELS_BASE_URL"] = "https://bench.example.org"
    importlib.import_module("laurels.cli.house").enter()
    measure = importlib.import_module("bench.awards")
    measure.prepare()
    small = min(count, COUNTED)
    version = measure.version()
    rows = [
        *measure.one_award(SINGLE),
        *measure.counted(roster_file(small, version, "counted"), small),
        *measure.while_served(roster_file(count, version, "learner"), count),
    ]
    for name, value in rows:
        print(f"{name:<62} {value}")
    if count == ROWS:
        write(rows)


def roster_file(count: int, version: Any, name: str) -> bytes:
    """A roster of so many people, all of whom completed."""
    written = io.StringIO()
    out = csv.writer(written)
    competencies = list(version.competencies.all())
    out.writerow(["address", "name", "completed on", "hours", *(f"level {n + 1}" for n in range(len(competencies)))])
    day = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=2)
    for number in range(count):
        person = [f"{name}{number}@example.org", f"{name.title()} {number}"]
        out.writerow([*person, day, version.minutes / 60, *(one.level for one in competencies)])
    return written.getvalue().encode()


def write(rows: list[tuple[str, str]]) -> None:
    """Put the table into bench/README.md, with the date and the kind of machine."""
    path = ROOT / "bench" / "README.md"
    head = path.read_text(encoding="utf-8").partition("## Results")[0]
    machine = (
        f"{os.cpu_count()} shared cores, {platform.system()} {platform.machine()}, Python {sys.version.split()[0]}"
    )
    today = datetime.datetime.now(datetime.UTC).date()
    load = f"SQLite; load average {os.getloadavg()[2]:.0f} at the end"
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    path.write_text(
        f"{head}## Results\n\n{today}, {machine}, {load}.\n\n| what | measured |\n|---|---|\n{table}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
