"""Bitstring Status List v1.0: a bit for each credential in a signed, compressed list."""

import base64
import binascii
import gzip
import re
import zlib
from datetime import datetime
from typing import Final

from .documents import lists
from .errors import Malformed, Unsafe
from .jsontype import Document
from .microcredential import Issuer
from .model import BitstringStatusList, Profile, StatusListCredential

LEAST_BITS: Final = 131_072
"""§3.2: a list has at least so many entries, so that a look-up does not tell whose credential was asked for."""
MAX_BYTES: Final = 8 * 1024 * 1024
_LEVEL: Final = 6
_TEXT: Final = re.compile(r"u[A-Za-z0-9_-]+")


def encode(bits: bytes) -> str:
    """Return the encodedList (§3.3) of a bitstring: "u" and base64url without padding of its GZIP form.

    `bits` is a whole number of bytes, at least 16,384. The same bits give the same text. Raises Malformed when short.
    """
    if len(bits) * 8 < LEAST_BITS:
        raise Malformed(f"A status list has at least {LEAST_BITS} entries.")
    packed = gzip.compress(bytes(bits), compresslevel=_LEVEL, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def decode(text: str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bitstring of an encodedList (§3.4).

    Raises Malformed when it is ill-formed or has less than 131,072 bits, Unsafe when it has more than `max_bytes`.
    """
    if not _TEXT.fullmatch(text):
        raise Malformed("The status list is not multibase base64url (it must begin with u).")
    body = text[1:]
    try:
        packed = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise Malformed("The status list is not base64url.") from error
    if base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii") != body:
        raise Malformed("The status list is not canonical base64url.")
    bits = _unpack(packed, max_bytes)
    if len(bits) * 8 < LEAST_BITS:
        raise Malformed(f"The status list is too short: it must have at least {LEAST_BITS} entries.")
    return bits


def _unpack(packed: bytes, max_bytes: int) -> bytes:
    engine = zlib.decompressobj(wbits=31)
    try:
        bits = engine.decompress(packed, max_bytes + 1)
    except zlib.error as error:
        raise Malformed("The status list is not GZIP.") from error
    if len(bits) > max_bytes:
        raise Unsafe(f"The status list is larger than {max_bytes} bytes.")
    if not engine.eof or engine.unused_data:
        raise Malformed("The GZIP data of the status list is cut off, or something follows it.")
    return bits


def bit(bits: bytes, index: int) -> bool:
    """Return the bit at an index; 0 is the left-most (most significant) one. Raises Malformed out of range (§3.2)."""
    if not 0 <= index < len(bits) * 8:
        raise Malformed(f"The status list has no entry {index}.")
    return bool(bits[index >> 3] & (0x80 >> (index & 7)))


def with_bit(bits: bytes, index: int) -> bytes:
    """Return the bits with the one at the index set. Raises Malformed out of range."""
    bit(bits, index)
    changed = bytearray(bits)
    changed[index >> 3] |= 0x80 >> (index & 7)
    return bytes(changed)


def strict_index(text: str) -> int:
    """Return the number in a statusListIndex: decimal digits without a sign or leading zeros. Raises Malformed."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,9}", text, flags=re.ASCII):
        raise Malformed("The status list index must be a decimal number, written as text.")
    return int(text)


def status_list_credential(
    id: str,
    issuer: Profile | Issuer | str,
    bits: bytes,
    valid_from: datetime,
    valid_until: datetime | None = None,
    *,
    purpose: str = "revocation",
) -> Document:
    """Return the unsigned BitstringStatusListCredential (§2.2): id = its address, issuer = that of the badges."""
    return lists.status_list(
        StatusListCredential(
            id,
            Profile(issuer if isinstance(issuer, str) else issuer.id, linked=True),
            valid_from,
            BitstringStatusList(encode(bits), purpose, f"{id}#list"),
            valid_until=valid_until,
        )
    )
