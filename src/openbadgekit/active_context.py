"""Active contexts: what each term means at one place of a JSON-LD document (JSON-LD 1.1 API §4.1 and §4.2).

For contexts that were published and pinned, not for any that a stranger wrote: what those do not use (@import, @base,
@reverse, @nest, term removal) is refused. Applied contexts are cached for good, since pinned contexts never change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .jsontype import Json

_CONTEXT_KEYWORDS: Final = frozenset({"@protected", "@version", "@vocab", "@propagate"})
_TERM_KEYWORDS: Final = frozenset({"@id", "@type", "@container", "@context", "@protected", "@prefix"})
_DELIMITERS: Final = (":", "/", "?", "#", "[", "]", "@")


class ContextProblem(Exception):
    """A context cannot be applied here."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a term means: an IRI or a keyword; the type and containers of its values; the context that it brings."""

    iri: str
    type: str | None = None
    containers: frozenset[str] = frozenset()
    has_scope: bool = False
    scope: Json = None
    protected: bool = False

    def same_as(self, other: "Term") -> bool:
        """Tell whether both say the same, protection aside."""
        return (self.iri, self.type, self.containers, self.has_scope, self.scope) == (
            other.iri,
            other.type,
            other.containers,
            other.has_scope,
            other.scope,
        )


@dataclass(frozen=True, slots=True, eq=False)
class ActiveContext:
    """The terms at one place, and the context to go back to where this one does not reach (None = it does)."""

    terms: Mapping[str, Term]
    vocab: str | None = None
    previous: "ActiveContext | None" = None
    applied: dict[tuple[int, bool, bool], tuple[Json, "ActiveContext"]] = field(default_factory=dict)

    def meaning(self, name: str) -> str | None:
        """Return the IRI or keyword that the name stands for as a property or type, or None when nothing defines it."""
        term = self.terms.get(name)
        if term is not None:
            return term.iri
        if self.vocab is not None and ":" not in name and not name.startswith("@"):
            return self.vocab + name
        return None


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
    key = (id(local), propagate, override_protected)
    if key not in active.applied:
        active.applied[key] = (local, _apply(active, local, propagate, override_protected))
    return active.applied[key][1]


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
    container = body.get("@container", [])
    containers = frozenset(str(part) for part in (container if isinstance(container, list) else [container]))
    return Term(
        iri=_expand(str(body.get("@id", name)), local, active, vocab, (name,) if "@id" not in body else ()),
        type=_expand(kind, local, active, vocab, ()) if isinstance(kind, str) else None,
        containers=containers,
        has_scope="@context" in body,
        scope=body.get("@context"),
        protected=_flag(body, "@protected", _flag(local, "@protected", False)),
    )


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
