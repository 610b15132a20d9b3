"""What is signed or hosted: credentials about achievements, endorsements, and what stands in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from ..jsontype import Json, JsonObject
from .achievement import Achievement, Result
from .node import Node, Text
from .profile import IdentityObject, Image, Profile, Verification


@dataclass(frozen=True, slots=True)
class Evidence(Node):
    """What an award rests on (3.0 §B.1.12, 2.0 §Evidence): an address, or words, or both."""

    id: str | None = None
    name: Text | None = None
    narrative: Text | None = None
    description: Text | None = None
    genre: Text | None = None
    audience: Text | None = None


@dataclass(frozen=True, slots=True)
class CredentialSchema(Node):
    """A JSON Schema that the credential follows (3.0 §B.1.7); 1EdTechJsonSchemaValidator2019 unless `types` says."""

    id: str


@dataclass(frozen=True, slots=True)
class CredentialStatus(Node):
    """Where to see whether the credential is revoked (3.0 §B.1.8; Bitstring Status List §2.1).

    A BitstringStatusListEntry unless `types` says otherwise; its index is decimal text.
    """

    id: str | None = None
    status_purpose: str | None = None
    status_list_index: str | None = None
    status_list_credential: str | None = None


@dataclass(frozen=True, slots=True)
class RefreshService(Node):
    """Where a newer copy is to be had (3.0 §B.3.3); 1EdTechCredentialRefresh unless `types` says otherwise."""

    id: str


@dataclass(frozen=True, slots=True)
class TermsOfUse(Node):
    """Under which terms the credential was issued (VC Data Model 2.0 §5.5); `types` says of which kind."""

    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof(Node):
    """A proof in the credential (VC Data Integrity 1.0 §2.1); a DataIntegrityProof unless `types` says otherwise."""

    created: datetime | None = None
    expires: datetime | None = None
    verification_method: str | None = None
    cryptosuite: str | None = None
    proof_purpose: str | None = None
    proof_value: str | None = None
    challenge: str | None = None
    domain: str | None = None
    nonce: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedResource(Node):
    """The digest of something else (VC Data Model 2.0 §5.3): SRI text ("sha256-…"), or multibase."""

    id: str
    digest_sri: str | tuple[str, ...] | None = None
    digest_multibase: str | tuple[str, ...] | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiableCredential(Node):
    """What all kinds of credentials may have (VC Data Model 2.0 §4).

    `context` is the value of @context; None stands for the contexts that the standard asks for.
    """

    name: Text | None = None
    description: Text | None = None
    valid_until: datetime | None = None
    awarded_date: datetime | None = None
    proof: tuple[Proof, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    related_resource: tuple[RelatedResource, ...] = ()
    credential_schema: tuple[CredentialSchema, ...] = ()
    credential_status: CredentialStatus | None = None
    refresh_service: RefreshService | None = None
    terms_of_use: tuple[TermsOfUse, ...] = ()
    context: Json = None


@dataclass(frozen=True, slots=True)
class EndorsementSubject(Node):
    """What is endorsed, by its id, and the words about it (3.0 §B.1.11; `claim` in 2.0)."""

    id: str
    endorsement_comment: Text | None = None


@dataclass(frozen=True, slots=True)
class EndorsementCredential(VerifiableCredential):
    """A claim of one about another (3.0 §B.1.10 EndorsementCredential, which asks for a name; 2.0 §Endorsement)."""

    id: str
    issuer: Profile
    valid_from: datetime
    credential_subject: EndorsementSubject
    verification: Verification | None = None


Embedded: TypeAlias = "EndorsementCredential | JsonObject | str"
"""An endorsement inside: read; or the signed document itself; or, in 2.0, its address."""


@dataclass(frozen=True, slots=True)
class AchievementSubject(Node):
    """Who earned what, and with which results (3.0 §B.1.3). 3.0 wants an id or an identifier, 2.0 an identifier."""

    achievement: Achievement
    id: str | None = None
    identifier: tuple[IdentityObject, ...] = ()
    activity_start_date: datetime | None = None
    activity_end_date: datetime | None = None
    narrative: Text | None = None
    result: tuple[Result, ...] = ()
    credits_earned: float | None = None
    image: Image | None = None
    license_number: Text | None = None
    role: Text | None = None
    source: Profile | None = None
    term: Text | None = None


@dataclass(frozen=True, slots=True)
class Credential(VerifiableCredential):
    """One achievement of one recipient (3.0 §B.1.2 AchievementCredential, 2.0 §Assertion).

    `issuer` is None only where a 2.0 assertion was read without its badge class. `verification`, `revoked` and
    `revocation_reason` are 2.0's alone.
    """

    id: str
    issuer: Profile | None
    valid_from: datetime
    credential_subject: AchievementSubject
    image: Image | None = None
    endorsement: tuple[Embedded, ...] = ()
    endorsement_jwt: tuple[str, ...] = ()
    verification: Verification | None = None
    revoked: bool | None = None
    revocation_reason: str | None = None
