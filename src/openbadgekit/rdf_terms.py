"""RDF terms in the one form that canonical N-Quads has for each.

RDF Dataset Canonicalization 1.0 §5 with RDF 1.2 N-Quads §4 (canonical form); JSON-LD 1.1 API §8.6 for numbers. What
engines in use do not write alike is refused, so that no signature depends on who reads it.
"""

import math
import re
from decimal import Decimal
from typing import Final, TypeAlias

import rfc8785
from pyoxigraph import NamedNode

from .jsontype import Json

Quad: TypeAlias = tuple[str, str, str, str]
"""Subject, predicate, object and graph name ("" = the default graph), as N-Quads writes them; blank nodes begin _:"""

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE: Final = f"<{RDF}type>"
RDF_FIRST: Final = f"<{RDF}first>"
RDF_REST: Final = f"<{RDF}rest>"
RDF_NIL: Final = f"<{RDF}nil>"

_ESCAPED: Final = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff]')
_SHORT: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_NO_CHARACTER: Final = re.compile("[\ufffe\uffff]")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_BROKEN_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_WEB: Final = re.compile(r"https?:(?!//[^/?#])", flags=re.IGNORECASE)
_PLAIN: Final = re.compile(
    r"(?:https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9/._~-]*)?|urn:uuid:[A-Za-z0-9-]+|did:web:[A-Za-z0-9.:_-]+)"
    r"(?:#[A-Za-z0-9._~-]*)?"
)


class NotAlike(ValueError):
    """Engines in use write this value differently; carries the sentence that says so."""


def is_iri(text: str) -> bool:
    """Tell whether engines keep the text as it stands as an IRI: absolute, and well-formed by RFC 3987."""
    if _PLAIN.fullmatch(text):
        return True
    if not _ABSOLUTE.fullmatch(text) or _BROKEN_ESCAPE.search(text) or _WEB.match(text):
        return False
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def suffix(datatype: str) -> str:
    """Return what follows the quoted text of a literal of this datatype (an IRI); nothing for xsd:string."""
    return "" if datatype == f"{XSD}string" else f"^^<{datatype}>"


_INTEGER: Final = suffix(f"{XSD}integer")
_DOUBLE: Final = suffix(f"{XSD}double")
_BOOLEAN: Final = suffix(f"{XSD}boolean")
_JSON: Final = suffix(f"{RDF}JSON")


def escape(text: str) -> str:
    """Return the text as it stands between the quotes of a literal (RDFC-1.0, appendix A)."""
    return _ESCAPED.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def quoted(text: str) -> str:
    """Return the text in quotation marks, escaped. Raises NotAlike for U+FFFE and U+FFFF."""
    if not _ESCAPED.search(text):
        return f'"{text}"'
    if _NO_CHARACTER.search(text):
        raise NotAlike("The text holds U+FFFE or U+FFFF, which are no characters and not signed alike everywhere.")
    return f'"{escape(text)}"'


def number(value: float, ending: str | None) -> str:
    """Return a number or truth value as a literal; `ending` is its `suffix`, None for the one that goes with its kind.

    JSON-LD 1.1 API §8.2: whole numbers below 10^21 as integers, others with 16 digits and an exponent. Raises NotAlike
    for a number that readers round differently.
    """
    if isinstance(value, bool):
        return f'"{"true" if value else "false"}"{_BOOLEAN if ending is None else ending}'
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e21):
        return f'"{int(value)}"{_INTEGER if ending is None else ending}'
    if not math.isfinite(value) or _is_rounded_differently(value):
        raise NotAlike("The number is not written alike everywhere; give it fewer digits.")
    digits, _, exponent = f"{value:.15E}".partition("E")
    digits = digits.rstrip("0")
    return f'"{digits}{"0" if digits[-1] == "." else ""}E{int(exponent)}"{_DOUBLE if ending is None else ending}'


def _is_rounded_differently(value: float) -> bool:
    """ECMAScript writes 1e-7 without a point, and then takes it for whole; it rounds the half up, C to the even."""
    if abs(value) < 1e-6 and "." not in repr(value):
        return True
    return len(Decimal(value).normalize().as_tuple().digits) == 17


def json_literal(value: Json) -> str:
    """Return a JSON value as a literal of rdf:JSON: its RFC 8785 form. Raises NotAlike when it has none."""
    try:
        return quoted(rfc8785.dumps(value).decode()) + _JSON
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        raise NotAlike("The value has no canonical JSON form.") from None
