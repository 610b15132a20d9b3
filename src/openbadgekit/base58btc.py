"""Multibase base58-btc, canonical only: one text for each sequence of bytes (Multibase, prefix "z")."""

import base58

from .errors import Malformed

_LONGEST = 200


def encode(data: bytes) -> str:
    """Return "z" and the base58-btc form of the bytes; leading zero bytes are kept (as "1")."""
    return "z" + base58.b58encode(data).decode("ascii")


def decode(text: str, *, length: int) -> bytes:
    """Return the bytes of a multibase text, which must be `length` many. Raises Malformed when it is anything else."""
    if not text.startswith("z") or len(text) > _LONGEST or not text.isascii():
        raise Malformed("The value is not base58-btc in multibase form (it must begin with z).")
    try:
        data = base58.b58decode(text[1:])
    except ValueError as error:
        raise Malformed("The value has a character that base58-btc does not know.") from error
    if len(data) != length or encode(data) != text:
        raise Malformed(f"The value does not hold exactly {length} bytes.")
    return bytes(data)
