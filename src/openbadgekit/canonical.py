"""Canonical forms: the same bytes for everybody who reads the same document.

JSON by RFC 8785 (JCS); RDF by RDF Dataset Canonicalization 1.0 (RDFC-1.0), as sorted N-Quads. The RDF engine is
pyoxigraph. Before it is called, safe mode has passed (see `safe_mode`) and its work is bounded.
"""

import base64
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal

import rfc8785
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse

from .documents.contexts import context
from .errors import Malformed, Unsafe, Unsupported, refuse
from .jsontype import Json, JsonObject
from .safe_mode import InLine, Loader, in_line
from .strict import check_value

WORK_LIMIT: Final = 20_000
"""The most steps that blank nodes of equal hash may cost; a tree of five alike children with children costs 1,800."""


def json_canonical(value: Json) -> bytes:
    """Return the RFC 8785 form of a JSON value, as UTF-8. Raises Malformed for what has none (NaN, huge integers)."""
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise Malformed(f"It has no canonical JSON form: {error}.") from error
    except UnicodeEncodeError as error:
        raise Malformed("It has no canonical JSON form: a text holds half of a surrogate pair.") from error


def digest_sri(value: Json, algorithm: Literal["sha256", "sha384"] = "sha256") -> str:
    """Return the digest of the RFC 8785 form of a JSON value as W3C Subresource Integrity writes it: "sha256-…".

    For the `relatedResource` of an endorsement (VC Data Model 2.0 §5.3): the achievement without `endorsement`.
    """
    digest = hashlib.new(algorithm, json_canonical(value)).digest()
    return f"{algorithm}-{base64.b64encode(digest).decode()}"


def rdf_canonical(document: JsonObject, *, limit: int = WORK_LIMIT, load: Loader = context) -> bytes:
    """Return the RDFC-1.0 canonical form of a JSON-LD document: sorted N-Quads, UTF-8.

    Raises Malformed, with the JSON pointer, when safe mode finds anything that would not be covered; Unsafe beyond the
    limits of `strict.check_value`, or when blank nodes of equal hash would cost more than `limit` steps. `load` gives
    the context for an address; the default knows the pinned ones only.
    """
    check_value(document)
    whole = in_line(document, load)
    refuse(whole.problems)
    try:
        quads = list(parse(_text(whole), RdfFormat.JSON_LD))
    except SyntaxError as error:
        raise Malformed(f"It is not JSON-LD: {error}.") from error
    if len(quads) != whole.statements:
        raise Unsupported(f"Its contexts are read differently here: {whole.statements} statements became {len(quads)}.")
    check_work(quads, limit)
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset)).encode()


def check_work(quads: Iterable[Quad], limit: int = WORK_LIMIT) -> None:
    """Refuse a dataset whose blank nodes cannot be told apart without a search that grows like a factorial.

    RDFC-1.0 §4.4.3: nodes with a first-degree hash of their own cost one step. The others are searched through, group
    of neighbours by group; s of them together are reckoned as s! · s steps. Raises Unsafe beyond `limit`.
    """
    mentions = _mentions(quads)
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for node, quads_of_node in mentions.items():
        alike[tuple(sorted(_first_degree(node, quad) for quad in quads_of_node))].append(node)
    unclear = {node for group in alike.values() if len(group) > 1 for node in group}
    work = 0
    while unclear:
        size = _component(unclear, mentions)
        work += math.factorial(min(size, 20)) * size
        if work > limit:
            raise Unsafe("Too many of its parts look alike; telling them apart would take too long.")


_Mentions = Mapping[str, list[tuple[str, ...]]]


def _mentions(quads: Iterable[Quad]) -> _Mentions:
    """List for each blank node the quads that it stands in, as terms in N-Quads form."""
    mentions: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for quad in quads:
        terms = (quad.subject, quad.object, quad.graph_name)
        if any(isinstance(term, Triple) for term in terms):
            raise Malformed("A triple within a triple has no canonical form.")
        nodes = {str(term) for term in terms if isinstance(term, BlankNode)}
        if nodes:
            texts = (str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))
            for node in nodes:
                mentions[node].append(texts)
    return mentions


def _first_degree(node: str, quad: tuple[str, ...]) -> str:
    """The quad as §4.6.3 (Hash First Degree Quads) sees it: this node is _:a, every other one _:z."""
    return " ".join(("_:a" if term == node else "_:z") if term.startswith("_:") else term for term in quad)


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


def _text(whole: InLine) -> bytes:
    """Write the document for the engine. The contexts are most of the text, so only what it uses of them is written."""
    rest = json.dumps({k: v for k, v in whole.document.items() if k != "@context"}, ensure_ascii=False)
    contexts = whole.document["@context"]
    bodies = contexts if isinstance(contexts, list) else [contexts]
    text = _contexts_text(tuple(_Same(body) for body in bodies), whole.names)
    return f'{{"@context":{text}{"," if len(rest) > 2 else ""}{rest[1:]}'.encode()


class _Same:
    """A context as a key of a cache, by identity; it keeps the context alive."""

    __slots__ = ("value",)

    def __init__(self, value: Json) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value


@lru_cache(maxsize=256)
def _contexts_text(bodies: tuple[_Same, ...], names: frozenset[str]) -> str:
    """Write the contexts without the terms that the document does not use: such terms change nothing."""
    wanted = set(names)
    size = 0
    while len(wanted) > size:
        size = len(wanted)
        for body in bodies:
            wanted |= _needed_by(body.value, wanted)
    return json.dumps([_only(body.value, wanted) for body in bodies], ensure_ascii=False)


def _needed_by(body: Json, wanted: set[str]) -> set[str]:
    """The names with which a context explains the wanted terms: other terms, and prefixes of shortened IRIs."""
    if isinstance(body, list):
        return set().union(*(_needed_by(part, wanted) for part in body))
    needed: set[str] = set()
    for name, meaning in body.items() if isinstance(body, dict) else ():
        if name not in wanted:
            continue
        texts = [meaning] if isinstance(meaning, str) else []
        if isinstance(meaning, dict):
            texts = [text for text in (meaning.get("@id"), meaning.get("@type")) if isinstance(text, str)]
            needed |= _needed_by(meaning.get("@context"), wanted)
        for text in [name, *texts]:
            needed |= {text, text.partition(":")[0]}
    return needed


def _only(body: Json, wanted: set[str]) -> Json:
    if isinstance(body, list):
        return [_only(part, wanted) for part in body]
    if not isinstance(body, dict):
        return body
    kept: dict[str, Json] = {}
    for name, meaning in body.items():
        if name in wanted or name.startswith("@"):
            scoped = isinstance(meaning, dict) and "@context" in meaning
            kept[name] = {**meaning, "@context": _only(meaning["@context"], wanted)} if scoped else meaning
    return kept
