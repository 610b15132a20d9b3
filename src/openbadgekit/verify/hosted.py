"""A hosted Open Badges 2.0 assertion (§Hosted Verification): what counts is what the issuer's host answers now.

Our "proof" of it is that host's answer, our "key" that assertion, badge class and issuer are of one origin, or of one
that the issuer's profile allows. Status 404 is a "no": the host that alone could stand for the badge does not show it
(2.0 knows no other way to take an assertion off, short of 410). Any other status, and silence, cannot be told.
"""

from dataclasses import dataclass, field
from typing import Final

from ..documents.schema import Kind, check
from ..errors import BadgeError, Malformed, NotFetched, Problem
from ..fetch import Fetched
from ..identity import Sought
from ..jsontype import Json, JsonObject
from ..strict import parse_object
from .checks import check_dates, check_form, check_recipient
from .claims import of_assertion
from .endorsements import Endorsed, Target
from .hosted_endorsements import check_hosted_endorsements
from .origins import served_under, speaks_for
from .reading import as_list, as_object, brief, domain, identifier, is_web, minute
from .report import FORM, KEY, PROOF, REVOCATION, Checked, Finding, failed, passed, unknown
from .same import same_badge, same_parts
from .session import HOSTED, Session
from .signature import NOTHING_TO_CHECK
from .standing import Standing, revoked

_GONE: Final = 410
_MISSING: Final = 404
_HOSTED: Final = ("hosted", "HostedBadge")
DIFFERS: Final = "The copy differs from what the issuer hosts."


@dataclass(slots=True)
class _Hosted:
    """The three documents as their hosts answered, and what is wrong with their form or their being there."""

    assertion: JsonObject
    badge_class: JsonObject = field(default_factory=dict)
    profile: JsonObject = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    missing: str = ""


def check_hosted(session: Session, given: JsonObject | None, address: str, recipient: Sought | None) -> Checked:
    """Check a hosted assertion; `given` is the copy that was handed in, None when only its address was.

    The claims are None unless the issuer's host stands for them, and for the given copy.
    """
    try:
        answer = session.fetch(address, HOSTED)
        assertion = _answered(answer, address)
    except _NotThere as error:
        return Checked((failed(PROOF, str(error)),))
    except BadgeError as error:
        return Checked((unknown(PROOF, error.message),))
    if answer.status == _GONE:
        return _revoked(session, assertion, address)
    if assertion.get("id") != address or not served_under(answer.url, address):
        return Checked((failed(PROOF, f"What {domain(address)} hosts at this address is another badge."),))
    if assertion.get("revoked") is True:
        return _revoked(session, assertion, address)
    if given is not None and not same_badge(given, assertion):
        return Checked((failed(PROOF, DIFFERS),))
    hosted = _gather(session, assertion)
    if given is not None and not hosted.missing and not same_parts(given, hosted.badge_class, hosted.profile):
        return Checked((failed(PROOF, DIFFERS),))
    return _check_live(session, hosted, recipient)


class _NotThere(Exception):
    """The host answers that it has no such badge."""


def _answered(answer: Fetched, address: str) -> JsonObject:
    host = domain(address)
    if answer.status == _MISSING:
        raise _NotThere(f"{host} hosts no such badge.")
    if answer.status not in (200, _GONE):
        raise NotFetched(f"{host} answered with status {answer.status}.")
    try:
        return parse_object(answer.body)
    except BadgeError as error:
        if answer.status == _GONE:
            return {"id": address, "revoked": True}
        raise Malformed(f"What {host} answered cannot be read: {error.message}") from None


def _revoked(session: Session, assertion: JsonObject, address: str) -> Checked:
    standing = revoked(assertion.get("revocationReason"))
    findings = [passed(PROOF, f"{domain(address)} answers for it."), *([standing.finding] if standing.finding else [])]
    return Checked(
        tuple(findings), of_assertion(session, {"id": address}, {}, {}, standing, Endorsed((), ()), hosted=True)
    )


def _gather(session: Session, assertion: JsonObject) -> _Hosted:
    hosted = _Hosted(assertion, problems=check(assertion, Kind.ASSERTION))
    if hosted.problems:
        return hosted
    try:
        hosted.badge_class = _linked(session, hosted, assertion.get("badge"), Kind.BADGE_CLASS, "/badge")
        hosted.profile = _linked(session, hosted, hosted.badge_class.get("issuer"), Kind.PROFILE_OB2, "/badge/issuer")
    except BadgeError as error:
        hosted.missing = error.message
    return hosted


def _linked(session: Session, hosted: _Hosted, link: Json, kind: Kind, pointer: str) -> JsonObject:
    """Return what a link leads to; of an object with an address, too, the hosted one counts."""
    if hosted.problems:
        return {}
    address = identifier(link)
    if address is None or not is_web(address):
        found = as_object(link)
    else:
        found = session.document(address, HOSTED)
        if found.get("id") != address or not served_under(session.fetch(address, HOSTED).url, address):
            hosted.problems.append(Problem(pointer, "At its address stands something else."))
            return {}
    hosted.problems.extend(Problem(pointer + wrong.pointer, wrong.message) for wrong in check(found, kind))
    return found


def _check_live(session: Session, hosted: _Hosted, recipient: Sought | None) -> Checked:
    assertion, address = hosted.assertion, identifier(hosted.assertion) or ""
    form = check_form("2.0", hosted.problems)
    if form.outcome != "passed":
        return Checked((form,))
    proof = passed(PROOF, f"{domain(address)} hosts it, just like this.")
    if hosted.missing:
        return Checked((form, proof, unknown(KEY, f"The issuer could not be checked: {hosted.missing}")))
    key = _check_origin(hosted, address)
    if key.outcome != "passed":
        return Checked((form, proof, key))
    status = passed(REVOCATION, f"Not revoked, as of {minute(session.now)}.")
    findings = [form, proof, key, status]
    findings.append(check_dates(session, assertion.get("issuedOn"), assertion.get("expires")))
    if recipient is not None:
        findings.append(check_recipient(as_list(assertion.get("recipient")), None, recipient))
    endorsed = check_hosted_endorsements(
        session,
        (
            Target("issuer", identifier(hosted.profile), hosted.profile),
            Target("achievement", identifier(hosted.badge_class), hosted.badge_class),
            Target("credential", address, assertion),
        ),
    )
    claims = of_assertion(
        session, assertion, hosted.badge_class, hosted.profile, Standing(status), endorsed, hosted=True
    )
    return Checked((*findings, *endorsed.findings), claims)


def _check_origin(hosted: _Hosted, address: str) -> Finding:
    issuer = identifier(hosted.profile) or ""
    badge_class = identifier(hosted.badge_class)
    places = [address, *([badge_class] if badge_class and is_web(badge_class) else [])]
    if all(speaks_for(hosted.profile, issuer, place) for place in places):
        return passed(KEY, f"The badge and its issuer both belong to {domain(issuer)}.")
    return failed(KEY, f"The badge does not belong to {domain(issuer)}, which it names as its issuer.")


def verification_kind(assertion: JsonObject) -> str:
    """Return "hosted", "signed" or another word for how a 2.0 assertion says it is verified (§VerificationObject)."""
    kinds = as_list(as_object(assertion.get("verification")).get("type"))
    if any(kind in _HOSTED for kind in kinds):
        return "hosted"
    return "signed" if any(kind in ("signed", "SignedBadge") for kind in kinds) else brief(kinds[0] if kinds else "")


def check_assertion(session: Session, given: JsonObject, recipient: Sought | None) -> Checked:
    """Check a 2.0 assertion that was handed in as a copy."""
    address = identifier(given)
    if given.get("revoked") is True and address is not None and is_web(address):
        return check_hosted(session, given, address, recipient)
    form = check_form("2.0", check(given, Kind.ASSERTION))
    if form.outcome != "passed":
        return Checked((form,))
    kind = verification_kind(given)
    if kind != "hosted":
        words = f"It is signed in a way we do not know: {kind}." if kind else NOTHING_TO_CHECK
        return Checked((form, (unknown if kind else failed)(PROOF, words)))
    if address is None or not is_web(address):
        return Checked((form, failed(PROOF, NOTHING_TO_CHECK)))
    checked = check_hosted(session, given, address, recipient)
    if any(one.check == FORM for one in checked.findings):
        return checked
    return Checked((form, *checked.findings), checked.claims)
