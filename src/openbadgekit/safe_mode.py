"""Safe mode: is every part of a document defined by its contexts, so that a signature covers all of it?

JSON-LD engines drop in silence what no context defines, and IRIs that are relative or ill-formed. A badge could then
say things that nobody signed. This walk follows the JSON-LD 1.1 rules (API §5.1 expansion, §4.1 context processing:
type-scoped, property-scoped, propagation, protected terms) over pinned contexts and reports each such place. It also
puts the contexts in line, so that an engine fetches nothing.

Stricter than JSON-LD on purpose, since a verifier reads the JSON while the signature covers the RDF. Keywords other
than @context stand nowhere but in value objects (@value, @language); properties, and types that have a name, are not
spelled as IRIs; no blank node identifiers; no null; no array in an array; nested contexts are pinned ones; nothing
describes the document itself a second time.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from .active_context import ActiveContext, ContextProblem, Term, apply, empty
from .documents.contexts import VC_2, context
from .errors import BadgeError, Problem
from .jsontype import Document, Json, JsonObject, below

Loader = Callable[[str], JsonObject]

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LANGUAGE: Final = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")
_OPEN_BADGES: Final = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json")
_KNOWN_CONTAINERS: Final = frozenset({"@set", "@list", "@graph"})
_ALLOWED_IN_SECOND_DESCRIPTION: Final = frozenset({"id", "type", "endorsementComment"})
_MOST_PROBLEMS: Final = 20


def problems(document: JsonObject, load: Loader = context) -> list[Problem]:
    """Return what in the document no context defines, or is no absolute IRI where one must stand; at most 20.

    `load` gives the context document for an address and raises BadgeError for an unknown one.
    """
    walk = _Walk(load)
    walk.document(document)
    return walk.problems


@dataclass(frozen=True, slots=True)
class InLine:
    """A document with its contexts in line.

    `names` are those that it takes from the contexts, `statements` is how many RDF statements an engine must make of
    it (with repetitions), `problems` what is wrong with it.
    """

    document: Document
    names: frozenset[str]
    statements: int
    problems: list[Problem]


def in_line(document: JsonObject, load: Loader = context) -> InLine:
    """Return a copy of the document with its contexts in line, and the problems, as `problems` does.

    Nested contexts that change nothing are left out of the copy.
    """
    walk = _Walk(load)
    whole = walk.document(document)
    return InLine(whole, frozenset(walk.names), walk.statements, walk.problems)


class _Stop(Exception):
    """Enough problems were found."""


class _Walk:
    def __init__(self, load: Loader) -> None:
        self.load = load
        self.problems: list[Problem] = []
        self.root: JsonObject = {}
        self.names: set[str] = set()
        self.statements = 0

    def document(self, document: JsonObject) -> Document:
        self.root = document
        try:
            if "@context" not in document:
                self.report("", "There is no @context, so nothing in it has a meaning that could be signed.")
                return dict(document)
            return self.node(document, empty(), None, "")
        except _Stop:
            return dict(document)

    def report(self, pointer: str, message: str) -> None:
        self.problems.append(Problem(pointer, message))
        if len(self.problems) >= _MOST_PROBLEMS:
            raise _Stop

    def node(self, node: JsonObject, active: ActiveContext, via: Term | None, pointer: str) -> Document:
        """Walk one node object (API §5.1.2, steps 7 to 13)."""
        if active.previous is not None and not _is_reference(node, active):
            active = active.previous
        active = self.scoped(active, via, pointer)
        out: Document | None = None
        if "@context" in node:
            before = active
            active, in_line = self.local(node["@context"], active, below(pointer, "@context"))
            out = dict(node)
            if active is before:
                del out["@context"]
            else:
                out["@context"] = in_line
        active = self.typed(node, active, pointer)
        if node is not self.root:
            self.second_description(node, pointer)
        for key, value in node.items():
            if key == "@context":
                continue
            walked = self.member(key, value, active, below(pointer, key))
            if walked is not value:
                out = dict(node) if out is None else out
                out[key] = walked
        return out if out is not None else node  # type: ignore[return-value]

    def scoped(self, active: ActiveContext, via: Term | None, pointer: str) -> ActiveContext:
        """Apply the context that the property carries, if it carries one."""
        if via is None or not via.has_scope:
            return active
        return self.apply(active, via.scope, pointer, override_protected=True)

    def local(self, value: Json, active: ActiveContext, pointer: str) -> tuple[ActiveContext, Json]:
        """Apply an @context of the document: a pinned address or a list of them."""
        addresses = value if isinstance(value, list) else [value]
        documents: list[Json] = []
        self.order(addresses, active, pointer)
        for place, address in enumerate(addresses):
            where = below(pointer, place) if isinstance(value, list) else pointer
            if not isinstance(address, str):
                self.report(where, "A context must be a published address, not written into the document.")
                continue
            try:
                body = self.load(address)["@context"]
            except BadgeError as error:
                self.report(where, error.message)
                continue
            active = self.apply(active, body, where)
            documents.extend(body if isinstance(body, list) else [body])
        return active, documents

    def order(self, addresses: Sequence[Json], active: ActiveContext, pointer: str) -> None:
        """VC Data Model 2.0 §4.3: its own context first. Two versions of one context contradict each other."""
        if not active.terms and (not addresses or addresses[0] != VC_2):
            self.report(pointer, f"The first context must be {VC_2}.")
        texts = [address for address in addresses if isinstance(address, str)]
        if len(set(texts)) < len(texts):
            self.report(pointer, "A context stands there twice.")
        if len({text for text in texts if _OPEN_BADGES.fullmatch(text)}) > 1:
            self.report(pointer, "Two versions of the Open Badges context stand there together.")

    def apply(
        self, active: ActiveContext, local: Json, pointer: str, *, override_protected: bool = False
    ) -> ActiveContext:
        try:
            return apply(active, local, override_protected=override_protected)
        except ContextProblem as problem:
            self.report(pointer, str(problem))
            return active

    def second_description(self, node: JsonObject, pointer: str) -> None:
        """Members of the document could be moved there, out of a reader's sight, and the signature would still hold."""
        name = node.get("id")
        if name is not None and name == self.root.get("id") and not set(node) <= _ALLOWED_IN_SECOND_DESCRIPTION:
            self.report(pointer, "It describes the document itself a second time.")

    def typed(self, node: JsonObject, active: ActiveContext, pointer: str) -> ActiveContext:
        """Check the types and apply the contexts that they carry, in the order of their names (step 11)."""
        scope = active
        self.names.update(node)
        for key, value in node.items():
            if scope.meaning(key) != "@type":
                continue
            here = below(pointer, key)
            names = value if isinstance(value, list) else [value]
            texts = [name for name in names if isinstance(name, str)]
            if len(texts) < len(names) or not names:
                self.report(here, "A type must be text, or a list of texts that is not empty.")
            self.names.update(texts)
            self.statements += len(texts)
            for name in texts:
                self.type_name(name, scope, here)
            bringing = [name for name in sorted(set(texts)) if name in scope.terms and scope.terms[name].has_scope]
            if len(bringing) > 1:
                # The engine forgets the terms of the first one: they would be dropped, and nobody would notice.
                self.report(here, f"The types {' and '.join(bringing)} may not stand together: each brings own terms.")
            for name in bringing:
                active = self.apply_typed(active, scope.terms[name], here)
        return active

    def apply_typed(self, active: ActiveContext, term: Term, pointer: str) -> ActiveContext:
        try:
            return apply(active, term.scope, propagate=False)
        except ContextProblem as problem:
            self.report(pointer, str(problem))
            return active

    def type_name(self, name: str, scope: ActiveContext, pointer: str) -> None:
        meaning = scope.meaning(name)
        if meaning is not None and not meaning.startswith("@"):
            return
        if name in scope.terms or not _is_iri(name, scope):
            self.report(pointer, f"No context defines the type {name!r}, so it would not be signed.")
        elif any(term.iri == name for term in scope.terms.values()):
            self.report(pointer, f"The type {name!r} must be written by its name.")

    def member(self, key: str, value: Json, active: ActiveContext, pointer: str) -> Json:
        """Walk one entry of a node object."""
        if key.startswith("@"):
            self.report(pointer, f"The keyword {key} may not stand here.")
            return value
        meaning = active.meaning(key)
        if meaning is None:
            self.report(pointer, f"No context defines {key!r}, so it would not be signed.")
            return value
        if meaning == "@type":
            return value
        if meaning == "@id":
            self.iri(value, active, pointer)
            return value
        if meaning.startswith("@"):
            self.report(pointer, f"{key!r} stands for the keyword {meaning}, which may not stand here.")
            return value
        return self.value(value, active.terms.get(key), active, pointer)

    def value(self, value: Json, term: Term | None, active: ActiveContext, pointer: str) -> Json:
        """Walk the value of a property, or each of its values."""
        if term is not None and not term.containers <= _KNOWN_CONTAINERS:
            self.report(pointer, "Its context asks for a kind of container that is not known here.")
        if term is not None and term.type == "@json":
            self.statements += 1
            return value
        if term is not None and "@graph" in term.containers and not _is_nodes(value):
            self.report(pointer, "An object, or a list of objects, must stand here.")
            return value
        is_list = term is not None and "@list" in term.containers
        items = len(value) if isinstance(value, list) else 1
        self.statements += 1 + 2 * items if is_list else items
        if not isinstance(value, list):
            return self.single(value, term, active, pointer)
        walked = []
        for place, item in enumerate(value):
            if isinstance(item, list):
                self.report(below(pointer, place), "A list in a list would not be signed as it stands.")
            else:
                walked.append(self.single(item, term, active, below(pointer, place)))
        same = len(walked) == len(value) and all(new is old for new, old in zip(walked, value, strict=True))
        return value if same else walked

    def single(self, value: Json, term: Term | None, active: ActiveContext, pointer: str) -> Json:
        if value is None:
            self.report(pointer, "null would not be signed; leave it out.")
        elif isinstance(value, dict):
            if "@value" in value:
                self.value_object(value, pointer)
                return value
            return self.node(value, active, term, pointer)
        elif isinstance(value, str) and term is not None:
            if term.type == "@id":
                self.iri(value, active, pointer)
            elif term.type == "@vocab":
                self.vocabulary(value, self.scoped(active, term, pointer), pointer)
        return value

    def value_object(self, value: Mapping[str, Json], pointer: str) -> None:
        """VC Data Model 2.0 §11.1: text with its language. Direction and datatypes are not read alike everywhere."""
        language = value.get("@language")
        if not set(value) <= {"@value", "@language"} or not isinstance(value["@value"], str):
            self.report(pointer, "A value object may hold @value, as text, and @language only.")
        elif language is not None and not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
            self.report(below(pointer, "@language"), "The language must be a tag in lower case, such as en or de-at.")

    def vocabulary(self, value: str, active: ActiveContext, pointer: str) -> None:
        self.names.add(value)
        meaning = active.meaning(value)
        if meaning is None and (value in active.terms or not _is_iri(value, active)):
            self.report(pointer, f"No context defines {value!r}, so it would not be signed.")

    def iri(self, value: Json, active: ActiveContext, pointer: str) -> None:
        if not isinstance(value, str) or not _is_iri(value, active):
            self.report(pointer, f"{_short(value)} is not an absolute, well-formed IRI, so it would not be signed.")


def _is_nodes(value: Json) -> bool:
    return all(
        isinstance(item, dict) and "@value" not in item for item in (value if isinstance(value, list) else [value])
    )


def _is_reference(node: JsonObject, active: ActiveContext) -> bool:
    return len(node) == 1 and active.meaning(next(iter(node))) == "@id"


def _is_iri(text: str, active: ActiveContext) -> bool:
    """Tell whether engines will keep the text as it stands as an IRI: RFC 3987, and no prefix of the contexts."""
    scheme, _, rest = text.partition(":")
    if not _ABSOLUTE.fullmatch(text) or _BROKEN_ESCAPE.search(text):
        return False
    if scheme in active.terms and not rest.startswith("//"):
        return False
    if scheme.lower() in ("http", "https") and not re.match(r"//[^/?#]", rest):
        return False
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _short(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"
