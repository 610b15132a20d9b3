"""Verifying any badge: verify(source) answers with a report of findings and a verdict.

Light to import: what does the work is loaded with the first call.
"""

import importlib
from typing import TYPE_CHECKING, Final

from .policy import Policy
from .report import Claims, EndorsementClaim, EvidenceClaim, Finding, Outcome, Report, Verdict

if TYPE_CHECKING:
    from ..fetch import Fetcher
    from ..identity import Sought
    from ..jsontype import Source

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

_ANYBODY: Final = Policy()


def verify(
    source: "Source",
    *,
    policy: Policy = _ANYBODY,
    fetcher: "Fetcher | None" = None,
    recipient: "Sought | None" = None,
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
    verifier = importlib.import_module(".verifier", __name__)
    report: Report = verifier.verify(source, policy=policy, fetcher=fetcher, recipient=recipient)
    return report
