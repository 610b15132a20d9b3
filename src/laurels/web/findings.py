"""A verifier's report as pages show it: the band, what the badge says, the findings with the worst first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from laurels.badges.verification import own_path
from laurels.governance.authority import day
from laurels.people.system import university

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

    def to_json(self) -> Mapping[str, Any]:
        """The report as plain values."""
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
    subject: Any
    json: Mapping[str, Any]


def shown(report: Report) -> Shown:
    """The report for a page: failed findings first, then what cannot be told, then what passed."""
    sentence, below = _words(report)
    ordered = sorted(report.findings, key=lambda finding: _ORDER[finding.outcome])
    return Shown(
        verdict=report.verdict,
        word=_VERDICTS[report.verdict],
        sentence=sentence,
        below=below,
        lines=tuple(_line(finding) for finding in ordered),
        approvals=tuple(_line(finding) for finding in report.findings if finding.check.startswith(_ENDORSEMENT)),
        subject=report.subject,
        json=report.to_json(),
    )


def _words(report: Report) -> tuple[str, str]:
    """The verdict in words; of a valid badge of ours this university can say more than any verifier."""
    subject = report.subject
    if report.verdict != "valid" or not subject.known_as or own_path(subject.credential_id) is None:
        return report.sentence, report.below
    of = university()
    signer = of.unit.name if subject.known_as == of.unit.name else f"{subject.known_as}, {of.unit.name}"
    on = f" on {day(subject.valid_from.astimezone(ZoneInfo(of.zone)).date())}" if subject.valid_from else ""
    return (
        "Valid. This badge is genuine and in force.",
        f"{signer} signed it{on}. It has not been changed since, and it has not been revoked.",
    )


def _line(finding: Finding) -> Line:
    question = (_CHECKS | _ENDORSEMENTS).get(finding.check) or f"Does the {finding.check} hold?"
    return Line(finding.outcome, _WORDS[finding.outcome], question, finding.message)
