"""Where a version's words meet the standards': its content hash, and its achievement."""

import hashlib
from collections.abc import Mapping

import rfc8785


def content_hash(frozen: Mapping[str, object]) -> str:
    """The SHA-256 of the RFC 8785 form of a frozen definition, in hex."""
    return hashlib.sha256(rfc8785.dumps(dict(frozen))).hexdigest()  # type: ignore[arg-type]
