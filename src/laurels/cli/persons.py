"""`laurels person`: accounts, roles, and the links with which people choose their passwords."""

import click
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from laurels.cli import database, units
from laurels.cli.accounts import account
from laurels.errors import Invalid, Missing
from laurels.people import actions
from laurels.people.models import Membership, Role, Unit, User
from laurels.people.permissions import UNIVERSITY_ROLES


def run(act: str, by: str = "", address: str = "", name: str = "", role: str = "", unit: str = "") -> int:
    """Do one act for one person, or list everybody."""
    database.prepare()
    if act == "list":
        _list()
        return 0
    actor = account(by)
    if act == "add":
        _add(address, name, role, unit, actor)
    elif act == "role":
        person, place = account(address), _place(role, unit)
        actions.give_role(person, place, _role(role), by=actor)
        click.echo(f"{person.name} is {_role(role).value} of {place.name}.")
    elif act == "end-role":
        _end(account(address), _place(role, unit), _role(role), actor)
    else:
        show_link(account(address), actor)
    return 0


def show_link(person: User, actor: User) -> None:
    """Print a link with which the person chooses a password."""
    link = actions.offer_password_link(person, by=actor)
    click.echo(f"Give this link to {person.name} ({person.email}), and to nobody else. It works once, for three days:")
    click.echo(f"  {settings.BASE_URL}{reverse('choose-password', args=[link.account, link.token])}")


def _add(address: str, name: str, role: str, unit: str, actor: User) -> None:
    place = _place(role, unit) if role else None
    with transaction.atomic():
        person = actions.create_user(address, name, by=actor)
        if place is not None:
            actions.give_role(person, place, _role(role), by=actor)
    held = f", {_role(role).value} of {place.name}" if place is not None else ""
    click.echo(f"{person.name} has an account{held}.")
    show_link(person, actor)


def _end(person: User, place: Unit, role: Role, actor: User) -> None:
    held = Membership.objects.filter(user=person, unit=place, role=role).first()
    if held is None:
        raise Missing(f"{person.name} is not {role.value} of {place.name}.", mend="`laurels person list` shows who is.")
    actions.end_role(held, by=actor)
    click.echo(f"{person.name} is no longer {role.value} of {place.name}.")


def _role(word: str) -> Role:
    """A role as a command line writes it, with a hyphen for a blank."""
    return Role(word.replace("-", " "))


def _place(role: str, unit: str) -> Unit:
    """Where a role is held: its unit, or for the roles of the university the university."""
    if unit:
        return units.named(unit)
    if _role(role) not in UNIVERSITY_ROLES:
        raise Invalid(f"Say of which unit: --unit SLUG. A {role} belongs to one.")
    return units.named(units.UNIVERSITY)


def _list() -> None:
    for person in User.objects.filter(is_system=False).prefetch_related("memberships__unit").order_by("name"):
        held = [f"{one.role} of {one.unit.slug or units.UNIVERSITY}" for one in person.memberships.all()]
        closed = "" if person.is_active else " (closed)"
        click.echo(f"{person.name} <{person.email}>{closed}: {', '.join(sorted(held)) or 'no role'}")
