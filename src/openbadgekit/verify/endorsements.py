"""Who vouches for the issuer, the achievement or the badge, and does that word hold? (Open Badges 3.0 §B.1.10)

An endorsement that is absent, or by somebody whom the policy does not know, leaves the verdict alone; a broken one
fails it: the issuer signed a badge with it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from ..canonical import digest_sri
from ..documents.schema import Kind
from ..errors import BadgeError, Malformed, Unsupported
from ..jsontype import Json, JsonObject
from .reading import as_list, as_object, brief, day, domain, identifier, moment, text, texts
from .report import ENDORSEMENT, EndorsementClaim, Finding, failed, passed, unknown
from .revocation import check_status
from .session import Session
from .signature import check_signature
from .tokens import open_token
from .version_1 import form_problems, modern

On: TypeAlias = Literal["issuer", "achievement", "credential"]

_NAMES: Final[dict[On, str]] = {"issuer": "the issuer", "achievement": "the achievement", "credential": "the badge"}
_MOST: Final = 6
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Target:
    """What is endorsed: which part of the badge, its id, and that part as signed.

    `maker` is who made it, by its domain, where that is somebody else than the issuer of the badge.
    """

    on: On
    id: str | None
    body: JsonObject
    maker: str = ""

    @property
    def check(self) -> str:
        """The name of the finding."""
        return f"{ENDORSEMENT} of {self.name}"

    @property
    def name(self) -> str:
        """The part in words."""
        return _NAMES[self.on]


@dataclass(frozen=True, slots=True)
class Endorsed:
    """The findings on endorsements, and what those say that hold."""

    findings: tuple[Finding, ...]
    claims: tuple[EndorsementClaim, ...]


def check_endorsements(session: Session, targets: tuple[Target, ...], given: datetime | None) -> Endorsed:
    """Check the endorsement credentials that stand in a badge whose own signature holds.

    `given` is the moment from which the badge holds: an endorsement that ended before it does not speak for it.
    """
    findings: list[Finding] = []
    claims: list[EndorsementClaim] = []
    left = _MOST
    for target in targets:
        entries = [*as_list(target.body.get("endorsement")), *texts(target.body.get("endorsementJwt"))]
        if not entries and target.on != "credential":
            findings.append(absent(target))
        for entry in entries:
            left -= 1
            if left < 0:
                findings.append(unknown(target.check, "There are more endorsements than we check."))
                break
            finding, claim = _one(session, target, entry, given)
            findings.append(finding)
            claims.extend([claim] if claim else [])
    return Endorsed(tuple(findings), tuple(claims))


def absent(target: Target) -> Finding:
    """Return the finding that nobody vouches for this part."""
    return unknown(target.check, f"The badge brings no endorsement of {target.name}.")


def _one(
    session: Session, target: Target, entry: Json, given: datetime | None
) -> tuple[Finding, EndorsementClaim | None]:
    document, token = as_object(entry), None
    if isinstance(entry, str):
        opened = open_token(entry)
        if isinstance(opened, Finding):
            return _of(target, opened), None
        document, token = opened.document, opened.token
    try:
        session.check_time()
        endorsement = modern(document)
        _refuse_ill_formed(document)
        signature = check_signature(session, document, token)
        if not signature.holds:
            return _of(target, signature.worst), None
        _refuse_other_subject(target, endorsement)
        _refuse_out_of_date(session, endorsement, given)
        _refuse_other_content(target, endorsement)
        standing = check_status(session, endorsement).finding
    except Malformed as error:
        return broken(target, error.message), None
    except BadgeError as error:
        return unchecked(target, error.message), None
    if standing is not None and standing.outcome != "passed":
        return _of(target, standing), None
    if target.maker:
        return borrowed(target), None
    claim = _claim(session, target, endorsement)
    return weighed(target, claim), claim


def _of(target: Target, finding: Finding) -> Finding:
    """Return what a finding on an endorsement, which did not pass, means for the badge."""
    return (broken if finding.outcome == "failed" else unchecked)(target, finding.message)


def broken(target: Target, why: str) -> Finding:
    """Return the finding that an endorsement does not hold."""
    return failed(target.check, f"The endorsement of {target.name} does not hold: {why}")


def unchecked(target: Target, why: str) -> Finding:
    """Return the finding that an endorsement could not be checked."""
    return unknown(target.check, f"The endorsement of {target.name} could not be checked: {why}")


def borrowed(target: Target) -> Finding:
    """Return the finding on a word that was given to the maker of this part: it says nothing of the badge's issuer."""
    name = target.name.capitalize()
    return unknown(target.check, f"{name} was endorsed for {target.maker}, which did not issue this.")


def weighed(target: Target, claim: EndorsementClaim) -> Finding:
    """Return the finding on an endorsement that holds in itself: its weight is that of the endorser."""
    if claim.endorser_name is None:
        return unknown(target.check, f"{claim.domain} endorses {target.name}, but is not known here.")
    since = f" on {day(claim.date)}" if claim.date else ""
    said = f": “{claim.comment}”" if claim.comment else "."
    return passed(target.check, f"{claim.endorser_name} endorsed {target.name}{since}{said}")


def _refuse_ill_formed(endorsement: JsonObject) -> None:
    for problem in form_problems(endorsement, Kind.ENDORSEMENT_CREDENTIAL):
        raise Malformed(f"it is not well-formed ({brief(problem.pointer) or brief(problem.message)}).")


def _refuse_other_subject(target: Target, endorsement: JsonObject) -> None:
    subjects = as_list(endorsement.get("credentialSubject"))
    if target.id is None or [identifier(subject) for subject in subjects] != [target.id]:
        raise Malformed("it speaks of something else.")


def _refuse_out_of_date(session: Session, endorsement: JsonObject, given: datetime | None) -> None:
    if moment(endorsement.get("validFrom")) > session.soon:
        raise Malformed("it is not in force yet.")
    if "validUntil" in endorsement and moment(endorsement["validUntil"]) <= (given or session.now):
        raise Malformed("it had ended when the badge was given.")


def _refuse_other_content(target: Target, endorsement: JsonObject) -> None:
    """VC Data Model 2.0 §5.3: the digest must be that of the RFC 8785 form of this part without `endorsement`."""
    body = {name: value for name, value in target.body.items() if name not in ("endorsement", "endorsementJwt")}
    for resource in map(as_object, as_list(endorsement.get("relatedResource"))):
        if resource.get("id") != target.id:
            continue
        digests = (text(resource.get("digestSRI")) or "").split()
        if not digests or resource.get("mediaType", _JSON) != _JSON:
            raise Unsupported("its digest is of a kind we do not know.")
        if not all(_fits(body, digest) for digest in digests):
            raise Malformed("this is not the version that was approved.")


def _fits(body: Json, digest: str) -> bool:
    if digest.startswith("sha256-"):
        return digest_sri(body, "sha256") == digest
    if digest.startswith("sha384-"):
        return digest_sri(body, "sha384") == digest
    raise Unsupported("its digest is of a kind we do not know.")


def _claim(session: Session, target: Target, endorsement: JsonObject) -> EndorsementClaim:
    endorser = identifier(endorsement.get("issuer")) or ""
    subject = as_object(as_list(endorsement.get("credentialSubject"))[0])
    return EndorsementClaim(
        on=target.on,
        id=text(endorsement.get("id")) or "",
        endorser=endorser,
        domain=domain(endorser),
        endorser_name=session.policy.endorser(endorser),
        comment=text(subject.get("endorsementComment")) or "",
        date=moment(endorsement.get("validFrom")),
    )
