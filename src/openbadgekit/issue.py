"""Issuing: prepare() checks everything and gives a token; sign() signs what was prepared, and nothing else.

VC Data Integrity 1.0 §4.2 (Add Proof), VC Data Integrity EdDSA Cryptosuites v1.0 §3.2.1 (eddsa-rdfc-2022).
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Final, Protocol

from .documents import schema
from .documents.schema import Kind
from .documents.wording import moment
from .errors import BadgeError, Malformed, Unsupported, refuse
from .jsontype import Document, Json, JsonObject, below
from .keys import Key
from .proofs.data_integrity import RDFC, document_hash, options_hash, secured, verify_proof
from .strict import check_value

_KINDS: Final = {
    "OpenBadgeCredential": Kind.CREDENTIAL,
    "AchievementCredential": Kind.CREDENTIAL,
    "EndorsementCredential": Kind.ENDORSEMENT_CREDENTIAL,
    "BitstringStatusListCredential": Kind.STATUS_LIST,
}
_TOKEN: Final = object()


class Signer(Protocol):
    """A key that signs, wherever it lives. `verification_method` is its address: the issuer's id, "#", a fragment."""

    @property
    def verification_method(self) -> str:
        """The address under which the issuer publishes the public key."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the Ed25519 signature over the data."""
        ...


class LocalSigner:
    """A signer whose key is in this process."""

    def __init__(self, key: Key, verification_method: str) -> None:
        self._key = key
        self._verification_method = verification_method

    @property
    def verification_method(self) -> str:
        """The address under which the issuer publishes the public key."""
        return self._verification_method

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the Ed25519 signature over the data."""
        return self._key.sign(data)


class Prepared:
    """A document that passed every check, and the hash of its canonical form. Made by `prepare` alone."""

    __slots__ = ("_body", "_contexts", "_digest", "_issuer")

    def __init__(self, token: object, document: JsonObject, digest: bytes) -> None:
        if token is not _TOKEN:
            raise TypeError("Prepared documents are made by prepare() alone.")
        self._body = serialise(document)
        self._digest = digest
        self._contexts = document["@context"]
        self._issuer = _issuer(document)

    @property
    def document(self) -> Document:
        """A copy of the document, without a proof."""
        document: Document = json.loads(self._body)
        return document

    @property
    def digest(self) -> bytes:
        """SHA-256 (32 bytes) of the document's RDFC-1.0 form."""
        return self._digest

    @property
    def contexts(self) -> Json:
        """The document's @context."""
        return self._contexts

    @property
    def issuer(self) -> str:
        """The id of the issuer."""
        return self._issuer


def prepare(document: JsonObject) -> Prepared:
    """Check an unsigned 3.0 credential, endorsement or status list, and canonicalize it.

    In order: limits of JSON, shape, one proof on each endorsement inside, safe mode, canonical form. Raises Malformed
    with the JSON pointer of the first thing that is wrong, Unsupported for another kind of document, Unsafe for one
    made to cost time.
    """
    check_value(document)
    if "proof" in document:
        raise Malformed("The document is signed already.", "/proof", "Take the proof out to sign it anew.")
    refuse(schema.check(document, _kind(document)))
    for pointer in _empty(document, ""):
        raise Malformed("An empty list or text says nothing.", pointer, "Leave it out.")
    for pointer in _unsigned_endorsements(document, ""):
        raise Malformed("The endorsement inside is not signed.", pointer, "Sign it before the credential.")
    return Prepared(_TOKEN, document, document_hash(document))


def sign(prepared: Prepared, signer: Signer, *, created: datetime) -> Document:
    """Return the prepared document with an eddsa-rdfc-2022 proof for assertionMethod, created at that moment.

    Raises Malformed when the signer's verification method is not the issuer's own: verifiers refuse such a proof.
    """
    method = signer.verification_method
    if method.partition("#")[0] != prepared.issuer or not method.partition("#")[2]:
        raise Malformed(f"The key {method} is not one of the issuer {prepared.issuer}.", "/issuer")
    options: Document = {
        "type": "DataIntegrityProof",
        "cryptosuite": RDFC,
        "created": moment(created),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = signer.sign(options_hash(options, prepared.contexts) + prepared.digest)
    return secured(prepared.document, options, signature)


def checked(document: JsonObject, public_key: str) -> None:
    """Return when the signed document's proof is true by the key (multikey, z6Mk…); raise BadgeError otherwise.

    For what was signed just now: it canonicalizes anew and trusts nothing of the signing. Not a verification: that
    also asks whose key it is, and for revocation.
    """
    proof = document.get("proof")
    if not isinstance(proof, dict):
        raise Malformed("There is no proof, or more than one.", "/proof")
    try:
        verify_proof(document, proof, public_key)
    except BadgeError as error:
        raise Malformed(f"The signature does not hold: {error.message}", "/proof") from error


def serialise(document: JsonObject) -> bytes:
    """Return the bytes to store and to serve: UTF-8 JSON, no white space, members in the document's order."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def sha256(document: bytes) -> str:
    """Return the hex SHA-256 of stored bytes."""
    return hashlib.sha256(document).hexdigest()


def _kind(document: JsonObject) -> Kind:
    names = document.get("type")
    known = (
        [_KINDS[name] for name in names if isinstance(name, str) and name in _KINDS] if isinstance(names, list) else []
    )
    if not known:
        raise Unsupported("Only Open Badges 3.0 credentials, endorsements and status lists are signed here.", "/type")
    return known[0]


def _issuer(document: JsonObject) -> str:
    issuer = document["issuer"]
    name = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(name, str):
        raise Malformed("The issuer has no id.", "/issuer")
    return name


def _empty(value: Json, pointer: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _empty(member, below(pointer, name))
    elif isinstance(value, list) and value:
        for place, member in enumerate(value):
            yield from _empty(member, below(pointer, place))
    elif value in ("", []):
        yield pointer


def _unsigned_endorsements(value: Json, pointer: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            here = below(pointer, name)
            if name == "endorsement":
                for place, inner in enumerate(member if isinstance(member, list) else [member]):
                    if not (isinstance(inner, dict) and isinstance(inner.get("proof"), dict | list)):
                        yield below(here, place) if isinstance(member, list) else here
            yield from _unsigned_endorsements(member, here)
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from _unsigned_endorsements(member, below(pointer, place))
