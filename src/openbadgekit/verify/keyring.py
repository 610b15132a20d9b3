"""Whose key is it? A key counts only if the issuer's own document lists it for making assertions.

VC Data Integrity 1.0 §4.4 and Controlled Identifiers 1.0 §3.3 (Retrieve Verification Method); did:web §2.5.2; did:key.
"""

from collections.abc import Callable
from typing import Final

from ..errors import BadgeError, Malformed, NotFetched, Unsafe, Unsupported
from ..jsontype import Json, JsonObject
from ..keys import did_key_public, did_web_url
from ..publickey import PublicKey
from .origins import stays
from .reading import as_list, as_object, brief, domain, is_web, moment, origin, text
from .report import KEY, failed, passed, unknown
from .session import DID, KEYS, Answer, Session

# Tuples: what a stranger calls a kind may be a list, which no set can be asked about.
_MULTIKEYS: Final = ("Multikey", "Ed25519VerificationKey2020")
_MOST_METHODS: Final = 200
_MISSING: Final = 404


def issuer_key(session: Session, issuer: str, method: str) -> Answer:
    """Find out whether the verification method is the issuer's own, and return its key.

    `issuer` is the id of the issuer (did:web, did:key or an https address), `method` the proof's verificationMethod.
    """
    known = session.keys.get((issuer, method))
    if known is None:
        known = session.keys[issuer, method] = _answer(issuer, lambda: _named(session, issuer, method))
    return known


def token_key(session: Session, issuer: str, header: JsonObject) -> Answer:
    """Find out which of the issuer's own keys the header of a token names, by `kid` or by showing it as `jwk`.

    Open Badges 3.0 §8.2. What the header shows is compared with what the issuer's document lists, never used.
    """
    return _answer(issuer, lambda: _of_header(session, issuer, header))


def _answer(issuer: str, find: Callable[[], PublicKey]) -> Answer:
    try:
        key = find()
    except (NotFetched, Unsafe):
        return Answer(unknown(KEY, f"{domain(issuer)} did not show its keys."))
    except Unsupported as error:
        return Answer(unknown(KEY, error.message))
    except Malformed as error:
        why = error.message if error.message[:1].islower() else "it is not well-formed."
        return Answer(failed(KEY, f"The key does not belong to {domain(issuer)}: {why}"))
    return Answer(passed(KEY, f"The key belongs to {domain(issuer)}."), key)


def _named(session: Session, issuer: str, method: str) -> PublicKey:
    if issuer.startswith("did:key:"):
        return _did_key(issuer, method)
    return _listed_key(session, _controller_document(session, issuer), issuer, method)


def _did_key(issuer: str, method: str) -> PublicKey:
    if method != f"{issuer}#{issuer.removeprefix('did:key:')}":
        raise Malformed("the issuer is another key.")
    return did_key_public(issuer)


def _of_header(session: Session, issuer: str, header: JsonObject) -> PublicKey:
    name, jwk = header.get("kid"), header.get("jwk")
    if name is None and jwk is None:
        raise Malformed("the badge does not say with which key it was signed.")
    if name is not None and text(name) is None:
        raise Malformed("the badge does not name it in words.")
    shown = None if jwk is None else _jwk(as_object(jwk))
    key = _shown(session, issuer, shown) if name is None and shown is not None else _kid(session, issuer, str(name))
    if shown is not None and shown != key:
        raise Malformed("the badge shows another key than it names.")
    return key


def _kid(session: Session, issuer: str, name: str) -> PublicKey:
    """A `kid` is a method in the issuer's document, or the address of a JWK that stands in that document too."""
    if issuer.startswith("did:key:"):
        return _did_key(issuer, name)
    if not is_web(name) or name.partition("#")[0] == issuer:
        return _named(session, issuer, name)
    try:
        document = _controller_document(session, issuer)
    except NoKeys:
        if not is_web(issuer):
            raise
        return _key_at(session, issuer, name)
    if any(_absolute(issuer, body.get("id")) == name for body in _bodies(document)):
        return _listed_key(session, document, issuer, name)
    return _same_key(session, document, issuer, _fetched_key(session, name))


def _key_at(session: Session, issuer: str, name: str) -> PublicKey:
    """The issuer is a web address that lists no keys: a JWK of the same origin is its own (as with hosted badges)."""
    if origin(name) != origin(issuer):
        raise Malformed("its address is not the issuer's.")
    address = name.partition("#")[0]
    if not stays(session.fetch(address, KEYS).url, address):
        raise NotFetched("The key's address leads elsewhere.")
    return _fetched_key(session, name)


def _shown(session: Session, issuer: str, shown: PublicKey) -> PublicKey:
    if issuer.startswith("did:key:"):
        if did_key_public(issuer) != shown:
            raise Malformed("the issuer is another key.")
        return shown
    return _same_key(session, _controller_document(session, issuer), issuer, shown)


def _same_key(session: Session, document: JsonObject, issuer: str, wanted: PublicKey) -> PublicKey:
    """Return the key of the issuer's document that equals the wanted one, if it may make assertions there."""
    refused = Malformed("its document does not list this key.")
    for body in _bodies(document):
        if _equals(body, wanted):
            try:
                return _listed_key(session, document, issuer, str(_absolute(issuer, body.get("id"))))
            except Malformed as error:
                refused = error
    raise refused


def _equals(method: JsonObject, wanted: PublicKey) -> bool:
    try:
        return _public_key(method) == wanted
    except BadgeError:
        return False


def _fetched_key(session: Session, name: str) -> PublicKey:
    """Return the key at an address: a JWK, or a set of them (RFC 7517 §5) of which its fragment names one."""
    address, _, fragment = name.partition("#")
    try:
        found = session.document(address, KEYS)
    except Malformed:
        raise NotFetched("There is no key at its address.") from None
    if "keys" not in found:
        return _jwk(found)
    named = [one for one in map(as_object, as_list(found["keys"])) if one.get("kid") in (name, fragment or name)]
    if len(named) != 1:
        raise Malformed("at its address stand others.")
    return _jwk(named[0])


def _listed_key(session: Session, document: JsonObject, issuer: str, method: str) -> PublicKey:
    if document.get("id") != issuer:
        raise Malformed("the document at its address is that of somebody else.")
    found = _method(document, issuer, method)
    if found.get("controller") != issuer:
        raise Malformed("somebody else controls this key.")
    _refuse_ended(session, found)
    return _public_key(found)


class NoKeys(NotFetched):
    """The issuer's address shows no document of keys."""


def _controller_document(session: Session, issuer: str) -> JsonObject:
    if issuer.startswith("did:web:"):
        address = did_web_url(issuer, allow_http_loopback=session.policy.allow_private)
    elif is_web(issuer):
        address = issuer
    else:
        raise Unsupported(f"We do not know how to find the keys of {brief(issuer)}.")
    try:
        answer = session.fetch(address, DID)
        if not stays(answer.url, address):
            raise NotFetched("The issuer's address leads elsewhere.")
        if answer.status == _MISSING:
            raise NoKeys("There is no document at the issuer's address.")
        document = session.document(address, DID)
    except Malformed:
        raise NoKeys("There is no document of keys at the issuer's address.") from None
    if not document.get("verificationMethod") and not document.get("assertionMethod"):
        raise NoKeys("The document at the issuer's address shows no keys.")
    return document


def _method(document: JsonObject, issuer: str, method: str) -> JsonObject:
    """Return the method from the issuer's document, if it stands there once and under assertionMethod."""
    wanted = _absolute(issuer, method)
    asserting = as_list(document.get("assertionMethod"))
    bodies = [body for body in _bodies(document) if _absolute(issuer, body.get("id")) == wanted]
    names = [entry if isinstance(entry, str) else as_object(entry).get("id") for entry in asserting]
    if not bodies:
        raise Malformed("its document does not list this key.")
    if len(bodies) > 1:
        raise Malformed("its document lists two keys under one name.")
    if wanted not in [_absolute(issuer, name) for name in names]:
        raise Malformed("its document does not list this key for making assertions.")
    return bodies[0]


def _bodies(document: JsonObject) -> list[JsonObject]:
    """Return the methods that stand in the document, in the order of the document."""
    everything = as_list(document.get("verificationMethod")) + as_list(document.get("assertionMethod"))
    if len(everything) > _MOST_METHODS:
        raise Unsafe("The issuer's document lists too many keys.")
    return [as_object(entry) for entry in everything if isinstance(entry, dict)]


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


def _public_key(method: JsonObject) -> PublicKey:
    """Return the key given as Multikey or JsonWebKey; the type decides how it is read."""
    kind = method.get("type")
    multikey = text(method.get("publicKeyMultibase"))
    try:
        if kind in _MULTIKEYS and multikey:
            return PublicKey.from_multikey(multikey)
        if kind in ("JsonWebKey", "JsonWebKey2020") and "publicKeyJwk" in method:
            return _jwk(as_object(method["publicKeyJwk"]))
    except Unsupported as error:
        raise Unsupported(f"It is signed in a way we do not know: {error.message}") from None
    raise Unsupported(f"It is signed in a way we do not know: {brief(kind)}.")


def _jwk(jwk: JsonObject) -> PublicKey:
    """A key that shows its private part is given away and counts no more."""
    if "d" in jwk:
        raise Malformed("its private part is public.")
    return PublicKey.from_jwk(jwk)
