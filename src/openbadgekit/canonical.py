"""Canonical forms: the same bytes for everybody who reads the same document.

JSON by RFC 8785 (JCS); RDF by RDF Dataset Canonicalization 1.0 (RDFC-1.0), as sorted N-Quads: safe mode reads the
document (see `safe_mode`), `rdfc` names its blank nodes.
"""

import base64
import hashlib
from typing import Final, Literal

import rfc8785

from .documents.contexts import context
from .errors import Malformed, refuse
from .jsontype import Json, JsonObject
from .rdfc import WORK_LIMIT as WORK_LIMIT
from .rdfc import canonical
from .recent import Recent, fingerprint
from .safe_mode import Loader, read
from .strict import check_value

_FORMS: Final = Recent[bytes](most=2_000_000)
_DIGESTS: Final = Recent[str](most=1_000)


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
    key = fingerprint([algorithm, value])
    known = _DIGESTS.get(key)
    if known is not None:
        return known
    digest = hashlib.new(algorithm, json_canonical(value)).digest()
    made = f"{algorithm}-{base64.b64encode(digest).decode()}"
    _DIGESTS.put(key, made, 1)
    return made


def rdf_canonical(document: JsonObject, *, limit: int = WORK_LIMIT, load: Loader = context) -> bytes:
    """Return the RDFC-1.0 canonical form of a JSON-LD document: sorted N-Quads, UTF-8.

    Raises Malformed, with the JSON pointer, when safe mode finds anything that would not be covered; Unsafe beyond the
    limits of `strict.check_value`, or when blank nodes of equal hash would cost more than `limit` steps. `load` gives
    the context for an address; the default knows the pinned ones only.
    """
    known = load is context and limit == WORK_LIMIT
    key = fingerprint(document) if known else None
    form = _FORMS.get(key)
    if form is None:
        check_value(document)
        reading = read(document, load)
        refuse(reading.problems)
        form = canonical(reading.quads, limit=limit)
        _FORMS.put(key, form, 200 + len(form))
    return form
