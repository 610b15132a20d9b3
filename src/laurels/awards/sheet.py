"""Reads a table as spreadsheets save it: CSV in UTF-8, or the first sheet of an XLSX file (pure).

What cannot be read is refused whole, with the line. Cells are kept as they were given.
"""

import csv
import datetime
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from python_calamine import CalamineError, load_workbook

from laurels.awards.unpacking import refuse_bombs
from laurels.errors import Invalid

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS = 20_000

Record = tuple[int, list[str]]


def records(content: bytes) -> Iterator[Record]:
    """Each row that holds something, with the line it begins on; Invalid when it is no table."""
    if len(content) > MOST_BYTES:
        raise refused(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.", "Divide it into several rosters.")
    return _rows(content) if content.startswith(b"PK\x03\x04") else _lines(_text(content))


def table(content: bytes, needed: Collection[str], names: Mapping[str, str]) -> list[tuple[int, dict[str, str]]]:
    """The rows below the column names, by our word for each column (`names`: theirs, folded); others are left out."""
    rows = records(content)
    first = next(rows, None)
    if first is None:
        raise refused("The file is empty.", "Begin with a line of column names.")
    columns = [names.get(folded(cell), "") for cell in first[1]]
    lacking = [f"“{one}”" for one in sorted(needed) if one not in columns]
    if lacking:
        raise refused(
            f"The first line lacks {'this column' if len(lacking) == 1 else 'these columns'}: {', '.join(lacking)}."
        )
    twice = next((one for one in columns if one and columns.count(one) > 1), "")
    if twice:
        raise refused(f"The column “{twice}” is there twice.")
    found: list[tuple[int, dict[str, str]]] = []
    for line, cells in rows:
        if len(found) == MOST_ROWS:
            raise refused(f"There are more than {MOST_ROWS} rows.", "Divide the file.")
        found.append((line, {name: cell for name, cell in zip(columns, cells, strict=False) if name}))
    if not found:
        raise refused("There is no row below the column names.")
    return found


def _rows(content: bytes) -> Iterator[Record]:
    """The first sheet of a workbook, its cells as text."""
    refuse_bombs(content, MOST_UNPACKED)
    try:
        sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise refused("This workbook cannot be read.", "Save it anew as XLSX, or as CSV in UTF-8.") from error
    for line, cells in enumerate(rows, start=1):
        texts = [_cell(cell) for cell in cells]
        if any(text.strip() for text in texts):
            yield line, texts


def _cell(value: object) -> str:
    """A cell as somebody would have typed it: whole numbers without decimals, days and times in ISO form."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        plain = value.time() == datetime.time()
        return value.date().isoformat() if plain else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return f"{int(value.total_seconds()) // 60} min"
    return str(value)


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        raise refused("The file is in UTF-16.", "Save it as CSV in UTF-8 (in a spreadsheet: “CSV UTF-8”).")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused("This is a spreadsheet of an old kind.", "Save it as XLSX, or as CSV in UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refused(f"Line {line} is not in UTF-8.", "Save it as CSV in UTF-8.") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise refused(f"Line {line} holds a NUL character.", "Save the file anew as CSV in UTF-8.")
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; empty lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise refused(f"Line {begins} cannot be read as CSV: {error}.", "Look at its quotation marks.") from error
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


def without_empty_end(cells: Sequence[str]) -> list[str]:
    """The cells up to the last one with something in it: spreadsheets write empty columns behind."""
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def folded(text: str) -> str:
    """The name of a column, whatever its case, blanks and underscores."""
    return " ".join(text.replace("_", " ").casefold().split())


def shown(text: str) -> str:
    """A cell as a message can quote it."""
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:80]}…"


def refused(message: str, mend: str = "") -> Invalid:
    """The refusal of a whole file."""
    return Invalid(message, fields={"roster": [f"{message} {mend}".strip()]}, mend=mend)
