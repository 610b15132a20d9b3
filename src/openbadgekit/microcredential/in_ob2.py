"""A micro-credential in the words of Open Badges 2.0.

What 2.0 has no term for (results, hours, digests) stands in fixed sentences of the narratives; there is no extension
of our own, since verifiers refuse those whose schema they cannot reach.
"""

from .. import model
from ..errors import Malformed
from ..identity import hash_identity
from . import Achievement, Competency, Credential, Endorsement, Evidence, Issuer, Recipient
from .sentences import criteria, evidence, narrative


def assertion(badge: Credential) -> model.Credential:
    """Return the badge as a hosted assertion. Raises Malformed when there is no address to hash."""
    achievement = model.Achievement(badge.achievement.badge_class, linked=True)
    return model.Credential(
        badge.assertion,
        None,
        badge.granted,
        model.AchievementSubject(achievement, identifier=(_recipient(badge.recipient),), narrative=narrative(badge)),
        model.Image(badge.baked_ob2, linked=True) if badge.baked_ob2 else None,
        verification=model.Verification(),
        valid_until=badge.valid_until,
        evidence=tuple(_evidence(item) for item in badge.evidence),
    )


def badge_class(what: Achievement) -> model.Achievement:
    """Return the achievement under its 2.0 address; its competencies are alignments to its own 3.0 address."""
    picture = what.picture_ob2 or what.picture
    return model.Achievement(
        what.badge_class,
        what.name,
        what.description,
        model.Criteria(what.criteria_url, criteria(what)),
        version=what.version or None,
        creator=model.Profile(_address(what.creator), linked=True),
        image=picture if picture.caption else model.Image(picture.id, linked=True),
        alignment=(
            *(_competency(what, place, item) for place, item in enumerate(what.competencies, 1)),
            *what.alignments,
        ),
        tag=what.tags,
        endorsement=what.endorsements_ob2,
    )


def profile(issuer: Issuer) -> model.Profile:
    """Return the profile under its 2.0 address. Raises Malformed when it has no address or no e-mail address."""
    if not issuer.email:
        raise Malformed(f"{issuer.name} has no e-mail address, and Open Badges 2.0 asks for one.")
    return model.Profile(
        _address(issuer),
        issuer.name,
        issuer.url,
        issuer.description or None,
        issuer.email,
        endorsement=issuer.endorsements_ob2,
    )


def endorsement(claim: Endorsement) -> model.EndorsementCredential:
    """Return the hosted endorsement of a claim. Raises Malformed without its 2.0 addresses."""
    if claim.id_ob2 is None or claim.subject_ob2 is None:
        raise Malformed("The endorsement has no 2.0 address, or speaks of something that has none.")
    return model.EndorsementCredential(
        claim.id_ob2,
        model.Profile(_address(claim.issuer), linked=True),
        claim.valid_from,
        model.EndorsementSubject(claim.subject_ob2, claim.comment),
        model.Verification(),
    )


def _recipient(who: Recipient) -> model.IdentityObject:
    if who.identity is None or not who.salt:
        raise Malformed("Open Badges 2.0 needs the recipient's address and a salt to hash it with.")
    return model.IdentityObject(True, hash_identity(who.identity, who.salt), "emailAddress", who.salt)


def _competency(what: Achievement, place: int, item: Competency) -> model.Alignment:
    return model.Alignment(
        item.name,
        f"{what.id}#competency-{place}",
        item.description or None,
        item.id,
        f"{what.name}, version {what.version}",
    )


def _evidence(item: Evidence) -> model.Evidence:
    return model.Evidence(item.id, item.name or None, evidence(item) or None, genre=item.genre or None)


def _address(issuer: Issuer) -> str:
    if issuer.profile is None:
        raise Malformed(f"{issuer.name} has no address for its Open Badges 2.0 profile.")
    return issuer.profile
