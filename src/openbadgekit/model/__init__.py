"""What a badge says, whatever the standard: frozen, version-neutral values with the specifications' names.

`documents.ob3`, `documents.ob2` and `documents.clr` read and write them. Fields are called as Open Badges 3.0 and
CLR 2.0 call their members (in snake_case), also for 2.0. Lists are tuples, moments are `datetime` values with a zone,
ids are absolute IRIs. What no field holds is kept in `extra`, so that reading and writing loses nothing.
"""

from .achievement import (
    Achievement,
    Alignment,
    Criteria,
    Related,
    Result,
    ResultDescription,
    RubricCriterionLevel,
)
from .clr import Association, ClrCredential, ClrSubject
from .credential import (
    AchievementSubject,
    Credential,
    CredentialSchema,
    CredentialStatus,
    Embedded,
    EndorsementCredential,
    EndorsementSubject,
    Evidence,
    Proof,
    RefreshService,
    RelatedResource,
    TermsOfUse,
    VerifiableCredential,
)
from .lists import (
    BitstringStatusList,
    CredentialRevocationList,
    RevocationList,
    RevokedAssertion,
    RevokedCredential,
    StatusListCredential,
)
from .node import Moment, Node, Text, neutral
from .profile import (
    Address,
    CryptographicKey,
    GeoCoordinates,
    IdentifierEntry,
    IdentityObject,
    Image,
    Profile,
    Verification,
)

__all__ = [
    "Achievement",
    "AchievementSubject",
    "Address",
    "Alignment",
    "Association",
    "BitstringStatusList",
    "ClrCredential",
    "ClrSubject",
    "Credential",
    "CredentialRevocationList",
    "CredentialSchema",
    "CredentialStatus",
    "Criteria",
    "CryptographicKey",
    "Embedded",
    "EndorsementCredential",
    "EndorsementSubject",
    "Evidence",
    "GeoCoordinates",
    "IdentifierEntry",
    "IdentityObject",
    "Image",
    "Moment",
    "Node",
    "Profile",
    "Proof",
    "RefreshService",
    "Related",
    "RelatedResource",
    "Result",
    "ResultDescription",
    "RevocationList",
    "RevokedAssertion",
    "RevokedCredential",
    "RubricCriterionLevel",
    "StatusListCredential",
    "TermsOfUse",
    "Text",
    "VerifiableCredential",
    "Verification",
    "neutral",
]
