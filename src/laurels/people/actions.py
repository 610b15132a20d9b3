"""Everything that changes people, units and addresses."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from laurels import clock, mail
from laurels.audit.record import record
from laurels.errors import Invalid, Missing, NotAllowed, WrongState
from laurels.jobs import outbox
from laurels.people import letters, rules
from laurels.people.documents import fold
from laurels.people.models import Address, Membership, Role, Unit, University, User
from laurels.people.permissions import UNIVERSITY, UNIVERSITY_ROLES, require

LONGEST_UNIT_NAME = 160
LONGEST_SHORT_NAME = 40


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """The two parts of a link that lets its holder choose the password of an account, once, within three days."""

    account: str
    token: str


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
    mission = rules.mission(mission)
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
def offer_password_link(user: User, *, by: User) -> PasswordLink:
    """Make a link with which a person chooses a password: whoever has it can sign in as that person."""
    require(by, "administer", UNIVERSITY)
    if user.is_system or not user.is_active:
        raise WrongState(f"{user.name} does not sign in.")
    record(by, "password link made", user)
    return PasswordLink(urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user))


@transaction.atomic
def choose_password(user: User, password: str, *, by: User) -> None:
    """Choose one's own password; links and sessions made before it end."""
    if by != user or user.is_system:
        raise NotAllowed("Everybody chooses their own password.")
    user.set_password(rules.password(password, user))
    user.save(update_fields=["password"])
    record(by, "password chosen", user)


@transaction.atomic
def offer_account(email: str, name: str, *, by: User) -> None:
    """Send a letter with which whoever reads that address's mail makes an account, or finds the one there is.

    The answer is the same for everybody: nobody learns from it whose addresses are known here.
    """
    require(by, "administer", UNIVERSITY)
    folded, name = fold(email), rules.name(name)
    if letters.is_enough(folded):
        return
    known = _account_of(folded)
    if known is None:
        path = f"/sign-up/{letters.token(folded, name)}"
        mail.queue("account_offered", to=[folded], context={"name": name, "path": path})
    elif known.is_active and not known.is_system:
        uid = urlsafe_base64_encode(force_bytes(known.pk))
        path = f"/sign-in/password/{uid}/{default_token_generator.make_token(known)}"
        mail.queue("account_known", to=[folded], context={"name": known.name, "path": path})
    record(by, "account offered", known or by)


@transaction.atomic
def open_account(token: str, password: str, *, by: User) -> User:
    """Open the account that a letter offered: its address is verified by that, and belongs to the account."""
    require(by, "administer", UNIVERSITY)
    offered = letters.read(token)
    if _account_of(offered.address) is not None:
        raise WrongState("There is an account for this address already.", mend="Sign in with your password.")
    user = User(email=offered.address, name=rules.name(offered.name))
    user.set_password(rules.password(password, user))
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise WrongState("This link was used in the same moment.", mend="Sign in with your password.") from error
    tie_address(offered.address, verified=True, by=user)
    record(by, "account opened", user)
    return user


@transaction.atomic
def tie_address(as_given: str, *, verified: bool, by: User) -> Address:
    """Tie an address to the person whose it is: the one of the own account, or one whose mail was shown to be read."""
    if not verified and fold(as_given) != by.email:
        raise NotAllowed("Show first that you read the mail of this address.")
    address = attest_address(as_given, by=by)
    held = Address.objects.select_for_update().get(pk=address.pk)
    if held.person_id not in (None, by.pk):
        raise WrongState("This address belongs to somebody else's account.", mend="Ask the registrar.")
    if held.person_id is None or (verified and held.verified_at is None):
        held.person, held.verified_at = by, clock.now() if verified else held.verified_at
        held.save(update_fields=["person", "verified_at"])
        record(by, "address tied", held, verified=verified)
    return held


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
    offered = Address(folded=fold(as_given), as_given=as_given.strip(), attested_by=by)
    with transaction.atomic(savepoint=False):
        # Somebody else may attest it in this moment: where a conflict is no error no savepoint is needed, and the row
        # that stands then says whose it is.
        Address.objects.bulk_create([offered], ignore_conflicts=True)
        address = Address.objects.get(folded=offered.folded)
        if address.subject == offered.subject:
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


@transaction.atomic
def restart_jobs(keys: Collection[int] | None = None, *, by: User) -> list[int]:
    """Let work that failed for good be done anew, these jobs or all, and tell which."""
    require(by, "administer", UNIVERSITY)
    begun = outbox.revive(keys)
    unknown = sorted(set(keys or ()) - set(begun))
    if unknown:
        raise Missing(f"No failed job has the number {unknown[0]}.", mend="`laurels jobs list` shows them.")
    record(by, "failed jobs started anew", by, jobs=begun)
    return begun


def _account_of(folded: str) -> User | None:
    """The account of an address: its own, or the one that the address is tied to."""
    tied = Address.objects.filter(folded=folded).exclude(person=None).select_related("person").first()
    return User.objects.filter(email=folded).first() or (tied.person if tied else None)
