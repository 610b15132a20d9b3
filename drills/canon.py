"""Do all sign the same? Our canonical forms against those of the npm packages jsonld and rdf-canonize.

Generated and harmed documents (see `_credentials`), and graphs of blank nodes. What safe mode refuses is only counted;
whatever it lets pass must have the very bytes that the peer makes of it in its own safe mode.
"""

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from bench.peers import Peer
from drills import _credentials
from openbadgekit.canonical import rdf_canonical
from openbadgekit.documents.contexts import CONTEXTS, context
from openbadgekit.errors import BadgeError, Unsafe
from openbadgekit.rdf_terms import Quad
from openbadgekit.rdfc import canonical

BATCH = 100


def main(arguments: Sequence[str]) -> dict[str, Any]:
    """Compare so many documents, and half as many graphs."""
    parser = argparse.ArgumentParser(prog="drills/run canon")
    parser.add_argument("--cases", type=int, default=2_000, help="how many documents (default: 2000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other documents")
    parser.add_argument("--grid", action="store_true", help="also each type with each property and kind of value")
    options = parser.parse_args(arguments)
    tally: dict[str, int] = dict.fromkeys(("documents", "graphs", "refused", "refused_there_too", "compared"), 0)
    differences: list[dict[str, Any]] = []
    with Peer("jsonld") as peer:
        differences.extend(_documents(peer, _harmed(options.cases, options.seed), tally))
        if options.grid:
            differences.extend(_documents(peer, _credentials.grid(), tally))
        differences.extend(_graphs(peer, options.cases // 2, options.seed, tally))
    enough = tally["compared"] * 4 >= tally["documents"] + tally["graphs"] > 0
    return {
        "passed": enough and not differences,
        "seed": options.seed,
        **tally,
        "differences": len(differences),
        "first": differences[:5],
    }


def _documents(peer: Peer, made: Iterator[Any], tally: dict[str, int]) -> Iterator[dict[str, Any]]:
    contexts = {url: context(url) for url in CONTEXTS}
    while batch := list(islice(made, BATCH)):
        asked = {"contexts": contexts, "documents": batch}
        for document, theirs in zip(batch, _ask(peer, "documents", asked), strict=True):
            tally["documents"] += 1
            try:
                ours = rdf_canonical(document).decode()
            except BadgeError:
                tally["refused"] += 1
                tally["refused_there_too"] += "error" in theirs
                continue
            tally["compared"] += 1
            if theirs.get("form") != ours:
                yield {"document": document, "ours": ours, "theirs": theirs}


def _harmed(cases: int, seed: int) -> Iterator[Any]:
    choose = random.Random(seed)
    start = _credentials.bases()
    return (_credentials.case(choose, start) for _ in range(cases))


def _graphs(peer: Peer, cases: int, seed: int, tally: dict[str, int]) -> Iterator[dict[str, Any]]:
    choose = random.Random(seed)
    made = (_credentials.dataset(choose) for _ in range(cases))
    while batch := list(islice(made, BATCH)):
        forms = [(quads, form) for quads in batch if (form := _form(quads)) is not None]
        texts = ["".join(" ".join(filter(None, quad)) + " .\n" for quad in quads) for quads, _ in forms]
        tally["graphs"] += len(batch)
        tally["refused"] += len(batch) - len(forms)
        tally["compared"] += len(forms)
        for (quads, ours), theirs in zip(forms, _ask(peer, "quads", {"quads": texts}), strict=True):
            if theirs.get("form") != ours:
                yield {"quads": quads, "ours": ours, "theirs": theirs}


def _form(quads: Sequence[Quad]) -> str | None:
    """The canonical form; None for a graph that would take too long, with which a peer is not troubled either."""
    try:
        return canonical(quads).decode()
    except Unsafe:
        return None


def _ask(peer: Peer, act: str, given: Mapping[str, Any]) -> list[dict[str, str]]:
    answer: Any = peer.act(act, given).turn(1).answer
    return list(answer)
