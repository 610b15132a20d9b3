"""RDF Dataset Canonicalization 1.0 (RDFC-1.0) with SHA-256.

Blank nodes whose first-degree hashes differ get their labels in the order of the hashes (§4.4.3 step 4); badges are
nearly always like that. The others are told apart by their neighbourhoods (step 5), once that work is known to be
bounded.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import Final, TypeAlias

from .errors import Unsafe
from .rdf_terms import Quad

WORK_LIMIT: Final = 20_000
"""The most steps that blank nodes of equal hash may cost; a tree of five alike children with children costs 1,800."""

_Mentions: TypeAlias = Mapping[str, Sequence[Quad]]
_Labels: TypeAlias = dict[str, str]
"""Blank node → label, in the order in which they were dealt."""


def canonical(quads: Iterable[Quad], *, limit: int = WORK_LIMIT) -> bytes:
    """Return the canonical N-Quads of the statements, each given once: sorted lines, UTF-8.

    Raises Unsafe when telling blank nodes of equal hash apart would cost more than `limit` steps.
    """
    quads = list(quads)
    mentions = _mentions(quads)
    hashes = _hashes(mentions)
    alike = _alike(hashes)
    clear = sorted((found, nodes[0]) for found, nodes in alike.items() if len(nodes) == 1)
    labels = {node: f"_:c14n{place}" for place, (_, node) in enumerate(clear)}
    if len(labels) < len(hashes):
        _check_work(alike, mentions, limit)
        _Search(mentions, hashes, labels, limit).deal(alike)
    return "".join(sorted(_line(quad, labels) for quad in quads)).encode()


def check_work(quads: Iterable[Quad], limit: int = WORK_LIMIT) -> None:
    """Refuse a dataset whose blank nodes cannot be told apart without a search that grows like a factorial.

    RDFC-1.0 §4.4.3: nodes with a first-degree hash of their own cost one step. The others are searched through, group
    of neighbours by group; s of them together are reckoned as s! · s steps. Raises Unsafe beyond `limit`.
    """
    mentions = _mentions(quads)
    _check_work(_alike(_hashes(mentions)), mentions, limit)


def _check_work(alike: Mapping[str, Sequence[str]], mentions: _Mentions, limit: int) -> None:
    unclear = {node for nodes in alike.values() if len(nodes) > 1 for node in nodes}
    work = 0
    while unclear:
        size = _component(unclear, mentions)
        work += math.factorial(min(size, 20)) * size
        if work > limit:
            raise _too_much()


def _too_much() -> Unsafe:
    return Unsafe("Too many of its parts look alike; telling them apart would take too long.")


class _Search:
    """Tells nodes of equal hash apart (§4.8, Hash N-Degree Quads). `labels` are the final ones; it deals the rest."""

    def __init__(self, mentions: _Mentions, hashes: Mapping[str, str], labels: _Labels, limit: int) -> None:
        self.hashes = hashes
        self.labels = labels
        self.limit = limit
        self.links = {node: _links(node, quads) for node, quads in mentions.items() if node not in labels}

    def deal(self, alike: Mapping[str, Sequence[str]]) -> None:
        """§4.4.3, step 5."""
        for _, nodes in sorted(alike.items()):
            found = [self.walk(node, {node: "_:b0"}) for node in nodes if node not in self.labels]
            for _, dealt in sorted(found, key=lambda result: result[0]):
                for node in dealt:
                    self.labels.setdefault(node, f"_:c14n{len(self.labels)}")

    def walk(self, node: str, dealt: _Labels) -> tuple[str, _Labels]:
        """Return the hash of the node's neighbourhood, and the labels in the order in which it was walked (§4.8.3)."""
        related: dict[str, list[str]] = defaultdict(list)
        for start, other in self.links[node]:
            name = self.labels.get(other) or dealt.get(other) or self.hashes[other]
            related[_sha256(start + name)].append(other)
        path = []
        for found, others in sorted(related.items()):
            if math.factorial(min(len(others), 20)) > self.limit:
                raise _too_much()
            chosen, dealt = min((self.path(order, dealt) for order in permutations(others)), key=lambda one: one[0])
            path += [found, chosen]
        return _sha256("".join(path)), dealt

    def path(self, order: Sequence[str], dealt: _Labels) -> tuple[str, _Labels]:
        """Return the path through neighbours in this order, and the labels dealt on it (§4.8.3, step 5.4)."""
        dealt = dict(dealt)
        path, unseen = "", []
        for node in order:
            if node not in self.labels and node not in dealt:
                unseen.append(node)
                dealt[node] = f"_:b{len(dealt)}"
            path += self.labels.get(node) or dealt[node]
        for node in unseen:
            label = dealt[node]
            found, dealt = self.walk(node, dealt)
            path += f"{label}<{found}>"
        return path, dealt


def _links(node: str, quads: Iterable[Quad]) -> list[tuple[str, str]]:
    """The blank nodes that stand with this one in a statement, and what the hash of each begins with (§4.7.3)."""
    links = []
    for subject, predicate, thing, graph in quads:
        places = ((f"s{predicate}", subject), (f"o{predicate}", thing), ("g", graph))
        links += [(start, other) for start, other in places if other[:1] == "_" and other != node]
    return links


def _line(quad: Quad, labels: Mapping[str, str]) -> str:
    subject, predicate, thing, graph = quad
    subject, thing, graph = labels.get(subject, subject), labels.get(thing, thing), labels.get(graph, graph)
    return f"{subject} {predicate} {thing} {graph} .\n" if graph else f"{subject} {predicate} {thing} .\n"


def _mentions(quads: Iterable[Quad]) -> _Mentions:
    """List for each blank node the statements that it stands in, each of them once."""
    mentions: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        subject, _, thing, graph = quad
        if subject[0] == "_":
            mentions[subject].append(quad)
        if thing[0] == "_" and thing != subject:
            mentions[thing].append(quad)
        if graph[:1] == "_" and graph not in (subject, thing):
            mentions[graph].append(quad)
    return mentions


def _hashes(mentions: _Mentions) -> dict[str, str]:
    """§4.6.3 (Hash First Degree Quads): in each statement this node is _:a, every other one _:z."""
    names: dict[str, str] = dict.fromkeys(mentions, "_:z")
    hashes: dict[str, str] = {}
    for node, quads in mentions.items():
        names[node] = "_:a"
        hashes[node] = _sha256("".join(sorted(_line(quad, names) for quad in quads)))
        names[node] = "_:z"
    return hashes


def _alike(hashes: Mapping[str, str]) -> dict[str, list[str]]:
    alike: dict[str, list[str]] = defaultdict(list)
    for node, found in hashes.items():
        alike[found].append(node)
    return alike


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _component(unclear: set[str], mentions: _Mentions) -> int:
    """Take one group of neighbours out of `unclear`, and return its size."""
    todo = [unclear.pop()]
    size = 0
    while todo:
        node = todo.pop()
        size += 1
        for quad in mentions[node]:
            for term in quad:
                if term in unclear:
                    unclear.remove(term)
                    todo.append(term)
    return size
