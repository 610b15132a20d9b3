"""Base64url without padding, canonical only: one text for each sequence of bytes (RFC 4648 §5, RFC 7515 §2)."""

import base64
import binascii
import re
from typing import Final

from .errors import Malformed

_TEXT: Final = re.compile(r"[A-Za-z0-9_-]*")


def encode(data: bytes) -> str:
    """Return the base64url form of the bytes, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Return the bytes of a text. Raises Malformed for padding, white space, or another form of the bytes."""
    if not _TEXT.fullmatch(text):
        raise Malformed("The value is not base64url without padding.")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise Malformed("The value is not base64url: it is cut short.") from None
    if encode(data) != text:
        raise Malformed("The value is not canonical base64url.")
    return data
