"""Where a badge stands: in force, revoked, suspended, or replaced by another."""

import re
from dataclasses import dataclass
from typing import Final

from ..jsontype import Json
from .reading import brief, text
from .report import REVOCATION, Finding, failed

REVOKED: Final = "Its issuer has revoked it."
_REPLACED: Final = re.compile(
    r"\s*(?:replaced|superseded) by:?\s+(?P<address>(?:https?://|urn:|did:)[!-~]{1,500}?)\.?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The finding on revocation, None when the badge has no status; and whether it is revoked for good.

    `reason` is what the issuer says; `replaced_by` the address of the badge that holds in its place, where the reason
    says just that ("replaced by ADDRESS").
    """

    finding: Finding | None
    revoked: bool = False
    suspended: bool = False
    reason: str | None = None
    replaced_by: str | None = None


def revoked(said: Json) -> Standing:
    """Return the standing of a badge that its issuer has taken back, with the reason as it stands in a document."""
    reason = text(said)
    if reason is None:
        return Standing(failed(REVOCATION, REVOKED), revoked=True)
    found = _REPLACED.fullmatch(reason)
    if found:
        address = found["address"]
        words = f"Its issuer has replaced it by {brief(address)}."
        return Standing(failed(REVOCATION, words), revoked=True, reason=reason, replaced_by=address)
    words = f"{REVOKED} Reason given: {brief(reason).rstrip('.')}."
    return Standing(failed(REVOCATION, words), revoked=True, reason=reason)
