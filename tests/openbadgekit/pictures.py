"""Small pictures for tests, made by hand."""

import struct
import zlib


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*extra: bytes, colour: int = 2, after: bytes = b"") -> bytes:
    """A picture of one pixel; `extra` chunks stand between the header and the pixels."""
    width = {0: 1, 2: 3, 6: 4}[colour]
    header = struct.pack(">IIBBBBB", 1, 1, 8, colour, 0, 0, 0)
    pixels = zlib.compress(b"\x00" + b"\x7f" * width)
    parts = [chunk(b"IHDR", header), *extra, chunk(b"IDAT", pixels), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + after


def itxt(keyword: bytes, text: bytes, *, compressed: bool = False) -> bytes:
    if compressed:
        return chunk(b"iTXt", keyword + b"\x00\x01\x00\x00\x00" + zlib.compress(text))
    return chunk(b"iTXt", keyword + b"\x00\x00\x00\x00\x00" + text)


SVG = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- a > comment -->\n'
    b'<svg xmlns="http://www.w3.org/2000/svg" width=\'8\' height="8"\n  data-a="a > b">\n'
    b'  <rect width="8" height="8" fill="#345"/>\n</svg>\n'
)
