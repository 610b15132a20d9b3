"""What is asked of a workbook (XLSX) before it is opened (pure).

An XLSX file is a ZIP of XML. Every entry is unpacked once within limits, whatever size it says it has, and every cell
is looked at for where it says that it stands: a reader that believed either could be made to fill the memory.
"""

import io
import zipfile
from typing import Final
from xml.parsers import expat

from laurels.errors import Invalid

MOST_ENTRIES: Final = 500
MOST_RATIO: Final = 200
LITTLE: Final = 1024 * 1024  # what so small an entry unpacks to is harmless, whatever its ratio
MOST_LINES: Final = 25_000
MOST_COLUMNS: Final = 256
_CHUNK: Final = 65_536
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MARKUP: Final = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_FOREIGN: Final = ("workbook.bin", "content.xml", "mimetype")  # other formats that also are ZIP files


def refuse_bombs(content: bytes, most: int) -> None:
    """Raise Invalid unless the file is an XLSX whose entries unpack to at most so many bytes, with cells near by."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [one.filename.casefold() for one in entries]
            if len(entries) > MOST_ENTRIES or len(set(names)) < len(names):
                raise _too_large()
            if "xl/workbook.xml" not in names or any(name.rpartition("/")[2] in _FOREIGN for name in names):
                raise _refused("This workbook cannot be read.", "Save it as XLSX, or as CSV in UTF-8.")
            left = most
            for entry in entries:
                left -= _look_through(archive, entry, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _refused("This workbook cannot be read.", "Save it anew as XLSX, or as CSV in UTF-8.") from error


def _look_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> int:
    """Unpack an entry within the limits, read its cells' places, and return its true size."""
    if entry.compress_type not in _METHODS or entry.flag_bits & 0x1:
        raise _refused("This workbook is locked, or packed in an unusual way.", "Save it without a password.")
    said, entry.file_size = entry.file_size, most + 4 * _CHUNK  # whatever it says: read until it really ends
    cap = min(most, max(LITTLE, entry.compress_size * MOST_RATIO))
    size, places = 0, None
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > cap:
                raise _too_large()
            if size == len(chunk) and chunk.startswith(_MARKUP):
                places = _Places()
            if places is not None:
                places.read(chunk)
    if places is not None:
        places.read(b"", last=True)
    if size != said:
        raise _refused("This workbook is damaged.", "Save it anew.")
    return size


class _Places:
    """Follows the XML of an entry, and refuses a cell that says it stands far out, as well as any document type."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self, chunk: bytes, *, last: bool = False) -> None:
        """Read on."""
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise _refused("This workbook is damaged.", "Save it anew.") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if kind in ("c", "row") and "r" in attributes:
            _refuse_far(attributes["r"])
        elif kind == "dimension" and "ref" in attributes:
            for corner in attributes["ref"].split(":"):
                _refuse_far(corner)

    def _doctype(self, *_: object) -> None:
        raise _refused("This workbook holds a document type: none does.", "Save it anew.")


def _refuse_far(place: str) -> None:
    letters = place.rstrip("0123456789").upper()
    digits = place[len(letters) :]
    column = 0
    for letter in letters[:4]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if column > MOST_COLUMNS or len(digits) > 7 or (digits and int(digits) > MOST_LINES):
        raise _refused(
            f"A cell stands at {place[:12]}: the sheet may have {MOST_LINES} lines and {MOST_COLUMNS} columns.",
            "Delete what stands so far out, or divide the file.",
        )


def _too_large() -> Invalid:
    return _refused("This workbook is too large when it is unpacked.", "Save its first sheet as CSV.")


def _refused(message: str, mend: str) -> Invalid:
    return Invalid(message, fields={"roster": [f"{message} {mend}"]}, mend=mend)
