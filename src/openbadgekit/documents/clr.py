"""Comprehensive Learner Record 2.0 JSON, read and written: the ClrCredential and what it holds (CLR §B.1).

Each contained credential is one of its own, with its own contexts and proofs; one that this library does not know, or
that is not as its own standard asks for, is kept as it is. All raise Malformed, with a JSON pointer, when something is
not there that must be.
"""

from collections.abc import Mapping
from typing import Final

from .. import model
from ..errors import Malformed
from ..jsontype import Document, Json, JsonObject
from .contexts import CLR_2, OB_3, VC_2
from .forms import BOOLEAN, STRING, Form, an_object
from .mapping import Dated, Member, Shape, many, needed
from .ob3 import (
    ACHIEVEMENT,
    CREDENTIAL,
    ENDORSEMENT,
    IDENTITY,
    IMAGE,
    PROOF,
    credential_members,
    endorsements,
    extensions,
)


def credential(record: model.ClrCredential) -> Document:
    """Return the ClrCredential (§B.1.4), with the proofs that it has."""
    return CLR.write(record)


def read_credential(document: JsonObject) -> model.ClrCredential:
    """Return what a ClrCredential says; also one in the form of VC Data Model 1.1 (issuanceDate)."""
    return CLR.read(document)


class _Contained(Form):
    """A credential inside: its type says of which kind it is."""

    def read(self, value: Json) -> object:
        """Return the credential; the object itself where its kind is not known, or it is not as its kind asks for."""
        types = an_object(value).get("type")
        names = types if isinstance(types, list) else [types]
        form = next((form for name, form in _KINDS.items() if name in names), None)
        try:
            return form.read(value) if form else value
        except Malformed:
            return value

    def write(self, value: object) -> Json:
        """Return its JSON object."""
        if isinstance(value, Mapping):
            return value
        form = next((form for kind, form in _WRITERS.items() if isinstance(value, kind)), CREDENTIAL)
        return form.write(value)


def _context(of: model.ClrCredential) -> Json:
    return [VC_2, CLR_2, OB_3, *extensions(of)]


ASSOCIATION: Final = Shape(
    model.Association,
    "Association",
    needed("associationType", STRING),
    needed("sourceId", STRING),
    needed("targetId", STRING),
)
SUBJECT: Final = Shape(
    model.ClrSubject,
    ["ClrSubject"],
    Member("id", STRING),
    many("identifier", IDENTITY),
    many("achievement", ACHIEVEMENT),
    needed("verifiableCredential", _Contained(), many=True),
    many("association", ASSOCIATION),
)
CLR: Final = Dated(
    Shape(
        model.ClrCredential,
        ["VerifiableCredential", "ClrCredential"],
        *credential_members(needed("credentialSubject", SUBJECT), Member("image", IMAGE), Member("partial", BOOLEAN)),
        *endorsements(),
        many("proof", PROOF),
    ),
    _context,
)
_KINDS: Final[Mapping[str, Form]] = {
    "OpenBadgeCredential": CREDENTIAL,
    "AchievementCredential": CREDENTIAL,
    "EndorsementCredential": ENDORSEMENT,
    "ClrCredential": CLR,
}
_WRITERS: Final[Mapping[type, Form]] = {
    model.Credential: CREDENTIAL,
    model.EndorsementCredential: ENDORSEMENT,
    model.ClrCredential: CLR,
}
