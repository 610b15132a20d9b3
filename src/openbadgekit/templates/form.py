"""The template of one shape.

RDFC-1.0 §4.4.3: where the first-degree hashes of all blank nodes differ, labels are dealt in the order of those hashes,
and nothing else decides. So one document with placeholders is canonicalized by the engine, and for another document of
the shape only the blank nodes that touch a placeholder are hashed anew. Whatever is not certain is left to the engine:
two equal hashes, a quad twice, an IRI that is not plain, any other difference in the document's text.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

from ..canonical import rdf_canonical
from ..documents.contexts import context
from ..errors import BadgeError
from ..jsontype import Json, JsonObject, below
from ..nquads import Quad, hash_lines, is_blank, line, quads, seen_from
from ..rdf_terms import RDF_TYPE, escape
from .places import Path, replaced, text_of

_MARK: Final = "urn:x-openbadgekit:"
_MARKS: Final = re.compile(_MARK + r"(\d{4})")
_TERM: Final = re.compile(rf'(?:(<)|"){_MARK}(\d{{4}})(?(1)>|"(?:\^\^<[^>]*>|@\S+)?)')
_NOT_IN_TEXT: Final = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
_DECODER: Final = json.JSONDecoder()

_C: Final = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})"
_PLAIN_IRI: Final = re.compile(
    rf"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?(?:/{_C}*)?(?:\?(?:{_C}|\?)*)?(?:\#(?:{_C}|\?)*)?"
    r"|urn:[A-Za-z0-9][A-Za-z0-9-]*:[A-Za-z0-9._:-]+"
    r"|did:[a-z0-9]+:[A-Za-z0-9._-]+(?:%3A[0-9]+)?(?::[A-Za-z0-9._-]+)*(?:\#[A-Za-z0-9._-]+)?"
)
"""IRIs that every engine keeps as they stand. Others may be good too: the engine decides."""
_PLAIN_SCHEMES: Final = frozenset({"http", "https", "urn", "did"})

_HARD_TEXTS: Final = (
    '{0} " \' \\ \\" \\\\n \b\t\n\v\f\r\x01\x1f\x7f\x80\x85\u2028\ufeff\ufffd\U0001f600 e\u0301 é'
    " <u:x> _:c14n0 @en ^^<x> %s .\n",
    "_:c14n{0}",
)
_HARD_IRIS: Final = ("https://a.example:8443/%C3%A9/../{0}?q=1&r=(2)#f%20?", "did:web:a.example%3A8443:units:{0}#key-1")

_Format: TypeAlias = tuple[str, tuple[int, ...]]
"""Lines with %s in them, and which slot stands for each: first the labels of all blank nodes, then the values."""


class Untemplatable(Exception):
    """There is no template for these places: `stuck` are those at fault; none of them when it is the rest."""

    def __init__(self, stuck: frozenset[Path] = frozenset()) -> None:
        super().__init__(stuck)
        self.stuck = stuck


class Template:
    """The canonical forms of all documents that differ from one in the texts at some places only."""

    def __init__(self, document: JsonObject, places: Sequence[Path]) -> None:
        """Canonicalize the document with placeholders at the places, which are given in its order.

        Then compare with the engine: the document itself, and two with adversarial values. Raises Untemplatable.
        """
        marked = replaced(document, {path: f"{_MARK}{number:04}" for number, path in enumerate(places)})
        self._segments = _segments(text_of(marked), len(places))
        dataset = _dataset(marked, places)
        self._names = _names(document)
        if self._names & _PLAIN_SCHEMES:
            raise Untemplatable
        self._is_iri = _kinds(dataset, places)
        self._ids = _Ids(document, places)
        self._lay_out(dataset)
        self._compare(document, places)

    def fill(self, text: str) -> bytes | None:
        """Return the canonical form of the document with this text (by `text_of`); None when the engine must decide."""
        values = self._values(text)
        labels = None if values is None else self._labels(values)
        if values is None or labels is None:
            return None
        slots = labels + values
        lines = (self._lines[0] % tuple([slots[slot] for slot in self._lines[1]])).split("\n")
        lines += self._ground
        if len(set(lines)) < len(lines):
            return None
        lines.sort()
        return ("\n".join(lines) + "\n").encode()

    def _values(self, text: str) -> list[str] | None:
        """What stands at the places, as terms write it; None when the rest is not the same, character by character."""
        first, *others = self._segments
        if not text.startswith(first):
            return None
        values: list[str] = []
        position = len(first)
        for segment, is_iri in zip(others, self._is_iri, strict=True):
            value, end = _string(text, position)
            if not text.startswith(segment, end):
                return None
            if is_iri:
                if not _PLAIN_IRI.fullmatch(value) or value in self._names:
                    return None
                values.append(value)
            elif not value or _NOT_IN_TEXT.search(value):
                return None
            else:
                values.append(escape(value))
            position = end + len(segment)
        return None if position < len(text) or self._ids.clash(values) else values

    def _labels(self, values: Sequence[str]) -> list[str] | None:
        """Deal the labels, one for each blank node; None when two hashes are equal (§4.4.3, steps 3 and 4)."""
        hashes = dict(self._hashes)
        for node, (lines, slots) in self._touched:
            hashes[hash_lines((lines % tuple([values[slot] for slot in slots])).split("\n"))] = node
        if len(hashes) < len(self._label_names):
            return None
        labels = [""] * len(hashes)
        for name, digest in zip(self._label_names, sorted(hashes), strict=True):
            labels[hashes[digest]] = name
        return labels

    def _lay_out(self, dataset: Sequence[Quad]) -> None:
        """Sort out what is the same in all documents, and write formats for the rest."""
        nodes = sorted({term for quad in dataset for term in quad if is_blank(term)})
        self._label_names = [f"_:c14n{number}" for number in range(len(nodes))]
        self._hashes: dict[str, int] = {}
        self._touched: list[tuple[int, _Format]] = []
        for number, node in enumerate(nodes):
            mentions = [seen_from(node, quad) for quad in dataset if node in quad]
            if any(map(_is_marked, mentions)):
                self._touched.append((number, _format(mentions, ())))
            else:
                self._hashes[hash_lines(map(line, mentions))] = number
        if len(self._hashes) + len(self._touched) < len(nodes):
            raise Untemplatable
        moving = [quad for quad in dataset if _is_marked(quad) or any(map(is_blank, quad))]
        self._lines = _format(moving, nodes)
        self._ground = sorted(map(line, set(dataset).difference(moving)))

    def _compare(self, document: JsonObject, places: Sequence[Path]) -> None:
        texts = {path: _at(document, path) for path in places}
        iris = [path for path, is_iri in zip(places, self._is_iri, strict=True) if is_iri]
        stuck = {path for path in iris if not _PLAIN_IRI.fullmatch(texts[path]) or texts[path] in self._names}
        if stuck:
            raise Untemplatable(frozenset(stuck))
        self._compare_one(document)
        for hard_text, hard_iri in zip(_HARD_TEXTS, _HARD_IRIS, strict=True):
            hard = {path: (hard_iri if path in iris else hard_text).format(n) for n, path in enumerate(places)}
            self._compare_one(replaced(document, hard))

    def _compare_one(self, document: JsonObject) -> None:
        try:
            form = rdf_canonical(document)
        except BadgeError:
            raise Untemplatable from None
        if self.fill(text_of(document)) != form:
            raise Untemplatable


class _Ids:
    """Safe mode asks that nothing describes the document itself a second time: no id inside may be the document's."""

    def __init__(self, document: JsonObject, places: Sequence[Path]) -> None:
        self._own = document.get("id")
        self._own_place = places.index(("id",)) if ("id",) in places else None
        self._places = [n for n, path in enumerate(places) if path[-1] == "id" and len(path) > 1]
        self._fixed = frozenset(value for path, value in _ids(document, ()) if len(path) > 1 and path not in places)

    def clash(self, values: Sequence[str]) -> bool:
        own = self._own if self._own_place is None else values[self._own_place]
        return own in self._fixed or any(values[place] == own for place in self._places)


def _ids(value: Json, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            if name == "id" and isinstance(member, str):
                yield (*path, name), member
            yield from _ids(member, (*path, name))
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from _ids(member, (*path, place))


def _segments(text: str, count: int) -> list[str]:
    """The text around the placeholders; Untemplatable when the document itself holds one."""
    parts = _MARKS.split(text)
    if parts[1::2] != [f"{number:04}" for number in range(count)]:
        raise Untemplatable
    return parts[::2]


def _dataset(marked: JsonObject, places: Sequence[Path]) -> list[Quad]:
    try:
        return quads(rdf_canonical(marked))
    except BadgeError as error:
        at_fault = frozenset(path for path in places if below("", *path) == error.pointer)
        raise Untemplatable(at_fault) from None


@cache
def _names_of(address: str) -> frozenset[str]:
    """All names in a context, at any depth: none of them may be read as an IRI's scheme, or stand for an IRI."""
    found: set[str] = set()
    todo: list[Json] = [context(address)]
    while todo:
        value = todo.pop()
        if isinstance(value, Mapping):
            found.update(value)
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
    return frozenset(found)


def _names(value: Json) -> frozenset[str]:
    """The names in all contexts of a document."""
    if isinstance(value, list):
        return frozenset[str]().union(*map(_names, value))
    if not isinstance(value, Mapping):
        return frozenset()
    found = frozenset[str]().union(*map(_names, value.values()))
    addresses = value.get("@context", [])
    for address in addresses if isinstance(addresses, list) else [addresses]:
        found |= _names_of(str(address))
    return found


def _kinds(dataset: Sequence[Quad], places: Sequence[Path]) -> list[bool]:
    """Tell of each place whether an IRI stands there, or a text; Untemplatable when it is neither, or both."""
    found: list[set[bool]] = [set() for _ in places]
    spoilt: set[int] = set()
    for quad in dataset:
        for term in quad:
            whole = _TERM.fullmatch(term)
            if whole is not None and term != quad[1] and not (quad[1] == RDF_TYPE and term == quad[2]):
                found[int(whole[2])].add(whole[1] is not None)
            else:
                spoilt.update(int(number) for number in _MARKS.findall(term))
    stuck = {path for n, path in enumerate(places) if n in spoilt or len(found[n]) != 1}
    if stuck:
        raise Untemplatable(frozenset(stuck))
    return [kinds.pop() for kinds in found]


def _is_marked(quad: Quad) -> bool:
    return any(_MARKS.search(term) for term in quad)


def _at(document: JsonObject, path: Path) -> str:
    value: Any = document
    for step in path:
        value = value[step]
    return str(value)


def _format(dataset: Sequence[Quad], nodes: Sequence[str]) -> _Format:
    """Write the quads as a format; the slots are the nodes given, then the places."""
    slots: list[int] = []

    def written(term: str) -> str:
        if is_blank(term) and nodes:
            slots.append(nodes.index(term))
            return "%s"
        parts = _MARKS.split(term)
        slots.extend(len(nodes) + int(number) for number in parts[1::2])
        return "%s".join(part.replace("%", "%%") for part in parts[::2])

    lines = [line(tuple(written(term) for term in quad)) for quad in dataset]
    return "\n".join(lines), tuple(slots)


def _string(text: str, position: int) -> tuple[str, int]:
    """The JSON string whose opening quote is before the position: its value, and the place of its closing quote."""
    end = text.index('"', position)
    value = text[position:end]
    if "\\" not in value:
        return value, end
    whole: str
    whole, end = _DECODER.raw_decode(text, position - 1)
    return whole, end - 1
