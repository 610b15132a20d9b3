"""Whose key is it? A key counts only if the issuer's own document lists it for making assertions.

VC Data Integrity 1.0 §4.4 and Controlled Identifiers 1.0 §3.3 (Retrieve Verification Method); did:web §2.5.2; did:key.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from ..errors import Malformed, NotFetched, Unsafe, Unsupported
from ..jsontype import Json, JsonObject
from ..keys import did_web_url, multikey_decode
from .reading import as_list, as_object, brief, domain, is_web, moment, text
from .report import KEY, Finding, failed, passed, unknown
from .session import DID, Session

_MULTIKEYS: Final = frozenset({"Multikey", "Ed25519VerificationKey2020"})
_MOST_METHODS: Final = 200
_X: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a key: the finding, and its 32 bytes if it is the issuer's."""

    finding: Finding
    key: bytes | None = None


def issuer_key(session: Session, issuer: str, method: str) -> Answer:
    """Find out whether the verification method is the issuer's own, and return its key.

    `issuer` is the id of the issuer (did:web, did:key or an https address), `method` the proof's verificationMethod.
    """
    try:
        key = _did_key(issuer, method) if issuer.startswith("did:key:") else _listed_key(session, issuer, method)
    except (NotFetched, Unsafe):
        return Answer(unknown(KEY, f"{domain(issuer)} did not show its keys."))
    except Unsupported as error:
        return Answer(unknown(KEY, error.message))
    except Malformed as error:
        return Answer(failed(KEY, f"The key does not belong to {domain(issuer)}: {error.message}"))
    return Answer(passed(KEY, f"The key belongs to {domain(issuer)}."), key)


def _did_key(issuer: str, method: str) -> bytes:
    multikey = issuer.removeprefix("did:key:")
    if method != f"{issuer}#{multikey}":
        raise Malformed("the issuer is another key.")
    return multikey_decode(multikey)


def _listed_key(session: Session, issuer: str, method: str) -> bytes:
    document = _controller_document(session, issuer)
    if document.get("id") != issuer:
        raise Malformed("the document at its address is that of somebody else.")
    found = _method(document, issuer, method)
    if found.get("controller") != issuer:
        raise Malformed("somebody else controls this key.")
    _refuse_ended(session, found)
    return _public_key(found)


def _controller_document(session: Session, issuer: str) -> JsonObject:
    if issuer.startswith("did:web:"):
        address = did_web_url(issuer, allow_http_loopback=session.policy.allow_private)
    elif is_web(issuer):
        address = issuer
    else:
        raise Unsupported(f"We do not know how to find the keys of {brief(issuer)}.")
    try:
        document = session.document(address, DID)
    except Malformed:
        raise NotFetched("There is no document of keys at the issuer's address.") from None
    if not document.get("verificationMethod") and not document.get("assertionMethod"):
        raise NotFetched("The document at the issuer's address shows no keys.")
    return document


def _method(document: JsonObject, issuer: str, method: str) -> JsonObject:
    """Return the method from the issuer's document, if it stands there once and under assertionMethod."""
    wanted = _absolute(issuer, method)
    listed = as_list(document.get("verificationMethod"))
    asserting = as_list(document.get("assertionMethod"))
    if len(listed) + len(asserting) > _MOST_METHODS:
        raise Unsafe("The issuer's document lists too many keys.")
    bodies = [body for body in map(as_object, listed + asserting) if _absolute(issuer, body.get("id")) == wanted]
    names = [entry if isinstance(entry, str) else as_object(entry).get("id") for entry in asserting]
    if not bodies:
        raise Malformed("its document does not list this key.")
    if len(bodies) > 1:
        raise Malformed("its document lists two keys under one name.")
    if wanted not in [_absolute(issuer, name) for name in names]:
        raise Malformed("its document does not list this key for making assertions.")
    return bodies[0]


def _absolute(issuer: str, name: Json) -> str | None:
    found = text(name)
    return issuer + found if found and found.startswith("#") else found


def _refuse_ended(session: Session, method: JsonObject) -> None:
    for name, words in (("revoked", "it was withdrawn."), ("expires", "it has expired.")):
        if name in method:
            try:
                ended = moment(method[name]) <= session.now
            except Malformed:
                raise Unsupported(f"We cannot read until when this key holds: {brief(method[name])}.") from None
            if ended:
                raise Malformed(words)


def _public_key(method: JsonObject) -> bytes:
    """Return the 32 bytes of an Ed25519 key given as Multikey or JsonWebKey; the type decides how it is read."""
    kind = method.get("type")
    multikey = text(method.get("publicKeyMultibase"))
    if kind in _MULTIKEYS and multikey:
        try:
            return multikey_decode(multikey)
        except Malformed:
            raise Malformed("it is not well-formed.") from None
    if kind in ("JsonWebKey", "JsonWebKey2020") and "publicKeyJwk" in method:
        return _jwk(as_object(method["publicKeyJwk"]))
    raise Unsupported(f"It is signed in a way we do not know: {brief(kind)}.")


def _jwk(jwk: JsonObject) -> bytes:
    """RFC 8037 §2: an Ed25519 public key; one that shows its private part is given away and counts no more."""
    if (jwk.get("kty"), jwk.get("crv")) != ("OKP", "Ed25519"):
        raise Unsupported(f"It is signed in a way we do not know: {brief(jwk.get('crv') or jwk.get('kty'))}.")
    if "d" in jwk:
        raise Malformed("its private part is public.")
    x = text(jwk.get("x")) or ""
    if not _X.fullmatch(x):
        raise Malformed("it is not well-formed.")
    try:
        key = base64.urlsafe_b64decode(x + "=")
    except binascii.Error:
        raise Malformed("it is not well-formed.") from None
    if base64.urlsafe_b64encode(key).rstrip(b"=").decode() != x:
        raise Malformed("it is not well-formed.")
    return key
