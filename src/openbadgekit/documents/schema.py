"""Is a document of the right shape? Our own JSON Schemas, written from the specifications.

They say which members there must be and of which kind, in the form that Open Badges 3.0 §B.1 allows to readers (one
value or a list of them). Members that they do not name are left to safe mode. They are data files beside this module.
"""

import json
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final

import jsonschema_rs

from ..errors import Problem
from ..jsontype import Document, JsonObject, below
from .contexts import VC_1, VC_2

_MOST_PROBLEMS: Final = 20
_LONGEST_MESSAGE: Final = 200
_WORDS: Final = {
    "anyOf": "It has none of the forms that are allowed here.",
    "contains": "It lacks a type that must be there.",
    "pattern": "It is not written in the form that is asked for here.",
    "format": "It is not written in the form that is asked for here.",
}


_BESIDE_CLR: Final = "urn:openbadgekit:ob3"
_IN_VC_1: Final = {VC_2: VC_1, "validFrom": "issuanceDate", "validUntil": "expirationDate"}


class Kind(StrEnum):
    """The kinds of document that can be checked; the value is the schema's file and the definition in it.

    Those of VC1 are 3.0 credentials in the form of VC Data Model 1.1, with issuanceDate; they are read, never written.
    """

    CREDENTIAL = "ob3/credential"
    CREDENTIAL_VC1 = "ob3/credential/vc1"
    ENDORSEMENT_CREDENTIAL = "ob3/endorsementCredential"
    ENDORSEMENT_CREDENTIAL_VC1 = "ob3/endorsementCredential/vc1"
    ACHIEVEMENT = "ob3/achievement"
    PROFILE = "ob3/profile"
    STATUS_LIST = "ob3/statusListCredential"
    REVOCATION_LIST = "ob3/revocationList"
    CLR_CREDENTIAL = "clr/clrCredential"
    ASSERTION = "ob2/assertion"
    REVOKED_ASSERTION = "ob2/revoked"
    BADGE_CLASS = "ob2/badgeClass"
    PROFILE_OB2 = "ob2/profile"
    ENDORSEMENT_OB2 = "ob2/endorsement"
    CRYPTOGRAPHIC_KEY = "ob2/cryptographicKey"
    REVOCATION_LIST_OB2 = "ob2/revocationList"
    DID_DOCUMENT = "did/didDocument"


def check(document: JsonObject, kind: Kind) -> list[Problem]:
    """Return what is wrong with the document's shape, each with its JSON pointer; empty when nothing is.

    At most 20 problems are told. The document must be within the limits of `strict.check_value`.
    """
    try:
        return [_problem(error) for error in islice(_validator(kind).iter_errors(document), _MOST_PROBLEMS)]
    except UnicodeEncodeError:
        return [Problem("", "A text in it holds half of a surrogate pair.")]


@cache
def _validator(kind: Kind) -> jsonschema_rs.Validator:
    file, definition, *older = kind.split("/")
    schema = {**_file(file, bool(older)), "$ref": f"#/$defs/{definition}"}
    registry = jsonschema_rs.Registry([(_BESIDE_CLR, _file("ob3", False))])
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, registry=registry)


def _file(name: str, older: bool) -> Document:
    """Return a file of schemas; the older data model has the same shapes under three other names."""
    text = (files(__package__) / "schemas" / f"{name}.json").read_text("utf-8")
    for now, once in _IN_VC_1.items() if older else ():
        text = text.replace(f'"{now}"', f'"{once}"')
    schema: Document = json.loads(text)
    return schema


def _problem(error: jsonschema_rs.ValidationError) -> Problem:
    """Say it in plain words where the schema's own are about the schema."""
    error = _innermost(error)
    keyword = error.schema_path[-1] if error.schema_path else ""
    message = _WORDS.get(str(keyword), error.message)
    short = message if len(message) <= _LONGEST_MESSAGE else message[:_LONGEST_MESSAGE] + "…"
    return Problem(below("", *error.instance_path), short)


def _innermost(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """Where several forms are allowed, blame the place where the one that fits best goes wrong."""
    kind = error.kind
    if not isinstance(kind, jsonschema_rs.ValidationErrorKind.AnyOf):
        return error
    inner = [_innermost(cause) for form in kind.context for cause in form]
    deepest = max(inner, key=lambda cause: len(cause.instance_path), default=error)
    return deepest if len(deepest.instance_path) > len(error.instance_path) else error
