"""`laurels found`: the university itself, with all that it needs before its first unit opens."""

from typing import Any

import click
from django.conf import settings
from django.db import transaction

from laurels.badges import actions as badges
from laurels.cli import database
from laurels.cli.persons import show_link
from laurels.errors import Refused, WrongState
from laurels.governance import actions as governance
from laurels.governance import rubric
from laurels.people import actions
from laurels.people.models import Role, University, User
from laurels.people.system import system

NEXT = """
What comes next:
  1. laurels serve                     the site, with its worker; behind your proxy
  2. laurels unit add SLUG NAME --email ADDRESS --by {registrar}
  3. laurels person add ADDRESS NAME --role lead --unit SLUG --by {registrar}
     … and assessors with --role assessor; for the committee --role chair, --role deputy-chair and
     --role committee-member: {quorum} of them must review an application before the chair can decide.
  4. laurels check                     is everything in order?"""


def run(
    name: str,
    address: str,
    mission: str,
    registrar: str,
    registrar_name: str,
    short_name: str,
    email: str,
    **policy: Any,
) -> int:
    """Found it, all or nothing; where it is founded already, say so."""
    if address.rstrip("/") != settings.BASE_URL:
        raise Refused(
            f"You gave the address {address}, and LAURELS_BASE_URL is {settings.BASE_URL}.",
            mend="Badges live under that address for ever, so both must be the same: set LAURELS_BASE_URL to it.",
        )
    database.prepare()
    there = University.objects.select_related("unit").first()
    if there is not None:
        return _there(there, name)
    with transaction.atomic():
        given = {key: value for key, value in policy.items() if value is not None}
        made = actions.found_university(name, by=system(), short_name=short_name, email=email, mission=mission, **given)
        badges.create_key(made.unit, by=system())
        scale = governance.set_rubric(rubric.DEFAULT, by=system())
        person = actions.create_user(registrar, registrar_name, by=system())
        actions.give_role(person, made.unit, Role.REGISTRAR, by=system())
    click.echo(f"{made.unit.name} is founded, at {settings.BASE_URL}.")
    click.echo(f"It has a signing key, rubric {scale.number} with {len(scale.criteria)} criteria, and this policy:")
    click.echo(f"  {_policy(made)}")
    click.echo(f"{person.name} is its registrar.")
    show_link(person, system())
    click.echo(NEXT.format(registrar=person.email, quorum=made.quorum))
    return 0


def _there(there: University, name: str) -> int:
    if there.unit.name != name.strip():
        raise WrongState(
            f"{there.unit.name} is founded here already.",
            mend="One installation is one university: give another one its own LAURELS_VAR, database and address.",
        )
    click.echo(f"{there.unit.name} is founded here already. Nothing was changed.")
    first = User.objects.filter(memberships__role=Role.REGISTRAR).order_by("pk").first()
    click.echo(NEXT.format(registrar=first.email if first else "REGISTRAR", quorum=there.quorum))
    return 0


def _policy(of: University) -> str:
    return (
        f"blocks of {of.block_minutes / 60:g} hours; levels {', '.join(of.levels)}; a quorum of {of.quorum}; "
        f"authority for {of.authority_months} months; days counted in {of.zone}"
    )
