"""`make bench`: measures in a scratch database under var/bench, prints a table and writes it into bench/README.md."""

import csv
import datetime
import importlib
import io
import os
import platform
import resource
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "bench"
ROWS = int(os.environ.get("BENCH_ROWS", "10000"))
SINGLE = 20


def main() -> None:
    """Measure and write down."""
    shutil.rmtree(VAR, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("LAURELS_")]:
        del os.environ[name]
    os.environ["LAURELS_VAR"] = str(VAR)
    os.environ["LAURELS_BASE_URL"] = "https://bench.example.org"
    importlib.import_module("laurels.cli.house").enter()
    measure = importlib.import_module("bench.awards")
    measure.prepare()
    rows = [*measure.one_award(SINGLE), *measure.roster(roster_file(ROWS, measure.version()), ROWS)]
    rows.append(("peak memory of the process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"))
    for name, value in rows:
        print(f"{name:<58} {value}")
    if ROWS == 10000:
        write(rows)


def roster_file(count: int, version: Any) -> bytes:
    """A roster of so many people, all of whom completed."""
    written = io.StringIO()
    out = csv.writer(written)
    competencies = list(version.competencies.all())
    out.writerow(["address", "name", "completed on", "hours", *(f"level {n + 1}" for n in range(len(competencies)))])
    day = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=2)
    for number in range(count):
        person = [f"learner{number}@example.org", f"Learner {number}"]
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
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    path.write_text(
        f"{head}## Results\n\n{today}, {machine}, SQLite.\n\n| what | measured |\n|---|---|\n{table}\n",
        encoding="utf-8",
    )


def median_milliseconds(seconds: list[float]) -> str:
    """The median, for people."""
    return f"{statistics.median(seconds) * 1000:.1f} ms"


def timed(act: Any) -> tuple[float, Any]:
    """How long an act takes, and what it answers."""
    start = time.perf_counter()
    answer = act()
    return time.perf_counter() - start, answer


if __name__ == "__main__":
    main()
