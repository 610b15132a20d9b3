"""What came of a roster, as a CSV file: each row as given, and whether it was awarded.

Cells are stored as they were given, and made harmless here: a spreadsheet would run what begins like a formula.
"""

import csv
import io

from laurels.awards.models import Roster, RosterRow
from laurels.badges import addresses

_COLUMNS = (
    "address",
    "name",
    "completed on",
    "hours",
    "informal hours",
    "evidence",
    "evidence sha256",
    "student number",
)
_FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"


def result_file(roster: Roster) -> bytes:
    """The result file of a roster: CSV in UTF-8 with a byte-order mark, which spreadsheets ask for."""
    competencies = list(roster.version.competencies.all())
    written = io.StringIO(newline="")
    out = csv.writer(written)
    levels = [f"level: {competency.statement}" for competency in competencies]
    out.writerow(harmless(cell) for cell in ("line", *_COLUMNS, *levels, "result", "why", "badge"))
    for row in roster.rows.select_related("award").order_by("line"):
        given, reached = row.data["cells"], row.data["levels"]
        cells = [given.get(column, "") for column in _COLUMNS]
        cells += [reached.get(str(competency.key), "") for competency in competencies]
        out.writerow(harmless(cell) for cell in (str(row.line), *cells, *_outcome(row)))
    return written.getvalue().encode("utf-8-sig")


def _outcome(row: RosterRow) -> tuple[str, str, str]:
    if row.award is not None:
        return "awarded", "", addresses.absolute(addresses.badge(row.award.badge_id))
    return ("not awarded", row.problem, "") if row.problem else ("not awarded yet", "", "")


def harmless(cell: str) -> str:
    """The cell as text for every spreadsheet, also where white space stands before the sign."""
    return (
        f"'{cell}"
        if cell.startswith(tuple(_FORMULA_SIGNS)) or cell.lstrip().startswith(tuple(_FORMULA_SIGNS))
        else cell
    )
