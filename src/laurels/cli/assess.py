"""`laurels assess FILE`: results of assessments from a table, with a dry run of every row."""

from collections.abc import Iterator
from pathlib import Path

import click
from django.db import transaction
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from laurels.cli import database
from laurels.cli.accounts import account
from laurels.errors import Invalid, Refused
from laurels.people.models import User
from laurels.training import actions, results
from laurels.training.results import Result, Row

SHOWN = 200


def run(file: Path, by: str, yes: bool) -> int:
    """Check every row as if it were stored, show the verdicts, ask, store the good ones."""
    database.prepare()
    actor = account(by)
    rows = results.read(file.read_bytes())
    problems = dict(_dry_run(rows, actor))
    good = [row for row in rows if row.line not in problems]
    _show(file.name, rows, problems)
    if not good:
        click.echo("No row can be stored: nothing was done.", err=True)
        return 1
    if not yes:
        click.confirm(f"Do you, {actor.name}, assess these {len(good)} competencies as stated?", abort=True)
    late = dict(_store(good, actor))
    for line, words in late.items():
        click.echo(f"Line {line}: {words}", err=True)
    click.echo(f"{len(good) - len(late)} of {len(rows)} rows were stored.")
    return 0 if not late and not problems else 1


def _dry_run(rows: list[Row], by: User) -> Iterator[tuple[int, str]]:
    """What is wrong, by line: each row is stored and taken back, as only storing it asks everything."""
    seen: dict[tuple[object, object], int] = {}
    for row in rows:
        try:
            found = results.result_of(row, by)
            key = (found.enrolment.pk, found.competency.pk)
            if key in seen:
                raise Invalid(f"Line {seen[key]} has a verdict on this competency already.")
            seen[key] = row.line
            with transaction.atomic():
                _assess(found, by)
                transaction.set_rollback(True)
        except Refused as refused:
            yield row.line, _words(refused)


def _store(rows: list[Row], by: User) -> Iterator[tuple[int, str]]:
    for row in rows:
        try:
            _assess(results.result_of(row, by), by)
        except Refused as refused:
            yield row.line, _words(refused)


def _assess(found: Result, by: User) -> None:
    actions.assess(found.enrolment, found.competency, found.verdict, found.evidence, by=by)


def _words(refused: Refused) -> str:
    fields = refused.fields if isinstance(refused, Invalid) else {}
    said = [words for messages in fields.values() for words in messages]
    return " ".join(said or [part for part in (refused.message, refused.mend) if part])


def _show(name: str, rows: list[Row], problems: dict[int, str]) -> None:
    table = Table(title=f"{name}: {len(rows) - len(problems)} of {len(rows)} rows can be stored", title_justify="left")
    for heading in ("line", "enrolment", "competency", "level", "verdict"):
        table.add_column(heading)
    shown = [row for row in rows if row.line in problems][:SHOWN]
    shown += [row for row in rows if row.line not in problems][:SHOWN]
    for row in sorted(shown, key=lambda row: row.line):
        cells = (str(row.line), row.who, row.cell("competency"), row.cell("level") or "not yet")
        problem = problems.get(row.line)
        table.add_row(*map(escape, cells), f"[red]{escape(problem)}" if problem else "[green]good")
    console = Console()
    console.print(table)
    if len(shown) < len(rows):
        console.print(f"… and {len(rows) - len(shown)} more.")
