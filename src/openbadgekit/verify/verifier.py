"""verify(): is this badge genuine and in force?"""

from typing import Final

from ..documents.contexts import OB_2
from ..errors import BadgeError
from ..fetch import Fetcher, SafeFetcher
from ..identity import Sought
from ..jsontype import JsonObject, Source
from ..proofs.jws import Compact, parse
from .checks import NO_BADGE, UNKNOWN_KIND
from .clr import check_record
from .conclude import conclude
from .credential import CLR, check_credential
from .demands import Case
from .hosted import check_assertion, check_hosted, verification_kind
from .policy import Policy
from .reading import as_object, domain, identifier, texts
from .report import FORM, POLICY, PROOF, READABLE, Checked, Finding, Report, failed, passed, unknown
from .session import Session
from .signed import check_signed
from .source import Found, Unreadable, find
from .tokens import enveloped, open_token

ANYBODY: Final = Policy()
_OLD: Final = frozenset({"https://w3id.org/openbadges/v1", "http://w3id.org/openbadges/v1"})


def verify(
    source: Source,
    *,
    policy: Policy = ANYBODY,
    fetcher: Fetcher | None = None,
    recipient: Sought | None = None,
) -> Report:
    """Verify a badge of Open Badges 3.0 (embedded proof, or JSON Web Token) or 2.0 (hosted, or signed), or a learner
    record (CLR 2.0) with all badges in it, and answer with a report.

    `source` is a picture, JSON or a token as bytes; JSON, a token or an http(s) address as text; the path of a file; or
    a document, as `sign` returns it. At most 1 MB.
    `recipient` is the e-mail address that it should have been awarded to, or an `Identity` (a name, an id, a telephone
    number); without it nothing is said on that.
    `fetcher` is the way to what the badge names (DID document, status list, hosted documents): by default the guarded
    way out to the public network. At most 5 seconds and 8 fetches are spent. It never raises for what it is given: a
    badge that cannot be read is a report too.
    """
    session = Session(policy, fetcher or SafeFetcher(allow_private=policy.allow_private))
    try:
        found = find(session, source)
    except Unreadable as unreadable:
        return conclude((unreadable.finding,), None, "")
    try:
        checked = _check(session, found, recipient)
    except BadgeError as error:
        checked = Checked((unknown(PROOF, f"The badge could not be checked: {error}"),))
    findings = (passed(READABLE, "There is a badge in it."), *checked.findings, *_demanded(policy, checked))
    return conclude(findings, checked.claims, _named(found), checked.contained)


def _demanded(policy: Policy, checked: Checked) -> tuple[Finding, ...]:
    """Judge what was proved by what the policy demands; what was not proved is not accepted anyhow."""
    if policy.demand is None or checked.claims is None:
        return ()
    found = policy.demand.judge(Case(checked.findings, checked.claims, checked.contained))
    return (Finding(POLICY, found.outcome, found.message),)


def _check(session: Session, found: Found, recipient: Sought | None) -> Checked:
    token = found.token or enveloped(found.document or {})
    if token:
        return _check_token(session, token, recipient)
    document = found.document
    if document is None:
        return check_hosted(session, None, found.address, recipient)
    contexts, types = texts(document.get("@context")), texts(document.get("type"))
    if OB_2 in contexts or "Assertion" in types:
        if "Assertion" not in types:
            return Checked((unknown(FORM, UNKNOWN_KIND),))
        if found.hosted:
            return check_hosted(session, None, identifier(document) or found.address, recipient)
        return check_assertion(session, document, recipient)
    if "VerifiableCredential" in types or "proof" in document or "credentialSubject" in document:
        return _check_credential(session, document, recipient)
    if _OLD & set(contexts) or {"recipient", "badge", "verify"} <= set(document):
        return Checked((unknown(FORM, UNKNOWN_KIND),))
    return Checked((failed(FORM, NO_BADGE),))


def _check_token(session: Session, text: str, recipient: Sought | None) -> Checked:
    """A signed 2.0 assertion, or a 3.0 credential; of a hosted 2.0 one in a token the hosted copy counts."""
    opened = open_token(text)
    if isinstance(opened, Finding):
        return Checked((opened,))
    if not opened.is_assertion:
        return _check_credential(session, opened.document, recipient, opened.token)
    if OB_2 not in texts(opened.document.get("@context")):
        return Checked((unknown(FORM, UNKNOWN_KIND),))
    if verification_kind(opened.document) == "signed":
        return check_signed(session, opened.token, recipient)
    return check_assertion(session, opened.document, recipient)


def _check_credential(
    session: Session, document: JsonObject, recipient: Sought | None, token: Compact | None = None
) -> Checked:
    check = check_record if CLR in texts(document.get("type")) else check_credential
    return check(session, document, recipient, token)


def _named(found: Found) -> str:
    """Return the domain that the badge names as its issuer's; it may be nothing but a claim."""
    document: JsonObject = found.document or _payload(found.token)
    issuer = identifier(document.get("issuer"))
    if issuer is None:
        issuer = found.address or identifier(as_object(document.get("badge")).get("issuer")) or identifier(document)
    return domain(issuer) if issuer else ""


def _payload(token: str) -> JsonObject:
    """What a token says before anything of it is checked: good for a name, and for nothing else."""
    try:
        payload = parse(token).payload if token else {}
    except BadgeError:
        return {}
    return as_object(payload.get("vc")) or payload
