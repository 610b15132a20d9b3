"""`laurels award FILE`: a roster from the command line, with the dry run and the attestation of the page."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from laurels.awards import actions
from laurels.awards.basis import attestation
from laurels.awards.export import result_file
from laurels.awards.models import Roster, RosterState
from laurels.catalogue.models import Version, VersionState
from laurels.cli import database
from laurels.cli.accounts import account
from laurels.errors import Missing
from laurels.jobs import outbox

SHOWN = 200


def run(file: Path, version: str, by: str, yes: bool, result: Path | None) -> int:
    """Check every row, show the verdicts, ask for the attestation, award."""
    database.prepare()
    asked, actor = _version(version), account(by)
    roster = actions.check_roster(asked, file.name, file.read_bytes(), by=actor)
    good = _show(roster)
    if not good:
        click.echo("No row can be awarded: nothing was done.", err=True)
        return 1
    sentence = attestation(asked)
    click.echo(sentence)
    if not yes:
        click.confirm(f"Do you, {actor.name}, attest this and award {good} rows?", abort=True)
    actions.confirm_roster(roster, sentence, by=actor)
    _work(roster, good)
    if result is not None:
        result.write_bytes(result_file(roster))
    awarded = roster.rows.filter(award__isnull=False).count()
    click.echo(f"{awarded} of {good} rows were awarded.")
    return 0 if awarded == good else 1


def _version(text: str) -> Version:
    slug, _, number = text.partition("@")
    found = Version.objects.filter(micro_credential__slug=slug).exclude(state=VersionState.DRAFT)
    chosen = found.filter(number=number) if number else found.filter(state=VersionState.PUBLISHED)
    version = chosen.order_by("-pk").first()
    if version is None:
        raise Missing(f"There is no approved version “{text}”.", mend="Write it as SLUG or SLUG@1.0.0.")
    return version


def _show(roster: Roster) -> int:
    rows = list(roster.rows.all())
    good = sum(not row.problem for row in rows)
    table = Table(title=f"{roster.filename}: {good} of {len(rows)} rows can be awarded", title_justify="left")
    for heading in ("line", "address", "name", "verdict"):
        table.add_column(heading)
    shown = [row for row in rows if row.problem][:SHOWN] + [row for row in rows if not row.problem][:SHOWN]
    for row in sorted(shown, key=lambda row: row.line):
        table.add_row(str(row.line), row.address, row.name, f"[red]{row.problem}" if row.problem else "[green]good")
    console = Console()
    console.print(table)
    if len(shown) < len(rows):
        console.print(f"… and {len(rows) - len(shown)} more.")
    return good


def _work(roster: Roster, total: int) -> None:
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("Awarding and signing", total=total)
        while outbox.run_pending(most=1):
            progress.update(task, completed=roster.rows.filter(award__isnull=False).count())
    roster.refresh_from_db()
    if roster.state != RosterState.DONE:
        click.echo("Some of the work is left for the worker: `laurels worker` goes on with it.", err=True)
