"""Public keys of the three kinds that badges are signed with, in every form that issuers publish them in.

Ed25519, P-256 and RSA (2,048 to 8,192 bits). Multikey (Controlled Identifiers 1.0 §2.2.2; RSA as in did:key), JWK
(RFC 7517, RFC 7518 §6, RFC 8037) and PEM (RFC 7468). The kind of the key fixes the algorithm: nothing that a stranger
writes can choose it.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from . import base58btc, base64url
from .errors import Malformed, Unsupported
from .jsontype import Document, Json, JsonObject


class Algorithm(StrEnum):
    """How a key signs; the value is the `alg` of a JWS (RFC 7518 §3.1, RFC 8037 §3.1)."""

    EDDSA = "EdDSA"
    ES256 = "ES256"
    RS256 = "RS256"

    @classmethod
    def of(cls, name: str) -> "Algorithm":
        """Return the algorithm of this name. Raises Unsupported for one that is not known here."""
        try:
            return cls(name)
        except ValueError:
            raise Unsupported(f"The algorithm {name!r} is not known here.", mend="EdDSA, ES256 or RS256.") from None


Native: TypeAlias = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey

REGISTRY: Final = JWSRegistry(algorithms=[Algorithm.ES256.value, Algorithm.RS256.value])
"""The algorithms of joserfc that are used here, by name: no other can be asked for."""

LEAST_RSA_BITS: Final = 2048
MOST_RSA_BITS: Final = 8192
_ED25519, _P256, _RSA = b"\xed\x01", b"\x80\x24", b"\x85\x24"
_ED25519_BYTES: Final = 32
_LONGEST_MULTIKEY: Final = 1600
_LONGEST_PEM: Final = 4000
_LONGEST_MEMBER: Final = 1400
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_PEM: Final = re.compile(r"-----BEGIN (?P<kind>(RSA )?PUBLIC KEY)-----[A-Za-z0-9+/=\s]+-----END (?P=kind)-----")


class PublicKey:
    """A public key. `algorithm` is the one it verifies with; `multikey` and `jwk` are its forms."""

    __slots__ = ("_native", "algorithm", "multikey")

    def __init__(self, native: Native) -> None:
        self._native = native
        self.algorithm, self.multikey = _checked(native)

    def __repr__(self) -> str:
        return f"PublicKey({self.multikey})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicKey) and self.multikey == other.multikey

    def __hash__(self) -> int:
        return hash(self.multikey)

    @classmethod
    def from_multikey(cls, text: str) -> "PublicKey":
        """Return the key in a multikey (z6Mk… Ed25519, zDn… P-256, z4MX… and others RSA).

        Raises Unsupported for a key of another kind, Malformed for what is none.
        """
        data = base58btc.decode_any(text, longest=_LONGEST_MULTIKEY)
        kind, body = data[:2], data[2:]
        if kind == _ED25519:
            return cls.from_ed25519(body)
        try:
            if kind == _P256:
                return cls._same(EllipticCurvePublicKey.from_encoded_point(SECP256R1(), body), text)
            if kind == _RSA:
                return cls._same(_supported(load_der_public_key(body)), text)
        except (ValueError, UnsupportedAlgorithm):
            raise Malformed("The multikey does not hold a key.") from None
        raise Unsupported("The multikey is not of a kind that is known here (Ed25519, P-256, RSA).")

    @classmethod
    def from_ed25519(cls, data: bytes) -> "PublicKey":
        """Return the Ed25519 key of 32 bytes. Raises Malformed for another length."""
        if len(data) != _ED25519_BYTES:
            raise Malformed("An Ed25519 key has 32 bytes.")
        return cls(Ed25519PublicKey.from_public_bytes(data))

    @classmethod
    def from_jwk(cls, jwk: JsonObject) -> "PublicKey":
        """Return the key in a JWK. Members beside the key itself are passed over, but an `alg` or `use` must fit.

        Raises Malformed when it is ill-formed or shows its private part, Unsupported for a key of another kind.
        """
        if _PRIVATE & set(jwk):
            raise Malformed("The JWK shows its private part: the key is given away.")
        kind = (jwk.get("kty"), jwk.get("crv"))
        if kind == ("OKP", "Ed25519"):
            key = cls.from_ed25519(_octets(jwk, "x"))
        elif kind == ("EC", "P-256"):
            key = cls._of_members(ECKey, jwk, ("x", "y"))
        elif kind[0] == "RSA":
            key = cls._of_members(RSAKey, jwk, ("n", "e"))
        else:
            raise Unsupported(f"The key is not of a kind that is known here: {str(kind[1] or kind[0])[:40]!r}.")
        if jwk.get("alg", key.algorithm.value) not in names_of(key.algorithm) or jwk.get("use", "sig") != "sig":
            raise Malformed("The JWK is meant for another use.")
        return key

    @classmethod
    def from_pem(cls, text: str) -> "PublicKey":
        """Return the key in PEM: SubjectPublicKeyInfo, or PKCS #1 for RSA. Raises Malformed or Unsupported."""
        if len(text) > _LONGEST_PEM or not _PEM.fullmatch(text.strip()):
            raise Malformed("This is not one public key in PEM form.")
        try:
            native = load_pem_public_key(text.strip().encode("ascii"))
        except (ValueError, UnsupportedAlgorithm):
            raise Malformed("The PEM form does not hold a public key.") from None
        return cls(_supported(native))

    @classmethod
    def _of_members(cls, kind: type[ECKey] | type[RSAKey], jwk: JsonObject, names: tuple[str, ...]) -> "PublicKey":
        for name in names:
            _octets(jwk, name)
        members = {name: str(jwk[name]) for name in ("kty", "crv", *names) if name in jwk}
        try:
            native = kind.import_key({**members}).public_key
        except (JoseError, ValueError):
            raise Malformed("The JWK is not well-formed.") from None
        key = cls(native)
        if {name: value for name, value in key.jwk.items() if name in names} != {name: jwk[name] for name in names}:
            raise Malformed("The JWK is not well-formed.")
        return key

    @classmethod
    def _same(cls, native: Native, text: str) -> "PublicKey":
        key = cls(native)
        if key.multikey != text:
            raise Malformed("The multikey is not written in its one form.")
        return key

    @property
    def jwk(self) -> Document:
        """The JWK, with nothing but the key itself."""
        if isinstance(self._native, Ed25519PublicKey):
            return {"kty": "OKP", "crv": "Ed25519", "x": base64url.encode(self.raw)}
        members: Mapping[str, object] = _engine_key(self._native).as_dict(private=False)
        return {name: str(members[name]) for name in ("kty", "crv", "x", "y", "n", "e") if name in members}

    @property
    def pem(self) -> str:
        """The PEM form (SubjectPublicKeyInfo), as `publicKeyPem` of Open Badges 2.0 wants it."""
        return self._native.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")

    @property
    def raw(self) -> bytes:
        """The 32 bytes of an Ed25519 key. Raises Unsupported for the other kinds."""
        if not isinstance(self._native, Ed25519PublicKey):
            raise Unsupported("The key is not an Ed25519 key.")
        return self._native.public_bytes_raw()

    def holds(self, data: bytes, signature: bytes) -> bool:
        """Tell whether the signature over the data is by this key.

        The signature is that of JWS (RFC 7518 §3.3 and §3.4, RFC 8037 §3.1): for P-256 the 64 bytes of r and s.
        """
        if isinstance(self._native, Ed25519PublicKey):
            return signature_holds(self.raw, data, signature)
        key = _engine_key(self._native)
        return bool(REGISTRY.get_alg(self.algorithm.value).verify(data, signature, key))


def names_of(algorithm: Algorithm) -> frozenset[str]:
    """Return the names in JWS of what a key of this kind does; Ed25519 has two (RFC 9864 §2.2)."""
    return frozenset({"EdDSA", "Ed25519"}) if algorithm is Algorithm.EDDSA else frozenset({algorithm.value})


def signature_holds(public_key: bytes, data: bytes, signature: bytes) -> bool:
    """Tell whether the Ed25519 signature (64 bytes) over the data is by the key (32 bytes).

    RFC 8032 §5.1.7, strictly: a key or R of small order and an S that is not canonical never hold.
    """
    try:
        VerifyKey(public_key).verify(data, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def _checked(native: Native) -> tuple[Algorithm, str]:
    if isinstance(native, Ed25519PublicKey):
        return Algorithm.EDDSA, base58btc.encode(_ED25519 + native.public_bytes_raw())
    if isinstance(native, RSAPublicKey):
        if not LEAST_RSA_BITS <= native.key_size <= MOST_RSA_BITS:
            raise Malformed(f"An RSA key has {LEAST_RSA_BITS} to {MOST_RSA_BITS} bits here, not {native.key_size}.")
        if native.public_numbers().e.bit_length() > 32:
            raise Malformed("The exponent of the RSA key is too large.")
        return Algorithm.RS256, base58btc.encode(_RSA + native.public_bytes(Encoding.DER, PublicFormat.PKCS1))
    point = native.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return Algorithm.ES256, base58btc.encode(_P256 + point)


def _supported(native: object) -> Native:
    if isinstance(native, Ed25519PublicKey | RSAPublicKey):
        return native
    if isinstance(native, EllipticCurvePublicKey) and isinstance(native.curve, SECP256R1):
        return native
    raise Unsupported("The key is not of a kind that is known here (Ed25519, P-256, RSA).")


def _engine_key(native: EllipticCurvePublicKey | RSAPublicKey) -> ECKey | RSAKey:
    return RSAKey.import_key(native) if isinstance(native, RSAPublicKey) else ECKey.import_key(native)


def _octets(jwk: JsonObject, name: str) -> bytes:
    value: Json = jwk.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_MEMBER:
        raise Malformed("The JWK is not well-formed.")
    try:
        return base64url.decode(value)
    except Malformed:
        raise Malformed("The JWK is not well-formed.") from None
