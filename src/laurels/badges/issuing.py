"""Signing many badges of one unit: what spoils one of them does not hold up the others."""

from collections.abc import Callable, Sequence

from laurels import clock
from laurels.badges import issuers
from laurels.badges.signing import Draft, SealedKey, Signed, sign_batch
from laurels.badges.verification import Storage, policy
from laurels.people.models import Unit
from openbadgekit.errors import BadgeError, NotFetched
from openbadgekit.fetch import Fetched, Fetcher


class _Nowhere:
    """Where a badge of ours leads when it is checked before it is stored: to nobody else's host."""

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Refuse: all that a new badge rests on is ours."""
        raise NotFetched(f"{url} is not one of our own addresses.")


class _Once:
    """What badges of one unit rest on, fetched once for all of them."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._known: dict[str, Fetched] = {}

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Answer from what was fetched before; storage has one form of each."""
        found = self._known.get(url)
        if found is None:
            found = self._known[url] = self._fetcher.fetch(url, accept=accept, deadline=deadline)
        return found


class Desk:
    """Signs and checks badges of one unit, outside any transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._trust = policy()
        self._network = _Once(Storage(_Nowhere()))

    def sign(self, drafts: Sequence[Draft], *, after_each: Callable[[], None]) -> tuple[list[Signed], list[str]]:
        """The badges that are in order, and what is wrong with the others.

        `after_each` is called after each of them: signing many takes long, and somebody waits for a sign of life.
        """
        key = issuers.current_key(self._unit)
        try:
            return self._signed(drafts, key, after_each), []
        except BadgeError as error:
            if len(drafts) == 1:
                return [], [str(error)]
        signed: list[Signed] = []
        faults: list[str] = []
        for draft in drafts:
            try:
                signed += self._signed([draft], key, after_each)
            except BadgeError as error:
                faults.append(str(error))
        return signed, faults

    def _signed(self, drafts: Sequence[Draft], key: SealedKey, after_each: Callable[[], None]) -> list[Signed]:
        return sign_batch(drafts, key, at=clock.now(), fetcher=self._network, policy=self._trust, after_each=after_each)
