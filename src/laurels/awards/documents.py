"""Award -> openbadgekit Credential: here our words meet the specification's."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from laurels.awards.basis import Basis, Link
from laurels.awards.models import Award
from laurels.badges import addresses, issuers
from laurels.badges.models import Document
from laurels.catalogue import documents as catalogue
from laurels.catalogue import hours
from laurels.catalogue.definition import Approval
from laurels.catalogue.hours import decimal_hours
from laurels.catalogue.models import Version
from laurels.catalogue.requirement import Requirement
from laurels.errors import WrongState
from laurels.governance.authority import Leave, in_force
from laurels.people.system import university
from openbadgekit.jsontype import JsonObject
from openbadgekit.microcredential import Achievement, Credential, Evidence, Issuer, Recipient, Result, Status
from openbadgekit.strict import parse_object

_WHO_ATTESTS = {
    "roster": "Attested by the unit: {unit}.",
    "enrolment": "Recorded and assessed by the unit: {unit}.",
    "stack": "Earned by other awards, each with a badge of its own.",
}


@dataclass(frozen=True, slots=True)
class _Published:
    """What all badges of one version have in common."""

    achievement: Achievement
    issuer: Issuer


class Writer:
    """Writes credentials; what badges of one version and term have in common is read once."""

    def __init__(self) -> None:
        of = university()
        self._zone = ZoneInfo(of.zone)
        self._university = issuers.issuer(of.unit)
        self._published: dict[int, _Published] = {}
        self._leaves: dict[int, list[Leave]] = {}
        self._endorsements: dict[str, JsonObject] = {}

    def credential(self, award: Award) -> Credential:
        """What the badge of the award says; WrongState while the university's endorsements are not signed yet."""
        version, unit = award.version, award.version.micro_credential.unit
        published = self._of(version)
        leave = self._leave(award)
        basis = Basis.of(award.basis)
        # More informal hours than may count stay with the unit: they are in the basis, and not in the badge.
        counted, informal = Requirement.of(version).counted(basis.minutes, basis.informal_minutes)
        badge = award.badge
        signed = (self._endorsement(str(leave.endorsement)),)
        hosted = (addresses.absolute(addresses.endorsement(str(leave.endorsement_ob2))),)
        return Credential(
            id=addresses.absolute(addresses.ob3(badge.pk)),
            assertion=addresses.absolute(addresses.ob2(badge.pk)),
            baked_ob2=addresses.absolute(addresses.ob2_png(badge.pk)),
            achievement=published.achievement,
            issuer=replace(published.issuer, endorsements=signed, endorsements_ob2=hosted),
            recipient=Recipient(f"urn:uuid:{award.address.subject}", award.address.folded, award.salt),
            granted=award.granted_at,
            valid_until=award.valid_until,
            ended_on=datetime.datetime.combine(award.completed_on, datetime.time(), self._zone),
            results=_results(published.achievement, basis),
            hours=decimal_hours(counted),
            informal=decimal_hours(informal),
            evidence=(*(_evidence(one) for one in basis.evidence), *_parts(basis)),
            status=Status(
                addresses.absolute(addresses.status_list(unit, badge.status_list.number)), badge.status_index
            ),
            attested=_WHO_ATTESTS[basis.kind].format(unit=unit.name),
            narrative="\n\n".join(filter(None, (_by_kind(basis), _made_of(basis)))),
        )

    def _of(self, version: Version) -> _Published:
        if version.pk not in self._published:
            unit = issuers.issuer(version.micro_credential.unit, parent=self._university)
            approval = Approval.of(version.approval or {})
            achievement = catalogue.achievement(
                version,
                unit,
                endorsements=(self._endorsement(approval.endorsement),),
                endorsements_ob2=(addresses.absolute(addresses.endorsement(approval.endorsement_ob2)),),
            )
            self._published[version.pk] = _Published(achievement, unit)
        return self._published[version.pk]

    def _leave(self, award: Award) -> Leave:
        """The authority that the award rests on: in force on the day of completion, best also on that of the grant."""
        known = self._leaves.setdefault(award.version_id, [])
        granted_on = award.granted_at.astimezone(self._zone).date()
        for on in (granted_on, award.completed_on):
            for leave in known:
                if leave.valid_from <= on <= leave.valid_until:
                    return leave
            try:
                known.append(in_force(award.version.micro_credential.unit, award.version, on))
            except WrongState:
                continue
            return known[-1]
        return in_force(award.version.micro_credential.unit, award.version, award.completed_on)

    def _endorsement(self, number: str) -> JsonObject:
        if number not in self._endorsements:
            path = addresses.endorsement(number)
            stored = Document.objects.filter(address=path).order_by("-pk").first()
            if stored is None:
                raise WrongState(f"The university's endorsement {path} is not signed yet.", mend="It is tried again.")
            self._endorsements[number] = parse_object(bytes(stored.body))
        return self._endorsements[number]


def credential_for(award: Award) -> Credential:
    """What the badge of one award says, in the library's terms."""
    return Writer().credential(award)


def _results(achievement: Achievement, basis: Basis) -> tuple[Result, ...]:
    reached = {f"urn:uuid:{key}": word.casefold() for key, word in basis.levels.items()}
    return tuple(
        Result(competency.id, level.id)
        for competency in achievement.competencies
        for level in competency.levels
        if level.name.casefold() == reached.get(competency.id)
    )


def _by_kind(basis: Basis) -> str:
    parts = [f"{hours.words(minutes)} {kind}" for kind, minutes in basis.by_kind.items() if minutes]
    return f"Hours by kind: {', '.join(parts)}." if parts else ""


def _made_of(basis: Basis) -> str:
    """The parts of a stack's prize in one sentence; the blocks are those of the parts, the prize adds none."""
    if not basis.parts:
        return ""
    titles = "; ".join(f"{one.title}, version {one.number} ({one.unit})" for one in basis.parts)
    return f"Made of {len(basis.parts)} {'award' if len(basis.parts) == 1 else 'awards'}: {titles}."


def _parts(basis: Basis) -> list[Evidence]:
    """The parts of a stack's prize by the address and the digest of their 3.0 documents, as they were signed first."""
    places = {addresses.ob3(one.badge): one for one in basis.parts}
    stored = Document.objects.filter(address__in=places).order_by("-pk")
    digests = dict(stored.values_list("address", "sha256"))  # the last one given is the first that was signed
    for address, one in places.items():
        if address not in digests:
            raise WrongState(f"The badge of its part “{one.title}” is not signed yet.", mend="It is tried again.")
    return [
        Evidence(
            id=addresses.absolute(address),
            name=one.title,
            narrative=f"Part {place} of {len(places)} of this stack: the signed badge of {one.unit}.",
            genre="Badge",
            sha256=digests[address],
        )
        for place, (address, one) in enumerate(places.items(), start=1)
    ]


def _evidence(one: Link) -> Evidence:
    return Evidence(id=one.address, name=one.name or "Evidence", sha256=one.sha256 or None)


def by_unit(awards: Iterable[Award]) -> dict[int, list[Award]]:
    """The awards by the unit that signs them."""
    found: dict[int, list[Award]] = {}
    for award in awards:
        found.setdefault(award.version.micro_credential.unit_id, []).append(award)
    return found
