"""What signs: a key, wherever it lives."""

from typing import Protocol

from .keys import Key


class Signer(Protocol):
    """A key that signs, wherever it lives. `verification_method` is its address: the issuer's id, "#", a fragment."""

    @property
    def verification_method(self) -> str:
        """The address under which the issuer publishes the public key (in 2.0 that of its CryptographicKey)."""
        ...

    @property
    def algorithm(self) -> str:
        """What the key does: "EdDSA" (Ed25519), "ES256" or "RS256"."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return the signature over the data, as JWS wants it: 64 bytes of Ed25519, r and s of P-256, or PKCS #1."""
        ...


class LocalSigner:
    """A signer whose key is in this process."""

    def __init__(self, key: Key, verification_method: str) -> None:
        self._key = key
        self._verification_method = verification_method
        self._algorithm = key.algorithm.value

    @property
    def verification_method(self) -> str:
        """The address under which the issuer publishes the public key."""
        return self._verification_method

    @property
    def algorithm(self) -> str:
        """What the key does: "EdDSA" (Ed25519), "ES256" or "RS256"."""
        return self._algorithm

    def sign(self, data: bytes) -> bytes:
        """Return the signature over the data (see `Key.sign`)."""
        return self._key.sign(data)
