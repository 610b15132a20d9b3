"""A micro-credential in the words of Open Badges 3.0: levels and hours become results."""

import base64
from typing import Final

from .. import model
from ..errors import Malformed
from ..identity import hash_identity
from . import Achievement, Competency, Credential, Endorsement, Evidence, Issuer, Recipient, Status
from .sentences import criteria, hours, number, paragraphs

SCHEMA_ADDRESS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def credential(badge: Credential) -> model.Credential:
    """Return the 3.0 credential that says what the badge says.

    Raises Malformed when a result names what the achievement does not have, or a value has no form in 3.0.
    """
    return model.Credential(
        badge.id,
        profile(badge.issuer),
        badge.granted,
        model.AchievementSubject(
            achievement(badge.achievement),
            badge.recipient.subject,
            _identifiers(badge.recipient),
            badge.started_on,
            badge.ended_on,
            paragraphs(badge.narrative, badge.attested) or None,
            _results(badge),
        ),
        name=badge.achievement.name,
        valid_until=badge.valid_until,
        awarded_date=badge.granted,
        evidence=tuple(_evidence(item) for item in badge.evidence),
        related_resource=tuple(
            model.RelatedResource(item.id, _sri(item.sha256)) for item in badge.evidence if item.sha256
        ),
        credential_status=_status(badge.status) if badge.status else None,
        credential_schema=(model.CredentialSchema(SCHEMA_ADDRESS),),
    )


def achievement(what: Achievement) -> model.Achievement:
    """Return the achievement with its competencies and hours as result descriptions."""
    return model.Achievement(
        what.id,
        what.name,
        what.description,
        model.Criteria(what.criteria_url, criteria(what)),
        "MicroCredential",
        what.version or None,
        what.language or None,
        model.Profile(what.creator.id, what.creator.name),
        what.picture,
        what.tags,
        (*(_competency(item) for item in what.competencies), *_hours(what)),
        what.alignments,
        endorsement=what.endorsements,
    )


def profile(issuer: Issuer, *, with_endorsements: bool = True) -> model.Profile:
    """Return the profile under the 3.0 identifier, with that of the organisation over it."""
    return model.Profile(
        issuer.id,
        issuer.name,
        issuer.url or None,
        issuer.description or None,
        issuer.email or None,
        parent_org=profile(issuer.parent, with_endorsements=False) if issuer.parent else None,
        endorsement=issuer.endorsements if with_endorsements else (),
    )


def endorsement(claim: Endorsement) -> model.EndorsementCredential:
    """Return the endorsement; it has no validUntil, since it says what was true when it was signed."""
    digest = claim.digest
    return model.EndorsementCredential(
        claim.id,
        profile(claim.issuer, with_endorsements=False),
        claim.valid_from,
        model.EndorsementSubject(claim.subject, claim.comment or None),
        name=claim.name,
        related_resource=(model.RelatedResource(digest.id, digest.digest_sri, media_type=digest.media_type),)
        if digest
        else (),
    )


def _identifiers(recipient: Recipient) -> tuple[model.IdentityObject, ...]:
    if recipient.identity is None:
        return ()
    if not recipient.salt:
        raise Malformed("A hashed address needs a salt.", mend="Draw 128 random bits for each award.")
    hashed = hash_identity(recipient.identity, recipient.salt)
    return (model.IdentityObject(True, hashed, "emailAddress", recipient.salt),)


def _results(badge: Credential) -> tuple[model.Result, ...]:
    levels = {item.id: {level.id for level in item.levels} for item in badge.achievement.competencies}
    results = []
    for result in badge.results:
        if result.level not in levels.get(result.competency, set()):
            raise Malformed(f"The result {result.competency} names a competency or a level that is not there.")
        results.append(model.Result(result_description=result.competency, achieved_level=result.level))
    if badge.achievement.hours_required:
        results.append(model.Result(result_description=badge.achievement.hours_id, value=number(badge.hours)))
    elif badge.hours:
        raise Malformed("There are hours of training, but the achievement asks for none.")
    if badge.achievement.informal_most:
        informal = number(badge.informal)
        results.append(model.Result(result_description=badge.achievement.informal_id, value=informal))
    elif badge.informal:
        raise Malformed("There are informal hours, but the achievement counts none.")
    return tuple(results)


def _hours(what: Achievement) -> list[model.ResultDescription]:
    """Return what is asked for in hours: those of training and, where informal ones count, how many of them may.

    What is earned without training of its own (by other awards) asks for none.
    """
    if not what.hours_required:
        return []
    name = f"Hours of training, confirmed ({hours(what.block_hours)} = 1 block; not academic credit)"
    asked = [model.ResultDescription(what.hours_id, name, "RawScore", value_min=number(what.hours_required))]
    if what.informal_most:
        most = number(what.informal_most)
        asked.append(
            model.ResultDescription(
                what.informal_id, "Hours of training, informal", "RawScore", value_min="0", value_max=most
            )
        )
    return asked


def _competency(item: Competency) -> model.ResultDescription:
    if item.required not in {level.id for level in item.levels}:
        raise Malformed(f"The level asked for of {item.name!r} is not one of its levels.")
    return model.ResultDescription(
        item.id,
        item.name,
        "RubricCriterionLevel",
        rubric_criterion_level=tuple(
            model.RubricCriterionLevel(level.id, level.name, level=str(level.rank), points=str(level.rank))
            for level in item.levels
        ),
        required_level=item.required,
    )


def _evidence(item: Evidence) -> model.Evidence:
    return model.Evidence(item.id, item.name or None, item.narrative or None, genre=item.genre or None)


def _status(status: Status) -> model.CredentialStatus:
    index = str(status.index)
    return model.CredentialStatus(f"{status.list_address}#{index}", status.purpose, index, status.list_address)


def _sri(sha256: str) -> str:
    try:
        digest = bytes.fromhex(sha256)
    except ValueError as error:
        raise Malformed(f"{sha256!r} is not a SHA-256 in hex digits.") from error
    if len(digest) != 32:
        raise Malformed(f"{sha256!r} is not a SHA-256 in hex digits.")
    return "sha256-" + base64.b64encode(digest).decode()
