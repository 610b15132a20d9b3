"""Goal 4: verifying a hosted Open Badges 2.0 badge, against openbadges of PyPI. Both are answered from memory."""

import base64
import json
from collections.abc import Iterator
from typing import Final

from bench import rounds
from bench.baking import picture
from bench.peers import Peer
from openbadgekit import Fetched, NotFetched, verify

HOST: Final = "https://uni.example"
CONTEXT: Final = "https://w3id.org/openbadges/v2"
ADDRESS: Final = f"{HOST}/badges/1/ob2.json"
DOCUMENTS: Final[tuple[dict[str, object], ...]] = (
    {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": ADDRESS,
        "recipient": {"type": "email", "hashed": True, "salt": "deadsea", "identity": "sha256$" + "0f" * 32},
        "badge": f"{HOST}/micro-credentials/cooking/ob2.json",
        "verification": {"type": "HostedBadge"},
        "issuedOn": "2026-05-04T10:00:00+00:00",
        "expires": "2036-05-04T10:00:00+00:00",
        "narrative": "24 hours of training. Plan a week of whole-food meals for a household: level Proficient.",
        "evidence": [
            {"type": "Evidence", "id": f"{HOST}/evidence/1", "name": "Menu", "narrative": "A menu of seven days."},
            {"type": "Evidence", "id": f"{HOST}/evidence/2", "name": "Tasting", "narrative": "Six guests were asked."},
        ],
    },
    {
        "@context": CONTEXT,
        "type": "BadgeClass",
        "id": f"{HOST}/micro-credentials/cooking/ob2.json",
        "name": "Whole-Food Cooking Foundations",
        "description": "Plans, cooks and explains a week of whole-food meals for a household. " * 4,
        "image": f"{HOST}/micro-credentials/cooking/picture.png",
        "criteria": {"id": f"{HOST}/micro-credentials/cooking", "narrative": "Two blocks and a public tasting. " * 8},
        "issuer": f"{HOST}/ob2.json",
        "tags": ["cooking", "nutrition", "household"],
        "alignment": [
            {"type": "AlignmentObject", "targetName": "Meal planning", "targetUrl": f"{HOST}/skills/{number}"}
            for number in range(3)
        ],
    },
    {
        "@context": CONTEXT,
        "type": "Issuer",
        "id": f"{HOST}/ob2.json",
        "name": "University of Examples",
        "url": f"{HOST}/",
        "email": "registrar@uni.example",
        "verification": {"type": "VerificationObject", "allowedOrigins": "uni.example", "startsWith": f"{HOST}/"},
    },
)


class _Memory:
    """The host, in memory."""

    def __init__(self, pages: dict[str, tuple[str, bytes]]) -> None:
        self._pages = pages

    def fetch(self, url: str, *, accept: str, deadline: float) -> Fetched:
        """What the host answers at this address."""
        if url not in self._pages:
            raise NotFetched("There is no such page.")
        media_type, body = self._pages[url]
        return Fetched(url=url, status=200, media_type=media_type, body=body)


def measure() -> Iterator[rounds.Row]:
    """Yield the line of goal 4."""
    pages = {str(one["id"]): ("application/ld+json", json.dumps(one).encode()) for one in DOCUMENTS}
    pages[str(DOCUMENTS[1]["image"])] = ("image/png", picture(side=32))
    given = {
        "address": ADDRESS,
        "pages": {url: [kind, base64.b64encode(body).decode()] for url, (kind, body) in pages.items()},
    }
    host = _Memory(pages)
    report = verify(ADDRESS, fetcher=host)
    if report.verdict != "valid":
        raise SystemExit(f"We say of the badge: {report.verdict} {[str(one) for one in report.findings]}")
    with Peer("openbadges") as peer:
        theirs = peer.act("verify-hosted", given)
        answer = theirs.turn(1).answer
        if not (isinstance(answer, list) and answer[0] is True):
            raise SystemExit(f"openbadges says of the badge: {answer}")
        ours = rounds.Here(lambda _: verify(ADDRESS, fetcher=host))
        words = "verify a hosted 2.0 badge: openbadgekit, openbadges"
        yield rounds.compare("4", words, ours, theirs, at_least=10)


__all__ = ["measure"]
