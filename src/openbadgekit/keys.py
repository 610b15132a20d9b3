"""Ed25519 keys, their multikey form, and did:web.

Controlled Identifiers 1.0 §2.2.2 (Multikey), did:web Method Specification §2.1 and §2.5, VC Data Integrity EdDSA
Cryptosuites v1.0 §2.1.1.
"""

import ipaddress
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from . import base58btc
from .documents.contexts import DID_1, MULTIKEY_1
from .errors import Malformed, Unsupported
from .jsontype import Document, Json

_ED25519_PREFIX: Final = b"\xed\x01"
_SEED_BYTES: Final = 32
_HOST: Final = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_SEGMENT: Final = re.compile(r"[A-Za-z0-9._~-]+")
_FRAGMENT: Final = re.compile(r"[A-Za-z0-9._~-]+")


class Key:
    """An Ed25519 key pair. `public` is its multikey (z6Mk…); `seed` its secret 32 bytes: keep them sealed."""

    __slots__ = ("_signing", "public")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != _SEED_BYTES:
            raise Malformed("The seed of an Ed25519 key has 32 bytes.")
        self._signing = SigningKey(seed)
        self.public = multikey_encode(bytes(self._signing.verify_key))

    def __repr__(self) -> str:
        return f"Key({self.public})"

    @classmethod
    def generate(cls) -> "Key":
        """Return a new key from the system's random numbers."""
        return cls(bytes(SigningKey.generate()))

    @classmethod
    def from_seed(cls, seed: bytes) -> "Key":
        """Return the key that was made from these 32 secret bytes. Raises Malformed for another length."""
        return cls(seed)

    @property
    def seed(self) -> bytes:
        """The secret 32 bytes from which the key can be made again."""
        return bytes(self._signing)

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the Ed25519 signature (RFC 8032 §5.1.6)."""
        return self._signing.sign(data).signature


def signature_holds(public_key: bytes, data: bytes, signature: bytes) -> bool:
    """Tell whether the Ed25519 signature (64 bytes) over the data is by the key (32 bytes).

    RFC 8032 §5.1.7, strictly: a key or R of small order and an S that is not canonical never hold.
    """
    try:
        VerifyKey(public_key).verify(data, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def multikey_encode(public_key: bytes) -> str:
    """Return the multikey (z6Mk…) of the 32 bytes of an Ed25519 public key."""
    return base58btc.encode(_ED25519_PREFIX + public_key)


def multikey_decode(text: str) -> bytes:
    """Return the 32 bytes of the Ed25519 public key in a multikey (z6Mk…).

    Raises Unsupported for a multikey of another kind, Malformed for what is none.
    """
    if not text.startswith("z6Mk") and text.startswith(("z", "u")):
        raise Unsupported("The key is not an Ed25519 multikey (z6Mk…).")
    data = base58btc.decode(text, length=len(_ED25519_PREFIX) + 32)
    if not data.startswith(_ED25519_PREFIX):
        raise Unsupported("The key is not an Ed25519 multikey (z6Mk…).")
    return data[len(_ED25519_PREFIX) :]


def did_web(base_url: str, *segments: str) -> str:
    """Return the did:web identifier of an origin and path segments.

    did_web("https://uni.example:8443", "units", "food") is "did:web:uni.example%3A8443:units:food". Raises Malformed
    when the base is not an origin of http(s), or a segment holds more than letters, digits and . _ ~ -.
    """
    parts = urlsplit(base_url)
    try:
        port = parts.port
    except ValueError as error:
        raise Malformed(f"{base_url!r} has a port that is no number.") from error
    host = parts.hostname or ""
    origin = parts.scheme in ("http", "https") and parts.path in ("", "/") and not (parts.query or parts.fragment)
    if not origin or parts.username is not None or not _HOST.fullmatch(host):
        raise Malformed(f"{base_url!r} is not an origin, such as https://uni.example.")
    for segment in segments:
        _check_segment(segment)
    return ":".join(["did:web:" + host + (f"%3A{port}" if port is not None else ""), *segments])


def did_web_url(did: str, *, allow_http_loopback: bool = False) -> str:
    """Return the address of the DID document of a did:web identifier (without a fragment).

    https, or, with `allow_http_loopback`, http for a loopback host. No path: /.well-known/did.json. Raises Unsupported
    for another DID method, Malformed for an ill-formed identifier.
    """
    if not did.startswith("did:web:"):
        raise Unsupported("Only did:web identifiers can be looked up.")
    place, *segments = did.removeprefix("did:web:").split(":")
    host, colon, port = re.sub("%3a", ":", place, flags=re.IGNORECASE).partition(":")
    if not _HOST.fullmatch(host) or (colon and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536)):
        raise Malformed(f"{did!r} does not name a host.")
    for segment in segments:
        _check_segment(segment)
    scheme = "http" if allow_http_loopback and is_loopback(host) else "https"
    path = "/".join(segments) if segments else ".well-known"
    return f"{scheme}://{host}{colon}{port}/{path}/did.json"


def is_loopback(host: str) -> bool:
    """Tell whether the host name means this very machine: localhost, or a loopback address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def did_document(did: str, keys: Sequence[tuple[str, str]]) -> Document:
    """Return the DID document that lists the keys: (fragment, multikey) pairs, the current one first.

    Each is a Multikey under `verificationMethod`, controlled by the DID, and listed under `assertionMethod`. Raises
    Malformed when there is no key, a fragment stands twice or is ill-formed, or a multikey is none.
    """
    if not keys or len({fragment for fragment, _ in keys}) < len(keys):
        raise Malformed("A DID document needs at least one key, and a fragment of its own for each.")
    methods: list[Json] = []
    for fragment, multikey in keys:
        if not _FRAGMENT.fullmatch(fragment):
            raise Malformed(f"{fragment!r} cannot be the fragment of a key.")
        multikey_decode(multikey)
        name = f"{did}#{fragment}"
        methods.append({"id": name, "type": "Multikey", "controller": did, "publicKeyMultibase": multikey})
    return {
        "@context": [DID_1, MULTIKEY_1],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [f"{did}#{fragment}" for fragment, _ in keys],
    }


def _check_segment(segment: str) -> None:
    if not _SEGMENT.fullmatch(segment) or segment in (".", ".."):
        raise Malformed(f"{segment!r} cannot be a part of a did:web identifier.")
