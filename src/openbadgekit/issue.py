"""Issuing: prepare() checks everything and gives a token; sign() signs what was prepared, and nothing else.

VC Data Integrity 1.0 §4.2 and §4.3 (Add Proof, Add Proof Set), VC Data Integrity EdDSA Cryptosuites v1.0 §3.2.1 and
§3.3.1 (eddsa-rdfc-2022, eddsa-jcs-2022), Open Badges 3.0 §8.2 (JSON Web Token), Open Badges 2.0 §Signed Badges.
"""

import hashlib
import json
from collections.abc import Hashable
from datetime import datetime
from functools import lru_cache
from typing import Final

from . import base58btc
from .documents import schema
from .documents.schema import Kind
from .documents.wording import moment
from .errors import BadgeError, Malformed, Unsafe, refuse
from .jsontype import Document, Json, JsonObject, below
from .keys import multikey_decode, signature_holds
from .proofs import jws, vc_jwt
from .proofs.data_integrity import (
    JCS,
    MOST_PROOFS,
    RDFC,
    Suite,
    check_proof,
    document_hash,
    hash_data,
    options_hash,
    secured,
    verify_proof,
)
from .publickey import Algorithm, PublicKey
from .signer import LocalSigner, Signer
from .strict import check_value, parse_object
from .templates.learning import Templates
from .templates.places import text_of
from .unsigned import empty, issuer_of, kind_of, unsigned_endorsements

_TOKEN: Final = object()
_COMPARED_ONE_IN: Final = 100
_BEFORE_PROOF: Final = b',"proof":'


class Prepared:
    """A document that passed every check, and the hash of its canonical form. Made by `prepare` alone."""

    __slots__ = ("_body", "_contexts", "_digest", "_issuer", "_template")

    def __init__(
        self, token: object, document: JsonObject, text: str, digest: bytes, template: Hashable | None = None
    ) -> None:
        if token is not _TOKEN:
            raise TypeError("Prepared documents are made by prepare() alone.")
        contexts = document["@context"]
        self._body = text.encode()
        self._digest = digest
        self._contexts = tuple(contexts) if isinstance(contexts, list) else contexts
        self._issuer = issuer_of(document)
        self._template = template

    @property
    def document(self) -> Document:
        """A copy of the document, without a proof."""
        document: Document = json.loads(self._body)
        return document

    @property
    def body(self) -> bytes:
        """The bytes of the document, as `serialise` writes them, without a proof."""
        return self._body

    @property
    def digest(self) -> bytes:
        """SHA-256 (32 bytes) of the document's RDFC-1.0 form."""
        return self._digest

    @property
    def contexts(self) -> Json:
        """The document's @context: an address, or a list of them."""
        return list(self._contexts) if isinstance(self._contexts, tuple) else self._contexts

    @property
    def issuer(self) -> str:
        """The id of the issuer."""
        return self._issuer

    @property
    def template(self) -> Hashable | None:
        """What documents have in common that were prepared by the same template; None for the engine's."""
        return self._template


def prepare(document: JsonObject) -> Prepared:
    """Check an unsigned 3.0 credential, endorsement or status list, and canonicalize it.

    In order: limits of JSON, shape, one proof on each endorsement inside, safe mode, canonical form. Raises Malformed
    with the JSON pointer of the first thing that is wrong, Unsupported for another kind of document, Unsafe for one
    made to cost time.
    """
    check_value(document)
    if "proof" in document:
        raise Malformed("The document is signed already.", "/proof", "Take the proof out to sign it anew.")
    refuse(schema.check(document, kind_of(document)))
    for pointer in empty(document):
        raise Malformed("An empty list, text or object says nothing.", pointer, "Leave it out.")
    for pointer in unsigned_endorsements(document):
        raise Malformed("The endorsement inside is not signed.", pointer, "Sign it before the credential.")
    return Prepared(_TOKEN, document, text_of(document), document_hash(document))


class Preparer:
    """Prepares many documents, and remembers what they have in common: most of a badge is the same in the next one.

    `prepare` gives what the function `prepare` gives, and refuses what that refuses; only much faster from the third
    document of a shape on. Shapes and the places where documents of one differ are found by themselves. Keep one for as
    long as you issue; threads may share it. `by_template` and `by_engine` count the documents of either kind.
    """

    def __init__(self) -> None:
        self._templates = Templates()
        self.by_template = 0
        self.by_engine = 0

    def prepare(self, document: JsonObject) -> Prepared:
        """Check and canonicalize a document, as the function `prepare` does; by a template where that is sound.

        The shape of every document is checked. One in a hundred of those made by template is canonicalized in full as
        well: raises Unsafe if that ever shows a difference.
        """
        try:
            text = text_of(document)
        except (TypeError, ValueError, RecursionError):
            return prepare(document)  # it refuses, and says where
        found = self._templates.fill(text)
        if found is None:
            prepared = prepare(document)
            self.by_engine += 1
            self._templates.learn(document)
            return prepared
        template, form = found
        refuse(schema.check(document, kind_of(document)))
        prepared = Prepared(_TOKEN, document, text, hashlib.sha256(form).digest(), template)
        self.by_template += 1
        if self.by_template % _COMPARED_ONE_IN == 0 and prepare(document).digest != prepared.digest:
            self._templates.forget(template)
            raise Unsafe("The template gives another canonical form than the engine; nothing was signed.")
        return prepared


def sign(prepared: Prepared, signer: Signer, *, created: datetime, suite: Suite = RDFC) -> Document:
    """Return the prepared document with a proof for assertionMethod, created at that moment.

    `suite` is eddsa-rdfc-2022, which every verifier knows, or eddsa-jcs-2022. Raises Malformed when the signer's
    verification method is not the issuer's own (verifiers refuse such a proof), or its key is not Ed25519.
    """
    options, signature = _signature(prepared, signer, created, suite)
    return secured(prepared.document, options, signature)


def add_proof(signed: JsonObject, signer: Signer, *, created: datetime, suite: Suite = RDFC) -> Document:
    """Return a signed document with one more proof: a proof set, of which every member must hold (§4.3).

    The document is prepared anew, so that what is wrong with it is refused; the proofs that it has are kept as they
    are. Raises as `prepare` and `sign` do, and Malformed when one of its proofs is no proof, or the key has signed it.
    """
    there = signed.get("proof")
    proofs: list[Json] = list(there) if isinstance(there, list) else [there]
    for place, proof in enumerate(proofs):
        if not isinstance(proof, dict):
            raise Malformed("There is no proof to add one to.", "/proof", "Sign the document first.")
        check_proof(proof)
        if (proof["verificationMethod"], proof["cryptosuite"]) == (signer.verification_method, suite):
            raise Malformed("This key has signed the document already.", below("/proof", place))
    if len(proofs) >= MOST_PROOFS:
        raise Malformed(f"A proof set has at most {MOST_PROOFS} proofs here.", "/proof")
    prepared = prepare({name: value for name, value in signed.items() if name != "proof"})
    added = sign(prepared, signer, created=created, suite=suite)
    return {**added, "proof": [*proofs, added["proof"]]}


def sign_jwt(prepared: Prepared, signer: Signer, *, kid: str | None = None) -> str:
    """Return the prepared document as a VC-JWT, the way Open Badges 3.0 §8.2 wants it: RS256, ES256 or EdDSA.

    `kid` is the https address where the public key stands as a JWK; without it, the verification method. Raises
    Malformed when that method is not the issuer's own, or the subject has no id, Unsupported for another algorithm.
    """
    _refuse_foreign(prepared, signer)
    if kid is not None and not kid.startswith("https://"):
        raise Malformed("The address of the key must begin with https://.", mend="Leave it out: the method is used.")
    header = vc_jwt.header_for(Algorithm.of(signer.algorithm).value, kid or signer.verification_method)
    return _compact(header, vc_jwt.payload_for(prepared.document), signer)


class PreparedAssertion:
    """A 2.0 assertion that is to be signed and passed every check. Made by `prepare_assertion` alone."""

    __slots__ = ("_body",)

    def __init__(self, token: object, document: JsonObject) -> None:
        if token is not _TOKEN:
            raise TypeError("Prepared assertions are made by prepare_assertion() alone.")
        self._body = serialise(document)

    @property
    def document(self) -> Document:
        """A copy of the assertion."""
        document: Document = json.loads(self._body)
        return document

    @property
    def creator(self) -> str:
        """The address of the key that must sign it."""
        verification = self.document["verification"]
        return str(verification["creator"]) if isinstance(verification, dict) else ""


def prepare_assertion(document: JsonObject) -> PreparedAssertion:
    """Check a 2.0 assertion that shall be signed (Open Badges 2.0 §Assertion, §VerificationObject).

    Its verification says SignedBadge and names the key as `creator`; its id is no web address, for it is not hosted.
    Raises Malformed with the JSON pointer of the first thing that is wrong.
    """
    check_value(document)
    refuse(schema.check(document, Kind.ASSERTION))
    for pointer in empty(document):
        raise Malformed("An empty list, text or object says nothing.", pointer, "Leave it out.")
    verification = document["verification"]
    kind = verification.get("type") if isinstance(verification, dict) else None
    if not isinstance(verification, dict) or kind not in ("SignedBadge", "signed"):
        raise Malformed("The assertion is not to be signed.", "/verification/type", "Its type must be SignedBadge.")
    if "creator" not in verification:
        raise Malformed("The assertion does not name the key that signs it.", "/verification/creator", "Name it.")
    if str(document["id"]).lower().startswith(("http:", "https:")):
        raise Malformed("A signed assertion does not stand at an address.", "/id", "Give it an id urn:uuid:….")
    return PreparedAssertion(_TOKEN, document)


def sign_assertion(prepared: PreparedAssertion, signer: Signer) -> str:
    """Return the prepared assertion as a compact JWS (Open Badges 2.0 §Signed Badges); RS256 is what all can read.

    Raises Malformed when the assertion names another key than the signer's, Unsupported for another algorithm.
    """
    if signer.verification_method != prepared.creator:
        raise Malformed(
            f"The key {signer.verification_method} is not the one that the assertion names.", "/verification/creator"
        )
    return _compact({"alg": Algorithm.of(signer.algorithm).value}, prepared.document, signer)


def _compact(header: JsonObject, payload: JsonObject, signer: Signer) -> str:
    data = jws.to_sign(header, payload)
    return jws.compact(data, signer.sign(data))


def checked_token(token: str, public_key: PublicKey | str) -> None:
    """Return when the token's signature is true by the key (a public key, or its multikey); raise BadgeError otherwise.

    For what was signed just now: not a verification, which also asks whose key it is, and for revocation.
    """
    jws.check(jws.parse(token), PublicKey.from_multikey(public_key) if isinstance(public_key, str) else public_key)


def sign_bytes(prepared: Prepared, signer: Signer, *, created: datetime) -> bytes:
    """Return the bytes of what `sign` returns, as `serialise` writes them: quicker, for many documents.

    Raises Malformed as `sign` does.
    """
    options, signature = _signature(prepared, signer, created, RDFC)
    proof = text_of({**options, "proofValue": base58btc.encode(signature)})
    return b"".join((prepared.body[:-1], _BEFORE_PROOF, proof.encode(), b"}"))


def _signature(prepared: Prepared, signer: Signer, created: datetime, suite: Suite) -> tuple[Document, bytes]:
    _refuse_foreign(prepared, signer)
    if signer.algorithm != Algorithm.EDDSA:
        raise Malformed("Embedded proofs are made with Ed25519 keys here.", mend="Use sign_jwt for this key.")
    options: Document = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": moment(created),
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
    }
    if suite == JCS:
        options = {"@context": prepared.contexts, **options}
        return options, signer.sign(hash_data(prepared.document, options))
    return options, signer.sign(_options_hash(text_of(options), text_of({"": prepared.contexts})) + prepared.digest)


def _refuse_foreign(prepared: Prepared, signer: Signer) -> None:
    issuer, _, fragment = signer.verification_method.partition("#")
    if issuer != prepared.issuer or not fragment:
        raise Malformed(f"The key {signer.verification_method} is not one of the issuer {prepared.issuer}.", "/issuer")


@lru_cache(maxsize=64)
def _options_hash(options: str, contexts: str) -> bytes:
    """The hash of proof options; both are given as JSON texts. All that is signed in one second has the same one."""
    return options_hash(json.loads(options), json.loads(contexts)[""])


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


def checked_bytes(signed: bytes, prepared: Prepared, public_key: str) -> None:
    """Return when the bytes are the prepared document with a true proof by the key (multikey, z6Mk…) in it.

    As `checked`, only that it takes the canonical form from the preparation: no faults of that one show here. Raises
    Malformed.
    """
    start = prepared.body[:-1] + _BEFORE_PROOF
    if not signed.startswith(start) or not signed.endswith(b"}"):
        raise Malformed("These are not the bytes of what was prepared.")
    proof = parse_object(signed[len(start) : -1])
    check_proof(proof)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    signature = base58btc.decode(str(proof.get("proofValue")), length=64)
    hashes = _options_hash(text_of(options), text_of({"": prepared.contexts})) + prepared.digest
    if proof["cryptosuite"] != RDFC or not signature_holds(_public(public_key), hashes, signature):
        raise Malformed("The signature does not hold: it was made with another key, or over something else.", "/proof")


@lru_cache(maxsize=64)
def _public(multikey: str) -> bytes:
    return multikey_decode(multikey)


def serialise(document: JsonObject) -> bytes:
    """Return the bytes to store and to serve: UTF-8 JSON, no white space, members in the document's order."""
    return text_of(document).encode()


def sha256(document: bytes) -> str:
    """Return the hex SHA-256 of stored bytes."""
    return hashlib.sha256(document).hexdigest()


__all__ = [
    "LocalSigner",
    "Prepared",
    "PreparedAssertion",
    "Preparer",
    "Signer",
    "add_proof",
    "checked",
    "checked_bytes",
    "checked_token",
    "prepare",
    "prepare_assertion",
    "serialise",
    "sha256",
    "sign",
    "sign_assertion",
    "sign_bytes",
    "sign_jwt",
]
