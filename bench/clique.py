"""Goal 10: a badge made to cost time is refused in at most twice the time of a normal verification.

Twelve parts that all name each other by blank node identifiers (a clique), and twelve equal parts with equal parts
inside them, which no shape and no safe mode objects to: only the bound on blank nodes of equal hash does.
"""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from bench import rounds
from bench.verify_ob3 import badges, verifier
from openbadgekit.verify import verify
from tests.openbadgekit.world import MapFetcher, World

SIZE: Final = 12


def clique(document: dict[str, Any]) -> None:
    """Twelve results, each of which names all others."""
    names = [f"_:n{number}" for number in range(SIZE)]
    document["credentialSubject"]["result"] = [
        {"id": name, "type": ["Result"], "achievedLevel": [other for other in names if other != name]} for name in names
    ]


def alike(document: dict[str, Any]) -> None:
    """Twelve equal results with twelve equal alignments each."""
    alignment = {"type": ["Alignment"], "targetName": "a", "targetUrl": "https://uni.example/a"}
    results = [{"type": ["Result"], "value": "1", "alignment": [alignment] * SIZE} for _ in range(SIZE)]
    document["credentialSubject"]["result"] = results


def refuser(world: World, change: Callable[[dict[str, Any]], None], words: str) -> Callable[[int], object]:
    """An act that verifies the changed badge, never the same twice, and ends the program unless it is refused so."""
    document = copy.deepcopy(world.document)
    change(document)
    fetcher = MapFetcher(world.pages)

    def act(number: int) -> object:
        document["id"] = f"{world.base}/badges/{number}"
        report = verify(json.dumps(document).encode(), policy=world.policy, fetcher=fetcher)
        if report.verdict == "valid" or not any(words in finding.message for finding in report.findings):
            raise SystemExit(f"It was not refused as it should be: {report.findings}")
        return report.verdict

    return act


def measure() -> Iterator[rounds.Row]:
    """Yield the lines of goal 10."""
    world = World()
    normal = rounds.Here(verifier(world, badges(world, 500)))
    hostile = {
        "a clique of 12 blank nodes": refuser(world, clique, "achievedLevel"),
        "12 equal parts of 12 equal parts": refuser(world, alike, "look alike"),
    }
    for what, act in hostile.items():
        words = f"refuse {what}: a normal verification, refusing it"
        yield rounds.compare("10", words, normal, rounds.Here(act), at_most=2, cpu=True)
