"""E-mail addresses as recipients: one folded form, salted hashes, and matching.

Open Badges 2.0 §IdentityObject, Open Badges 3.0 §B.1.15 IdentityObject. A hash of an address hides it from a glance,
not from a guess: keep salts long and badges unlisted.
"""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

import idna

from .errors import Malformed
from .jsontype import Json, JsonObject

_ADDRESS_KINDS = frozenset({"email", "emailAddress"})
_LONGEST_ADDRESS = 254
_LONGEST_LOCAL_PART = 64
_ATOM = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+")
_HASH = re.compile(r"(sha256|md5)\$([0-9a-fA-F]+)")


def fold_address(text: str) -> str:
    """Return the one form of an e-mail address that is stored, compared and hashed.

    White space around it goes; the part before the @ is in NFC and case-folded, the domain is lower-case ASCII (IDNA,
    UTS 46). Dots and plus signs are kept. Raises Malformed, saying why, when it is no address.
    """
    address = unicodedata.normalize("NFC", text.strip())
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        raise Malformed("This is not an e-mail address: it needs a name, an @ and a domain.")
    local = _folded(local)
    if any(not _ATOM.fullmatch(atom) for atom in local.split(".")):
        raise Malformed("The part of the address before the @ has a character or a dot in a place that is not allowed.")
    folded = f"{local}@{_domain(domain)}"
    if len(folded) > _LONGEST_ADDRESS or len(local.encode()) > _LONGEST_LOCAL_PART:
        raise Malformed("The address is too long.")
    return folded


def _folded(text: str) -> str:
    """Fold case until nothing changes: one pass of NFC and case folding can undo the other."""
    for _ in range(3):
        text = unicodedata.normalize("NFC", text.casefold())
    return text


def _domain(text: str) -> str:
    try:
        domain = idna.encode(text, uts46=True).decode("ascii").lower().removesuffix(".")
    except idna.IDNAError as error:
        raise Malformed("The part of the address after the @ is not a domain name.") from error
    if "." not in domain:
        raise Malformed("The domain of the address has no dot.")
    return domain


def hash_identity(identifier: str, salt: str) -> str:
    """Return "sha256$" and the lower-case hex SHA-256 of the UTF-8 identifier followed by the salt."""
    return "sha256$" + hashlib.sha256((identifier + salt).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, named in one way. `kind` is an identityType of 3.0 ("emailAddress", "name", "sourcedId", "userName", …,
    "ext:…") or a type of 2.0 ("email", "url", "telephone", "id"); "id" is also the id of a 3.0 subject."""

    kind: str
    value: str

    @property
    def is_address(self) -> bool:
        """Whether it is an e-mail address."""
        return self.kind in _ADDRESS_KINDS


Sought: TypeAlias = str | Identity
"""Whom a badge should have been awarded to: an e-mail address, or somebody named in another way."""


def matches(identity: JsonObject, sought: Sought) -> bool:
    """Tell whether an identity object is that of somebody: an e-mail address, or an `Identity`.

    `identity` is the recipient of a 2.0 assertion (type, hashed, identity, salt) or an IdentityObject of a 3.0 subject
    (identityType, hashed, identityHash, salt). Issuers fold addresses in different ways, so the address is tried as
    given, in lower case, and folded. False when the object is of another kind or cannot be read.
    """
    kind, value = _kind_and_value(identity)
    salt = identity.get("salt", "")
    named = Identity("email", sought) if isinstance(sought, str) else sought
    if not same_kind(kind, named) or not isinstance(value, str) or not isinstance(salt, str):
        return False
    spellings = _spellings(named.value) if named.is_address else {named.value, _plain(named.value)}
    if identity.get("hashed") is not True:
        return value in spellings or (value.strip().lower() if named.is_address else _plain(value)) in spellings
    found = _HASH.fullmatch(value)
    if not found:
        return False
    algorithm, wanted = found.group(1), found.group(2).lower()
    return any(hmac.compare_digest(_hex(algorithm, spelling + salt), wanted) for spelling in sorted(spellings))


def same_kind(kind: Json, sought: Identity) -> bool:
    """Tell whether an identity object of this kind names people in the same way; 2.0 and 3.0 name addresses apart."""
    return kind in _ADDRESS_KINDS if sought.is_address else kind == sought.kind


def kind_of(identity: JsonObject) -> Json:
    """Return the kind of an identity object, of either standard."""
    return _kind_and_value(identity)[0]


def _plain(text: str) -> str:
    """A name as it is compared: NFC, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _kind_and_value(identity: JsonObject) -> tuple[Json, Json]:
    if "identityHash" in identity:
        return identity.get("identityType"), identity["identityHash"]
    kind = identity.get("type")
    if isinstance(kind, list) and len(kind) == 1:
        kind = kind[0]
    return kind, identity.get("identity")


def _spellings(address: str) -> set[str]:
    given = address.strip()
    spellings = {given, given.lower()}
    try:
        folded = fold_address(given)
    except Malformed:
        return spellings
    local, _, domain = folded.rpartition("@")
    try:
        return spellings | {folded, f"{local}@{idna.decode(domain)}"}
    except idna.IDNAError:
        return spellings | {folded}


def _hex(algorithm: str, text: str) -> str:
    """MD5 is what early badges were hashed with; it is read here, never written, and protects nothing."""
    return hashlib.new(algorithm, text.encode(errors="surrogatepass"), usedforsecurity=False).hexdigest()
