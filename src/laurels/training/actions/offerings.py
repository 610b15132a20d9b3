"""The verbs of an offering: open, edit, staff, end, cancel. After none of them hours are lost."""

from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.catalogue.models import Version
from laurels.errors import Invalid, WrongState
from laurels.governance.authority import in_force
from laurels.people.models import Membership, Role, User
from laurels.people.permissions import require
from laurels.people.system import university
from laurels.training import news
from laurels.training.actions.seating import fill_seats
from laurels.training.models import Enrolment, EnrolmentState, Meeting, Offering, OfferingState, Staff
from laurels.training.plans import LONGEST_WORDS, GivenOffering, refuse_malformed_offering
from laurels.training.seats import SEATED, newest

MAY_STAFF = {Role.INSTRUCTOR: (Role.INSTRUCTOR, Role.LEAD), Role.ASSESSOR: (Role.ASSESSOR,)}


@transaction.atomic
def open_offering(version: Version, given: GivenOffering, *, by: User) -> Offering:
    """Open an offering of the newest approved version, while the unit's issuing authority is in force."""
    unit = version.micro_credential.unit
    require(by, "offer", unit)
    offered = newest(version.micro_credential)
    in_force(unit, offered, clock.today(university().zone))
    refuse_malformed_offering(given)
    offering = Offering.objects.create(version=offered, **_values(given, offered), opened_by=by, opened_at=clock.now())
    record(by, "offering opened", offering)
    return offering


@transaction.atomic
def edit_offering(offering: Offering, given: GivenOffering, *, by: User) -> Offering:
    """Change what an open offering says of itself; seats that this frees go to those who wait."""
    require(by, "offer", offering.version.micro_credential.unit)
    refuse_malformed_offering(given)
    held = _open(offering)
    _refuse_stranded(held, given)
    Offering.objects.filter(pk=held.pk).update(**_values(given, held.version))
    offering.refresh_from_db()
    fill_seats(offering, by=by)
    record(by, "offering edited", offering)
    return offering


@transaction.atomic
def staff_offering(
    offering: Offering, instructors: Collection[User], assessors: Collection[User], *, by: User
) -> Offering:
    """Say who teaches and who assesses in an offering: people who hold that role in its unit."""
    unit = offering.version.micro_credential.unit
    require(by, "offer", unit)
    wanted = {(one.pk, Role.INSTRUCTOR) for one in instructors} | {(one.pk, Role.ASSESSOR) for one in assessors}
    held = set(Membership.objects.filter(unit=unit).values_list("user", "role"))
    for user in (*instructors, *assessors):
        for role in [role for pk, role in wanted if pk == user.pk]:
            if not any((user.pk, one.value) in held for one in MAY_STAFF[role]):
                words = f"{user.name} is not {role.value} of {unit.name}."
                raise Invalid(words, fields={f"{role.value}s": [words]}, mend="Ask the registrar for the role.")
    _open(offering)
    Staff.objects.filter(offering=offering).delete()
    Staff.objects.bulk_create(Staff(offering=offering, user_id=pk, role=role.value) for pk, role in sorted(wanted))
    record(by, "offering staffed", offering, staff=sorted(f"{pk} {role.value}" for pk, role in wanted))
    return offering


@transaction.atomic
def end_offering(offering: Offering, *, by: User) -> Offering:
    """End an offering whose last day has come; learners under way go on, and those who wait are told."""
    require(by, "offer", offering.version.micro_credential.unit)
    held = _open(offering)
    if held.ends_on > clock.today(held.zone):
        raise WrongState("Its last day has not come yet.", mend="Change its dates, or cancel it.")
    _close(held, OfferingState.ENDED, "")
    left = _let_go(held, "The offering ended.", (EnrolmentState.WAITING, EnrolmentState.INVITED))
    news.tell("offering_ended", left)
    offering.refresh_from_db()
    record(by, "offering ended", offering)
    return offering


@transaction.atomic
def cancel_offering(offering: Offering, words: str, *, by: User) -> Offering:
    """Cancel an offering: enrolments and their hours stay, learners are told how to go on."""
    require(by, "offer", offering.version.micro_credential.unit)
    if not words.strip() or len(words) > LONGEST_WORDS:
        raise Invalid("Say why, for those enrolled.", fields={"words": ["Say why, in a sentence or two."]})
    held = _open(offering)
    _close(held, OfferingState.CANCELLED, words.strip())
    now = clock.now()
    Meeting.objects.filter(offering=held, recorded_at=None, cancelled_at=None, ends_at__gt=now).update(cancelled_at=now)
    seated = list(_of(held).filter(state=EnrolmentState.ENROLLED))
    left = _let_go(held, "The offering was cancelled.", (EnrolmentState.WAITING, EnrolmentState.INVITED))
    news.tell("offering_cancelled", [*seated, *left], why=words.strip())
    offering.refresh_from_db()
    record(by, "offering cancelled", offering, enrolled=len(seated), waiting=len(left))
    return offering


def _values(given: GivenOffering, version: Version) -> dict[str, Any]:
    return {
        "title": given.title.strip() or version.title,
        "starts_on": given.starts_on,
        "ends_on": given.ends_on,
        "zone": given.zone,
        "place": given.place.strip(),
        "link": given.link.strip(),
        "note": given.note.strip(),
        "seats": given.seats,
        "capacity": given.capacity,
    }


def _open(offering: Offering) -> Offering:
    """The offering as it stands, held until the end of the transaction; refused when it is closed."""
    held = Offering.objects.select_for_update(of=("self",)).select_related("version").get(pk=offering.pk)
    if held.state != OfferingState.OPEN:
        raise WrongState(f"This offering is {held.state} already.")
    return held


def _refuse_stranded(held: Offering, given: GivenOffering) -> None:
    """Refuse fewer seats than are taken, and dates that leave a planned meeting outside."""
    taken = Enrolment.objects.filter(offering=held, state__in=SEATED).count()
    if given.capacity is not None and given.capacity < taken:
        words = f"{taken} seats are taken: there cannot be fewer."
        raise Invalid(words, fields={"capacity": [words]})
    if given.zone != held.zone and held.meetings.exists():
        words = "Its meetings are planned in this zone."
        raise Invalid(words, fields={"zone": [words]})
    planned = [meeting.starts_at.astimezone(ZoneInfo(held.zone)).date() for meeting in _planned(held)]
    if any(not given.starts_on <= day <= given.ends_on for day in planned):
        words = "A meeting would lie outside of these days. Move or cancel it first."
        raise Invalid(words, fields={"ends_on": [words]})


def _planned(held: Offering) -> Collection[Meeting]:
    return list(Meeting.objects.filter(offering=held, cancelled_at=None))


def _close(held: Offering, state: OfferingState, words: str) -> None:
    changed = Offering.objects.filter(pk=held.pk, state=OfferingState.OPEN).update(state=state, state_words=words)
    if changed != 1:
        raise WrongState("Somebody else closed this offering in the same moment.")


def _of(held: Offering) -> Any:
    related = ("address", "offering", "version__micro_credential__unit")
    return Enrolment.objects.filter(offering=held).select_related(*related)


def _let_go(held: Offering, words: str, states: Collection[EnrolmentState]) -> list[Enrolment]:
    """End the places of those who have no seat yet, and say whose they were."""
    found = list(_of(held).filter(state__in=states))
    Enrolment.objects.filter(pk__in=[one.pk for one in found]).update(
        state=EnrolmentState.WITHDRAWN, state_words=words, ended_at=clock.now()
    )
    return found
