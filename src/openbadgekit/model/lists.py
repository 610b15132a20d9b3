"""What says that badges were revoked, in each standard."""

from dataclasses import dataclass
from datetime import datetime

from .credential import VerifiableCredential
from .node import Node
from .profile import Profile


@dataclass(frozen=True, slots=True)
class BitstringStatusList(Node):
    """The bits (Bitstring Status List §2.2): "u", then base64url of their GZIP form. `ttl` is in milliseconds."""

    encoded_list: str
    status_purpose: str | tuple[str, ...] = "revocation"
    id: str | None = None
    ttl: float | None = None


@dataclass(frozen=True, slots=True)
class StatusListCredential(VerifiableCredential):
    """A signed list of status bits (Bitstring Status List §2.2); its id is the address where it is served."""

    id: str
    issuer: Profile
    valid_from: datetime
    credential_subject: BitstringStatusList


@dataclass(frozen=True, slots=True)
class RevokedAssertion(Node):
    """A 2.0 badge that is revoked, by its id or uid, and why: an entry of a list, or what is hosted in its place."""

    id: str | None = None
    uid: str | None = None
    revoked: bool | None = None
    revocation_reason: str | None = None


@dataclass(frozen=True, slots=True)
class RevocationList(Node):
    """The signed badges that an issuer revoked (2.0 §RevocationList): entries, or their ids alone."""

    id: str
    issuer: Profile
    revoked_assertions: tuple[RevokedAssertion | str, ...] = ()


@dataclass(frozen=True, slots=True)
class RevokedCredential(Node):
    """A 3.0 credential in an issuer's list: its id, whether it is revoked, and why."""

    id: str
    revoked: bool
    revocation_reason: str | None = None


@dataclass(frozen=True, slots=True)
class CredentialRevocationList(Node):
    """The credentials that an issuer revoked: what a status of type 1EdTechRevocationList leads to (3.0 §B.3.2)."""

    id: str
    issuer: str
    revoked_credential: tuple[RevokedCredential, ...] = ()
