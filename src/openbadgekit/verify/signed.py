"""A signed Open Badges 2.0 assertion (§Signed Verification): a JWS by a key that issuer and key both call the issuer's.

The badge class and the issuer may stand in the assertion or at their addresses. The issuer's own address is always
asked: only what stands there says which keys are the issuer's, and where its list of revoked assertions is.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import Final

from ..documents.schema import Kind, check
from ..errors import BadgeError, Malformed, NotFetched, Problem, Unsafe, Unsupported
from ..identity import Sought
from ..jsontype import Json, JsonObject
from ..proofs import jws
from ..proofs.jws import Compact
from ..publickey import PublicKey
from .checks import check_dates, check_form, check_recipient
from .claims import of_assertion
from .endorsements import Target
from .hosted_endorsements import check_hosted_endorsements
from .origins import served_under, speaks_for
from .reading import as_list, as_object, domain, identifier, is_web, text, texts
from .report import KEY, PROOF, Checked, Finding, failed, passed, unknown
from .revocation_list import check_revocation_list
from .session import HOSTED, Session
from .signature import mathematics

_GONE: Final = (404, 410)


@dataclass(slots=True)
class _Parts:
    """The assertion with its badge class and issuer, and what is wrong with their form."""

    assertion: JsonObject
    badge_class: JsonObject = field(default_factory=dict)
    profile: JsonObject = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def check_signed(session: Session, token: Compact, recipient: Sought | None) -> Checked:
    """Check a signed 2.0 assertion; the claims are None unless the signature holds with a key of the issuer."""
    parts = _Parts(token.payload, problems=check(token.payload, Kind.ASSERTION))
    missing = _gather(session, parts)
    form = check_form("2.0", parts.problems)
    if form.outcome != "passed":
        return Checked((form,))
    if missing is not None:
        return Checked((form, missing))
    key, public = _key(session, parts)
    if public is None:
        could_not = unknown(PROOF, f"The signature could not be checked: {key.message}")
        return Checked((form, could_not, key))
    proof = mathematics(partial(jws.check, token, public))
    if proof.outcome != "passed" or key.outcome != "passed":
        return Checked((form, proof, key))
    return _check_more(session, parts, (form, proof, key), recipient)


def _gather(session: Session, parts: _Parts) -> Finding | None:
    """Bring badge class and issuer together; the finding says that one of them could not be had."""
    if parts.problems:
        return None
    try:
        parts.badge_class = _linked(session, parts, parts.assertion.get("badge"), Kind.BADGE_CLASS, "/badge")
        if not parts.problems:
            parts.profile = _issuer(session, parts)
    except BadgeError as error:
        return unknown(PROOF, f"The signature could not be checked: {error.message}")
    return None


def _linked(session: Session, parts: _Parts, link: Json, kind: Kind, pointer: str) -> JsonObject:
    """Return what stands in the assertion, for that is signed (and its form was checked); else what a link leads to."""
    if as_object(link):
        return as_object(link)
    address = str(link)
    found = session.document(address, HOSTED)
    if found.get("id") != address or not served_under(session.fetch(address, HOSTED).url, address):
        parts.problems.append(Problem(pointer, "At its address stands something else."))
        return {}
    parts.problems.extend(Problem(pointer + wrong.pointer, wrong.message) for wrong in check(found, kind))
    return found


def _issuer(session: Session, parts: _Parts) -> JsonObject:
    address = identifier(parts.badge_class.get("issuer"))
    if address is None or not is_web(address):
        raise Unsupported("its issuer has no address where its keys stand.")
    return _linked(session, parts, address, Kind.PROFILE_OB2, "/badge/issuer")


def _key(session: Session, parts: _Parts) -> tuple[Finding, PublicKey | None]:
    issuer = identifier(parts.profile) or ""
    try:
        creator = _creator(parts)
        public = _public_key(session, parts.profile, creator, issuer)
        _refuse_borrowed(parts, issuer)
    except (NotFetched, Unsafe):
        return unknown(KEY, f"{domain(issuer)} did not show its keys."), None
    except Unsupported as error:
        return unknown(KEY, error.message), None
    except Malformed as error:
        return failed(KEY, f"The key does not belong to {domain(issuer)}: {error.message}"), None
    return passed(KEY, f"The key belongs to {domain(issuer)}."), public


def _creator(parts: _Parts) -> str:
    """The key's address: what the assertion names, else the issuer's one key (§VerificationObject, creator)."""
    named = identifier(as_object(parts.assertion.get("verification")).get("creator"))
    listed = [name for name in map(identifier, as_list(parts.profile.get("publicKey"))) if name is not None]
    if named is None and len(listed) != 1:
        raise Malformed("the badge does not say with which key it was signed.")
    creator = named or listed[0]
    if creator not in listed:
        raise Malformed("its profile does not list this key.")
    return creator


def _public_key(session: Session, profile: JsonObject, creator: str, issuer: str) -> PublicKey:
    """Return the key of a CryptographicKey, which must name the issuer as its owner, as the issuer names it."""
    bodies = [as_object(one) for one in as_list(profile.get("publicKey")) if identifier(one) == creator]
    document = next((body for body in bodies if "publicKeyPem" in body), None)
    if document is None:
        document = _fetched_key(session, creator)
    kinds = texts(document.get("type"))
    if document.get("id") != creator or (kinds and "CryptographicKey" not in kinds):
        raise Malformed("at its address stands something else.")
    if identifier(document.get("owner")) != issuer:
        raise Malformed("it names somebody else as its owner.")
    pem = text(document.get("publicKeyPem"))
    try:
        return PublicKey.from_pem(pem or "")
    except Malformed:
        raise Malformed("it is not well-formed.") from None


def _fetched_key(session: Session, creator: str) -> JsonObject:
    if not is_web(creator):
        raise NotFetched("The key has no address.")
    if session.fetch(creator, HOSTED).status in _GONE:
        raise Malformed("it was withdrawn.")
    try:
        return session.document(creator, HOSTED)
    except Malformed:
        raise NotFetched("What stands at the key's address cannot be read.") from None


def _refuse_borrowed(parts: _Parts, issuer: str) -> None:
    """What has an address must lie where the issuer speaks, lest a stranger's be borrowed.

    For what the issuer itself wrote into the assertion that is its own origin alone; its profile speaks for the rest.
    """
    inside = isinstance(parts.assertion.get("badge"), dict)
    for document, rules, name in (
        (parts.badge_class, {} if inside else parts.profile, "achievement"),
        (parts.assertion, {}, "badge's address"),
    ):
        place = identifier(document)
        if place is not None and is_web(place) and not speaks_for(rules, issuer, place):
            raise Malformed(f"the {name} is not the issuer's.")


def _check_more(session: Session, parts: _Parts, findings: tuple[Finding, ...], recipient: Sought | None) -> Checked:
    assertion = parts.assertion
    standing = check_revocation_list(session, assertion, parts.profile)
    more = [standing.finding] if standing.finding else []
    more.append(check_dates(session, assertion.get("issuedOn"), assertion.get("expires")))
    if recipient is not None:
        more.append(check_recipient(as_list(assertion.get("recipient")), None, recipient))
    endorsed = check_hosted_endorsements(
        session,
        (
            Target("issuer", identifier(parts.profile), parts.profile),
            Target("achievement", identifier(parts.badge_class), parts.badge_class),
            Target("credential", identifier(assertion), assertion),
        ),
    )
    claims = of_assertion(session, assertion, parts.badge_class, parts.profile, standing, endorsed)
    return Checked((*findings, *more, *endorsed.findings), claims)
