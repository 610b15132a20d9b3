"""Comprehensive Learner Records 2.0: many credentials of one learner in one (CLR §B.1)."""

from dataclasses import dataclass
from datetime import datetime

from ..jsontype import JsonObject
from .achievement import Achievement
from .credential import Credential, Embedded, EndorsementCredential, VerifiableCredential
from .node import Node
from .profile import IdentityObject, Image, Profile


@dataclass(frozen=True, slots=True)
class Association(Node):
    """How two achievements or credentials hang together (CLR §B.1.2): isChildOf, isParentOf, isPeerOf, …, by ids."""

    association_type: str
    source_id: str
    target_id: str


@dataclass(frozen=True, slots=True)
class ClrSubject(Node):
    """The learner, and the credentials, each with a proof of its own (CLR §B.1.5).

    A contained credential of a kind that this library does not know, or ill-formed, is its JSON object.
    """

    verifiable_credential: "tuple[Credential | EndorsementCredential | ClrCredential | JsonObject, ...]"
    id: str | None = None
    identifier: tuple[IdentityObject, ...] = ()
    achievement: tuple[Achievement, ...] = ()
    association: tuple[Association, ...] = ()


@dataclass(frozen=True, slots=True)
class ClrCredential(VerifiableCredential):
    """A learner record (CLR §B.1.4), which asks for a name; `partial` says that the issuer has more."""

    id: str
    issuer: Profile
    valid_from: datetime
    credential_subject: ClrSubject
    image: Image | None = None
    partial: bool | None = None
    endorsement: tuple[Embedded, ...] = ()
    endorsement_jwt: tuple[str, ...] = ()
