"""Where a version's words meet the standards': its content hash, and its achievement."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import rfc8785
from django.conf import settings

from laurels.catalogue import addresses, hours, stackpicture, wreath
from laurels.catalogue.definition import Approval
from laurels.catalogue.models import PartsPolicy, Version, VersionKind
from laurels.errors import WrongState
from openbadgekit.jsontype import JsonObject
from openbadgekit.microcredential import Achievement, Competency, Issuer, Level
from openbadgekit.model import Alignment, Image

Frozen = Mapping[str, Any]

# Frameworks of occupations rather than of skills: the standard lets their links say so.
_OCCUPATIONS = {"O*NET-SOC": "ext:Occupation"}


def content_hash(frozen: Mapping[str, object]) -> str:
    """The SHA-256 of the RFC 8785 form of a frozen definition, in hex."""
    return hashlib.sha256(rfc8785.dumps(dict(frozen))).hexdigest()  # type: ignore[arg-type]


def achievement(
    version: Version,
    creator: Issuer,
    endorsements: Sequence[JsonObject] = (),
    endorsements_ob2: Sequence[str] = (),
) -> Achievement:
    """A published version in the standards' terms: from what was frozen, so that it never says anything else.

    The university's endorsement holds the achievement's digest: a unit that is renamed later keeps, here, the name
    under which its version was approved.
    """
    if version.frozen is None or version.approval is None:
        raise WrongState(f"{version} is not approved, so there is no badge of it.")
    frozen: Frozen = version.frozen
    place = (frozen["micro_credential"], frozen["number"])
    own = _absolute(addresses.version(*place))
    return Achievement(
        id=own,
        badge_class=_absolute(addresses.badge_class(*place)),
        name=frozen["title"],
        description=frozen["summary"],
        criteria=criteria(frozen),
        criteria_url=_absolute(addresses.criteria(*place)),
        version=frozen["number"],
        language=frozen["language"],
        creator=replace(creator, name=frozen["unit"]["name"]),
        picture=Image(_absolute(addresses.picture_png(*place)), alt(frozen)),
        competencies=tuple(_competency(one, frozen["levels"]) for one in frozen["competencies"]),
        hours_required=hours.decimal_hours(_minutes(frozen)),
        informal_most=hours.decimal_hours(frozen["informal_minutes_most"]),
        block_hours=hours.decimal_hours(frozen["block_minutes"]),
        blocks=hours.blocks(_minutes(frozen), frozen["block_minutes"]),
        hours_id=_derived(own, "hours"),
        informal_id=_derived(own, "informal hours"),
        approval=_approval(Approval.of(version.approval), frozen["university"]),
        alignments=_alignments(frozen),
        tags=tuple(frozen["tags"]),
        endorsements=tuple(endorsements),
        endorsements_ob2=tuple(endorsements_ob2),
    )


def alt(frozen: Frozen) -> str:
    """What the picture of a frozen definition says, in words."""
    scale = frozen["levels"]
    lowest = min((one["level"] for one in frozen["competencies"]), key=scale.index)
    unit, university = frozen["unit"]["name"], frozen["university"]
    if is_stack(frozen):
        parts = [one["title"] for one in frozen["parts"]]
        return stackpicture.alt(
            frozen["title"], frozen["blocks"], frozen["block_minutes"], lowest, unit, university, parts
        )
    return wreath.alt(frozen["title"], _minutes(frozen), frozen["block_minutes"], lowest, unit, university)


def is_stack(frozen: Frozen) -> bool:
    """Whether a frozen definition is that of a stack."""
    return bool(frozen.get("kind") == VersionKind.STACK)


def criteria(frozen: Frozen) -> str:
    """What it takes, in plain sentences. Hours asked for, blocks and the approval are said by the library, once."""
    if is_stack(frozen):
        return _criteria_of_stack(frozen)
    kinds = {"contact": "contact_minutes", "practice": "practice_minutes", "independent": "independent_minutes"}
    parts = [f"{hours.words(frozen[name])} {kind}" for kind, name in kinds.items() if frozen[name]]
    informal = frozen["informal_minutes_most"]
    most = f" At most {hours.words(informal)} of it may be informal learning." if informal else ""
    weights = ", ".join(f"{one['type']} ({one['weight']} %)" for one in frozen["assessment"])
    outcomes = "; ".join(f"{one['statement']} ({one['level']})" for one in frozen["competencies"])
    sentences = [
        f"The holder was assessed in each of these, at the level named or above: {outcomes}.",
        f"Training: {', '.join(parts)}.{most}",
        f"Way of learning: {frozen['way']}.",
        f"Assessment: {weights}.",
        *_said(frozen, "pass_rule", "To pass"),
        *_said(frozen, "evidence", "Evidence"),
        *_said(frozen, "supervision", "Supervision"),
        *_said(frozen, "identity_check", "Identity check"),
        *_said(frozen, "assessor_qualification", "Assessors"),
        *_said(frozen, "prerequisites", "Prerequisites"),
        *_said(frozen, "quality_assurance", "Quality assurance"),
        *_said(frozen, "scope_notice", "Scope of practice"),
    ]
    if frozen["validity_months"]:
        sentences.append(f"It is valid for {frozen['validity_months']} months.")
    return "\n\n".join(sentences)


def _criteria_of_stack(frozen: Frozen) -> str:
    shows = "; ".join(f"{one['statement']} ({one['level']})" for one in frozen["competencies"])
    sentences = [
        f"It is earned by other awards: {frozen['rule_words']}.",
        f"Who has them shows each of these, at the level named: {shows}.",
        f"{LOST[PartsPolicy(frozen['parts_policy'])]}",
        *_said(frozen, "quality_assurance", "Quality assurance"),
        *_said(frozen, "scope_notice", "Scope of practice"),
    ]
    if frozen["validity_months"]:
        sentences.append(f"It is valid for {frozen['validity_months']} months.")
    return "\n\n".join(sentences)


LOST: Mapping[PartsPolicy, str] = {
    PartsPolicy.KEEP: "It stays valid when one of its parts is revoked or ends later.",
    PartsPolicy.FLAG: "When a part is revoked or ends, and the rest is not enough, the registrar looks at it.",
    PartsPolicy.REVOKE: "When a part is revoked or ends, and the rest is not enough, it is revoked too.",
}
"""What becomes of a stack's prize when a part is lost, in words."""


def _said(frozen: Frozen, name: str, label: str) -> list[str]:
    text = str(frozen[name]).strip()
    return [f"{label}: {text if text[-1] in '.!?' else text + '.'}"] if text else []


def _minutes(frozen: Frozen) -> int:
    return int(frozen["contact_minutes"] + frozen["practice_minutes"] + frozen["independent_minutes"])


def _approval(approval: Approval, university: str) -> str:
    return (
        f"Approved by {university}, {approval.body}: decision {approval.number} of {_day(approval.date)}, "
        f"by rubric {approval.rubric}."
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _competency(one: Mapping[str, Any], scale: Sequence[str]) -> Competency:
    own = uuid.UUID(one["key"])
    levels = tuple(
        Level(uuid.uuid5(own, word).urn, word[:1].upper() + word[1:], rank) for rank, word in enumerate(scale, start=1)
    )
    indicators = "; ".join(one["indicators"])
    return Competency(
        id=own.urn,
        name=one["statement"],
        levels=levels,
        required=levels[scale.index(one["level"])].id,
        description=f"Seen by: {indicators}." if indicators else None,
    )


def _alignments(frozen: Frozen) -> tuple[Alignment, ...]:
    found: dict[str, Alignment] = {}
    for one in frozen["competencies"]:
        for link in one["links"]:
            found.setdefault(
                link["url"],
                Alignment(
                    target_name=link["name"],
                    target_url=link["url"],
                    target_code=link["code"] or None,
                    target_framework=link["framework"] or None,
                    target_type=_OCCUPATIONS.get(link["framework"]),
                ),
            )
    return tuple(found.values())


def _derived(own: str, what: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{own}#{what}").urn


def _absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
