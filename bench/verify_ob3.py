"""Goal 3: verify one Open Badges 3.0 badge, all checks, against the Digital Credentials Consortium's JavaScript stack.

Every run is given a badge that was not seen before: badges of one micro-credential, each to somebody else. Nobody
fetches: what is asked for (DID documents, status list, schema) is answered at once. Ours also checks both endorsements
inside, which the peer does not. The second line has the reference engine alone (pyoxigraph, from JSON-LD to canonical
form) in place of our walker, and no form remembered.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, Final

from bench import rounds
from bench.peers import Peer
from openbadgekit.proofs import data_integrity
from openbadgekit.verify import verify
from tests.openbadgekit import reference
from tests.openbadgekit.world import NOW, MapFetcher, World

SCHEMA: Final = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
CONFORMANCE: Final = Path(__file__).resolve().parents[2] / "shared" / "conformance"
BADGES: Final = 3_000


def badges(world: World, number: int = BADGES) -> list[str]:
    """So many badges of one micro-credential, each to somebody else."""
    somebody = world.credential.recipient
    return [
        json.dumps(world.issued(id=f"{world.base}/badges/{n}/ob3.json", recipient=replace(somebody, salt=f"salt {n}")))
        for n in range(number)
    ]


def verifier(world: World, made: list[str]) -> Callable[[int], object]:
    """An act that verifies a badge it has not seen before, and ends the program if it finds anything against it."""
    fetcher = MapFetcher(world.pages)
    turn = count()

    def act(_: int) -> object:
        report = verify(made[next(turn) % len(made)].encode(), policy=world.policy, fetcher=fetcher)
        if report.verdict != "valid" or any(finding.outcome != "passed" for finding in report.findings):
            raise SystemExit(f"A good badge was not found valid: {report.findings}")
        return report.verdict

    return act


def with_reference(act: Callable[[int], object]) -> Callable[[int], object]:
    """The same act, with the reference engine alone for the canonical form."""

    def slow(number: int) -> object:
        kept = data_integrity.rdf_canonical
        data_integrity.rdf_canonical = lambda document, **_: reference.canonical(document)
        try:
            return act(number)
        finally:
            data_integrity.rdf_canonical = kept

    return slow


def measure() -> Iterator[rounds.Row]:
    """Yield the lines of goal 3."""
    world = World()
    made = badges(world)
    ours = rounds.Here(verifier(world, made))
    schema = CONFORMANCE / "schemas" / "ob_v3p0_achievementcredential_schema.json"
    if not schema.exists():
        raise SystemExit("The official schema, which the peer checks against, is not in ../shared/conformance.")
    pages: dict[str, Any] = {url: page.body.decode() for url, page in world.pages.items()}
    given = {"badges": made[:400], "pages": pages | {SCHEMA: schema.read_text("utf-8")}, "now": NOW.isoformat()}
    with Peer("verifier_core") as peer:
        words = "verify a 3.0 badge, all checks: openbadgekit, @digitalcredentials/verifier-core"
        yield rounds.compare("3", words, ours, peer.act("verify", given), at_least=8, cpu=True)
    words = "verify a 3.0 badge, all checks: openbadgekit, the same with the reference engine alone"
    yield rounds.compare("3", words, ours, rounds.Here(with_reference(verifier(world, made))), at_least=2, cpu=True)
