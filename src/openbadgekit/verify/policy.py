"""Whom and what to trust."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .demands import Demand


@dataclass(frozen=True, slots=True)
class Policy:
    """What a verifier knows beforehand.

    `trusted` maps the ids of known issuers (DIDs, and 2.0 profile addresses) to the names they are known by; an issuer
    that is not in it can still have a valid badge, shown by its domain. `endorsers` maps those whose endorsements
    count; None means: the trusted issuers. `at` is the moment to judge by, with a zone; None means now.
    `demand` is what a genuine badge must meet to be accepted (see `demands`); with several, put them into `AllOf`.
    `allow_private` lets the built-in fetcher, and http for did:web, reach a loopback host under development.
    """

    trusted: Mapping[str, str] = field(default_factory=dict)
    endorsers: Mapping[str, str] | None = None
    at: datetime | None = None
    allow_private: bool = False
    demand: "Demand | None" = None

    def __post_init__(self) -> None:
        if self.at is not None and self.at.utcoffset() is None:
            raise ValueError("The moment to judge by needs a zone.")

    def endorser(self, issuer: str) -> str | None:
        """Return the name of an endorser whose word counts, None for all others."""
        return (self.trusted if self.endorsers is None else self.endorsers).get(issuer)
