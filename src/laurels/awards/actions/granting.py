"""The one door through which every award comes: by training, by roster, and by other awards."""

import datetime
from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction

from laurels.audit.record import record, together
from laurels.awards import stacking, stacking_facts
from laurels.awards.basis import Basis
from laurels.awards.conditions import OWN, Conditions, already_holds, held_by
from laurels.awards.models import Award, StackPart
from laurels.awards.stacking import Person, Stack
from laurels.badges import actions as badges
from laurels.catalogue.models import Version
from laurels.catalogue.stackoutcome import Outcome, Terms
from laurels.catalogue.stackrule import read
from laurels.errors import WrongState
from laurels.governance.authority import in_force
from laurels.jobs import outbox
from laurels.people import actions as people
from laurels.people.documents import fold
from laurels.people.models import Address, University, User
from laurels.people.permissions import UNIVERSITY, may
from laurels.people.system import system, university


def grant_award(
    address: str, holder: str, version: Version, basis: Basis, completed_on: datetime.date, *, by: User
) -> Award:
    """Grant an award when nothing is missing, leave its badge to be signed, and grant the prizes that it completes."""
    try:
        with transaction.atomic(), together():
            return _granted(address, holder, version, basis, completed_on, by)
    except IntegrityError:
        conditions = Conditions(version, university())
        held = held_by(version, [fold(address)])
        if not held:
            raise
        raise WrongState(already_holds(held[fold(address)], conditions.zone)) from None


@transaction.atomic
def grant_prizes(addresses: Iterable[Address], *, by: User, stacks: Collection[int] | None = None) -> list[Award]:
    """Grant these people the prizes of the stacks that their awards complete, each once.

    `stacks` names the stacks to look at (by the key of their micro-credential); None: all. A prize whose unit may not
    issue now waits: it is granted by the next look, which the renewal of the authority asks for.
    """
    wanted, scale = stacking_facts.stacks(stacks), stacking_facts.terms()
    granted: list[Award] = []
    if wanted:
        for person in stacking_facts.people(addresses, scale, lock=True):
            granted += _prizes(person, wanted, scale)
    record(by, "stacks looked at", by, stacks=len(wanted), prizes=[str(one.pk) for one in granted])
    return granted


def _granted(given: str, holder: str, version: Version, basis: Basis, completed_on: datetime.date, by: User) -> Award:
    conditions = Conditions(version, university())
    folded = fold(given)
    refused = conditions.refusals(
        completed_on, basis, is_uploader=folded == by.email, by_registrar=lambda: may(by, "administer", UNIVERSITY)
    )
    if refused:
        raise WrongState(" ".join(refused))
    address = people.attest_address(given, by=by)
    if address.person_id == by.pk:
        raise WrongState(OWN)
    if version.is_stack:
        _refuse_short(version, address, basis)
    badge = badges.open_badge(conditions.unit, by=by)
    award = conditions.award(address, holder, basis, completed_on, badge)
    award.save(force_insert=True)
    _keep_parts(award, basis)
    record(by, "award granted", award, badge=badge.pk)
    outbox.put("awards.sign", {"badges": [badge.pk]})
    if version.counts_to:
        grant_prizes([address], stacks=version.counts_to, by=by)
    return award


def _refuse_short(version: Version, address: Address, basis: Basis) -> None:
    """The requirement of a prize is its rule: asked again of the parts that the basis names, as they are stored."""
    scale = stacking_facts.terms()
    person = stacking_facts.person_of(address, scale)
    if short := stacking.shortfall(Stack(version, read(version.rule)), person, basis, scale):
        raise WrongState(" ".join(short))


def _keep_parts(award: Award, basis: Basis) -> None:
    """Which awards a prize rests on; those that end one day are looked at again on that day."""
    if not basis.parts:
        return
    StackPart.objects.bulk_create(
        StackPart(prize=award, part_id=one.award, position=place) for place, one in enumerate(basis.parts, start=1)
    )
    ends = Award.objects.filter(pk__in=[one.award for one in basis.parts], valid_until__isnull=False)
    for pk, valid_until in ends.values_list("pk", "valid_until"):
        outbox.put("awards.part_ends", {"award": str(pk)}, key=f"awards.part_ends:{pk}", after=valid_until)


def _prizes(person: Person, wanted: list[Stack], scale: Terms) -> list[Award]:
    """Grant one person what is complete. Each prize may complete the next: so the person is read anew after it."""
    granted: list[Award] = []
    house, by = university(), None
    for stack in wanted:
        told = stacking.outcome(stack, person, scale)
        if not told.met or not stacking.may_have(stack, person):
            continue
        by = by or system()
        basis = stacking.basis(stack, person, told, str(by.pk))
        day = _day(stack, person, told, basis, house)
        if day is None:
            continue
        last = person.by_key(told.by)[-1]
        granted.append(grant_award(last.folded, last.holder, stack.version, basis, day, by=by))
        person = stacking_facts.person_of(Address.objects.get(pk=last.address), scale)
    return granted


def _day(stack: Stack, person: Person, told: Outcome, basis: Basis, house: University) -> datetime.date | None:
    """The day of completion; None while the prize has to wait for its unit's authority."""
    conditions = Conditions(stack.version, house)
    try:
        in_force(conditions.unit, stack.version, conditions.today)
    except WrongState:
        return None
    for day in stacking.days(stack, person, told, conditions.today):
        if not conditions.refusals(day, basis, is_uploader=False, by_registrar=lambda: True):
            return day
    return None
