"""What a verifier may ask of a genuine badge before accepting it: small objects, put together as one likes.

    Policy(demand=AllOf(IssuedBy("did:web:uni.example"), HasStatus(), AnyOf(HasEnd(), EndorsedBy("did:web:b.example"))))

A demand judges what was proved, never what a badge merely says. Whatever has a method `judge` is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, TypeVar

from ..errors import Malformed
from .reading import brief, day
from .report import POLICY, RECIPIENT, REVOCATION, Claims, Finding, Report, failed, passed, unknown

_T = TypeVar("_T")
_ORDER: Final = ("failed", "unknown", "passed")


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: the findings on a badge whose proofs hold, what it says, and the badges in it."""

    findings: tuple[Finding, ...]
    claims: Claims
    contained: tuple[Report, ...] = ()

    def finding(self, check: str) -> Finding | None:
        """Return the first finding of this name, if there is one."""
        return next((finding for finding in self.findings if finding.check == check), None)


class Demand(Protocol):
    """Something that a badge must meet."""

    def judge(self, case: Case) -> Finding:
        """Return the finding, of the name "policy": passed, failed, or unknown where it cannot be told."""


class IssuedBy:
    """The issuer is one of these: DIDs, or 2.0 profile addresses."""

    def __init__(self, *issuers: str) -> None:
        self.issuers = _some(issuers)

    def judge(self, case: Case) -> Finding:
        """Compare the id that was proved."""
        if case.claims.issuer_id in self.issuers:
            return passed(POLICY, "Its issuer is one of those asked for.")
        return failed(POLICY, f"Its issuer, {case.claims.domain}, is not one of those asked for.")


class IssuedByTrusted:
    """The issuer is one of those that the policy trusts."""

    def judge(self, case: Case) -> Finding:
        """Look whether the issuer's proved id has a name in the policy."""
        if case.claims.known_as is not None:
            return passed(POLICY, "Its issuer is one of those trusted here.")
        return failed(POLICY, f"Its issuer, {case.claims.domain}, is not one of those trusted here.")


class EndorsedBy:
    """One of these endorses it; `on` says what: "issuer", "achievement" or "credential", or None for any of them."""

    def __init__(self, *endorsers: str, on: str | None = None) -> None:
        self.endorsers = _some(endorsers)
        self.on = on

    def judge(self, case: Case) -> Finding:
        """Look among the endorsements whose own signatures hold; one that could not be checked may be the one."""
        for claim in case.claims.endorsements:
            if claim.endorser in self.endorsers and self.on in (None, claim.on):
                return passed(POLICY, f"{brief(claim.domain)} endorses it, as is asked for.")
        if any(" could not be checked: " in finding.message for finding in case.findings):
            return unknown(POLICY, "An endorsement that is asked for could not be checked.")
        return failed(POLICY, "None of those asked for endorses it.")


class HasStatus:
    """Its issuer tells whether it is revoked, and it is not."""

    def judge(self, case: Case) -> Finding:
        """Look at the finding on revocation, which a badge without a status does not have."""
        found = case.finding(REVOCATION)
        if found is None:
            return failed(POLICY, "Its issuer cannot revoke it, which is asked for.")
        return Finding(POLICY, found.outcome, found.message)


class HasRecipient:
    """It was awarded to the one whom the caller of verify() named."""

    def judge(self, case: Case) -> Finding:
        """Look at the finding on the recipient, which is there when one was named."""
        found = case.finding(RECIPIENT)
        if found is None:
            return unknown(POLICY, "Nobody was named who should be its recipient.")
        return Finding(POLICY, found.outcome, found.message)


class HasEnd:
    """It says until when it holds."""

    def judge(self, case: Case) -> Finding:
        """Look for the end."""
        if case.claims.valid_until is not None:
            return passed(POLICY, "It has an end, as is asked for.")
        return failed(POLICY, "It has no end, which is asked for.")


class GivenSince:
    """It holds from this moment (with a zone) or a later one."""

    def __init__(self, moment: datetime) -> None:
        if moment.utcoffset() is None:
            raise Malformed("The moment needs a zone.")
        self.moment = moment

    def judge(self, case: Case) -> Finding:
        """Compare the beginning that the badge says."""
        begins = case.claims.valid_from
        if begins is None:
            return unknown(POLICY, "It does not say since when it holds.")
        if begins < self.moment:
            return failed(POLICY, f"It was given before {day(self.moment)}.")
        return passed(POLICY, f"It was given on or after {day(self.moment)}.")


class OfStandard:
    """It is of one of these standards: "2.0", "3.0", "CLR 2.0"."""

    def __init__(self, *standards: str) -> None:
        self.standards = _some(standards)

    def judge(self, case: Case) -> Finding:
        """Compare the standard."""
        if case.claims.standard in self.standards:
            return passed(POLICY, "It is of a standard that is asked for.")
        return failed(POLICY, f"It is of the standard {case.claims.standard}, which is not asked for.")


class EachInside:
    """Every badge in a learner record meets the demand; one that is not proved does not."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand

    def judge(self, case: Case) -> Finding:
        """Judge each badge inside as if it were alone."""
        if not case.contained:
            return failed(POLICY, "There are no badges in it.")
        return _all([self._one(number, report) for number, report in enumerate(case.contained, 1)])

    def _one(self, number: int, report: Report) -> Finding:
        if report.subject is None:
            return failed(POLICY, f"Badge {number} in it is not proved.")
        found = self.demand.judge(Case(report.findings, report.subject, report.contained))
        return Finding(POLICY, found.outcome, f"Badge {number} in it: {found.message}")


class AllOf:
    """Every one of these demands is met."""

    def __init__(self, *demands: Demand) -> None:
        self.demands = _some(demands)

    def judge(self, case: Case) -> Finding:
        """Return the worst finding."""
        return _all([demand.judge(case) for demand in self.demands])


class AnyOf:
    """At least one of these demands is met."""

    def __init__(self, *demands: Demand) -> None:
        self.demands = _some(demands)

    def judge(self, case: Case) -> Finding:
        """Return the best finding; the words of all when none is met."""
        found = [demand.judge(case) for demand in self.demands]
        best = max(found, key=lambda one: _ORDER.index(one.outcome))
        if best.outcome == "passed":
            return best
        return Finding(POLICY, best.outcome, " ".join(one.message for one in found))


def _all(found: Sequence[Finding]) -> Finding:
    return min(found, key=lambda one: _ORDER.index(one.outcome))


def _some(items: tuple[_T, ...]) -> tuple[_T, ...]:
    if not items:
        raise Malformed("A demand of nothing would be met by everything or by nothing.", mend="Name at least one.")
    return items
