"""Everything that changes people, units and addresses."""

from collections.abc import Iterable

from django.db import transaction

from laurels import clock
from laurels.audit.record import record
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people import rules
from laurels.people.documents import fold
from laurels.people.models import Address, Membership, Role, Unit, University, User
from laurels.people.permissions import UNIVERSITY, UNIVERSITY_ROLES, require

LONGEST_UNIT_NAME = 160
LONGEST_SHORT_NAME = 40


@transaction.atomic
def create_system_account(*, by: User) -> User:
    """Create the account that acts when no person does: it acts for itself, there is nobody before it."""
    if not by.is_system:
        raise NotAllowed("Only the system makes its own account.")
    account, is_new = User.objects.get_or_create(
        email="system@laurels.invalid", defaults={"name": "Laurels", "is_system": True, "password": "!"}
    )
    if is_new:
        record(account, "system account created", account)
    return account


@transaction.atomic
def found_university(
    name: str, *, by: User, short_name: str, email: str, mission: str, description: str = "", **policy: object
) -> University:
    """Found the university: its own unit, its mission and its policy numbers."""
    require(by, "administer", UNIVERSITY)
    if Unit.objects.filter(slug="").exists():
        raise WrongState("There is a university here already.")
    short_name = rules.name(short_name, field="short_name", longest=LONGEST_SHORT_NAME)
    name = rules.name(name, longest=LONGEST_UNIT_NAME)
    unit = Unit.objects.create(name=name, slug="", email=fold(email), description=description)
    university = University.objects.create(unit=unit, short_name=short_name, mission=mission, **rules.policy(policy))
    record(by, "university founded", university)
    return university


@transaction.atomic
def open_unit(name: str, slug: str, email: str, description: str, *, by: User) -> Unit:
    """Open a unit under a slug that never changes: it stands in the addresses of badges."""
    require(by, "administer", UNIVERSITY)
    name, slug = rules.name(name, longest=LONGEST_UNIT_NAME), rules.slug(slug)
    if Unit.objects.filter(slug=slug).exists():
        raise WrongState(f"There is a unit under “{slug}” already.")
    unit = Unit.objects.create(name=name, slug=slug, email=fold(email), description=description)
    record(by, "unit opened", unit)
    return unit


@transaction.atomic
def create_user(email: str, name: str, *, by: User, password: str | None = None) -> User:
    """Create an account for a person; without a password nobody can sign in with one."""
    require(by, "administer", UNIVERSITY)
    folded = fold(email)
    if User.objects.filter(email=folded).exists():
        raise WrongState(f"There is an account for {folded} already.")
    user = User(email=folded, name=rules.name(name))
    user.set_password(None if password is None else rules.password(password, user))
    user.save(force_insert=True)
    record(by, "account created", user)
    return user


@transaction.atomic
def give_role(user: User, unit: Unit, role: Role, *, by: User) -> Membership:
    """Give a person a role in a unit, or in the university."""
    require(by, "administer", UNIVERSITY)
    role = rules.role(role)
    if role in UNIVERSITY_ROLES and not unit.is_university:
        raise Invalid(f"A {role.value} belongs to the university, not to {unit.name}.", fields={"role": ["Not here."]})
    membership, is_new = Membership.objects.get_or_create(
        user=user, unit=unit, role=role, defaults={"since": clock.now()}
    )
    if not is_new:
        raise WrongState(f"{user.name} is {role.value} of {unit.name} already.")
    record(by, "role given", membership, user=user.pk, unit=unit.pk, role=role.value)
    return membership


@transaction.atomic
def end_role(membership: Membership, *, by: User) -> None:
    """End a person's role in a unit."""
    require(by, "administer", UNIVERSITY)
    registrars = Membership.objects.filter(role=Role.REGISTRAR).exclude(pk=membership.pk)
    if membership.role == Role.REGISTRAR and not registrars.exists():
        raise WrongState("This is the only registrar.", mend="Give the role to somebody else first.")
    record(
        by, "role ended", membership, user=membership.user_id, unit=membership.unit_id, role=Role(membership.role).value
    )
    gone, _ = Membership.objects.filter(pk=membership.pk).delete()
    if not gone:
        raise WrongState("This role has ended already.")


def attest_address(as_given: str, *, by: User) -> Address:
    """Attest that an e-mail address is a learner's, or find it as it stands."""
    folded, given = fold(as_given), {"as_given": as_given.strip(), "attested_by": by}
    with transaction.atomic(savepoint=False):
        address, is_new = Address.objects.get_or_create(folded=folded, defaults=given)
        if is_new:
            record(by, "addresses attested", by, addresses=[address.pk])
    return address


@transaction.atomic
def attest_addresses(addresses: Iterable[str], *, by: User) -> dict[str, Address]:
    """Attest many e-mail addresses at once, by their folded form; those known already stay as they stand."""
    given = {fold(address): address for address in addresses}
    known = Address.objects.in_bulk(list(given), field_name="folded")
    lacking = [folded for folded in given if folded not in known]
    if not lacking:
        return known
    # Somebody else may attest the same address in this moment: whoever comes second takes the row of the first.
    Address.objects.bulk_create(
        (Address(folded=folded, as_given=given[folded].strip(), attested_by=by) for folded in lacking),
        ignore_conflicts=True,
    )
    new = Address.objects.in_bulk(lacking, field_name="folded")
    record(by, "addresses attested", by, addresses=[address.pk for address in new.values()])
    return known | new
