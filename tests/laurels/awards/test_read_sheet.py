"""A table is read from CSV or from a workbook, alike."""

import datetime
import io
import zipfile

import pytest

from laurels.awards import roster, sheet
from laurels.errors import Invalid
from tests.laurels.awards.spreadsheet import workbook

HEADER = ["address", "name", "completed on", "hours", "level 1"]
ROW = ["ada@example.org", "Ada <Lovelace>", datetime.date(2027, 4, 28), 12.5, "mastery"]


def test_a_roster_is_read_from_a_workbook_as_from_csv():
    (row,) = roster.read(workbook([HEADER, [], ROW]), [("key", "Cook")])
    assert row.line == 3
    assert [row.cell(name) for name in HEADER[:4]] == ["ada@example.org", "Ada <Lovelace>", "2027-04-28", "12.5"]
    assert row.levels == {"key": "mastery"}


def test_whole_numbers_have_no_decimals_and_missing_cells_are_empty():
    found = sheet.table(
        workbook([["Name", "Hours"], ["Ada", 12], ["Bo", None]]), {"name"}, {"name": "name", "hours": "h"}
    )
    assert found == [(2, {"name": "Ada", "h": "12"}), (3, {"name": "Bo", "h": ""})]


def test_a_workbook_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr(sheet, "MOST_UNPACKED", 1000)
    with pytest.raises(Invalid, match="too large when it is unpacked"):
        list(sheet.records(workbook([["x" * 5000]])))


def test_what_is_packed_but_no_workbook_is_refused():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("hello.txt", "hello")
    with pytest.raises(Invalid, match="workbook cannot be read"):
        list(sheet.records(written.getvalue()))
