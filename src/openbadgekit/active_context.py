"""Active contexts: what each term means at one place of a JSON-LD document (JSON-LD 1.1 API §4.1 and §4.2).

For contexts that were published and pinned, not for any that a stranger wrote: what those do not use (@import, @base,
@reverse, @nest, @language, containers other than sets, lists and graphs, term removal) is refused. Applied contexts are
kept, since pinned contexts never change: a document is then read by looking names up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .jsontype import Json
from .rdf_terms import XSD, is_iri, suffix

_CONTEXT_KEYWORDS: Final = frozenset({"@protected", "@version", "@vocab", "@propagate"})
_TERM_KEYWORDS: Final = frozenset({"@id", "@type", "@container", "@context", "@protected", "@prefix"})
_TYPE_KEYWORDS: Final = frozenset({"@id", "@vocab", "@json"})
_CONTAINERS: Final = frozenset({"@list", "@graph"})
_DELIMITERS: Final = (":", "/", "?", "#", "[", "]", "@")
_MOST_KEPT: Final = 1_000


class ContextProblem(Exception):
    """A context cannot be applied here."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a term means: an IRI or a keyword; the type and container of its values; the context that it brings.

    `container` is "", "@list" or "@graph"; whether it is a set as well counts only where terms are compared.
    `predicate` and `suffix` are how N-Quads writes the IRI, and what it writes behind a text of the type; None where
    the type is no datatype. `keyword` tells that the IRI is none.
    """

    iri: str
    type: str | None = None
    container: str = ""
    is_set: bool = False
    has_scope: bool = False
    scope: Json = None
    protected: bool = False
    predicate: str = field(init=False)
    suffix: str | None = field(init=False)
    keyword: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "predicate", f"<{self.iri}>")
        object.__setattr__(self, "keyword", self.iri.startswith("@"))
        datatype = self.type is not None and not self.type.startswith("@")
        object.__setattr__(self, "suffix", suffix(self.type) if self.type and datatype else None)

    def same_as(self, other: "Term") -> bool:
        """Tell whether both say the same, protection aside."""
        return (self.iri, self.type, self.container, self.is_set, self.has_scope, self.scope) == (
            other.iri,
            other.type,
            other.container,
            other.is_set,
            other.has_scope,
            other.scope,
        )


@dataclass(frozen=True, slots=True, eq=False)
class ActiveContext:
    """The terms at one place, and the context to go back to where this one does not reach (None = it does).

    `typing` are the names that stand for @type, in their order.
    """

    terms: Mapping[str, Term]
    vocab: str | None = None
    previous: "ActiveContext | None" = None
    applied: dict[tuple[int, bool, bool], tuple[Json, "ActiveContext"]] = field(default_factory=dict)
    typing: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        names = sorted(name for name, term in self.terms.items() if term.iri == "@type")
        object.__setattr__(self, "typing", tuple(names))

    def term(self, name: str) -> Term | None:
        """Return what the name stands for as a property or type, or None when nothing defines it."""
        term = self.terms.get(name)
        if term is None and self.vocab is not None and ":" not in name and not name.startswith("@"):
            iri = self.vocab + name
            return Term(iri) if is_iri(iri) else None
        return term

    def knows(self, local: Json, *, propagate: bool = True, override_protected: bool = False) -> "ActiveContext | None":
        """Return what `apply` made of this earlier, if it is still kept."""
        found = self.applied.get((id(local), propagate, override_protected))
        return None if found is None else found[1]


_EMPTY: Final = ActiveContext({})


def empty() -> ActiveContext:
    """Return the context of a document that has said nothing yet."""
    return _EMPTY


def apply(
    active: ActiveContext, local: Json, *, propagate: bool = True, override_protected: bool = False
) -> ActiveContext:
    """Return `active` changed by `local`, the value of a published @context; `active` itself if nothing changes.

    Results are kept by the identity of `local`, which must not be changed afterwards. Raises ContextProblem when a
    protected term would change its meaning, or the context uses what is not supported.
    """
    known = active.knows(local, propagate=propagate, override_protected=override_protected)
    if known is not None:
        return known
    made = _apply(active, local, propagate, override_protected)
    _keep.count += 1
    if _keep.count > _MOST_KEPT:
        _keep.count = 0
        _EMPTY.applied.clear()
    active.applied[id(local), propagate, override_protected] = (local, made)
    return made


class _Keep:
    """How many applied contexts hang on the empty one; documents in odd orders must not fill the memory."""

    count = 0


_keep: Final = _Keep()


def _apply(active: ActiveContext, local: Json, propagate: bool, override_protected: bool) -> ActiveContext:
    if local is None:
        return _cleared(active, propagate, override_protected)
    if isinstance(local, list):
        for part in local:
            active = apply(active, part, propagate=propagate, override_protected=override_protected)
        return active
    if not isinstance(local, dict):
        raise ContextProblem("A context refers to another one, which is not supported.")
    unknown = [name for name in local if name.startswith("@") and name not in _CONTEXT_KEYWORDS]
    if unknown:
        raise ContextProblem(f"The context uses {unknown[0]}, which is not supported.")
    propagate = _flag(local, "@propagate", propagate)
    vocab = local.get("@vocab", active.vocab)
    if not isinstance(vocab, str | None):
        raise ContextProblem("The context has an @vocab that is not text.")
    terms = dict(active.terms)
    changed = vocab != active.vocab
    for name in (name for name in local if not name.startswith("@")):
        term = _term(name, local, active, vocab)
        old = active.terms.get(name)
        if old is not None and old.protected and not override_protected:
            if not old.same_as(term):
                raise ContextProblem(f"Two contexts give the protected term {name!r} different meanings.")
            continue
        if old != term:
            terms[name] = term
            changed = True
    if propagate and not changed:
        return active
    return ActiveContext(terms, vocab, _previous(active, propagate))


def _previous(active: ActiveContext, propagate: bool) -> ActiveContext | None:
    if active.previous is not None:
        return active.previous
    return None if propagate else active


def _cleared(active: ActiveContext, propagate: bool, override_protected: bool) -> ActiveContext:
    """A null context takes everything back, unless something is protected."""
    if not override_protected and any(term.protected for term in active.terms.values()):
        raise ContextProblem("A null context would take protected terms away.")
    return ActiveContext({}, None, None if propagate else active)


def _term(name: str, local: Mapping[str, Json], active: ActiveContext, vocab: str | None) -> Term:
    """Create a term definition (API §4.2)."""
    raw = local[name]
    body: Mapping[str, Json]
    if isinstance(raw, str):
        body = {"@id": raw}
    elif isinstance(raw, dict):
        body = raw
    else:
        raise ContextProblem(f"The context takes the term {name!r} away, which is not supported.")
    unknown = set(body) - _TERM_KEYWORDS
    if unknown:
        raise ContextProblem(f"The context defines {name!r} with {sorted(unknown)[0]}, which is not supported.")
    kind = body.get("@type")
    iri = _expand(str(body.get("@id", name)), local, active, vocab, (name,) if "@id" not in body else ())
    type_ = _expand(kind, local, active, vocab, ()) if isinstance(kind, str) else None
    container, is_set = _container(name, body)
    if not iri.startswith("@") and not is_iri(iri):
        raise ContextProblem(f"The context defines {name!r} by no absolute IRI.")
    if type_ is not None and not (type_ in _TYPE_KEYWORDS or (is_iri(type_) and type_ != f"{XSD}double")):
        raise ContextProblem(f"The context defines {name!r} with the type {type_}, which is not supported.")
    if type_ == "@json" and container:
        raise ContextProblem(f"The context defines {name!r} as JSON within a container, which is not supported.")
    return Term(
        iri=iri,
        type=type_,
        container=container,
        is_set=is_set,
        has_scope="@context" in body,
        scope=body.get("@context"),
        protected=_flag(body, "@protected", _flag(local, "@protected", False)),
    )


def _container(name: str, body: Mapping[str, Json]) -> tuple[str, bool]:
    value = body.get("@container", [])
    names = {str(part) for part in (value if isinstance(value, list) else [value])}
    kinds = names - {"@set"}
    if len(kinds) > 1 or not kinds <= _CONTAINERS:
        raise ContextProblem(f"The context defines {name!r} with a container that is not supported: {sorted(names)}.")
    return kinds.pop() if kinds else "", "@set" in names


def _expand(
    text: str, local: Mapping[str, Json], active: ActiveContext, vocab: str | None, seen: tuple[str, ...]
) -> str:
    """Return the IRI or keyword that `text` stands for within a context that is being read."""
    if text.startswith("@"):
        return text
    if text in local and text not in seen:
        other = local[text]
        target = other if isinstance(other, str) else other.get("@id", text) if isinstance(other, dict) else text
        return _expand(str(target), local, active, vocab, (*seen, text))
    if text in active.terms and text not in seen:
        return active.terms[text].iri
    prefix, colon, rest = text.partition(":")
    if (
        colon
        and not rest.startswith("//")
        and prefix
        and prefix not in seen
        and (prefix in local or prefix in active.terms)
    ):
        start = _expand(prefix, local, active, vocab, seen)
        if start.endswith(_DELIMITERS):
            return start + rest
    if colon:
        return text
    if vocab is not None:
        return vocab + text
    raise ContextProblem(f"The context defines {text!r} by nothing.")


def _flag(body: Mapping[str, Json], name: str, default: bool) -> bool:
    value = body.get(name, default)
    if not isinstance(value, bool):
        raise ContextProblem(f"The context has {name} that is neither true nor false.")
    return value
