"""Opens private keys, and seals them: the one place that ever holds one. Imported by badges/signing.py alone.

A key is sealed with AES-256-GCM under the key-encryption key. The unit and the key's number are bound into the seal,
so that a sealed key that is moved to another row does not open.
"""

import base64
import binascii
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from openbadgekit.keys import Key

_KEY_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made: its public half in multibase, its private half sealed."""

    public: str
    sealed: bytes


def make(unit: int, number: int) -> NewKey:
    """Draw a new Ed25519 key for a unit and seal it at once."""
    key = Key.generate()
    nonce = os.urandom(_NONCE_BYTES)
    return NewKey(key.public, nonce + AESGCM(_encryption_key()).encrypt(nonce, key.seed, _bound_to(unit, number)))


def unseal(sealed: bytes, unit: int, number: int) -> Key:
    """Open a sealed key; ImproperlyConfigured when it was sealed under another key-encryption key."""
    nonce, text = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return Key.from_seed(AESGCM(_encryption_key()).decrypt(nonce, text, _bound_to(unit, number)))
    except InvalidTag as error:
        raise ImproperlyConfigured(
            f"Signing key {number} of unit {unit} does not open: it was sealed under another key-encryption key, or "
            f"was changed. Give the LAURELS_KEY_ENCRYPTION_KEY (or {settings.SECRET_KEY_FILE}) that it was made with."
        ) from error


def _bound_to(unit: int, number: int) -> bytes:
    return f"laurels signing key: unit {unit}, number {number}".encode()


def _encryption_key() -> bytes:
    text = settings.KEY_ENCRYPTION_KEY or ("" if settings.PRODUCTION else _text_of_file())
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != _KEY_BYTES:
        raise ImproperlyConfigured(
            "LAURELS_KEY_ENCRYPTION_KEY is missing or ill-formed: give 32 random bytes in base64 "
            "(for example: openssl rand -base64 32)."
        )
    return key


def _text_of_file() -> str:
    """The key-encryption key of a development machine, made when there is none."""
    path: Path = settings.SECRET_KEY_FILE
    if not path.exists():
        _make_file(path)
    return path.read_text(encoding="ascii").strip()


def _make_file(path: Path) -> None:
    """Write the whole file aside, then link it into place: of two processes at once, the first one's key stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    aside.touch(mode=0o600, exist_ok=False)
    aside.write_bytes(base64.b64encode(secrets.token_bytes(_KEY_BYTES)))
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
