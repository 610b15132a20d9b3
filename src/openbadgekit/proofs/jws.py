"""Compact JSON Web Signatures, read strictly (RFC 7515, RFC 7518, RFC 8037, RFC 8725).

The header is a stranger's word until the signature holds, and says little even then: the key comes from the issuer's
own document, and the key's kind fixes the algorithm. `jku`, `x5u` and `x5c` are passed over; `crit` is refused.
"""

import json
import re
from dataclasses import dataclass
from typing import Final

from .. import base64url
from ..errors import BadgeError, Malformed, Unsafe, Unsupported
from ..jsontype import JsonObject
from ..publickey import PublicKey, names_of
from ..strict import MAX_BYTES, parse_object

MOST_TOKEN: Final = 2 * MAX_BYTES
_MOST_HEADER: Final = 16_000
_FORM: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_NO_SIGNATURE: Final = re.compile(r"none|hs\d+", re.IGNORECASE)
_KNOWN: Final = frozenset({"EdDSA", "Ed25519", "ES256", "RS256"})


@dataclass(frozen=True, slots=True)
class Compact:
    """A compact JWS, taken apart and well-formed, but not checked: header, payload, what was signed, the signature."""

    header: JsonObject
    payload: JsonObject
    signed: bytes
    signature: bytes

    @property
    def algorithm(self) -> str:
        """The `alg` of the header."""
        return str(self.header["alg"])


def looks_compact(text: str) -> bool:
    """Tell whether a text has the form of a compact JWS: three parts of base64url, with dots between."""
    return _FORM.fullmatch(text) is not None


def parse(token: str) -> Compact:
    """Return the parts of a compact JWS whose payload is a JSON object (RFC 7515 §5.2, steps 1 to 7).

    Raises Malformed for what is none, is not in canonical base64url, has a name twice, an `alg` that is no signature, a
    `crit` or a `b64`; Unsupported for an algorithm that is not known here; Unsafe when it is too large.
    """
    if len(token) > MOST_TOKEN:
        raise Unsafe(f"The token is larger than {MOST_TOKEN} characters.")
    if not looks_compact(token):
        raise Malformed("This is not a compact JSON Web Signature.")
    first, middle, last = token.split(".")
    header = _object("header", first, _MOST_HEADER)
    _check_header(header)
    payload = _object("payload", middle, MAX_BYTES)
    return Compact(header, payload, f"{first}.{middle}".encode("ascii"), base64url.decode(last))


def check(token: Compact, key: PublicKey) -> None:
    """Return when the signature is by the key, with the algorithm that this kind of key has; raise Malformed otherwise.

    RFC 8725 §3.1 and §3.2: a key serves one algorithm, and the header must name just that one.
    """
    if token.algorithm not in names_of(key.algorithm):
        raise Malformed("The header names another algorithm than that of the issuer's key.", "/alg")
    if not key.holds(token.signed, token.signature):
        raise Malformed("Its content is not what was signed with this key.")


def to_sign(header: JsonObject, payload: JsonObject) -> bytes:
    """Return the bytes that a JWS signs (RFC 7515 §5.1): header and payload in base64url, with a dot between."""
    return b".".join(
        base64url.encode(json.dumps(part, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()).encode()
        for part in (header, payload)
    )


def compact(signed: bytes, signature: bytes) -> str:
    """Return the compact form of what was signed and its signature."""
    return f"{signed.decode('ascii')}.{base64url.encode(signature)}"


def _object(name: str, text: str, most: int) -> JsonObject:
    try:
        return parse_object(base64url.decode(text), max_bytes=most)
    except Unsafe as error:
        raise Unsafe(f"The {name} of the token is too much: {error.message}", error.pointer) from None
    except BadgeError as error:
        raise Malformed(f"The {name} of the token cannot be read: {error.message}", error.pointer) from None


def _check_header(header: JsonObject) -> None:
    algorithm = header.get("alg")
    if not isinstance(algorithm, str):
        raise Malformed("The header names no algorithm.", "/alg")
    if _NO_SIGNATURE.fullmatch(algorithm):
        raise Malformed("The token is not signed by anybody: its algorithm is no signature.", "/alg")
    if algorithm not in _KNOWN:
        raise Unsupported(f"It is signed in a way that is not known here: {algorithm[:40]!r}.", "/alg")
    for name in ("crit", "b64"):
        if name in header:
            raise Malformed(f"The header asks for an extension that is not known here ({name}).", f"/{name}")
