"""A verifier's report as pages show it: the band, what the badge says, the findings with the worst first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from laurels.badges.models import Badge, BadgeState
from laurels.badges.reasons import REASONS
from laurels.badges.verification import own_path
from laurels.governance.authority import day
from laurels.people.system import university
from laurels.web.lookalikes import calm, warnings

_ORDER = {"failed": 0, "unknown": 1, "passed": 2}
_WORDS = {"passed": "Passed", "failed": "Failed", "unknown": "Cannot be told"}
_VERDICTS = {"valid": "Valid", "invalid": "Not valid", "unknown": "Cannot be told"}
_CHECKS = {
    "readable": "Can it be read?",
    "well-formed": "Is its form right?",
    "proof": "Is its content what was signed?",
    "key": "Does the key belong to the issuer?",
    "revocation": "Is it revoked?",
    "dates": "Is it in force?",
    "recipient": "Was it awarded to the address you gave?",
}
_ENDORSEMENTS = {
    "endorsement of the issuer": "Was the unit approved?",
    "endorsement of the achievement": "Was this version approved?",
}
_ENDORSEMENT = "endorsement"


class Finding(Protocol):
    """One check, how it came out, and that in words."""

    @property
    def check(self) -> str:
        """The name of the check."""
        ...

    @property
    def outcome(self) -> str:
        """passed, failed or unknown."""
        ...

    @property
    def message(self) -> str:
        """The outcome in plain words."""
        ...


class Report(Protocol):
    """What a verifier answers."""

    @property
    def verdict(self) -> str:
        """valid, invalid or unknown."""
        ...

    @property
    def findings(self) -> tuple[Any, ...]:
        """The findings, in the order of the checks."""
        ...

    @property
    def subject(self) -> Any:
        """What the badge says, as far as its signature covers it."""
        ...

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        ...

    @property
    def below(self) -> str:
        """What to do with it."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as a line: its mark, its word, the question it answers, the answer."""

    outcome: str
    word: str
    question: str
    message: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a page shows it."""

    verdict: str
    word: str
    sentence: str
    below: str
    lines: tuple[Line, ...]
    approvals: tuple[Line, ...]
    warnings: tuple[str, ...]
    subject: Any
    json: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of our own records."""

    check: str
    outcome: str
    message: str


def shown(report: Report) -> Shown:
    """The report for a page: failed findings first, then what cannot be told, then what passed."""
    own = _own_badge(report)
    if own is not None and own.state == BadgeState.REVOKED:
        return _revoked(report, own)
    return _shown(report.verdict, _words(report, own), report.findings, report)


def _shown(verdict: str, words: tuple[str, str], findings: Sequence[Finding], report: Report) -> Shown:
    ordered = sorted(findings, key=lambda finding: _ORDER[finding.outcome])
    plain = [{"check": one.check, "outcome": one.outcome, "message": one.message} for one in findings]
    return Shown(
        verdict=verdict,
        word=_VERDICTS[verdict],
        sentence=calm(words[0]),
        below=calm(words[1]),
        lines=tuple(_line(finding) for finding in ordered),
        approvals=tuple(_line(finding) for finding in findings if finding.check.startswith(_ENDORSEMENT)),
        warnings=_warnings(report),
        subject=report.subject,
        json={"verdict": verdict, "findings": plain},
    )


def _warnings(report: Report) -> tuple[str, ...]:
    """What deceives the eye in the names of an issuer whom we do not know."""
    subject = report.subject
    if subject is None or subject.known_as:
        return ()
    return tuple(warnings(subject.domain, subject.issuer_name, subject.parent_name))


def _own_badge(report: Report) -> Badge | None:
    """The badge of ours that the report is about; None for foreign ones, and where nothing in it is proved."""
    subject = report.subject
    # A revoked 2.0 badge names no issuer any more; that it was revoked is what its own address answers.
    proved = subject is not None and (subject.known_as or (subject.standard == "2.0" and subject.revoked))
    path = own_path(subject.credential_id) if proved else None
    parts = (path or "").strip("/").split("/")
    if len(parts) < 2 or parts[0] != "badges":
        return None
    return Badge.objects.select_related("unit").filter(pk=parts[1]).first()


def _words(report: Report, own: Badge | None) -> tuple[str, str]:
    """The verdict in words; of a valid badge of ours this university can say more than any verifier."""
    if report.verdict != "valid" or own is None:
        return report.sentence, report.below
    of = university()
    signer = of.unit.name if own.unit.is_university else f"{own.unit.name}, {of.unit.name}"
    on = f" on {_day(report.subject.valid_from)}" if report.subject.valid_from else ""
    return (
        "Valid. This badge is genuine and in force.",
        f"{signer} signed it{on}. It has not been changed since, and it has not been revoked.",
    )


def _revoked(report: Report, own: Badge) -> Shown:
    """A revoked badge of ours, also in the moment before its status list is signed anew."""
    on = f" on {_day(own.revoked_at)}" if own.revoked_at else ""
    told = Told("revocation", "failed", f"Revoked{on}.")
    findings = [told if one.check == told.check else one for one in report.findings]
    words = (
        f"Not valid any more. {own.unit.name} revoked this badge{on}.",
        f"Reason given: {REASONS.get(own.reason, own.reason)} Until then it was true.",
    )
    subject = replace(report.subject, known_as=own.unit.name)
    return replace(_shown("invalid", words, findings, report), subject=subject, warnings=())


def _day(moment: datetime) -> str:
    return day(moment.astimezone(ZoneInfo(university().zone)).date())


def _line(finding: Finding) -> Line:
    question = (_CHECKS | _ENDORSEMENTS).get(finding.check) or f"Does the {finding.check} hold?"
    return Line(finding.outcome, _WORDS[finding.outcome], question, calm(finding.message))
