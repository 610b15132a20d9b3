"""`laurels keys`: which unit signs with which key, and giving one a new key."""

import click

from laurels.badges import actions
from laurels.badges.models import SigningKey
from laurels.cli import database, units
from laurels.cli.accounts import account


def run(unit: str | None, by: str | None) -> int:
    """List all keys, or rotate the key of one unit."""
    database.prepare()
    if unit is not None and by is not None:
        key = actions.rotate_key(units.named(unit), by=account(by))
        click.echo(f"{key.unit.name} signs with key {key.number} from now on. The old keys stay in its DID document.")
        return 0
    for key in SigningKey.objects.select_related("unit"):
        slug = key.unit.slug or units.UNIVERSITY
        click.echo(f"{slug:<32} {key.number:>3}  {key.state:<12} {key.created_at:%Y-%m-%d}  {key.public}")
    return 0
