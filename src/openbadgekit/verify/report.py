"""What a verification answers: a verdict, the findings behind it, and what the badge says as far as it was proved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from ..jsontype import Document

Outcome: TypeAlias = Literal["passed", "failed", "unknown"]
Verdict: TypeAlias = Literal["valid", "invalid", "unknown"]

READABLE: Final = "readable"
FORM: Final = "well-formed"
PROOF: Final = "proof"
KEY: Final = "key"
REVOCATION: Final = "revocation"
DATES: Final = "dates"
RECIPIENT: Final = "recipient"
POLICY: Final = "policy"
CONTAINED: Final = "contained badge"
"""The names of findings on the badges in a learner record begin with these words: "contained badge 1"."""
ENDORSEMENT: Final = "endorsement"
"""The names of endorsement findings begin with this word: "endorsement of the issuer"."""

_NEEDED: Final = frozenset({READABLE, FORM, PROOF, KEY, DATES})
_TELLING: Final = _NEEDED | {REVOCATION, RECIPIENT, POLICY}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, how it came out, and that in plain words."""

    check: str
    outcome: Outcome
    message: str


def passed(check: str, message: str) -> Finding:
    """Return the finding that a check passed."""
    return Finding(check, "passed", message)


def failed(check: str, message: str) -> Finding:
    """Return the finding that a check failed."""
    return Finding(check, "failed", message)


def unknown(check: str, message: str) -> Finding:
    """Return the finding that it cannot be told."""
    return Finding(check, "unknown", message)


@dataclass(frozen=True, slots=True)
class EndorsementClaim:
    """An endorsement whose own signature holds. `endorser_name` is the name that the policy knows."""

    on: Literal["issuer", "achievement", "credential"]
    id: str
    endorser: str
    domain: str
    endorser_name: str | None
    comment: str
    date: datetime | None


@dataclass(frozen=True, slots=True)
class EvidenceClaim:
    """One piece of evidence as the badge names it; `digest` is what the badge says of its bytes."""

    id: str | None
    name: str | None
    narrative: str | None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """What the badge says, as far as its signature (3.0) or its issuer's host (2.0) stands for it.

    `domain` is what was proved: the host of the issuer's DID or address, or the whole DID. `known_as` is the name that
    the policy knows the issuer by; `issuer_name` and `parent_name` are the badge's own word. `results` are names of
    competencies and the level or value reached; `hours` and `informal` the confirmed and informal hours where the badge
    gives them as results. `revoked` tells that it was revoked, `revoked_on` and `reason` where the issuer says so, and
    `replaced_by` the badge that holds in its place. Of a learner record ("CLR 2.0"), `achievement_name` is its name.
    `hosted` tells that no signature but the issuer's host stands for it (2.0).
    """

    standard: Literal["2.0", "3.0", "CLR 2.0"]
    credential_id: str
    issuer_id: str
    domain: str
    known_as: str | None
    issuer_name: str | None
    parent_name: str | None
    achievement_id: str | None
    achievement_name: str | None
    description: str | None = None
    version: str | None = None
    criteria: str | None = None
    narrative: str | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    results: tuple[tuple[str, str], ...] = ()
    hours: str | None = None
    informal: str | None = None
    evidence: tuple[EvidenceClaim, ...] = ()
    endorsements: tuple[EndorsementClaim, ...] = ()
    revoked: bool = False
    revoked_on: datetime | None = None
    reason: str | None = None
    replaced_by: str | None = None
    hosted: bool = False

    def to_json(self) -> Document:
        """Return {"standard", "id", "issuer", "domain"}, with "achievement" where it has a name."""
        answer: Document = {
            "standard": self.standard,
            "id": self.credential_id,
            "issuer": self.issuer_id,
            "domain": self.domain,
        }
        return answer | {"achievement": self.achievement_name} if self.achievement_name else answer


@dataclass(frozen=True, slots=True)
class Report:
    """The answer. `subject` is None unless the signature (3.0) or the hosted copy (2.0) holds.

    `sentence` is the verdict in words, `below` what to do with it. `contained` are the reports on the badges in a
    learner record, each with its own verdict.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    subject: Claims | None
    sentence: str
    below: str
    contained: tuple["Report", ...] = ()

    def finding(self, check: str) -> Finding | None:
        """Return the first finding of this name, if there is one."""
        return next((finding for finding in self.findings if finding.check == check), None)

    def to_json(self) -> Document:
        """Return {"verdict", "sentence", "findings": [{"check", "outcome", "message"}]}.

        With "subject" ({"standard", "id", "issuer", "domain", "achievement"}, "achievement" where it has a name) where
        that was proved, and "contained", reports like this one, of a record.
        """
        answer: Document = {
            "verdict": self.verdict,
            "sentence": self.sentence,
            "findings": [
                {"check": finding.check, "outcome": finding.outcome, "message": finding.message}
                for finding in self.findings
            ],
        }
        if self.subject is not None:
            answer["subject"] = self.subject.to_json()
        if self.contained:
            answer["contained"] = [inner.to_json() for inner in self.contained]
        return answer


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of the checks: findings, what the badge says (None unless it is proved), and the badges in it."""

    findings: tuple[Finding, ...]
    claims: Claims | None = None
    contained: tuple[Report, ...] = ()


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The one place where findings become a verdict.

    Any failure: invalid. Else unknown, if a finding that the verdict rests on cannot be told or was never reached.
    Endorsements that cannot be told leave it alone.
    """
    found = tuple(findings)
    if any(finding.outcome == "failed" for finding in found):
        return "invalid"
    if any(finding.outcome != "passed" for finding in found if _tells(finding.check)):
        return "unknown"
    if not {finding.check for finding in found} >= _NEEDED:
        return "unknown"
    return "valid"


def _tells(check: str) -> bool:
    return check in _TELLING or check.startswith(CONTAINED)
