"""verify(): is this badge genuine and in force?"""

from pathlib import Path
from typing import Final

from ..documents.contexts import OB_2
from ..errors import BadgeError
from ..fetch import Fetcher, SafeFetcher
from ..jsontype import JsonObject
from .checks import UNKNOWN_KIND
from .credential import check_credential
from .hosted import check_assertion, check_hosted
from .policy import Policy
from .reading import as_object, domain, identifier, texts
from .report import FORM, PROOF, READABLE, Claims, Finding, Report, failed, passed, unknown, verdict_of
from .session import Session
from .source import Found, Unreadable, find
from .words import verdict_words

ANYBODY: Final = Policy()
_OLD: Final = frozenset({"https://w3id.org/openbadges/v1", "http://w3id.org/openbadges/v1"})


def verify(
    source: bytes | str | Path,
    *,
    policy: Policy = ANYBODY,
    fetcher: Fetcher | None = None,
    recipient: str | None = None,
) -> Report:
    """Verify a badge of Open Badges 3.0 (embedded proof) or 2.0 (hosted), and answer with a report.

    `source` is a picture or JSON as bytes, JSON or an http(s) address as text, or the path of a file; at most 1 MB.
    `recipient` is the e-mail address that it should have been awarded to; without it nothing is said on that.
    `fetcher` is the way to what the badge names (DID document, status list, hosted documents): by default the guarded
    way out to the public network. At most 5 seconds and 8 fetches are spent. It never raises for what it is given: a
    badge that cannot be read is a report too.
    """
    session = Session(policy, fetcher or SafeFetcher(allow_private=policy.allow_private))
    try:
        found = find(session, source)
    except Unreadable as unreadable:
        return _report((unreadable.finding,), None, "")
    try:
        findings, claims = _check(session, found, recipient)
    except BadgeError as error:
        findings, claims = (unknown(PROOF, f"The badge could not be checked: {error}"),), None
    return _report((passed(READABLE, "There is a badge in it."), *findings), claims, _named(found))


def _check(session: Session, found: Found, recipient: str | None) -> tuple[tuple[Finding, ...], Claims | None]:
    if found.token:
        return (unknown(PROOF, "It is signed in a way we do not know: JSON Web Signature."),), None
    document = found.document
    if document is None:
        return check_hosted(session, None, found.address, recipient)
    contexts, types = texts(document.get("@context")), texts(document.get("type"))
    if OB_2 in contexts or "Assertion" in types:
        if "Assertion" not in types:
            return (unknown(FORM, UNKNOWN_KIND),), None
        if found.hosted:
            return check_hosted(session, None, identifier(document) or found.address, recipient)
        return check_assertion(session, document, recipient)
    if "VerifiableCredential" in types or "proof" in document or "credentialSubject" in document:
        return check_credential(session, document, recipient)
    if _OLD & set(contexts) or {"recipient", "badge", "verify"} <= set(document):
        return (unknown(FORM, UNKNOWN_KIND),), None
    return (failed(FORM, "This is not a badge."),), None


def _named(found: Found) -> str:
    """Return the domain that the badge names as its issuer's; it may be nothing but a claim."""
    document: JsonObject = found.document or {}
    issuer = identifier(document.get("issuer"))
    if issuer is None:
        issuer = found.address or identifier(as_object(document.get("badge")).get("issuer")) or identifier(document)
    return domain(issuer) if issuer else ""


def _report(findings: tuple[Finding, ...], claims: Claims | None, named: str) -> Report:
    verdict = verdict_of(findings)
    sentence, below = verdict_words(verdict, findings, claims, named)
    return Report(verdict, findings, claims, sentence, below)
