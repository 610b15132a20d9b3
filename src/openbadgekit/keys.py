"""Key pairs, their multikey form, did:key and did:web.

Controlled Identifiers 1.0 §2.2.2 (Multikey) and §2.2.3 (JsonWebKey), did:web Method Specification §2.1 and §2.5, the
did:key Method, VC Data Integrity EdDSA Cryptosuites v1.0 §2.1.1.
"""

import ipaddress
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from nacl.signing import SigningKey

from . import base58btc
from .documents.contexts import DID_1, MULTIKEY_1
from .errors import Malformed, Unsupported
from .jsontype import Document, Json, JsonObject
from .publickey import LEAST_RSA_BITS, REGISTRY, Algorithm, PublicKey, signature_holds

_ED25519_PREFIX: Final = b"\xed\x01"
_SEED_BYTES: Final = 32
_HOST: Final = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_SEGMENT: Final = re.compile(r"[A-Za-z0-9._~-]+")
_FRAGMENT: Final = re.compile(r"[A-Za-z0-9._~-]+")
_JWK_MEMBERS: Final = ("kty", "crv", "x", "y", "n", "e", "d", "p", "q", "dp", "dq", "qi")
_JWK_1: Final = "https://w3id.org/security/jwk/v1"


class Key:
    """A key pair of Ed25519, P-256 or RSA. `public` is its multikey (z6Mk… for Ed25519): keep all the rest sealed."""

    __slots__ = ("_pair", "public")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != _SEED_BYTES:
            raise Malformed("The seed of an Ed25519 key has 32 bytes.")
        self._pair: SigningKey | ECKey | RSAKey = SigningKey(seed)
        self.public = self.public_key.multikey

    def __repr__(self) -> str:
        return f"Key({self.public})"

    @classmethod
    def generate(cls, algorithm: Algorithm | str = Algorithm.EDDSA) -> "Key":
        """Return a new key from the system's random numbers: Ed25519 ("EdDSA"), P-256 ("ES256") or RSA ("RS256").

        Raises Unsupported for another algorithm.
        """
        if algorithm == Algorithm.EDDSA:
            return cls(bytes(SigningKey.generate()))
        if algorithm == Algorithm.ES256:
            return cls._of(ECKey.generate_key("P-256"))
        if algorithm == Algorithm.RS256:
            return cls._of(RSAKey.generate_key(LEAST_RSA_BITS))
        raise Unsupported(f"Keys for {algorithm!r} are not made here.", mend="Take EdDSA, ES256 or RS256.")

    @classmethod
    def from_seed(cls, seed: bytes) -> "Key":
        """Return the Ed25519 key made from these 32 secret bytes. Raises Malformed for another length."""
        return cls(seed)

    @classmethod
    def from_jwk(cls, jwk: JsonObject) -> "Key":
        """Return the key in a private JWK (RFC 7517; OKP Ed25519, EC P-256 or RSA). Raises Malformed or Unsupported."""
        kinds: dict[object, type[OKPKey] | type[ECKey] | type[RSAKey]] = {"OKP": OKPKey, "EC": ECKey, "RSA": RSAKey}
        kind = kinds.get(str(jwk.get("kty")))
        if kind is None or "d" not in jwk:
            raise Unsupported("This is not the private JWK of a kind that is known here (OKP, EC, RSA).")
        try:
            native = kind.import_key({name: str(jwk[name]) for name in _JWK_MEMBERS if name in jwk}).private_key
        except (JoseError, ValueError, KeyError):
            # A curve that joserfc does not know is a KeyError there.
            raise Malformed("The private JWK is not well-formed.") from None
        key = cls._of_native(native)
        if any(jwk.get(name) != value for name, value in key.public_key.jwk.items()):
            raise Malformed("The two halves of the private JWK do not belong together.")
        return key

    @classmethod
    def from_pem(cls, text: str, password: bytes | None = None) -> "Key":
        """Return the key in PEM (PKCS #8, or the older forms of EC and RSA). Raises Malformed or Unsupported."""
        try:
            native = load_pem_private_key(text.encode("ascii"), password)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise Malformed("The PEM form does not hold a private key, or its password is wrong.") from None
        return cls._of_native(native)

    @classmethod
    def _of_native(cls, native: object) -> "Key":
        if isinstance(native, Ed25519PrivateKey):
            return cls(native.private_bytes_raw())
        if isinstance(native, RSAPrivateKey):
            return cls._of(RSAKey.import_key(native))
        if isinstance(native, EllipticCurvePrivateKey) and isinstance(native.curve, SECP256R1):
            return cls._of(ECKey.import_key(native))
        raise Unsupported("The key is not of a kind that is known here (Ed25519, P-256, RSA).")

    @classmethod
    def _of(cls, pair: ECKey | RSAKey) -> "Key":
        key = cls.__new__(cls)
        key._pair = pair
        key.public = key.public_key.multikey
        return key

    @property
    def algorithm(self) -> Algorithm:
        """How it signs: follows from the kind of the key."""
        return self.public_key.algorithm

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        if isinstance(self._pair, SigningKey):
            return PublicKey.from_ed25519(bytes(self._pair.verify_key))
        return PublicKey(self._pair.public_key)

    @property
    def seed(self) -> bytes:
        """The secret 32 bytes from which an Ed25519 key can be made again. Raises Unsupported for the other kinds."""
        if not isinstance(self._pair, SigningKey):
            raise Unsupported("Only an Ed25519 key has a seed.", mend="Keep the private JWK or PEM form.")
        return bytes(self._pair)

    @property
    def pem(self) -> str:
        """The secret PEM form (PKCS #8, not encrypted)."""
        if isinstance(self._pair, SigningKey):
            native = Ed25519PrivateKey.from_private_bytes(self.seed)
            return native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
        return self._pair.as_pem(private=True).decode("ascii")

    @property
    def private_jwk(self) -> Document:
        """The secret JWK form."""
        pair = OKPKey.import_key(self.pem) if isinstance(self._pair, SigningKey) else self._pair
        return {name: str(value) for name, value in pair.as_dict(private=True).items()}

    def sign(self, data: bytes) -> bytes:
        """Return the signature: Ed25519 64 bytes (RFC 8032 §5.1.6), P-256 64 bytes r and s, RSA PKCS #1 v1.5.

        All three are what JWS wants (RFC 7518 §3.3 and §3.4, RFC 8037 §3.1).
        """
        if isinstance(self._pair, SigningKey):
            return self._pair.sign(data).signature
        return REGISTRY.get_alg(self.algorithm.value).sign(data, self._pair)


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


def did_key(key: PublicKey) -> str:
    """Return the did:key identifier of a public key; its verification method is that, "#" and the multikey."""
    return f"did:key:{key.multikey}"


def did_key_public(did: str) -> PublicKey:
    """Return the key in a did:key identifier (without a fragment). Raises Malformed or Unsupported."""
    if not did.startswith("did:key:"):
        raise Unsupported("This is not a did:key identifier.")
    return PublicKey.from_multikey(did.removeprefix("did:key:"))


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


def did_document(did: str, keys: Sequence[tuple[str, str | PublicKey]], *, jwk: bool = False) -> Document:
    """Return the DID document that lists the keys: (fragment, multikey or key) pairs, the current one first.

    Each stands under `verificationMethod`, controlled by the DID, and is listed under `assertionMethod`: as Multikey,
    or as JsonWebKey with `jwk`, which RSA keys always are (Multikey does not know them). Raises Malformed when there is
    no key, a fragment stands twice or is ill-formed, or a multikey is none.
    """
    if not keys or len({fragment for fragment, _ in keys}) < len(keys):
        raise Malformed("A DID document needs at least one key, and a fragment of its own for each.")
    methods = [_method(did, fragment, key, jwk) for fragment, key in keys]
    kinds = {str(method["type"]): None for method in methods}
    contexts: list[Json] = [DID_1, *({"Multikey": MULTIKEY_1, "JsonWebKey": _JWK_1}[kind] for kind in kinds)]
    return {
        "@context": contexts,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [f"{did}#{fragment}" for fragment, _ in keys],
    }


def _method(did: str, fragment: str, key: str | PublicKey, jwk: bool) -> Document:
    if not _FRAGMENT.fullmatch(fragment):
        raise Malformed(f"{fragment!r} cannot be the fragment of a key.")
    public = PublicKey.from_multikey(key) if isinstance(key, str) else key
    start: Document = {"id": f"{did}#{fragment}"}
    if jwk or public.algorithm is Algorithm.RS256:
        return {**start, "type": "JsonWebKey", "controller": did, "publicKeyJwk": public.jwk}
    return {**start, "type": "Multikey", "controller": did, "publicKeyMultibase": public.multikey}


def _check_segment(segment: str) -> None:
    if not _SEGMENT.fullmatch(segment) or segment in (".", ".."):
        raise Malformed(f"{segment!r} cannot be a part of a did:web identifier.")


__all__ = [
    "Algorithm",
    "Key",
    "PublicKey",
    "did_document",
    "did_key",
    "did_key_public",
    "did_web",
    "did_web_url",
    "is_loopback",
    "multikey_decode",
    "multikey_encode",
    "signature_holds",
]
