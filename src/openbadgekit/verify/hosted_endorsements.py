"""Hosted Open Badges 2.0 endorsements (§Endorsement): the endorser's host is their proof."""

from typing import Final

from ..documents.schema import Kind, check
from ..errors import BadgeError, Malformed, NotFetched
from ..jsontype import Json, JsonObject
from ..strict import parse_object
from .endorsements import Endorsed, Target, absent, broken, unchecked, weighed
from .origins import served_under, speaks_for
from .reading import as_list, as_object, brief, domain, identifier, is_web, moment, text
from .report import EndorsementClaim, Finding, unknown
from .session import HOSTED, Session

_MOST: Final = 4


def check_hosted_endorsements(session: Session, targets: tuple[Target, ...]) -> Endorsed:
    """Check the endorsements that assertion, badge class and issuer name."""
    findings: list[Finding] = []
    claims: list[EndorsementClaim] = []
    left = _MOST
    for target in targets:
        entries = as_list(target.body.get("endorsement"))
        if not entries and target.on != "credential":
            findings.append(absent(target))
        for entry in entries:
            left -= 1
            if left < 0:
                findings.append(unknown(target.check, "There are more endorsements than we check."))
                break
            finding, claim = _one(session, target, entry)
            findings.append(finding)
            claims.extend([claim] if claim else [])
    return Endorsed(tuple(findings), tuple(claims))


def _one(session: Session, target: Target, entry: Json) -> tuple[Finding, EndorsementClaim | None]:
    address = identifier(entry)
    if address is None or not is_web(address):
        return unchecked(target, "it has no address where its endorser shows it."), None
    try:
        document = _hosted(session, address)
        _refuse_wrong(session, target, document, address)
        endorser = identifier(document.get("issuer")) or ""
        _refuse_foreign(session, document, endorser, address)
    except Malformed as error:
        return broken(target, error.message), None
    except BadgeError as error:
        return unchecked(target, error.message), None
    claim = EndorsementClaim(
        on=target.on,
        id=address,
        endorser=endorser,
        domain=domain(endorser),
        endorser_name=session.policy.endorser(endorser),
        comment=text(as_object(document.get("claim")).get("endorsementComment")) or "",
        date=moment(document.get("issuedOn")),
    )
    return weighed(target, claim), claim


def _hosted(session: Session, address: str) -> JsonObject:
    answer = session.fetch(address, HOSTED)
    if answer.status == 410:
        raise Malformed("it was withdrawn.")
    if answer.status != 200:
        raise NotFetched(f"{domain(address)} answered with status {answer.status}.")
    try:
        document = parse_object(answer.body)
    except BadgeError:
        raise NotFetched(f"what {domain(address)} answered cannot be read.") from None
    if document.get("id") != address or not served_under(answer.url, address):
        raise Malformed("at its address stands something else.")
    return document


def _refuse_wrong(session: Session, target: Target, document: JsonObject, address: str) -> None:
    if document.get("revoked") is True:
        raise Malformed("it was withdrawn.")
    for problem in check(document, Kind.ENDORSEMENT_OB2):
        raise Malformed(f"it is not well-formed ({brief(problem.pointer) or brief(problem.message)}).")
    if target.id is None or identifier(document.get("claim")) != target.id:
        raise Malformed("it speaks of something else.")
    if moment(document.get("issuedOn")) > session.soon:
        raise Malformed("it is not in force yet.")


def _refuse_foreign(session: Session, document: JsonObject, endorser: str, address: str) -> None:
    """The endorsement must be hosted by its endorser; the profile is asked only where the origin is another."""
    if speaks_for({}, endorser, address):
        return
    profile = session.document(endorser, HOSTED) if is_web(endorser) else {}
    if profile.get("id") != endorser or not speaks_for(profile, endorser, address):
        raise Malformed(f"its address does not belong to {domain(endorser)}.")
