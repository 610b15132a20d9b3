"""Open Badges 3.0 JSON: AchievementCredential, Achievement, Profile, EndorsementCredential (§B.1), unsigned.

Types and lists are arrays even for one value; nulls and empty arrays are left out. Endorsements inside are the very
objects of the model, not copies.
"""

import base64
from typing import Final

from ..errors import Malformed
from ..identity import hash_identity
from ..jsontype import Document, Json
from ..model import Achievement, Alignment, Competency, Credential, Endorsement, Evidence, Issuer, Picture, Recipient
from .contexts import OB_3, OB_3_EXTENSIONS, VC_2
from .wording import criteria, hours, local_moment, moment, number

SCHEMA_ADDRESS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def credential(badge: Credential) -> Document:
    """Return the unsigned AchievementCredential (§B.1.2) of the badge.

    Raises Malformed when a result names what the achievement does not have, or a value has no form in 3.0.
    """
    return _filled(
        {
            "@context": [VC_2, OB_3, OB_3_EXTENSIONS],
            "id": badge.id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": badge.achievement.name,
            "issuer": profile(badge.issuer),
            "validFrom": moment(badge.granted),
            "validUntil": moment(badge.valid_until) if badge.valid_until else None,
            "awardedDate": moment(badge.granted),
            "credentialSubject": _subject(badge),
            "evidence": [_evidence(item) for item in badge.evidence],
            "relatedResource": [
                {"id": item.id, "digestSRI": _sri(item.sha256)} for item in badge.evidence if item.sha256
            ],
            "credentialStatus": _status(badge),
            "credentialSchema": [{"id": SCHEMA_ADDRESS, "type": "1EdTechJsonSchemaValidator2019"}],
        }
    )


def achievement(what: Achievement, *, with_endorsements: bool = True) -> Document:
    """Return the Achievement (§B.1.1). Without endorsements it is what the university's endorsement is a digest of."""
    return _filled(
        {
            "id": what.id,
            "type": ["Achievement"],
            "achievementType": "MicroCredential",
            "name": what.name,
            "description": what.description,
            "version": what.version,
            "inLanguage": what.language,
            "criteria": {"id": what.criteria_url, "narrative": criteria(what)},
            "creator": {"id": what.creator.id, "type": ["Profile"], "name": what.creator.name},
            "image": _image(what.picture),
            "tag": list(what.tags),
            "resultDescription": [*(_competency(item) for item in what.competencies), *_hours(what)],
            "alignment": [_alignment(item) for item in what.alignments],
            "endorsement": list(what.endorsements) if with_endorsements else None,
        }
    )


def profile(issuer: Issuer, *, with_endorsements: bool = True) -> Document:
    """Return the Profile (§B.1.21) of an issuer, with that of the organisation over it."""
    return _filled(
        {
            "id": issuer.id,
            "type": ["Profile"],
            "name": issuer.name,
            "url": issuer.url,
            "description": issuer.description,
            "email": issuer.email,
            "parentOrg": profile(issuer.parent, with_endorsements=False) if issuer.parent else None,
            "endorsement": list(issuer.endorsements) if with_endorsements else None,
        }
    )


def endorsement(claim: Endorsement) -> Document:
    """Return the unsigned EndorsementCredential (§B.1.10) of a claim.

    It has no validUntil: it says what was true when it was signed.
    """
    related: list[Json] = []
    if claim.digest is not None:
        digest = claim.digest
        related.append({"id": digest.id, "digestSRI": digest.digest_sri, "mediaType": digest.media_type})
    return _filled(
        {
            "@context": [VC_2, OB_3],
            "id": claim.id,
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": claim.name,
            "issuer": profile(claim.issuer, with_endorsements=False),
            "validFrom": moment(claim.valid_from),
            "credentialSubject": {
                "id": claim.subject,
                "type": ["EndorsementSubject"],
                "endorsementComment": claim.comment,
            },
            "relatedResource": related,
        }
    )


def _subject(badge: Credential) -> Document:
    return _filled(
        {
            "id": badge.recipient.subject,
            "type": ["AchievementSubject"],
            "identifier": _identifiers(badge.recipient),
            "activityStartDate": local_moment(badge.started_on) if badge.started_on else None,
            "activityEndDate": local_moment(badge.ended_on) if badge.ended_on else None,
            "narrative": "\n\n".join(words for words in (badge.narrative, badge.attested) if words),
            "achievement": achievement(badge.achievement),
            "result": _results(badge),
        }
    )


def _identifiers(recipient: Recipient) -> list[Json]:
    if recipient.identity is None:
        return []
    if not recipient.salt:
        raise Malformed("A hashed address needs a salt.", mend="Draw 128 random bits for each award.")
    return [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": hash_identity(recipient.identity, recipient.salt),
            "identityType": "emailAddress",
            "salt": recipient.salt,
        }
    ]


def _results(badge: Credential) -> list[Json]:
    levels = {item.id: {level.id for level in item.levels} for item in badge.achievement.competencies}
    results: list[Json] = []
    for result in badge.results:
        if result.level not in levels.get(result.competency, set()):
            raise Malformed(f"The result {result.competency} names a competency or a level that is not there.")
        results.append(
            {"type": ["Result"], "resultDescription": result.competency, "achievedLevel": result.level},
        )
    results.append(_score(badge.achievement.hours_id, number(badge.hours)))
    if badge.achievement.informal_most:
        results.append(_score(badge.achievement.informal_id, number(badge.informal)))
    elif badge.informal:
        raise Malformed("There are informal hours, but the achievement counts none.")
    return results


def _score(description: str, value: str) -> Document:
    return {"type": ["Result"], "resultDescription": description, "value": value}


def _hours(what: Achievement) -> list[Json]:
    """Return what is asked for in hours: those of training and, where informal ones count, how many of them may."""
    block = f"{hours(what.block_hours)} = 1 block"
    descriptions: list[Json] = [
        {
            "id": what.hours_id,
            "type": ["ResultDescription"],
            "name": f"Hours of training, confirmed ({block}; not academic credit)",
            "resultType": "RawScore",
            "valueMin": number(what.hours_required),
        }
    ]
    if what.informal_most:
        descriptions.append(
            {
                "id": what.informal_id,
                "type": ["ResultDescription"],
                "name": "Hours of training, informal",
                "resultType": "RawScore",
                "valueMin": "0",
                "valueMax": number(what.informal_most),
            }
        )
    return descriptions


def _competency(item: Competency) -> Document:
    if item.required not in {level.id for level in item.levels}:
        raise Malformed(f"The level asked for of {item.name!r} is not one of its levels.")
    return {
        "id": item.id,
        "type": ["ResultDescription"],
        "name": item.name,
        "resultType": "RubricCriterionLevel",
        "rubricCriterionLevel": [
            {
                "id": level.id,
                "type": ["RubricCriterionLevel"],
                "name": level.name,
                "level": str(level.rank),
                "points": str(level.rank),
            }
            for level in item.levels
        ],
        "requiredLevel": item.required,
    }


def _alignment(item: Alignment) -> Document:
    return _filled(
        {
            "type": ["Alignment"],
            "targetName": item.name,
            "targetUrl": item.url,
            "targetDescription": item.description,
            "targetCode": item.code,
            "targetFramework": item.framework,
            "targetType": item.type,
        }
    )


def _image(picture: Picture) -> Document:
    return _filled({"id": picture.id, "type": "Image", "caption": picture.caption})


def _evidence(item: Evidence) -> Document:
    return _filled(
        {
            "id": item.id,
            "type": ["Evidence"],
            "name": item.name,
            "narrative": item.narrative,
            "genre": item.genre,
        }
    )


def _status(badge: Credential) -> Document | None:
    if badge.status is None:
        return None
    index = str(badge.status.index)
    return {
        "id": f"{badge.status.list_address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": badge.status.purpose,
        "statusListIndex": index,
        "statusListCredential": badge.status.list_address,
    }


def _sri(sha256: str) -> str:
    try:
        digest = bytes.fromhex(sha256)
    except ValueError as error:
        raise Malformed(f"{sha256!r} is not a SHA-256 in hex digits.") from error
    if len(digest) != 32:
        raise Malformed(f"{sha256!r} is not a SHA-256 in hex digits.")
    return "sha256-" + base64.b64encode(digest).decode()


def _filled(members: Document) -> Document:
    """Leave out what says nothing: None, empty text, empty lists."""
    return {name: value for name, value in members.items() if value is not None and value not in ("", [])}
