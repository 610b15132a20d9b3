"""From findings to the report: the verdict, and its words."""

from collections.abc import Sequence

from .report import Claims, Finding, Report, verdict_of
from .words import verdict_words


def conclude(
    findings: Sequence[Finding], claims: Claims | None, named: str, contained: Sequence[Report] = ()
) -> Report:
    """Return the report; `named` is the domain of the issuer as the badge names it, perhaps a mere claim."""
    found = tuple(findings)
    verdict = verdict_of(found)
    sentence, below = verdict_words(verdict, found, claims, named)
    return Report(verdict, found, claims, sentence, below, tuple(contained))
