"""`make interop`: the library's signatures, and the demonstration under another address, before all verifiers.

Non-zero on any disagreement. `python -m interop library` judges the first alone, without the demonstration.
"""

import os
import sys

import rich
from rich.console import Console
from rich.table import Table

from interop import cases, library, verifiers
from interop.site import Site, served

ORIGINS = ("https://badges.example.org", None)


def main() -> int:
    """Judge every case under each origin, and show where a verdict is not the expected one."""
    of_library = library.main()
    if sys.argv[1:] == ["library"]:
        return of_library
    wanted = os.environ.get("LAURELS_BASE_URL")
    right = wrong = 0
    for origin in (wanted,) if wanted else ORIGINS:
        with served(origin) as site:
            these_right, these_wrong = _judge(site)
        right, wrong = right + these_right, wrong + these_wrong
    rich.print(f"{right} passed, {wrong} failed")
    return 1 if wrong or of_library else 0


def _judge(site: Site) -> tuple[int, int]:
    listed = list(cases.all_cases(site))
    results = verifiers.judge(site, listed)
    table = Table(title=f"{site.origin} (played by {site.listen})", title_justify="left")
    table.add_column("case", max_width=64)
    names = (cases.OURS, cases.OFFICIAL, cases.LIB, cases.BAZAAR)
    for name in names:
        table.add_column(name)
    right = wrong = 0
    words: list[str] = []
    for case in listed:
        cells = []
        for name in names:
            if name not in case.expected:
                cells.append("–")
                continue
            given, expected = results[name][case.name], case.expected[name]
            agrees = given["verdict"] == expected
            right, wrong = right + agrees, wrong + (not agrees)
            cells.append(given["verdict"] if agrees else f"[red]{given['verdict']}, not {expected}")
            if not agrees:
                words.append(f"{case.name}: {name} says {given['verdict']}: {given['why'] or 'no reason'}")
        table.add_row(case.name, *cells)
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(table)
    for note in sorted({case.note for case in listed if case.note}):
        console.print(f"Known and expected: {note}.", style="dim")
    for line in words:
        console.print(line, style="red", markup=False)
    return right, wrong


if __name__ == "__main__":
    sys.exit(main())
