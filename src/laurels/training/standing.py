"""Who somebody is to an enrolment: its learner, or of the unit's staff; and the ledger of one person."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.db.models import Q

from laurels.catalogue.models import Competency
from laurels.errors import NotAllowed
from laurels.people.models import Address, User
from laurels.people.permissions import may, require
from laurels.people.system import university
from laurels.training.ledger import Line
from laurels.training.models import Assessment, Enrolment, HoursEntry


def is_learner(user: User, enrolment: Enrolment) -> bool:
    """Whether the enrolment is the user's own: by the address's person, or by the address itself."""
    address = enrolment.address
    return address.person_id == user.pk or address.folded == user.email


def require_own_or(user: User, verb: str, enrolment: Enrolment) -> None:
    """Raise NotAllowed unless the user is the learner, or has the right in the unit."""
    if not is_learner(user, enrolment):
        require(user, verb, enrolment.version.micro_credential.unit)


def refuse_own(user: User, enrolment: Enrolment, words: str) -> None:
    """Raise NotAllowed when the enrolment is the user's own: nobody judges own work."""
    if is_learner(user, enrolment):
        raise NotAllowed(words, mend="Somebody else of the unit will do it.")


def may_see(user: User, enrolment: Enrolment) -> bool:
    """Whether the user may see the enrolment: the learner, and who trains or assesses in the unit."""
    return is_learner(user, enrolment) or may(user, "train", enrolment.version.micro_credential.unit)


def zone_of_university() -> ZoneInfo:
    """The zone in which the university counts its days."""
    return ZoneInfo(university().zone)


def addresses_of_person(address: Address) -> Q:
    """The condition on addresses of the same person: several of one person count as one."""
    return Q(pk=address.pk) if address.person_id is None else Q(person=address.person_id)


def ledgers(addresses: Collection[Address]) -> dict[int, list[Line]]:
    """The lines of each address's person, over all their enrolments, by the key of the address; in one query."""
    people = {one.person_id for one in addresses if one.person_id is not None}
    whose = Q(enrolment__address__in=[one.pk for one in addresses]) | Q(enrolment__address__person__in=people)
    entries = HoursEntry.objects.filter(whose).select_related("verdict", "enrolment__address")
    by_person: dict[tuple[int | None, int | None], list[Line]] = defaultdict(list)
    for entry in entries:
        by_person[_person(entry.enrolment.address)].append(line(entry))
    return {one.pk: by_person[_person(one)] for one in addresses}


def lines_of(enrolment: Enrolment) -> list[Line]:
    """The lines of one enrolment, oldest first."""
    return lines(enrolment.hours.select_related("verdict"))


def standing_assessment(enrolment: Enrolment, competency: Competency) -> Assessment | None:
    """The assessment of a competency that no later one follows."""
    return Assessment.objects.filter(enrolment=enrolment, competency=competency, replaced_by=None).first()


def lines(entries: Iterable[HoursEntry]) -> list[Line]:
    """Entries as the ledger sees them."""
    return [line(entry) for entry in entries]


def line(entry: HoursEntry) -> Line:
    """One stored entry, read with its verdict, as the ledger sees it."""
    verdict = getattr(entry, "verdict", None)
    return replace(new_line(entry), confirmed=None if verdict is None else verdict.confirmed)


def new_line(entry: HoursEntry) -> Line:
    """One entry that nobody has judged, as the ledger sees it."""
    return Line(
        key=str(entry.pk),
        day=entry.day,
        minutes=entry.minutes,
        kind=entry.kind,
        informal=entry.informal,
        corrects=str(entry.corrects_id) if entry.corrects_id else None,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        zone=entry.zone,
        what=entry.what,
    )


def _person(address: Address) -> tuple[int | None, int | None]:
    return (address.person_id, None) if address.person_id is not None else (None, address.pk)
