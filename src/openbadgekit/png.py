"""PNG files chunk by chunk (W3C PNG, 3rd edition, section 5): never decoded, never re-encoded.

A badge lies in one iTXt chunk. Everything else in the file is carried over byte for byte.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from .errors import Malformed, Unsafe

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
MOST_TEXT: Final = 256 * 1024
TEXTS: Final = frozenset({b"iTXt", b"tEXt", b"zTXt"})
_MOST_CHUNKS: Final = 20_000
_LATIN_KEYWORD: Final = 79
_HEAD: Final = struct.Struct(">I4s")
_SUM: Final = struct.Struct(">I")


class Chunk(NamedTuple):
    """One chunk: its four-letter type, and where it begins and ends in the picture."""

    type: bytes
    start: int
    end: int
    picture: bytes

    @property
    def data(self) -> bytes:
        """A copy of what it holds."""
        return self.picture[self.start + 8 : self.end - 4]


def chunks(picture: bytes) -> Iterator[Chunk]:
    """Yield the chunks of a PNG file from IHDR to IEND, each checksum checked.

    Bytes after IEND are not part of the picture and are passed over. Raises Malformed when the file is cut short, a
    checksum is wrong, IHDR does not come first or IEND is missing; Unsafe when it has more than 20,000 chunks.
    """
    if not picture.startswith(SIGNATURE):
        raise Malformed("This is not a PNG picture.")
    view, size, start = memoryview(picture), len(picture), len(SIGNATURE)
    for count in range(_MOST_CHUNKS):
        if start + 12 > size:
            raise Malformed("The picture is cut short.")
        length, kind = _HEAD.unpack_from(picture, start)
        end = start + 12 + length
        if end > size:
            raise Malformed("The picture is cut short.")
        if not kind.isalpha():
            raise Malformed("The picture has a chunk without a proper name.")
        if zlib.crc32(view[start + 4 : end - 4]) != _SUM.unpack_from(picture, end - 4)[0]:
            raise Malformed("The picture is damaged: a checksum is wrong.")
        if (kind == b"IHDR") != (count == 0):
            raise Malformed("The picture does not begin with its header.")
        yield Chunk(kind, start, end, picture)
        if kind == b"IEND":
            return
        start = end
    raise Unsafe(f"The picture has more than {_MOST_CHUNKS} chunks.")


def text_chunk(keyword: str, text: str) -> bytes:
    """Return an uncompressed iTXt chunk (section 11.3.3.4) with no language and no translated keyword."""
    data = keyword.encode("latin-1") + b"\x00\x00\x00\x00\x00" + text.encode("utf-8")
    return struct.pack(">I", len(data)) + b"iTXt" + data + struct.pack(">I", zlib.crc32(b"iTXt" + data))


def keyword_of(chunk: Chunk) -> str:
    """Return the keyword of an iTXt, tEXt or zTXt chunk; "" for every other chunk and where it has no end."""
    if chunk.type not in TEXTS:
        return ""
    keyword, end, _ = chunk.data[: _LATIN_KEYWORD + 1].partition(b"\x00")
    return keyword.decode("latin-1") if end else ""


def text_of(chunk: Chunk) -> str:
    """Return the text of an iTXt chunk.

    A compressed one is inflated to at most 256 KB. Raises Malformed when it is no well-formed iTXt chunk, Unsafe when
    the text is larger than 256 KB.
    """
    if chunk.type != b"iTXt":
        raise Malformed("The badge lies in a chunk that is not of the kind iTXt.")
    rest = chunk.data.partition(b"\x00")[2]
    flag, method, rest = rest[:1], rest[1:2], rest[2:]
    language = rest.partition(b"\x00")
    translated = language[2].partition(b"\x00")
    if flag not in (b"\x00", b"\x01") or not language[1] or not translated[1]:
        raise Malformed("The chunk that holds the badge is not well-formed.")
    raw = translated[2]
    if flag == b"\x01":
        raw = _inflated(raw, method)
    if len(raw) > MOST_TEXT:
        raise Unsafe("The badge in the picture is larger than 256 KB.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("The badge in the picture is not UTF-8.") from None


def _inflated(raw: bytes, method: bytes) -> bytes:
    if method != b"\x00":
        raise Malformed("The badge in the picture is compressed in an unknown way.")
    engine = zlib.decompressobj()
    try:
        text = engine.decompress(raw, MOST_TEXT + 1)
    except zlib.error:
        raise Malformed("The compressed badge in the picture is damaged.") from None
    if len(text) <= MOST_TEXT and not engine.eof:
        raise Malformed("The compressed badge in the picture is cut short.")
    if engine.unused_data:  # some readers would take it for more of the badge
        raise Malformed("Something follows the compressed badge in the picture.")
    return text
