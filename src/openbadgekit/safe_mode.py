"""Safe mode: what a document states as RDF, and every part of it that a signature would not cover.

JSON-LD engines drop in silence what no context defines, and IRIs that are relative or ill-formed. A badge could then
say things that nobody signed. One walk follows the JSON-LD 1.1 rules (API §5.1 expansion, §4.1 context processing:
type-scoped, property-scoped, propagation, protected terms; §8 conversion to RDF) over pinned contexts, writes down each
statement, and reports each such place.

Stricter than JSON-LD on purpose, since a verifier reads the JSON while the signature covers the RDF. Keywords other
than @context stand nowhere but in value objects (@value, @language); properties, and types that have a name, are not
spelled as IRIs; no blank node identifiers; no null; no array in an array; nested contexts are pinned ones; nothing
describes the document itself a second time; nothing that engines in use write differently.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from .active_context import ActiveContext, ContextProblem, Term, apply, empty
from .documents.contexts import VC_1, VC_2, context
from .errors import BadgeError, Problem
from .jsontype import Json, JsonObject, below
from .rdf_terms import (
    RDF_FIRST,
    RDF_NIL,
    RDF_REST,
    RDF_TYPE,
    NotAlike,
    Quad,
    is_iri,
    json_literal,
    number,
    quoted,
)
from .recent import Recent, fingerprint

Loader = Callable[[str], JsonObject]

_LANGUAGE: Final = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")
_OPEN_BADGES: Final = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json")
_ALLOWED_IN_SECOND_DESCRIPTION: Final = frozenset({"id", "type", "endorsementComment"})
_MOST_PROBLEMS: Final = 20
_MOST_NEW_CONTEXTS: Final = 500

_T = TypeVar("_T")
_Kind: TypeAlias = object
"""As what a literal was written down; None for everything else."""

_Path: TypeAlias = "tuple[_Path, str | int] | None"
"""The way to a place, last step outermost: only what is reported needs a pointer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document states, each statement once, and what is wrong with it: then the statements do not count."""

    quads: Sequence[Quad]
    problems: Sequence[Problem]


_READ: Final = Recent[Reading](most=20_000)


def read(document: JsonObject, load: Loader = context) -> Reading:
    """Return the statements of a JSON-LD document, and what in it no context defines or is not covered; at most 20.

    `load` gives the context document for an address, the same object each time, and raises BadgeError for an unknown
    one. With the pinned contexts a document that was read lately is not read again, nor is it without its proof.
    """
    key = fingerprint(document) if load is context else None
    known = _READ.get(key)
    if known is not None:
        return known
    walk = _Walk(load)
    walk.document(document)
    reading = Reading([*walk.quads, *walk.proof], walk.problems)
    _READ.put(key, reading, 50 + len(reading.quads))
    if walk.proof and not walk.problems and key is not None:
        bare = {name: value for name, value in document.items() if name != "proof"}
        _READ.put(fingerprint(bare), Reading(list(walk.quads), []), 50 + len(walk.quads))
    return reading


def problems(document: JsonObject, load: Loader = context) -> list[Problem]:
    """Return what in the document no context defines, or is no absolute IRI where one must stand; at most 20."""
    return list(read(document, load).problems)


class _Stop(Exception):
    """Enough problems were found."""


class _Walk:
    def __init__(self, load: Loader) -> None:
        self.load = load
        self.problems: list[Problem] = []
        self.quads: dict[Quad, _Kind] = {}
        self.proof: dict[Quad, _Kind] = {}
        self.root: JsonObject = {}
        self.blanks = 0
        self.new_contexts = 0

    def document(self, document: JsonObject) -> None:
        self.root = document
        try:
            if "@context" not in document:
                self.report(None, "There is no @context, so nothing in it has a meaning that could be signed.")
                return
            self.node(document, empty(), None, None, "")
            if not (self.quads or self.proof or self.problems):
                self.report(None, "The document says nothing.")
        except _Stop:
            return

    def report(self, path: _Path, message: str) -> None:
        steps: list[str | int] = []
        while path is not None:
            path, step = path
            steps.append(step)
        self.problems.append(Problem(below("", *reversed(steps)), message))
        if len(self.problems) >= _MOST_PROBLEMS:
            raise _Stop

    def blank(self) -> str:
        self.blanks += 1
        return f"_:b{self.blanks}"

    def node(self, node: JsonObject, active: ActiveContext, via: Term | None, path: _Path, graph: str) -> str:
        """Walk one node object (API §5.1.2, steps 7 to 13), and return its name."""
        if active.previous is not None and not _is_reference(node, active):
            active = active.previous
        active = self.scoped(active, via, path)
        if "@context" in node:
            active = self.local(node["@context"], active, (path, "@context"))
        scope = active
        active, types = self.typed(node, scope, path)
        if node is not self.root:
            self.second_description(node, path)
        name = ""
        members: list[tuple[str, Term, Json]] = []
        for key, value in node.items():
            term = active.terms.get(key)
            if term is None or term.keyword or key in scope.typing:
                term = self.meaning(key, active, scope, path)
            if term is None:
                continue
            if not term.keyword:
                members.append((key, term, value))
            elif term.iri == "@id" and not name:
                name = self.iri(value, active, (path, key))
            else:
                self.report((path, key), f"{key!r} stands for the keyword {term.iri}, which may not stand here.")
        name = name or self.blank()
        for type_ in types:
            self.quads[name, RDF_TYPE, type_, graph] = None
        for key, term, value in members:
            if key == "proof" and node is self.root:
                self.apart(name, term, value, active)
            else:
                self.value(name, term, value, active, (path, key), graph)
        return name

    def apart(self, name: str, term: Term, value: Json, active: ActiveContext) -> None:
        """The document's own proof states things of its own, which the proof does not cover."""
        others, self.quads = self.quads, self.proof
        self.value(name, term, value, active, (None, "proof"), "")
        self.quads = others

    def scoped(self, active: ActiveContext, via: Term | None, path: _Path) -> ActiveContext:
        """Apply the context that the property carries, if it carries one."""
        if via is None or not via.has_scope:
            return active
        return self.apply(active, via.scope, path, override_protected=True)

    def local(self, value: Json, active: ActiveContext, path: _Path) -> ActiveContext:
        """Apply an @context of the document: a pinned address or a list of them."""
        addresses = value if isinstance(value, list) else [value]
        self.order(addresses, active, path)
        for place, address in enumerate(addresses):
            where: _Path = (path, place) if isinstance(value, list) else path
            if not isinstance(address, str):
                self.report(where, "A context must be a published address, not written into the document.")
                continue
            try:
                body = self.load(address)["@context"]
            except BadgeError as error:
                self.report(where, error.message)
                continue
            active = self.apply(active, body, where)
        return active

    def order(self, addresses: Sequence[Json], active: ActiveContext, path: _Path) -> None:
        """VC Data Model 2.0 §4.3: its own context first (or that of 1.1). Two versions contradict each other."""
        if not active.terms and (not addresses or addresses[0] not in (VC_1, VC_2)):
            self.report(path, f"The first context must be {VC_2}.")
        texts = [address for address in addresses if isinstance(address, str)]
        if len(set(texts)) < len(texts):
            self.report(path, "A context stands there twice.")
        if len({text for text in texts if _OPEN_BADGES.fullmatch(text)}) > 1:
            self.report(path, "Two versions of the Open Badges context stand there together.")

    def apply(
        self,
        active: ActiveContext,
        local: Json,
        path: _Path,
        *,
        propagate: bool = True,
        override_protected: bool = False,
    ) -> ActiveContext:
        known = active.knows(local, propagate=propagate, override_protected=override_protected)
        if known is not None:
            return known
        self.new_contexts += 1
        if self.new_contexts > _MOST_NEW_CONTEXTS:
            self.report(path, "The document changes its contexts too often.")
            raise _Stop
        try:
            return apply(active, local, propagate=propagate, override_protected=override_protected)
        except ContextProblem as problem:
            self.report(path, str(problem))
            return active

    def second_description(self, node: JsonObject, path: _Path) -> None:
        """Members of the document could be moved there, out of a reader's sight, and the signature would still hold."""
        name = node.get("id")
        if name is not None and name == self.root.get("id") and not set(node) <= _ALLOWED_IN_SECOND_DESCRIPTION:
            self.report(path, "It describes the document itself a second time.")

    def typed(self, node: JsonObject, scope: ActiveContext, path: _Path) -> tuple[ActiveContext, list[str]]:
        """Name the types and apply the contexts that they carry, in the order of their names (step 11)."""
        active = scope
        types: list[str] = []
        for key in scope.typing:
            if key not in node:
                continue
            value, here = node[key], (path, key)
            names = value if isinstance(value, list) else [value]
            texts = [name for name in names if isinstance(name, str)]
            if len(texts) < len(names) or not names:
                self.report(here, "A type must be text, or a list of texts that is not empty.")
            for name in texts:
                types.append(self.type_name(name, scope, here))
            for name in sorted(set(texts)) if len(texts) > 1 else texts:
                meaning = scope.terms.get(name)
                if meaning is not None and meaning.has_scope:
                    active = self.apply(active, meaning.scope, here, propagate=False)
        return active, types

    def type_name(self, name: str, scope: ActiveContext, path: _Path) -> str:
        term = scope.term(name)
        if term is not None and not term.keyword:
            return term.predicate
        if name in scope.terms or not _is_whole(name, scope):
            self.report(path, f"No context defines the type {name!r}, so it would not be signed.")
        elif any(term.iri == name for term in scope.terms.values()):
            self.report(path, f"The type {name!r} must be written by its name.")
        return f"<{name}>"

    def meaning(self, key: str, active: ActiveContext, scope: ActiveContext, path: _Path) -> Term | None:
        """Return the property or keyword that a member's name means; None when nothing is left to be done with it."""
        term = active.term(key)
        typing = key in scope.typing
        if term is not None and typing == (term.iri == "@type"):
            return None if typing else term
        if key == "@context":
            return None
        if term is not None:
            self.report((path, key), f"A type gives {key!r} another meaning, so it would not be signed.")
        elif key.startswith("@"):
            self.report((path, key), f"The keyword {key} may not stand here.")
        else:
            self.report((path, key), f"No context defines {key!r}, so it would not be signed.")
        return None

    def value(self, name: str, term: Term, value: Json, active: ActiveContext, path: _Path, graph: str) -> None:
        """Write down the value of a property, or each of its values."""
        if term.type == "@json":
            self.state(name, term, self.written(json_literal, value, path), graph, path, object())
        elif term.container == "@list":
            self.list(name, term, _items(value, path), active, graph)
        elif term.container and not _is_nodes(value):
            self.report(path, "An object, or a list of objects, must stand here.")
        else:
            walk = self.graph if term.container else self.object
            for item, where in _items(value, path):
                thing = walk(item, term, active, where, graph)
                self.state(name, term, thing, graph, where, _kind(item, term) if thing[:1] == '"' else None)

    def state(self, subject: str, term: Term, thing: str, graph: str, path: _Path, kind: _Kind) -> None:
        """Write a statement down. Not all engines take 1 and "1", of one datatype, for the same thing said twice."""
        if thing and self.quads.setdefault((subject, term.predicate, thing, graph), kind) != kind:
            self.report(path, "It is said twice in different ways; say it once.")

    def graph(self, value: Json, term: Term, active: ActiveContext, path: _Path, graph: str) -> str:
        """Write an object down as a graph of its own (API §5.1.2, step 13.12), and return its name."""
        if not (isinstance(value, dict) and value.keys() - {"@context", "id"}):
            self.report(path, "An object that says nothing cannot stand here.")
        name = self.blank()
        self.object(value, term, active, path, name)
        return name

    def list(
        self, name: str, term: Term, items: Sequence[tuple[Json, _Path]], active: ActiveContext, graph: str
    ) -> None:
        """Write down a list in its order (API §8.3)."""
        predicate = term.predicate
        for item, where in items:
            cell = self.blank()
            self.quads[name, predicate, cell, graph] = None
            self.quads[cell, RDF_FIRST, self.object(item, term, active, where, graph), graph] = None
            name, predicate = cell, RDF_REST
        self.quads[name, predicate, RDF_NIL, graph] = None

    def object(self, value: Json, term: Term, active: ActiveContext, path: _Path, graph: str) -> str:
        """Return what one value is as the object of a statement (API §5.3 and §8.2); "" when it cannot be one."""
        if isinstance(value, str):
            if term.type == "@id":
                return self.iri(value, active, path)
            if term.type == "@vocab":
                return self.vocabulary(value, self.scoped(active, term, path), path)
            text = self.written(quoted, value, path)
            return text + term.suffix if term.suffix else text
        if isinstance(value, dict):
            return self.value_object(value, path) if "@value" in value else self.node(value, active, term, path, graph)
        if isinstance(value, int | float):
            return self.written(lambda of: number(of, term.suffix), value, path)
        if value is None:
            self.report(path, "null would not be signed; leave it out.")
        else:
            self.report(path, "A list in a list would not be signed as it stands.")
        return ""

    def written(self, write: Callable[[_T], str], value: _T, path: _Path) -> str:
        try:
            return write(value)
        except NotAlike as error:
            self.report(path, str(error))
            return ""

    def value_object(self, value: Mapping[str, Json], path: _Path) -> str:
        """VC Data Model 2.0 §11.1: text with its language. Direction and datatypes are not read alike everywhere."""
        text, language = value["@value"], value.get("@language")
        if not set(value) <= {"@value", "@language"} or not isinstance(text, str):
            self.report(path, "A value object may hold @value, as text, and @language only.")
            return ""
        if "@language" not in value:
            return self.written(quoted, text, (path, "@value"))
        if not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
            message = "The language must be a tag in lower case, such as en or de-at."
            self.report((path, "@language"), message)
        return f"{self.written(quoted, text, (path, '@value'))}@{language}"

    def vocabulary(self, value: str, active: ActiveContext, path: _Path) -> str:
        term = active.term(value)
        if term is not None and not term.keyword:
            return term.predicate
        if term is not None or not _is_whole(value, active):
            self.report(path, f"No context defines {value!r}, so it would not be signed.")
        return f"<{value}>"

    def iri(self, value: Json, active: ActiveContext, path: _Path) -> str:
        if not isinstance(value, str) or not _is_whole(value, active):
            self.report(path, f"{_short(value)} is not an absolute, well-formed IRI, so it would not be signed.")
        return f"<{value}>"


def _items(value: Json, path: _Path) -> Sequence[tuple[Json, _Path]]:
    if isinstance(value, list):
        return [(item, (path, place)) for place, item in enumerate(value)]
    return [(value, path)]


def _kind(value: Json, term: Term) -> _Kind:
    return ("@value", None) if isinstance(value, dict) else (type(value), term.type)


def _is_nodes(value: Json) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(isinstance(item, dict) and "@value" not in item for item in items)


def _is_reference(node: JsonObject, active: ActiveContext) -> bool:
    if len(node) != 1:
        return False
    term = active.term(next(iter(node)))
    return term is not None and term.iri == "@id"


def _is_whole(text: str, active: ActiveContext) -> bool:
    """Tell whether engines will keep the text as it stands as an IRI: well-formed, and no prefix of the contexts."""
    scheme, _, rest = text.partition(":")
    return is_iri(text) and (scheme not in active.terms or rest.startswith("//"))


def _short(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"
