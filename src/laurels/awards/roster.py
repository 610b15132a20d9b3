"""Reads a roster: a CSV file or a spreadsheet becomes lines, each with what was wrong in it (pure).

What cannot be read as a roster is refused whole, with the line; what can be read is judged row by row. Cells are kept
as they were given.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from laurels.awards import sheet
from laurels.awards.sheet import MOST_ROWS, refused, shown, without_empty_end

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
    rows = sheet.records(content)
    first = next(rows, None)
    if first is None:
        raise refused("The file is empty.", "Begin with a line of column names.")
    columns = _columns(without_empty_end(first[1]), competencies)
    keys = dict(competencies)
    found: list[Row] = []
    for line, given in rows:
        cells = (
            given if len(given) <= len(columns) else [*given[: len(columns)], *without_empty_end(given[len(columns) :])]
        )
        if len(cells) != len(columns):
            raise refused(f"Line {line} has {len(cells)} cells, and the first line names {len(columns)} columns.")
        if len(found) == MOST_ROWS:
            raise refused(f"There are more than {MOST_ROWS} rows.", "Divide it into several rosters.")
        named = dict(zip(columns, cells, strict=True))
        found.append(
            Row(
                line,
                {name: text for name, text in named.items() if name not in keys},
                {key: named[key].strip() for key in keys},
            )
        )
    if not found:
        raise refused("There is no row below the column names.")
    return found


def _columns(header: Sequence[str], competencies: Sequence[tuple[str, str]]) -> list[str]:
    """The meaning of each column: a name of ours, or the key of a competency."""
    columns: list[str] = []
    for cell in header:
        meaning = _meaning(cell, competencies)
        if meaning in columns:
            raise refused(f"The column “{shown(cell)}” is there twice.")
        columns.append(meaning)
    lacking = [name for name in _NEEDED if name not in columns]
    lacking += [f"level: {statement}" for key, statement in competencies if key not in columns]
    if lacking:
        named = ", ".join(f"“{name}”" for name in lacking)
        raise refused(f"The first line lacks {'this column' if len(lacking) == 1 else 'these columns'}: {named}.")
    return columns


def _meaning(cell: str, competencies: Sequence[tuple[str, str]]) -> str:
    name = sheet.folded(cell)
    if name in _NAMES:
        return _NAMES[name]
    level = _LEVEL.fullmatch(name)
    if level is None:
        known = ", ".join([*dict.fromkeys(_NAMES.values()), "level: …"])
        raise refused(f"The first line has a column that is not known: “{shown(cell)}”.", f"Known are: {known}.")
    if level["place"]:
        place = int(level["place"])
        if 1 <= place <= len(competencies):
            return competencies[place - 1][0]
    else:
        for key, statement in competencies:
            if sheet.folded(statement) == level["statement"].strip():
                return key
    stated = "; ".join(f"{place}. {statement}" for place, (_, statement) in enumerate(competencies, 1))
    raise refused(
        f"The column “{shown(cell)}” names a competency that this version does not have.",
        f"Its competencies are: {stated}",
    )
