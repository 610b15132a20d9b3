"""Open Badges 2.0 JSON, read and written: assertions, badge classes, profiles, keys, revocation lists, endorsements.

Hosted and signed alike. The model calls things as 3.0 does: an Assertion is a Credential, a BadgeClass an
Achievement, `badge` its achievement, `recipient` its one identifier. One value of what may be many is written as an
array; what was read is written again as it was. All raise Malformed, with a JSON pointer, when something is not there
that must be, or is of the wrong kind.

Besides the general model (`model`), the functions that write take the words of a micro-credential (`microcredential`).
"""

from dataclasses import replace
from typing import Final

from .. import microcredential, model
from ..errors import Malformed
from ..jsontype import Document, Json, JsonObject
from ..microcredential import in_ob2
from .contexts import OB_2
from .forms import BOOLEAN, MOMENT, STRING, TEXT, Either
from .mapping import Fields, Link, Member, N, Shape, many, needed

_CONTEXT: Final = "@context"
_TYPES: Final = {"email": "emailAddress"}
_EMAIL: Final = "email"
_TYPES_BACK: Final = {"emailAddress": "email"}


def assertion(badge: model.Credential | microcredential.Credential) -> Document:
    """Return the Assertion (§Assertion) of the badge, hosted unless its verification says otherwise.

    Its badge class stands in it, or only its address where that is `linked`.
    """
    whole = badge if isinstance(badge, model.Credential) else in_ob2.assertion(badge)
    return _written(ASSERTION, whole)


def read_assertion(
    document: JsonObject, badge_class: JsonObject | None = None, profile: JsonObject | None = None
) -> model.Credential:
    """Return what an Assertion says, and its badge class and its issuer's profile, where these are at hand.

    Raises Malformed also when one of these is not the one that is named.
    """
    found = _read(ASSERTION, document)
    subject = found.credential_subject
    if badge_class is not None:
        achievement = read_badge_class(badge_class, profile)
        _same(achievement.id, subject.achievement.id, "/badge")
        achievement = replace(achievement, linked=subject.achievement.linked)
    else:
        achievement = _with_creator(subject.achievement, profile, "/badge/issuer")
    return replace(found, issuer=achievement.creator, credential_subject=replace(subject, achievement=achievement))


def badge_class(what: model.Achievement | microcredential.Achievement) -> Document:
    """Return the BadgeClass (§BadgeClass) of an achievement; its creator is the issuer."""
    return _written(BADGE_CLASS, what if isinstance(what, model.Achievement) else in_ob2.badge_class(what))


def read_badge_class(document: JsonObject, profile: JsonObject | None = None) -> model.Achievement:
    """Return what a BadgeClass says, and its issuer's profile where that is at hand."""
    return _with_creator(_read(BADGE_CLASS, document), profile, "/issuer")


def profile(issuer: model.Profile | microcredential.Issuer) -> Document:
    """Return the Profile (§Profile) of an issuer, who needs a name, a url and an e-mail address here."""
    return _written(PROFILE, issuer if isinstance(issuer, model.Profile) else in_ob2.profile(issuer))


def read_profile(document: JsonObject) -> model.Profile:
    """Return what a Profile says."""
    return _read(PROFILE, document)


def endorsement(claim: model.EndorsementCredential | microcredential.Endorsement) -> Document:
    """Return the Endorsement (§Endorsement) of a claim, hosted unless its verification says otherwise."""
    return _written(ENDORSEMENT, claim if isinstance(claim, model.EndorsementCredential) else in_ob2.endorsement(claim))


def read_endorsement(document: JsonObject) -> model.EndorsementCredential:
    """Return what an Endorsement says."""
    return _read(ENDORSEMENT, document)


def cryptographic_key(key: model.CryptographicKey) -> Document:
    """Return the CryptographicKey document (§CryptographicKey) that the creator of a signed badge leads to."""
    return _written(KEY, key)


def read_cryptographic_key(document: JsonObject) -> model.CryptographicKey:
    """Return what a CryptographicKey document says. The PEM is text: nothing of it is checked here."""
    return _read(KEY, document)


def revocation_list(of: model.RevocationList) -> Document:
    """Return the RevocationList (§RevocationList) of an issuer.

    Some verifiers overlook a list with one entry: give it a second, of a badge that was never issued.
    """
    return _written(REVOCATION_LIST, of)


def read_revocation_list(document: JsonObject) -> model.RevocationList:
    """Return what a RevocationList says."""
    return _read(REVOCATION_LIST, document)


def revoked(assertion_id: str, reason: str) -> Document:
    """Return what is served, with HTTP 410, in the place of a revoked assertion (§Hosted Verification).

    Nothing else stands in it: with the rest of the assertion some verifiers overlook that it was revoked.
    """
    return _written(REVOKED, model.RevokedAssertion(assertion_id, revoked=True, revocation_reason=reason or None))


def read_revoked(document: JsonObject) -> model.RevokedAssertion:
    """Return what stands in the place of a revoked assertion says."""
    return _read(REVOKED, document)


def _written(shape: Shape[N], value: N) -> Document:
    """Return the document: the context, unless it has one of its own, and the object."""
    return {_CONTEXT: OB_2, **shape.write(value)}


def _read(shape: Shape[N], document: JsonObject) -> N:
    """Return what a whole document says: the standard's own context needs no keeping."""
    found = shape.read(document)
    if _CONTEXT not in found.extra:
        raise Malformed("It lacks @context, which must be there.")
    if found.extra[_CONTEXT] != OB_2:
        return found
    return replace(found, extra={name: value for name, value in found.extra.items() if name != _CONTEXT})


def _with_creator(what: model.Achievement, profile: JsonObject | None, pointer: str) -> model.Achievement:
    if profile is None:
        return what
    creator = read_profile(profile)
    if what.creator is not None:
        _same(creator.id, what.creator.id, pointer)
    return replace(what, creator=replace(creator, linked=what.creator is None or what.creator.linked))


def _same(given: str, named: str, pointer: str) -> None:
    if given != named:
        raise Malformed(
            f"It names {named}, and what was given is {given}.", pointer, "Give the document that it names."
        )


class _Recipient(Shape[model.IdentityObject]):
    """An IdentityObject, whose type is not what it is but what identifies the recipient."""

    def write_types(self, value: model.IdentityObject) -> Json:
        """Return the kind of identifier, in a list where it was read from one."""
        types = value.types
        if isinstance(types, tuple) and types and _TYPES.get(types[0], types[0]) == value.identity_type:
            return list(types)
        return _TYPES_BACK.get(value.identity_type, value.identity_type)


def _recipient(fields: Fields) -> model.IdentityObject:
    types = _EMAIL if fields["types"] is None else fields["types"]
    first = str(types[0] if isinstance(types, tuple) else types)
    kept = types if isinstance(types, tuple) else None
    return model.IdentityObject(**fields | {"types": kept, "identity_type": _TYPES.get(first, first)})  # type: ignore[arg-type]


def _credential(fields: Fields) -> model.Credential:
    subject = model.AchievementSubject(
        fields.pop("achievement"),  # type: ignore[arg-type]
        identifier=(fields.pop("recipient"),),  # type: ignore[arg-type]
        narrative=fields.pop("narrative", None),  # type: ignore[arg-type]
    )
    return model.Credential(issuer=subject.achievement.creator, credential_subject=subject, **fields)  # type: ignore[arg-type]


def _of_credential(badge: model.Credential) -> Fields:
    subject = badge.credential_subject
    if not subject.identifier:
        raise Malformed(
            "Open Badges 2.0 needs the recipient's identity.", "/recipient", "Give the subject an identifier."
        )
    fields: Fields = {name: getattr(badge, name) for name in _SHARED}
    return fields | {
        "recipient": subject.identifier[0],
        "achievement": subject.achievement,
        "verification": badge.verification or model.Verification(),
        "narrative": subject.narrative,
    }


def _of_endorsement(claim: model.EndorsementCredential) -> Fields:
    fields: Fields = {name: getattr(claim, name) for name in _SHARED_BY_CLAIMS}
    return fields | {"verification": claim.verification or model.Verification()}


_SHARED: Final = ("id", "valid_from", "valid_until", "image", "evidence", "revoked", "revocation_reason", "endorsement")
_SHARED_BY_CLAIMS: Final = ("id", "name", "credential_subject", "issuer", "valid_from", "valid_until")
IMAGE: Final = Shape(model.Image, "Image", needed("id", STRING), Member("caption", TEXT), typeless=True)
CRITERIA: Final = Shape(model.Criteria, None, Member("id", STRING), Member("narrative", TEXT))
ALIGNMENT: Final = Shape(
    model.Alignment,
    None,
    needed("targetName", TEXT),
    needed("targetUrl", STRING),
    Member("targetDescription", TEXT),
    Member("targetCode", TEXT),
    Member("targetFramework", TEXT),
)
EVIDENCE: Final = Shape(
    model.Evidence,
    "Evidence",
    Member("id", STRING),
    Member("name", TEXT),
    Member("narrative", TEXT),
    Member("description", TEXT),
    Member("genre", TEXT),
    Member("audience", TEXT),
    called=(),
    typeless=True,
)
RECIPIENT: Final = _Recipient(
    model.IdentityObject,
    _EMAIL,
    needed("hashed", BOOLEAN),
    Member("salt", STRING),
    needed("identity", STRING, "identity_hash"),
    called=(),
    make=_recipient,
)
VERIFICATION: Final = Shape(model.Verification, "HostedBadge", Member("creator", STRING), called=())
ORIGINS: Final = Shape(
    model.Verification,
    None,
    many("allowedOrigins", STRING),
    many("startsWith", STRING),
    Member("verificationProperty", STRING),
)
KEY: Final = Shape(
    model.CryptographicKey,
    "CryptographicKey",
    needed("id", STRING),
    needed("owner", STRING),
    needed("publicKeyPem", STRING),
)
PROFILE: Final = Shape(
    model.Profile,
    "Profile",
    needed("id", STRING),
    needed("name", TEXT),
    needed("url", STRING),
    needed("email", STRING),
    Member("description", TEXT),
    Member("image", Link(model.Image, IMAGE)),
    Member("telephone", TEXT, "phone"),
    many("publicKey", Either(KEY, addresses=True)),
    Member("revocationList", STRING),
    Member("verification", ORIGINS),
    called=(frozenset({"Profile", "Issuer"}),),
)
ENDORSEMENT: Final = Shape(
    model.EndorsementCredential,
    "Endorsement",
    needed("id", STRING),
    Member("name", TEXT),
    needed(
        "claim",
        Shape(model.EndorsementSubject, None, needed("id", STRING), Member("endorsementComment", TEXT)),
        "credential_subject",
    ),
    needed("issuer", Link(model.Profile, PROFILE)),
    needed("issuedOn", MOMENT, "valid_from"),
    Member("expires", MOMENT, "valid_until"),
    needed("verification", VERIFICATION),
    take=_of_endorsement,
)
PROFILE.add(many("endorsement", Either(ENDORSEMENT, addresses=True)))
BADGE_CLASS: Final = Shape(
    model.Achievement,
    "BadgeClass",
    needed("id", STRING),
    needed("name", TEXT),
    needed("description", TEXT),
    Member("version", TEXT),
    needed("image", Link(model.Image, IMAGE)),
    needed("criteria", Link(model.Criteria, CRITERIA)),
    needed("issuer", Link(model.Profile, PROFILE), "creator"),
    many("alignment", ALIGNMENT),
    many("tags", TEXT, "tag"),
    many("endorsement", Either(ENDORSEMENT, addresses=True)),
)
ASSERTION: Final = Shape(
    model.Credential,
    "Assertion",
    needed("id", STRING),
    needed("recipient", RECIPIENT),
    needed("badge", Link(model.Achievement, BADGE_CLASS), "achievement"),
    needed("verification", VERIFICATION),
    needed("issuedOn", MOMENT, "valid_from"),
    Member("expires", MOMENT, "valid_until"),
    Member("image", Link(model.Image, IMAGE)),
    Member("narrative", TEXT),
    many("evidence", Link(model.Evidence, EVIDENCE)),
    Member("revoked", BOOLEAN),
    Member("revocationReason", STRING),
    many("endorsement", Either(ENDORSEMENT, addresses=True)),
    make=_credential,
    take=_of_credential,
)
_REVOKED: Final = (
    Member("id", STRING),
    Member("uid", STRING),
    Member("revoked", BOOLEAN),
    Member("revocationReason", STRING),
)
REVOKED: Final = Shape(model.RevokedAssertion, "Assertion", *_REVOKED, typeless=True)
REVOCATION_LIST: Final = Shape(
    model.RevocationList,
    "RevocationList",
    needed("id", STRING),
    needed("issuer", Link(model.Profile, PROFILE)),
    needed("revokedAssertions", Either(Shape(model.RevokedAssertion, None, *_REVOKED), addresses=True), many=True),
)
