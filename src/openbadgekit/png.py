"""PNG files chunk by chunk (W3C PNG, 3rd edition, section 5): never decoded, never re-encoded.

A badge lies in one iTXt chunk. Everything else in the file is carried over byte for byte.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .errors import Malformed, Unsafe

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
MOST_TEXT: Final = 256 * 1024
_MOST_CHUNKS: Final = 20_000
_LATIN_KEYWORD: Final = 79


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its four-letter type, its data, and where it begins and ends in the file."""

    type: bytes
    data: bytes
    start: int
    end: int


def chunks(picture: bytes) -> Iterator[Chunk]:
    """Yield the chunks of a PNG file from IHDR to IEND, each checksum checked.

    Bytes after IEND are not part of the picture and are passed over. Raises Malformed when the file is cut short, a
    checksum is wrong, IHDR does not come first or IEND is missing; Unsafe when it has more than 20,000 chunks.
    """
    if not picture.startswith(SIGNATURE):
        raise Malformed("This is not a PNG picture.")
    position, count, kind = len(SIGNATURE), 0, b""
    while kind != b"IEND":
        chunk = _chunk(picture, position)
        count += 1
        if count > _MOST_CHUNKS:
            raise Unsafe(f"The picture has more than {_MOST_CHUNKS} chunks.")
        if (chunk.type == b"IHDR") != (count == 1):
            raise Malformed("The picture does not begin with its header.")
        yield chunk
        position, kind = chunk.end, chunk.type


def _chunk(picture: bytes, start: int) -> Chunk:
    head = picture[start : start + 8]
    if len(head) < 8:
        raise Malformed("The picture is cut short.")
    length, kind = struct.unpack(">I4s", head)
    end = start + 12 + length
    if length > 0x7FFFFFFF or end > len(picture):
        raise Malformed("The picture is cut short.")
    if not kind.isalpha():
        raise Malformed("The picture has a chunk without a proper name.")
    data = picture[start + 8 : start + 8 + length]
    if zlib.crc32(kind + data) != int.from_bytes(picture[end - 4 : end]):
        raise Malformed("The picture is damaged: a checksum is wrong.")
    return Chunk(kind, data, start, end)


def text_chunk(keyword: str, text: str) -> bytes:
    """Return an uncompressed iTXt chunk (section 11.3.3.4) with no language and no translated keyword."""
    data = keyword.encode("latin-1") + b"\x00\x00\x00\x00\x00" + text.encode("utf-8")
    return struct.pack(">I", len(data)) + b"iTXt" + data + struct.pack(">I", zlib.crc32(b"iTXt" + data))


def keyword_of(chunk: Chunk) -> str:
    """Return the keyword of an iTXt, tEXt or zTXt chunk; "" for every other chunk and where it has no end."""
    if chunk.type not in (b"iTXt", b"tEXt", b"zTXt"):
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
    return text
