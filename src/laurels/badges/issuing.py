"""Signing many badges of one unit: what spoils one of them does not hold up the others."""

from collections.abc import Sequence

from laurels import clock
from laurels.badges import issuers
from laurels.badges.signing import Draft, Signed, sign_batch
from laurels.badges.verification import Storage, policy
from laurels.people.models import Unit
from openbadgekit.errors import BadgeError, NotFetched
from openbadgekit.fetch import Fetched


class _Nowhere:
    """Where a badge of ours leads when it is checked before it is stored: to nobody else's host."""

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """Refuse: all that a new badge rests on is ours."""
        raise NotFetched(f"{url} is not one of our own addresses.")


def sign_badges(unit: Unit, drafts: Sequence[Draft]) -> tuple[list[Signed], list[str]]:
    """Sign and check badges, outside any transaction: those that are in order, and what is wrong with the others."""
    key, trust, network = issuers.current_key(unit), policy(), Storage(_Nowhere())
    try:
        return sign_batch(drafts, key, at=clock.now(), fetcher=network, policy=trust), []
    except BadgeError as error:
        if len(drafts) == 1:
            return [], [str(error)]
    signed: list[Signed] = []
    faults: list[str] = []
    for draft in drafts:
        try:
            signed += sign_batch([draft], key, at=clock.now(), fetcher=network, policy=trust)
        except BadgeError as error:
            faults.append(str(error))
    return signed, faults
