"""`laurels unit`: open units and list them; and a unit as commands name it."""

import click
from django.db import transaction

from laurels.badges import actions as badges
from laurels.cli import database
from laurels.cli.accounts import account
from laurels.errors import Missing
from laurels.people import actions
from laurels.people.models import Unit

UNIVERSITY = "university"


def run(slug: str | None, name: str, email: str, description: str, by: str) -> int:
    """Open one unit with a signing key of its own; without a slug, list all."""
    database.prepare()
    if slug is None:
        for unit in Unit.objects.order_by("slug"):
            click.echo(f"{unit.slug or UNIVERSITY:<32} {unit.name}  {unit.email}")
        return 0
    actor = account(by)
    with transaction.atomic():
        unit = actions.open_unit(name, slug, email, description, by=actor)
        badges.create_key(unit, by=actor)
    click.echo(f"{unit.name} is open, with a signing key of its own.")
    click.echo(f"Now its lead: laurels person add ADDRESS NAME --role lead --unit {unit.slug} --by {actor.email}")
    return 0


def named(slug: str) -> Unit:
    """The unit with this slug; the university has a word of its own."""
    found = Unit.objects.filter(slug="" if slug == UNIVERSITY else slug).first()
    if found is None:
        raise Missing(f"There is no unit “{slug}”.", mend='Give a unit\'s slug, or "university".')
    return found
