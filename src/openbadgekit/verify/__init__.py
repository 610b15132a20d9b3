"""Verifying any badge: verify(source) answers with a report of findings and a verdict."""

from .policy import Policy
from .report import Claims, EndorsementClaim, EvidenceClaim, Finding, Outcome, Report, Verdict
from .verifier import verify

__all__ = [
    "Claims",
    "EndorsementClaim",
    "EvidenceClaim",
    "Finding",
    "Outcome",
    "Policy",
    "Report",
    "Verdict",
    "verify",
]
