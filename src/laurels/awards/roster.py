"""Reads a roster: a CSV file becomes lines, each with what was wrong in it (pure).

What cannot be read as a roster is refused whole, with the line; what can be read is judged row by row. Cells are kept
as they were given.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from laurels.errors import Invalid

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000

_NAMES = {
    "address": "address",
    "e-mail": "address",
    "email": "address",
    "e-mail address": "address",
    "email address": "address",
    "name": "name",
    "completed on": "completed on",
    "completed": "completed on",
    "hours": "hours",
    "confirmed hours": "hours",
    "informal hours": "informal hours",
    "evidence": "evidence",
    "evidence address": "evidence",
    "evidence sha256": "evidence sha256",
    "evidence sha-256": "evidence sha256",
    "student number": "student number",
}
_NEEDED = ("address", "name", "completed on", "hours")
_LEVEL = re.compile(r"level\s*(?::\s*(?P<statement>.+)|(?P<place>[0-9]{1,2}))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: the line it begins on, its cells by column, and its level cells by competency key."""

    line: int
    cells: Mapping[str, str]
    levels: Mapping[str, str]

    def cell(self, column: str) -> str:
        """The cell of a column without white space around it; "" when there is no such column."""
        return self.cells.get(column, "").strip()


def read(content: bytes, competencies: Sequence[tuple[str, str]]) -> list[Row]:
    """Every row of the file; `competencies` are (key, statement) in order. Invalid when it is no roster."""
    rows = _records(_text(content))
    first = next(rows, None)
    if first is None:
        raise _refused("The file is empty.", "Begin with a line of column names.")
    columns = _columns(_without_empty_end(first[1]), competencies)
    keys = dict(competencies)
    found: list[Row] = []
    for line, given in rows:
        cells = (
            given
            if len(given) <= len(columns)
            else [*given[: len(columns)], *_without_empty_end(given[len(columns) :])]
        )
        if len(cells) != len(columns):
            raise _refused(f"Line {line} has {len(cells)} cells, and the first line names {len(columns)} columns.")
        if len(found) == MOST_ROWS:
            raise _refused(f"There are more than {MOST_ROWS} rows.", "Divide it into several rosters.")
        named = dict(zip(columns, cells, strict=True))
        found.append(
            Row(
                line,
                {name: text for name, text in named.items() if name not in keys},
                {key: named[key].strip() for key in keys},
            )
        )
    if not found:
        raise _refused("There is no row below the column names.")
    return found


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _refused(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.", "Divide it into several rosters.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        raise _refused("The file is in UTF-16.", "Save it as CSV in UTF-8 (in a spreadsheet: “CSV UTF-8”).")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _refused("This is a spreadsheet, not a CSV file.", "Save it as CSV in UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(f"Line {line} is not in UTF-8.", "Save it as CSV in UTF-8.") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _refused(f"Line {line} holds a NUL character.", "Save the file anew as CSV in UTF-8.")
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; empty lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _refused(f"Line {begins} cannot be read as CSV: {error}.", "Look at its quotation marks.") from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _delimiter(text: str) -> str:
    """The comma; or what spreadsheets of other countries write, when the first line has no comma."""
    first = text.lstrip("\r\n").partition("\n")[0]
    outside = re.sub(r'"[^"]*"', "", first)
    return next((sign for sign in ",;\t" if sign in outside), ",")


def _columns(header: Sequence[str], competencies: Sequence[tuple[str, str]]) -> list[str]:
    """The meaning of each column: a name of ours, or the key of a competency."""
    columns: list[str] = []
    for cell in header:
        meaning = _meaning(cell, competencies)
        if meaning in columns:
            raise _refused(f"The column “{_shown(cell)}” is there twice.")
        columns.append(meaning)
    lacking = [name for name in _NEEDED if name not in columns]
    lacking += [f"level: {statement}" for key, statement in competencies if key not in columns]
    if lacking:
        named = ", ".join(f"“{name}”" for name in lacking)
        raise _refused(f"The first line lacks {'this column' if len(lacking) == 1 else 'these columns'}: {named}.")
    return columns


def _meaning(cell: str, competencies: Sequence[tuple[str, str]]) -> str:
    name = _folded(cell)
    if name in _NAMES:
        return _NAMES[name]
    level = _LEVEL.fullmatch(name)
    if level is None:
        known = ", ".join([*dict.fromkeys(_NAMES.values()), "level: …"])
        raise _refused(f"The first line has a column that is not known: “{_shown(cell)}”.", f"Known are: {known}.")
    if level["place"]:
        place = int(level["place"])
        if 1 <= place <= len(competencies):
            return competencies[place - 1][0]
    else:
        for key, statement in competencies:
            if _folded(statement) == level["statement"].strip():
                return key
    stated = "; ".join(f"{place}. {statement}" for place, (_, statement) in enumerate(competencies, 1))
    raise _refused(
        f"The column “{_shown(cell)}” names a competency that this version does not have.",
        f"Its competencies are: {stated}",
    )


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    """The cells up to the last one with something in it: spreadsheets write empty columns behind."""
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:80]}…"


def _refused(message: str, mend: str = "") -> Invalid:
    return Invalid(message, fields={"roster": [f"{message} {mend}".strip()]}, mend=mend)
