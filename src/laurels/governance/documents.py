"""What the university signs of a decision: the endorsement of a unit as issuer, or of an approved version."""

import datetime

from laurels.badges import addresses, issuers
from laurels.catalogue import addresses as versions
from laurels.catalogue import documents as catalogue
from laurels.catalogue.definition import Approval
from laurels.catalogue.models import Version
from laurels.errors import WrongState
from laurels.governance.models import Decision
from laurels.people.models import Unit
from laurels.people.system import university
from openbadgekit.canonical import digest_sri
from openbadgekit.documents import ob2, ob3
from openbadgekit.documents.contexts import OB_3, VC_2
from openbadgekit.documents.schema import Kind, check
from openbadgekit.errors import refuse
from openbadgekit.issue import serialise
from openbadgekit.jsontype import JsonObject
from openbadgekit.microcredential import Digest, Endorsement
from openbadgekit.strict import parse_object

# A verifier checks only so many endorsements of one badge; those of older terms stay at their own addresses.
MOST_IN_PROFILE = 3


def endorsement_ob3(decision: Decision) -> JsonObject:
    """The unsigned 3.0 EndorsementCredential of an approval."""
    return ob3.endorsement(endorsement(decision))


def endorsement_ob2(decision: Decision) -> bytes:
    """The hosted 2.0 Endorsement of an approval, checked, as it is stored."""
    document = ob2.endorsement(endorsement(decision))
    refuse(check(document, Kind.ENDORSEMENT_OB2))
    return serialise(document)


def endorsement(decision: Decision) -> Endorsement:
    """The university's claim, in the library's terms: on the unit, or on the version that was approved."""
    if decision.endorsement is None or decision.endorsement_ob2 is None:
        raise WrongState(f"Decision {decision.number} approved nothing, so there is nothing to endorse.")
    claim = _of_version(decision) if decision.application.version_id else _of_unit(decision)
    subject, subject_ob2, name, digest = claim
    return Endorsement(
        id=addresses.absolute(addresses.endorsement(decision.endorsement)),
        id_ob2=addresses.absolute(addresses.endorsement(decision.endorsement_ob2)),
        issuer=issuers.issuer(university().unit),
        subject=subject,
        subject_ob2=subject_ob2,
        name=name,
        comment=comment(decision),
        valid_from=_moment(decision),
        digest=digest,
    )


def comment(decision: Decision) -> str:
    """The one fixed sentence of an endorsement: verifiers read the decision, its date and the term out of it."""
    application = decision.application
    version = application.version
    if version is not None and version.frozen is not None:
        frozen = version.frozen
        what = f"Version {frozen['number']} of “{frozen['title']}” approved for {frozen['unit']['name']}"
        term = ""
    else:
        what = f"Issuing authority approved for {application.unit.name}"
        scope = ", ".join(decision.scope)
        term = f", in force from {decision.valid_from} until {decision.valid_until}, scope: {scope}"
    return (
        f"{what}: decision {decision.number} of {decision.date}, {decision.body} of {university().unit.name}, "
        f"rubric {decision.rubric_number}{term}."
    )


def endorsements_in_profile(unit: Unit) -> list[str]:
    """The addresses of the 2.0 endorsements of the unit's authority that its profile names: newest first."""
    decisions = Decision.objects.filter(authority__unit=unit).order_by("-at", "-pk")
    numbers = decisions.values_list("endorsement_ob2", flat=True)[:MOST_IN_PROFILE]
    return [addresses.absolute(addresses.endorsement(number)) for number in numbers if number is not None]


def version_documents(version: Version, signed: bytes) -> dict[str, bytes]:
    """The public documents of an approved version under their paths: 3.0 achievement, with its signed endorsement,
    and 2.0 badge class, which names the hosted one."""
    approval = Approval.of(version.approval or {})
    hosted = addresses.absolute(addresses.endorsement(approval.endorsement_ob2))
    unit = version.micro_credential.unit
    whole = catalogue.achievement(version, issuers.issuer(unit), (parse_object(signed),), (hosted,))
    badge_class = ob2.badge_class(whole)
    refuse(check(badge_class, Kind.BADGE_CLASS))
    slug = version.micro_credential.slug or ""
    return {
        versions.version(slug, version.number): serialise({"@context": [VC_2, OB_3], **ob3.achievement(whole)}),
        versions.badge_class(slug, version.number): serialise(badge_class),
    }


def _of_unit(decision: Decision) -> tuple[str, str, str, Digest | None]:
    unit = decision.application.unit
    return issuers.did(unit), addresses.absolute(addresses.profile(unit)), f"Issuing authority of {unit.name}", None


def _of_version(decision: Decision) -> tuple[str, str, str, Digest | None]:
    """Names the exact version by the digest of its achievement: the unit's key cannot change what was approved."""
    version = decision.application.version
    assert version is not None
    achievement = catalogue.achievement(version, issuers.issuer(decision.application.unit))
    digest = digest_sri(ob3.achievement(achievement, with_endorsements=False))
    name = f"Approval of {achievement.name} {achievement.version}"
    return achievement.id, achievement.badge_class, name, Digest(achievement.id, digest)


def _moment(decision: Decision) -> datetime.datetime:
    """The decision's date as a moment: its midnight in UTC, but never later than the decision itself was taken."""
    midnight = datetime.datetime.combine(decision.date, datetime.time(), datetime.UTC)
    return min(midnight, decision.at)
