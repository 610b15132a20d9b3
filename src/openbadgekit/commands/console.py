"""The look of what the commands print: colour on a terminal alone, foreign text without tricks, progress."""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TextIO, TypeAlias

Colour: TypeAlias = Literal["bold", "dim", "red", "green", "yellow"]

_CODES: Final[dict[Colour, str]] = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
_WIDEST: Final = 100
_NARROWEST: Final = 40
_MOST: Final = 2_000


def is_coloured(stream: TextIO) -> bool:
    """Tell whether colour may be written: to a terminal that can, unless NO_COLOR says no (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, *colours: Colour) -> str:
    """Return the text in these colours, if standard output may be coloured; else as it is."""
    if not text or not is_coloured(sys.stdout):
        return text
    return f"\x1b[{';'.join(_CODES[one] for one in colours)}m{text}\x1b[0m"


def plain(value: object) -> str:
    """Return foreign text as one line without control or direction characters, at most 2,000 long."""
    shown = "".join(one if one.isprintable() else " " for one in str(value)[: _MOST + 1])
    line = " ".join(shown.split())
    return line if len(line) <= _MOST else line[:_MOST] + "…"


def width() -> int:
    """The columns to fill: those of the terminal, 40 to 100; 80 where there is none."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def facts(pairs: Sequence[tuple[str, str]], indent: str = "") -> list[str]:
    """Return one or more lines for each (name, value): names in a column, values wrapped beside it."""
    column = max((len(name) for name, _ in pairs), default=0) + 3
    lines: list[str] = []
    for name, value in pairs:
        room = max(20, width() - len(indent) - column)
        first, *rest = textwrap.wrap(value, room, break_long_words=False, break_on_hyphens=False) or [""]
        lines.append(f"{indent}{paint(name + ':', 'dim')}{' ' * (column - len(name) - 1)}{first}")
        lines.extend(" " * (len(indent) + column) + line for line in rest)
    return lines


def columns(rows: Iterable[Sequence[str]], widest: int = 48) -> list[list[str]]:
    """Return the rows with every cell but the last padded to its column, which is at most `widest` wide."""
    table = [list(row) for row in rows]
    sizes = [min(widest, max(map(len, cells))) for cells in zip(*table, strict=True)]
    return [[*(cell.ljust(size) for cell, size in zip(row[:-1], sizes[:-1], strict=True)), row[-1]] for row in table]


class Progress:
    """A line on standard error that says how far the work is, while somebody looks at it."""

    def __init__(self, total: int, what: str) -> None:
        self._total, self._what, self._done = total, what, 0
        self._shown = sys.stderr.isatty()
        self._write()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        self._write()

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r" + " " * len(self._line()) + "\r")
            sys.stderr.flush()

    def _write(self) -> None:
        if self._shown:
            sys.stderr.write("\r" + self._line())
            sys.stderr.flush()

    def _line(self) -> str:
        return f"{self._done} of {self._total} {self._what}"
