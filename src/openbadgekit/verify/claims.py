"""What a badge says, taken from the very document that was checked."""

from typing import Final

from ..jsontype import Json, JsonObject
from .endorsements import Endorsed
from .reading import as_list, as_object, domain, identifier, moment_or_none, text, texts
from .report import Claims, EvidenceClaim
from .session import Session
from .standing import Standing

_CONFIRMED: Final = "hours of training, confirmed"
_INFORMAL: Final = "hours of training, informal"


def of_credential(session: Session, credential: JsonObject, standing: Standing, endorsed: Endorsed) -> Claims:
    """Return what a 3.0 credential says whose proofs hold."""
    issuer = as_object(credential.get("issuer"))
    issuer_id = identifier(credential.get("issuer")) or ""
    subject = as_object(credential.get("credentialSubject"))
    achievement = as_object(subject.get("achievement"))
    results, hours, informal = _results(achievement, subject)
    return Claims(
        standard="3.0",
        credential_id=text(credential.get("id")) or "",
        issuer_id=issuer_id,
        domain=domain(issuer_id),
        known_as=session.policy.trusted.get(issuer_id),
        issuer_name=_words(issuer.get("name")),
        parent_name=_words(as_object(issuer.get("parentOrg")).get("name")),
        achievement_id=text(achievement.get("id")),
        achievement_name=_words(achievement.get("name")),
        description=_words(achievement.get("description")),
        version=text(achievement.get("version")),
        criteria=_words(as_object(achievement.get("criteria")).get("narrative")),
        narrative=_words(subject.get("narrative")),
        valid_from=moment_or_none(credential.get("validFrom")),
        valid_until=moment_or_none(credential.get("validUntil")),
        results=results,
        hours=hours,
        informal=informal,
        evidence=_evidence(credential),
        endorsements=endorsed.claims,
        revoked=standing.revoked,
        reason=standing.reason,
        replaced_by=standing.replaced_by,
    )


def of_record(session: Session, record: JsonObject, standing: Standing, endorsed: Endorsed) -> Claims:
    """Return what a learner record says of itself; its badges speak for themselves."""
    issuer = as_object(record.get("issuer"))
    issuer_id = identifier(record.get("issuer")) or ""
    return Claims(
        standard="CLR 2.0",
        credential_id=text(record.get("id")) or "",
        issuer_id=issuer_id,
        domain=domain(issuer_id),
        known_as=session.policy.trusted.get(issuer_id),
        issuer_name=_words(issuer.get("name")),
        parent_name=_words(as_object(issuer.get("parentOrg")).get("name")),
        achievement_id=None,
        achievement_name=_words(record.get("name")),
        description=_words(record.get("description")),
        valid_from=moment_or_none(record.get("validFrom")),
        valid_until=moment_or_none(record.get("validUntil")),
        endorsements=endorsed.claims,
        revoked=standing.revoked,
        reason=standing.reason,
        replaced_by=standing.replaced_by,
    )


def _results(
    achievement: JsonObject, subject: JsonObject
) -> tuple[tuple[tuple[str, str], ...], str | None, str | None]:
    """Return competency and level reached, then the hours and the informal hours, which are results too."""
    described = {identifier(one): as_object(one) for one in as_list(achievement.get("resultDescription"))}
    results: list[tuple[str, str]] = []
    hours: dict[str, str] = {}
    for result in map(as_object, as_list(subject.get("result"))):
        description = described.get(text(result.get("resultDescription")), {})
        name = _words(description.get("name")) or "Result"
        reached = _level(description, result.get("achievedLevel")) or text(result.get("value"))
        kind = next((kind for kind in (_CONFIRMED, _INFORMAL) if name.lower().startswith(kind)), None)
        if reached and kind and description.get("resultType") == "RawScore":
            hours[kind] = reached
        elif reached:
            results.append((name, reached))
    return tuple(results), hours.get(_CONFIRMED), hours.get(_INFORMAL)


def _level(description: JsonObject, level: Json) -> str | None:
    levels = map(as_object, as_list(description.get("rubricCriterionLevel")))
    return next((_words(one.get("name")) for one in levels if level is not None and one.get("id") == level), None)


def _evidence(credential: JsonObject) -> tuple[EvidenceClaim, ...]:
    digests: dict[str | None, str | None] = {
        identifier(one): text(as_object(one).get("digestSRI")) for one in as_list(credential.get("relatedResource"))
    }
    return tuple(
        EvidenceClaim(
            identifier(one),
            _words(as_object(one).get("name")),
            _words(as_object(one).get("narrative")),
            digests.get(identifier(one)),
        )
        for one in as_list(credential.get("evidence"))
    )


def of_assertion(
    session: Session,
    assertion: JsonObject,
    badge_class: JsonObject,
    profile: JsonObject,
    standing: Standing,
    endorsed: Endorsed,
    *,
    hosted: bool = False,
) -> Claims:
    """Return what a 2.0 assertion says, with its badge class and issuer, as signed or as their hosts answered."""
    issuer_id = identifier(profile.get("id")) or ""
    host = issuer_id or text(assertion.get("id")) or ""
    return Claims(
        standard="2.0",
        hosted=hosted,
        credential_id=text(assertion.get("id")) or "",
        issuer_id=issuer_id,
        domain=domain(host),
        known_as=session.policy.trusted.get(issuer_id),
        issuer_name=_words(profile.get("name")),
        parent_name=None,
        achievement_id=text(badge_class.get("id")),
        achievement_name=_words(badge_class.get("name")),
        description=_words(badge_class.get("description")),
        version=text(badge_class.get("version")),
        criteria=_words(as_object(badge_class.get("criteria")).get("narrative")) or text(badge_class.get("criteria")),
        narrative=_words(assertion.get("narrative")),
        valid_from=moment_or_none(assertion.get("issuedOn")),
        valid_until=moment_or_none(assertion.get("expires")),
        evidence=_evidence(assertion),
        endorsements=endorsed.claims,
        revoked=standing.revoked,
        reason=standing.reason,
        replaced_by=standing.replaced_by,
    )


def _words(value: Json) -> str | None:
    """Return text, also from a language value or the first of several."""
    for one in as_list(value):
        found = text(one) or text(as_object(one).get("@value"))
        if found:
            return found
    return next(iter(texts(value)), None)
