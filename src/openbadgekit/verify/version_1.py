"""Badges of Open Badges 3.0 in the older clothes of the VC Data Model 1.1: read as if they were of 2.0.

What differs is two dates and the first context (VC Data Model 1.1 §4.5, §4.6). Signatures are checked over the document
as it is; over its RDF form where its contexts are shipped, and then in safe mode (`signature`).
"""

from typing import Final

from ..documents.contexts import VC_2
from ..documents.schema import Kind, check
from ..errors import Problem
from ..jsontype import Json, JsonObject
from ..proofs.vc_jwt import VC_1
from ..safe_mode import problems
from .reading import as_list

_DATES: Final = {"issuanceDate": "validFrom", "expirationDate": "validUntil"}


def is_version_1(document: JsonObject) -> bool:
    """Tell whether a document is a credential of the data model 1.1: by its first context."""
    return as_list(document.get("@context"))[:1] == [VC_1]


def modern(document: JsonObject) -> JsonObject:
    """Return a credential as the data model 2.0 says it; one of 2.0 just as it is."""
    if not is_version_1(document):
        return document
    shown: dict[str, Json] = {_DATES.get(name, name): value for name, value in document.items() if name not in _DATES}
    shown.update({_DATES[name]: document[name] for name in _DATES if name in document})
    shown["@context"] = [VC_2, *as_list(document["@context"])[1:]]
    return shown


def form_problems(document: JsonObject, kind: Kind) -> list[Problem]:
    """Return what is wrong with the form: its shape, and what no context defines; of 1.1 its shape."""
    return check(modern(document), kind) or ([] if is_version_1(document) else problems(document))
