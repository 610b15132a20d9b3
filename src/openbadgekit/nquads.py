"""Canonical N-Quads as text: terms, lines, and the hash of one blank node's own quads.

RDF Dataset Canonicalization (RDFC-1.0) §5 and appendix A (canonical form), §4.6 (Hash First Degree Quads).
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Final, TypeAlias

from .errors import Malformed

Quad: TypeAlias = tuple[str, ...]
"""The terms of a quad in canonical form: subject, predicate, object and, unless it is the default one, graph."""

_QUAD: Final = re.compile(
    r'(<[^>]*>|_:\S+) (<[^>]*>) (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@\S+)?)(?: (<[^>]*>|_:\S+))? \.'
)


def quads(form: bytes) -> list[Quad]:
    """Return the quads of a dataset in canonical N-Quads. Raises Malformed for a line that is no quad."""
    found = []
    for text in form.decode().split("\n")[:-1]:
        quad = _QUAD.fullmatch(text)
        if quad is None:
            raise Malformed(f"This is not a quad: {text[:80]!r}.")
        found.append(tuple(term for term in quad.groups() if term is not None))
    return found


def line(quad: Quad) -> str:
    """Return the quad as a line of canonical N-Quads, without its end."""
    return " ".join(quad) + " ."


def is_blank(term: str) -> bool:
    """Tell whether a term is a blank node."""
    return term.startswith("_:")


def seen_from(node: str, quad: Quad) -> Quad:
    """Return the quad as §4.6.3 sees it from one blank node: that one is _:a, every other one _:z."""
    return tuple(("_:a" if term == node else "_:z") if is_blank(term) else term for term in quad)


def hash_lines(lines: Iterable[str]) -> str:
    """Return the hex SHA-256 of lines (given without their ends) in code point order (§4.6.3, steps 4 and 5)."""
    return hashlib.sha256(("\n".join(sorted(lines)) + "\n").encode()).hexdigest()
