"""Open Badges 2.0 JSON: Assertion, BadgeClass, Profile, Endorsement, hosted.

What 2.0 has no term for (results, hours, digests) stands in fixed sentences of the narratives; there is no extension
of our own, since verifiers refuse those whose schema they cannot reach.
"""

from ..errors import Malformed
from ..identity import hash_identity
from ..jsontype import Document, Json
from ..model import Achievement, Alignment, Competency, Credential, Endorsement, Evidence, Issuer, Picture
from .contexts import OB_2
from .wording import criteria, evidence, moment, narrative


def assertion(badge: Credential) -> Document:
    """Return the hosted Assertion (§Assertion) of the badge. Raises Malformed when there is no address to hash."""
    return _filled(
        {
            "@context": OB_2,
            "id": badge.assertion,
            "type": "Assertion",
            "recipient": _recipient(badge),
            "badge": badge.achievement.badge_class,
            "verification": {"type": "HostedBadge"},
            "issuedOn": moment(badge.granted),
            "expires": moment(badge.valid_until) if badge.valid_until else None,
            "image": badge.baked_ob2,
            "narrative": narrative(badge),
            "evidence": [_evidence(item) for item in badge.evidence],
        }
    )


def revoked(assertion_id: str, reason: str) -> Document:
    """Return what is served, with HTTP 410, in the place of a revoked assertion (§Hosted Verification).

    Nothing else stands in it: with the rest of the assertion some verifiers overlook that it was revoked.
    """
    return _filled(
        {"@context": OB_2, "id": assertion_id, "type": "Assertion", "revoked": True, "revocationReason": reason}
    )


def badge_class(what: Achievement) -> Document:
    """Return the BadgeClass (§BadgeClass) of an achievement; its competencies are alignments to its own address."""
    alignments: list[Json] = [_competency(what, place, item) for place, item in enumerate(what.competencies, 1)]
    alignments.extend(_alignment(item) for item in what.alignments)
    return _filled(
        {
            "@context": OB_2,
            "id": what.badge_class,
            "type": "BadgeClass",
            "name": what.name,
            "description": what.description,
            "version": what.version,
            "image": _image(what.picture_ob2 or what.picture),
            "criteria": {"id": what.criteria_url, "narrative": criteria(what)},
            "issuer": _profile_address(what.creator),
            "alignment": alignments,
            "tags": list(what.tags),
            "endorsement": list(what.endorsements_ob2),
        }
    )


def profile(issuer: Issuer) -> Document:
    """Return the Profile (§Profile) of an issuer. Raises Malformed when it has no address or no e-mail address."""
    if not issuer.email:
        raise Malformed(f"{issuer.name} has no e-mail address, and Open Badges 2.0 asks for one.")
    return _filled(
        {
            "@context": OB_2,
            "id": _profile_address(issuer),
            "type": "Profile",
            "name": issuer.name,
            "url": issuer.url,
            "email": issuer.email,
            "description": issuer.description,
            "endorsement": list(issuer.endorsements_ob2),
        }
    )


def endorsement(claim: Endorsement) -> Document:
    """Return the hosted Endorsement (§Endorsement) of a claim. Raises Malformed without its 2.0 addresses."""
    if claim.id_ob2 is None or claim.subject_ob2 is None:
        raise Malformed("The endorsement has no 2.0 address, or speaks of something that has none.")
    return {
        "@context": OB_2,
        "id": claim.id_ob2,
        "type": "Endorsement",
        "claim": {"id": claim.subject_ob2, "endorsementComment": claim.comment},
        "issuer": _profile_address(claim.issuer),
        "issuedOn": moment(claim.valid_from),
        "verification": {"type": "HostedBadge"},
    }


def _recipient(badge: Credential) -> Document:
    who = badge.recipient
    if who.identity is None or not who.salt:
        raise Malformed("Open Badges 2.0 needs the recipient's address and a salt to hash it with.")
    return {
        "type": "email",
        "hashed": True,
        "salt": who.salt,
        "identity": hash_identity(who.identity, who.salt),
    }


def _competency(what: Achievement, place: int, item: Competency) -> Document:
    return _filled(
        {
            "targetName": item.name,
            "targetUrl": f"{what.id}#competency-{place}",
            "targetDescription": item.description,
            "targetCode": item.id,
            "targetFramework": f"{what.name}, version {what.version}",
        }
    )


def _alignment(item: Alignment) -> Document:
    return _filled(
        {
            "targetName": item.name,
            "targetUrl": item.url,
            "targetDescription": item.description,
            "targetCode": item.code,
            "targetFramework": item.framework,
        }
    )


def _evidence(item: Evidence) -> Document:
    return _filled(
        {"id": item.id, "type": "Evidence", "name": item.name, "narrative": evidence(item), "genre": item.genre}
    )


def _image(picture: Picture) -> Json:
    return {"id": picture.id, "type": "Image", "caption": picture.caption} if picture.caption else picture.id


def _profile_address(issuer: Issuer) -> str:
    if issuer.profile is None:
        raise Malformed(f"{issuer.name} has no address for its Open Badges 2.0 profile.")
    return issuer.profile


def _filled(members: Document) -> Document:
    """Leave out what says nothing: None, empty text, empty lists."""
    return {name: value for name, value in members.items() if value is not None and value not in ("", [])}
