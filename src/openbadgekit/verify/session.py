"""One verification under way: its policy, its moment, and what it has fetched so far, within one budget."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from ..errors import BadgeError, Malformed, NotFetched, Unsafe
from ..fetch import Budget, Fetched, Fetcher
from ..jsontype import JsonObject
from ..publickey import PublicKey
from ..strict import parse_object
from .policy import Policy
from .reading import domain
from .report import Finding

BADGE: Final = (
    "application/vc+ld+json, application/vc;q=0.9, application/ld+json;q=0.9, application/json;q=0.8, "
    "image/png;q=0.7, image/svg+xml;q=0.7"
)
CREDENTIAL: Final = "application/vc+ld+json, application/vc;q=0.9, application/ld+json;q=0.9, application/json;q=0.8"
STATUS_LIST: Final = f"{CREDENTIAL}, application/vc+jwt;q=0.7, text/plain;q=0.6"
HOSTED: Final = "application/ld+json, application/json;q=0.9"
DID: Final = "application/did+ld+json, application/did+json;q=0.9, application/ld+json;q=0.9, application/json;q=0.8"
KEYS: Final = "application/jwk+json, application/jwk-set+json;q=0.9, application/json;q=0.8"

SKEW: Final = timedelta(minutes=1)
"""How far ahead an issuer's clock may be: what begins by then has begun. Ends are exact."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a key: the finding, and the key itself if it is the issuer's."""

    finding: Finding
    key: PublicKey | None = None


class Session:
    """Fetches each address once, never more than the budget allows.

    `now` is the moment to judge by; what begins by `soon` has begun. `keys` is what `keyring` found, by the issuer and
    the address of the key.
    """

    def __init__(self, policy: Policy, fetcher: Fetcher, budget: Budget | None = None) -> None:
        self.policy = policy
        self.now = (policy.at or datetime.now(UTC)).astimezone(UTC)
        self.soon = self.now + SKEW
        self._fetcher = fetcher
        self._budget = budget or Budget()
        self.keys: dict[tuple[str, str], Answer] = {}
        self._answers: dict[str, Fetched | BadgeError] = {}

    def check_time(self) -> None:
        """Raise Unsafe when the time for this verification is over."""
        if time.monotonic() >= self._budget.ends:
            raise Unsafe("The time for this check is over.")

    def fetch(self, url: str, accept: str) -> Fetched:
        """Return the answer of an address, whatever its status. Raises NotFetched or Unsafe, each time alike."""
        known = self._answers.get(url)
        if known is None:
            try:
                known = self._fetcher.fetch(url, accept=accept, deadline=self._budget.spend())
                if len(known.body) > self._budget.bytes:
                    raise Unsafe("The answer is too large.")
            except BadgeError as error:
                known = error
            self._answers[url] = known
        if isinstance(known, BadgeError):
            raise known
        return known

    def remember(self, url: str, answer: Fetched) -> None:
        """Keep an answer that was fetched under another address: the one where it was found in the end."""
        self._answers.setdefault(url, answer)

    def document(self, url: str, accept: str) -> JsonObject:
        """Return the JSON object at an address. Raises NotFetched unless it answers 200, Malformed for no JSON."""
        answer = self.fetch(url, accept)
        if answer.status != 200:
            raise NotFetched(f"{domain(url)} answered with status {answer.status}.")
        try:
            return parse_object(answer.body)
        except Malformed as error:
            raise Malformed(f"What {domain(url)} answered cannot be read: {error.message}") from None
