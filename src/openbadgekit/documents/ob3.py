"""Open Badges 3.0 JSON, read and written: AchievementCredential, Achievement, Profile, EndorsementCredential (§B.1).

Types and lists are arrays even for one value; what is not said is left out. What was read is written again as it was.
All raise Malformed, with a JSON pointer, when something is not there that must be, or is of the wrong kind. Whether a
document is well-formed to the last detail is for `schema.check` to say.

Besides the general model (`model`), the functions that write take the words of a micro-credential (`microcredential`).
"""

from dataclasses import replace
from typing import Final

from .. import microcredential, model
from ..jsontype import Document, Json, JsonObject
from ..microcredential import in_ob3
from .contexts import OB_3, OB_3_EXTENSIONS, VC_2
from .forms import ANY, BOOLEAN, DAY, LOCAL_MOMENT, MOMENT, NUMBER, STRING, TEXT, TEXTS, Either
from .mapping import Dated, Link, Member, Shape, many, needed

SCHEMA_ADDRESS: Final = in_ob3.SCHEMA_ADDRESS
_OF_1EDTECH: Final = "1EdTech"
_CREDENTIAL_NAMES: Final = (
    frozenset({"VerifiableCredential"}),
    frozenset({"OpenBadgeCredential", "AchievementCredential"}),
)


def credential(badge: model.Credential | microcredential.Credential) -> Document:
    """Return the AchievementCredential (§B.1.2) of the badge, with the proofs that it has."""
    whole = badge if isinstance(badge, model.Credential) else in_ob3.credential(badge)
    return CREDENTIAL.write(whole)


def read_credential(document: JsonObject) -> model.Credential:
    """Return what an AchievementCredential says; also one in the form of VC Data Model 1.1 (issuanceDate)."""
    return CREDENTIAL.read(document)


def achievement(what: model.Achievement | microcredential.Achievement, *, with_endorsements: bool = True) -> Document:
    """Return the Achievement (§B.1.1). Without endorsements it is what an endorsement gives the digest of."""
    whole = what if isinstance(what, model.Achievement) else in_ob3.achievement(what)
    return ACHIEVEMENT.write(whole if with_endorsements else replace(whole, endorsement=(), endorsement_jwt=()))


def read_achievement(document: JsonObject) -> model.Achievement:
    """Return what an Achievement says."""
    return ACHIEVEMENT.read(document)


def profile(who: model.Profile | microcredential.Issuer, *, with_endorsements: bool = True) -> Document:
    """Return the Profile (§B.1.21) of an issuer, with that of the organisation over it."""
    whole = who if isinstance(who, model.Profile) else in_ob3.profile(who)
    return PROFILE.write(whole if with_endorsements else replace(whole, endorsement=(), endorsement_jwt=()))


def read_profile(document: JsonObject) -> model.Profile:
    """Return what a Profile says."""
    return PROFILE.read(document)


def endorsement(claim: model.EndorsementCredential | microcredential.Endorsement) -> Document:
    """Return the EndorsementCredential (§B.1.10) of a claim, with the proofs that it has."""
    whole = claim if isinstance(claim, model.EndorsementCredential) else in_ob3.endorsement(claim)
    return ENDORSEMENT.write(whole)


def read_endorsement(document: JsonObject) -> model.EndorsementCredential:
    """Return what an EndorsementCredential says."""
    return ENDORSEMENT.read(document)


def _context(of: model.VerifiableCredential) -> Json:
    return [VC_2, OB_3, *extensions(of)]


def extensions(of: model.VerifiableCredential) -> list[str]:
    """Return the context of 1EdTech's own types for schema, status and refreshing, where one of them is used."""
    services = (*of.credential_schema, of.refresh_service, of.credential_status)
    types = [type_ for one in services if one is not None for type_ in _types_of(one)]
    return [OB_3_EXTENSIONS] if any(type_.startswith(_OF_1EDTECH) for type_ in types) else []


def _types_of(service: model.Node) -> tuple[str, ...]:
    if service.types is None:
        return () if isinstance(service, model.CredentialStatus) else (_OF_1EDTECH,)
    return (service.types,) if isinstance(service.types, str) else service.types


def credential_members(subject: Member, *more: Member) -> list[Member]:
    """Return the members that all credentials of 1EdTech have, in their order, around the subject."""
    return [
        Member("@context", ANY, "context"),
        needed("id", STRING),
        Member("name", TEXT),
        Member("description", TEXT),
        *more,
        needed("issuer", Link(model.Profile, PROFILE)),
        needed("validFrom", MOMENT),
        Member("validUntil", MOMENT),
        Member("awardedDate", MOMENT),
        subject,
        many("evidence", EVIDENCE),
        many("relatedResource", RELATED_RESOURCE),
        Member("credentialStatus", STATUS),
        many("credentialSchema", SCHEMA),
        Member("refreshService", REFRESH),
        many("termsOfUse", TERMS),
    ]


def endorsements() -> list[Member]:
    """Return the members with which something is endorsed."""
    return [many("endorsement", Either(ENDORSEMENT)), many("endorsementJwt", STRING)]


IMAGE: Final = Shape(model.Image, "Image", needed("id", STRING), Member("caption", TEXT))
IDENTIFIER: Final = Shape(
    model.IdentifierEntry, "IdentifierEntry", needed("identifier", STRING), needed("identifierType", STRING)
)
IDENTITY: Final = Shape(
    model.IdentityObject,
    "IdentityObject",
    needed("hashed", BOOLEAN),
    needed("identityHash", STRING),
    needed("identityType", STRING),
    Member("salt", STRING),
)
GEO: Final = Shape(model.GeoCoordinates, "GeoCoordinates", needed("latitude", NUMBER), needed("longitude", NUMBER))
ADDRESS: Final = Shape(
    model.Address,
    ["Address"],
    Member("addressCountry", TEXT),
    Member("addressCountryCode", TEXT),
    Member("addressRegion", TEXT),
    Member("addressLocality", TEXT),
    Member("streetAddress", TEXT),
    Member("postOfficeBoxNumber", TEXT),
    Member("postalCode", TEXT),
    Member("geo", GEO),
)
PROFILE: Final = Shape(
    model.Profile,
    ["Profile"],
    needed("id", STRING),
    Member("name", TEXT),
    Member("url", STRING),
    Member("description", TEXT),
    Member("email", STRING),
    Member("phone", TEXT),
    Member("image", IMAGE),
    Member("address", ADDRESS),
    Member("official", TEXT),
    many("otherIdentifier", IDENTIFIER),
    Member("familyName", TEXT),
    Member("givenName", TEXT),
    Member("additionalName", TEXT),
    Member("patronymicName", TEXT),
    Member("honorificPrefix", TEXT),
    Member("honorificSuffix", TEXT),
    Member("familyNamePrefix", TEXT),
    Member("dateOfBirth", DAY),
)
EVIDENCE: Final = Shape(
    model.Evidence,
    ["Evidence"],
    Member("id", STRING),
    Member("name", TEXT),
    Member("narrative", TEXT),
    Member("description", TEXT),
    Member("genre", TEXT),
    Member("audience", TEXT),
)
RELATED_RESOURCE: Final = Shape(
    model.RelatedResource,
    None,
    needed("id", STRING),
    Member("digestSRI", TEXTS, "digest_sri"),
    Member("digestMultibase", TEXTS),
    Member("mediaType", STRING),
)
SCHEMA: Final = Shape(model.CredentialSchema, "1EdTechJsonSchemaValidator2019", needed("id", STRING), called=())
STATUS: Final = Shape(
    model.CredentialStatus,
    "BitstringStatusListEntry",
    Member("id", STRING),
    Member("statusPurpose", STRING),
    Member("statusListIndex", STRING),
    Member("statusListCredential", STRING),
    called=(),
)
REFRESH: Final = Shape(model.RefreshService, "1EdTechCredentialRefresh", needed("id", STRING), called=())
TERMS: Final = Shape(model.TermsOfUse, "TermsOfUse", Member("id", STRING), called=())
PROOF: Final = Shape(
    model.Proof,
    "DataIntegrityProof",
    Member("cryptosuite", STRING),
    Member("created", MOMENT),
    Member("expires", MOMENT),
    Member("verificationMethod", STRING),
    Member("proofPurpose", STRING),
    Member("proofValue", STRING),
    Member("challenge", STRING),
    Member("domain", STRING),
    Member("nonce", STRING),
    called=(),
)
CRITERIA: Final = Shape(model.Criteria, None, Member("id", STRING), Member("narrative", TEXT))
ALIGNMENT: Final = Shape(
    model.Alignment,
    ["Alignment"],
    needed("targetName", TEXT),
    needed("targetUrl", STRING),
    Member("targetDescription", TEXT),
    Member("targetCode", TEXT),
    Member("targetFramework", TEXT),
    Member("targetType", STRING),
)
LEVEL: Final = Shape(
    model.RubricCriterionLevel,
    ["RubricCriterionLevel"],
    needed("id", STRING),
    needed("name", TEXT),
    Member("description", TEXT),
    Member("level", TEXT),
    Member("points", TEXT),
    many("alignment", ALIGNMENT),
)
RESULT_DESCRIPTION: Final = Shape(
    model.ResultDescription,
    ["ResultDescription"],
    needed("id", STRING),
    needed("name", TEXT),
    needed("resultType", STRING),
    many("allowedValue", TEXT),
    many("rubricCriterionLevel", LEVEL),
    Member("requiredLevel", STRING),
    Member("requiredValue", TEXT),
    Member("valueMin", TEXT),
    Member("valueMax", TEXT),
    many("alignment", ALIGNMENT),
)
RESULT: Final = Shape(
    model.Result,
    ["Result"],
    Member("resultDescription", STRING),
    Member("achievedLevel", STRING),
    Member("value", TEXT),
    Member("status", STRING),
    many("alignment", ALIGNMENT),
)
RELATED: Final = Shape(
    model.Related, ["Related"], needed("id", STRING), Member("inLanguage", STRING), Member("version", TEXT)
)
ENDORSEMENT_SUBJECT: Final = Shape(
    model.EndorsementSubject, ["EndorsementSubject"], needed("id", STRING), Member("endorsementComment", TEXT)
)
_ENDORSEMENT: Final = Shape(
    model.EndorsementCredential,
    ["VerifiableCredential", "EndorsementCredential"],
    *credential_members(needed("credentialSubject", ENDORSEMENT_SUBJECT)),
    many("proof", PROOF),
)
ENDORSEMENT: Final = Dated(_ENDORSEMENT, _context)
PROFILE.add(Member("parentOrg", PROFILE), *endorsements())
ACHIEVEMENT: Final = Shape(
    model.Achievement,
    ["Achievement"],
    needed("id", STRING),
    Member("achievementType", STRING),
    needed("name", TEXT),
    needed("description", TEXT),
    Member("version", TEXT),
    Member("inLanguage", STRING),
    needed("criteria", CRITERIA),
    Member("creator", PROFILE),
    Member("image", IMAGE),
    many("tag", TEXT),
    many("resultDescription", RESULT_DESCRIPTION),
    many("alignment", ALIGNMENT),
    Member("creditsAvailable", NUMBER),
    Member("fieldOfStudy", TEXT),
    Member("humanCode", TEXT),
    Member("specialization", TEXT),
    many("otherIdentifier", IDENTIFIER),
    many("related", RELATED),
    *endorsements(),
)
SUBJECT: Final = Shape(
    model.AchievementSubject,
    ["AchievementSubject"],
    Member("id", STRING),
    many("identifier", IDENTITY),
    Member("activityStartDate", LOCAL_MOMENT),
    Member("activityEndDate", LOCAL_MOMENT),
    Member("narrative", TEXT),
    needed("achievement", ACHIEVEMENT),
    many("result", RESULT),
    Member("creditsEarned", NUMBER),
    Member("image", IMAGE),
    Member("licenseNumber", TEXT),
    Member("role", TEXT),
    Member("source", PROFILE),
    Member("term", TEXT),
)
CREDENTIAL: Final = Dated(
    Shape(
        model.Credential,
        ["VerifiableCredential", "OpenBadgeCredential"],
        *credential_members(needed("credentialSubject", SUBJECT), Member("image", IMAGE)),
        *endorsements(),
        many("proof", PROOF),
        called=_CREDENTIAL_NAMES,
    ),
    _context,
)
