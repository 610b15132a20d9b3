"""Embedded proofs: eddsa-rdfc-2022 and eddsa-jcs-2022.

VC Data Integrity 1.0 §4, VC Data Integrity EdDSA Cryptosuites v1.0 §3.2 and §3.3. The algorithm follows from the suite
and the key's type, never from anything else in the document.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from .. import base58btc
from ..canonical import WORK_LIMIT, json_canonical, rdf_canonical
from ..documents.contexts import VC_2, context
from ..errors import Malformed, Unsupported
from ..jsontype import Document, Json, JsonObject
from ..publickey import Algorithm, PublicKey, signature_holds
from ..safe_mode import Loader

Suite: TypeAlias = Literal["eddsa-rdfc-2022", "eddsa-jcs-2022"]

RDFC: Final = "eddsa-rdfc-2022"
JCS: Final = "eddsa-jcs-2022"
MOST_PROOFS: Final = 4
"""The most proofs that a set may have here."""

_SIGNATURE_BYTES: Final = 64
_DATE_TIME: Final = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
)


def document_hash(document: JsonObject, *, limit: int = WORK_LIMIT, load: Loader = context) -> bytes:
    """Return SHA-256 of the RDFC-1.0 form of a document without its proof (§3.2.4). Raises as `rdf_canonical` does."""
    return hashlib.sha256(rdf_canonical(_unsecured(document), limit=limit, load=load)).digest()


def options_hash(options: JsonObject, contexts: Json, *, load: Loader = context) -> bytes:
    """Return SHA-256 of the RDFC-1.0 form of proof options, read with the document's @context (§3.2.5)."""
    return hashlib.sha256(_canonical_options(options, contexts, load)).digest()


def hash_data(document: JsonObject, proof_config: JsonObject, *, load: Loader = context) -> bytes:
    """Return the 64 bytes that a proof signs: hash of its options, then hash of the document (§3.2.4, §3.3.4).

    `proof_config` is the proof; a proofValue in it, and a proof in the document, are passed over. Raises Unsupported
    for an unknown suite, Malformed for what has no canonical form.
    """
    suite = proof_config.get("cryptosuite")
    options = {name: value for name, value in proof_config.items() if name != "proofValue"}
    if suite == RDFC:
        contexts = document.get("@context")
        return options_hash(options, contexts, load=load) + document_hash(document, load=load)
    if suite == JCS:
        body = _unsecured(document)
        if "@context" in options:
            body = {**body, "@context": _shared_context(body.get("@context"), options["@context"])}
        return hashlib.sha256(json_canonical(options)).digest() + hashlib.sha256(json_canonical(body)).digest()
    raise Unsupported(f"It is signed in a way that is not known here: {suite!r}.", "/proof/cryptosuite")


def check_proof(proof: JsonObject, *, purpose: str = "assertionMethod") -> None:
    """Refuse a proof that is not of this kind and form (§2.1): type, suite, purpose, created, method, value.

    Raises Unsupported for another type or suite, Malformed for the rest. Pointers are below the proof.
    """
    if proof.get("type") not in ("DataIntegrityProof", ["DataIntegrityProof"]):
        raise Unsupported(f"It is signed in a way that is not known here: {proof.get('type')!r}.", "/type")
    if proof.get("cryptosuite") not in (RDFC, JCS):
        raise Unsupported(
            f"It is signed in a way that is not known here: {proof.get('cryptosuite')!r}.", "/cryptosuite"
        )
    if "previousProof" in proof:
        raise Unsupported("It is one of a chain of proofs, which is not known here.", "/previousProof")
    if proof.get("proofPurpose") != purpose:
        raise Malformed(f"The proof was not made to assert; its purpose must be {purpose}.", "/proofPurpose")
    if not isinstance(proof.get("verificationMethod"), str):
        raise Malformed("The proof does not say with which key it was made.", "/verificationMethod")
    for name in ("created", "expires"):
        value = proof.get(name)
        if name in proof and not (isinstance(value, str) and _DATE_TIME.fullmatch(value)):
            raise Malformed(f"The proof's {name} is not a moment with a time zone.", f"/{name}")


def verify_proof(
    document: JsonObject, proof: JsonObject, public_key: str | bytes | PublicKey, *, load: Loader = context
) -> None:
    """Return when the proof is a true signature by the key over the whole document; raise otherwise.

    `public_key` is a multikey (z6Mk…), the 32 bytes of an Ed25519 key, or a key. Whether the key is the issuer's is
    another question, which `verify` asks. Raises Malformed ("not what was signed", or ill-formed), Unsupported (another
    suite or key), Unsafe (too costly to canonicalize).
    """
    check_proof(proof)
    value = proof.get("proofValue")
    if not isinstance(value, str):
        raise Malformed("The proof has no signature.", "/proofValue")
    signature = base58btc.decode(value, length=_SIGNATURE_BYTES)
    key = _ed25519(public_key)
    if not signature_holds(key, hash_data(document, proof, load=load), signature):
        raise Malformed("Its content is not what was signed with this key.")


def _ed25519(key: str | bytes | PublicKey) -> bytes:
    """The suites fix the algorithm: a key of another kind cannot have made the proof."""
    if isinstance(key, bytes):
        return key
    public = PublicKey.from_multikey(key) if isinstance(key, str) else key
    if public.algorithm is not Algorithm.EDDSA:
        raise Malformed("The proof's suite is for another kind of key than the issuer's.", "/cryptosuite")
    return public.raw


def secured(document: JsonObject, options: JsonObject, signature: bytes) -> Document:
    """Return the document with a proof: the options and the signature's 64 bytes as proofValue."""
    return {**document, "proof": {**options, "proofValue": base58btc.encode(signature)}}


def _unsecured(document: JsonObject) -> Document:
    return {name: value for name, value in document.items() if name != "proof"}


def _shared_context(whole: Json, start: Json) -> Json:
    """§3.3.2: the document's @context must begin with the proof's, which is then the one that was signed."""
    left = whole if isinstance(whole, list) else [whole]
    right = start if isinstance(start, list) else [start]
    if left[: len(right)] != right:
        raise Malformed("The proof was made over another @context.", "/proof/@context")
    return start


_PLAIN_OPTIONS: Final = frozenset({"type", "cryptosuite", "created", "verificationMethod", "proofPurpose"})
_PLAIN_METHOD: Final = re.compile(
    r"(did:[a-z0-9]+:(?:[A-Za-z0-9:._-]|%3A)+|https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9/._~-]*)?)(#[A-Za-z0-9._~-]+)?"
)


def _canonical_options(options: JsonObject, contexts: Json, load: Loader) -> bytes:
    """The engine's form of the options; for the five plain ones it is known beforehand (a test compares them)."""
    plain = _plain(options)
    first = contexts[0] if isinstance(contexts, list) and contexts else contexts
    if plain is None or first != VC_2:
        return rdf_canonical({**options, "@context": contexts}, load=load)
    return (
        f'_:c14n0 <http://purl.org/dc/terms/created> "{plain["created"]}"'
        "^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n"
        "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .\n"
        f'_:c14n0 <https://w3id.org/security#cryptosuite> "{RDFC}"^^<https://w3id.org/security#cryptosuiteString> .\n'
        "_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .\n"
        f"_:c14n0 <https://w3id.org/security#verificationMethod> <{plain['verificationMethod']}> .\n"
    ).encode()


def _plain(options: JsonObject) -> Mapping[str, str] | None:
    texts = {name: value for name, value in options.items() if isinstance(value, str)}
    if set(texts) != _PLAIN_OPTIONS or len(options) != len(texts):
        return None
    fixed = texts["type"] == "DataIntegrityProof" and texts["proofPurpose"] == "assertionMethod"
    if not fixed or texts["cryptosuite"] != RDFC or not _DATE_TIME.fullmatch(texts["created"]):
        return None
    return texts if _PLAIN_METHOD.fullmatch(texts["verificationMethod"]) else None
