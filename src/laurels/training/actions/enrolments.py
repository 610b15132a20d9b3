"""The verbs by which somebody gets on the way: enrol, invite, accept, enrol a roster, begin alone, go on."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from laurels import clock
from laurels.audit.record import record
from laurels.catalogue.models import Version
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance.authority import in_force
from laurels.people import actions as people
from laurels.people import rules
from laurels.people.models import Address, User
from laurels.people.permissions import may, require
from laurels.people.system import university
from laurels.training import news
from laurels.training.entering import Entry, refusals
from laurels.training.models import Enrolment, EnrolmentState, Offering, Route
from laurels.training.seats import (
    free,
    is_invitation_token,
    newest,
    refuse_closed,
    refuse_double,
    refuse_reserved,
)
from laurels.training.standing import is_learner

TWICE = "You are enrolled in this already."


def enrol(offering: Offering, *, by: User) -> Enrolment:
    """Take a seat of an open offering for oneself, or a place in its waiting list."""
    try:
        with transaction.atomic():
            held = _held(offering)
            refuse_reserved(held)
            made = _enrolled(held, newest(held.version.micro_credential), by, Route.OWN)
            record(by, "enrolled", made, state=made.state)
            return made
    except IntegrityError as error:
        raise WrongState(TWICE, mend="My laurels shows it.") from error


def begin_informal(version: Version, *, by: User) -> Enrolment:
    """Begin alone, without an offering: hours and evidence are shown, and confirmed and assessed by the unit."""
    try:
        with transaction.atomic():
            chosen = newest(version.micro_credential)
            in_force(chosen.micro_credential.unit, chosen, clock.today(university().zone))
            made = _enrolled(None, chosen, by, Route.INFORMAL)
            record(by, "begun alone", made)
            return made
    except IntegrityError as error:
        raise WrongState(TWICE, mend="My laurels shows it.") from error


@transaction.atomic
def invite(offering: Offering, address: str, name: str, *, by: User) -> Enrolment:
    """Invite somebody by address: a seat is kept until the invitation is accepted or withdrawn."""
    require(by, "offer", offering.version.micro_credential.unit)
    held = _held(offering)
    if free(held) == 0:
        raise WrongState("No seat is free.", mend="Give the offering more seats first.")
    version = newest(held.version.micro_credential)
    whose = people.attest_address(address, by=by)
    refuse_double(version, whose)
    made = _written(held, version, whose, rules.name(name), Route.INVITATION, EnrolmentState.INVITED, by)
    news.invite(made)
    record(by, "invited", made)
    return made


@transaction.atomic
def accept_invitation(enrolment: Enrolment, token: str = "", *, by: User) -> Enrolment:
    """Accept an invitation, once: with the link of its letter, or signed in with the invited address."""
    proven = is_invitation_token(enrolment, token)
    if not proven and not is_learner(by, enrolment):
        raise NotAllowed("This invitation is somebody else's.", mend="Open the link in the letter.")
    changed = Enrolment.objects.filter(pk=enrolment.pk, state=EnrolmentState.INVITED).update(
        state=EnrolmentState.ENROLLED
    )
    if changed != 1:
        raise WrongState("This invitation was used or withdrawn already.", mend="My laurels shows where you stand.")
    people.tie_address(enrolment.address.folded, verified=proven, by=by)
    enrolment.refresh_from_db()
    record(by, "invitation accepted", enrolment)
    return enrolment


@transaction.atomic
def enrol_roster(offering: Offering, entries: Sequence[Entry], *, by: User) -> list[Enrolment]:
    """Enrol everybody of a list who can be: first the free seats, then the waiting list; all are told."""
    require(by, "offer", offering.version.micro_credential.unit)
    held = _held(offering)
    version = newest(held.version.micro_credential)
    bad = refusals(version, entries)
    good = [entry for entry in entries if entry.line not in bad]
    if not good:
        raise Invalid("Nobody of this list can be enrolled.", fields={"file": sorted(set(bad.values()))})
    known = people.attest_addresses([entry.address for entry in good], by=by)
    seats, now = free(held), clock.now()
    made = Enrolment.objects.bulk_create(
        _row(held, version, known[entry.address], entry.name, Route.ROSTER, _state(place, seats), by)
        for place, entry in enumerate(good)
    )
    for state, template in ((EnrolmentState.ENROLLED, "enrolled"), (EnrolmentState.WAITING, "waiting_list")):
        news.tell(template, [one for one in made if one.state == state])
    record(by, "roster enrolled", held, enrolments=[str(one.pk) for one in made], at=now.isoformat())
    return made


@transaction.atomic
def go_on(enrolment: Enrolment, offering: Offering | None, *, by: User) -> Enrolment:
    """Go on in another offering of the same micro-credential, or alone; hours, evidence and version stay."""
    unit = enrolment.version.micro_credential.unit
    if not is_learner(by, enrolment) and not may(by, "offer", unit):
        require(by, "offer", unit)
    if offering is not None:
        held = _held(offering)
        if held.version.micro_credential_id != enrolment.version.micro_credential_id:
            raise Invalid("This offering leads to something else.", fields={"offering": ["Choose another one."]})
        if is_learner(by, enrolment):
            refuse_reserved(held)
        if free(held) == 0:
            raise WrongState("No seat is free there.", mend="Choose another offering, or go on alone.")
    changed = Enrolment.objects.filter(pk=enrolment.pk, state=EnrolmentState.ENROLLED).update(
        offering=offering, route=Route.INFORMAL if offering is None else enrolment.route
    )
    if changed != 1:
        raise WrongState(f"This enrolment is {enrolment.state}, so it cannot go on elsewhere.")
    record(by, "gone on", enrolment, offering=str(offering.pk) if offering else "alone")
    enrolment.refresh_from_db()
    return enrolment


def _held(offering: Offering) -> Offering:
    """The offering, held so that no two people take one seat; refused when it takes nobody any more."""
    whole = Offering.objects.select_for_update(of=("self",)).select_related("version__micro_credential__unit")
    held = whole.get(pk=offering.pk)
    refuse_closed(held)
    return held


def _enrolled(held: Offering | None, version: Version, by: User, route: Route) -> Enrolment:
    """The learner's own enrolment, with a letter."""
    address = people.tie_address(by.email, verified=False, by=by)
    refuse_double(version, address)
    state = EnrolmentState.ENROLLED if held is None else _state(0, free(held))
    made = _written(held, version, address, by.name, route, state, by)
    news.tell("waiting_list" if state == EnrolmentState.WAITING else "enrolled", [made])
    return made


def _state(place: int, seats: int | None) -> EnrolmentState:
    return EnrolmentState.ENROLLED if seats is None or place < seats else EnrolmentState.WAITING


def _written(
    held: Offering | None, version: Version, address: Address, name: str, route: Route, state: EnrolmentState, by: User
) -> Enrolment:
    made = _row(held, version, address, name, route, state, by)
    made.save(force_insert=True)
    return made


def _row(
    held: Offering | None, version: Version, address: Address, name: str, route: Route, state: EnrolmentState, by: User
) -> Enrolment:
    return Enrolment(
        version=version,
        offering=held,
        address=address,
        name=name,
        route=route,
        state=state,
        enrolled_by=by,
        enrolled_at=clock.now(),
    )
