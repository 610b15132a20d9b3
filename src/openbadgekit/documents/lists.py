"""Lists that say what is revoked, read and written: bitstring status lists, and 1EdTech's list for 3.0.

Those of Open Badges 2.0 are in `ob2`. All raise Malformed, with a JSON pointer, when something is missing.
"""

from typing import Final

from .. import model
from ..jsontype import Document, Json, JsonObject
from .contexts import VC_2
from .forms import ANY, BOOLEAN, MOMENT, NUMBER, STRING, TEXTS
from .mapping import Dated, Link, Member, Shape, many, needed
from .ob3 import PROOF


def status_list(of: model.StatusListCredential) -> Document:
    """Return the BitstringStatusListCredential (Bitstring Status List §2.2), with the proofs that it has."""
    return STATUS_LIST.write(of)


def read_status_list(document: JsonObject) -> model.StatusListCredential:
    """Return what a BitstringStatusListCredential says; `status.decode` unpacks its bits."""
    return STATUS_LIST.read(document)


def revocation_list(of: model.CredentialRevocationList) -> Document:
    """Return the document that a status of type 1EdTechRevocationList leads to (Open Badges 3.0 §B.3.2)."""
    return REVOCATION_LIST.write(of)


def read_revocation_list(document: JsonObject) -> model.CredentialRevocationList:
    """Return what the document that a status of type 1EdTechRevocationList leads to says."""
    return REVOCATION_LIST.read(document)


def _context(_: model.StatusListCredential) -> Json:
    return [VC_2]


# VC Data Model 2.0 §11.1 lets a name be a list of words in several languages: 1EdTech's documents do not.
ISSUER: Final = Shape(model.Profile, None, needed("id", STRING), Member("name", ANY))
STATUS_LIST: Final = Dated(
    Shape(
        model.StatusListCredential,
        ["VerifiableCredential", "BitstringStatusListCredential"],
        Member("@context", ANY, "context"),
        needed("id", STRING),
        Member("name", ANY),
        Member("description", ANY),
        needed("issuer", Link(model.Profile, ISSUER)),
        needed("validFrom", MOMENT),
        Member("validUntil", MOMENT),
        needed(
            "credentialSubject",
            Shape(
                model.BitstringStatusList,
                "BitstringStatusList",
                Member("id", STRING),
                needed("statusPurpose", TEXTS),
                needed("encodedList", STRING),
                Member("ttl", NUMBER),
            ),
        ),
        many("proof", PROOF),
    ),
    _context,
)
REVOCATION_LIST: Final = Shape(
    model.CredentialRevocationList,
    None,
    needed("id", STRING),
    needed("issuer", STRING),
    needed(
        "revokedCredential",
        Shape(
            model.RevokedCredential,
            None,
            needed("id", STRING),
            needed("revoked", BOOLEAN),
            Member("revocationReason", STRING),
        ),
        many=True,
    ),
)
