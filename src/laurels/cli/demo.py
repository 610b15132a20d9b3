"""`laurels demo`: makes the sample university and shows what was done."""

import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from laurels import clock
from laurels.badges import actions as badges
from laurels.badges.models import StatusList
from laurels.catalogue.models import MicroCredential
from laurels.cli import database
from laurels.cli.demonstration import awarding, founding, governing, outcome, timeline
from laurels.cli.demonstration.sample import facts
from laurels.errors import Refused
from laurels.governance.models import Application, Decision
from laurels.jobs import outbox
from laurels.jobs.models import Job
from laurels.people.models import User
from laurels.people.system import system

FRESH = timedelta(hours=12)
MARKS = {"valid": "[green]valid", "invalid": "[red]not valid", "unknown": "[yellow]cannot be told"}


def run(as_json: bool) -> int:
    """Make what is not there yet, verify every badge, write demo.json, and show it all."""
    if settings.PRODUCTION:
        raise Refused("A demonstration is not made in production.", mend="Unset LAURELS_ENV.")
    progress_console = Console(stderr=True)
    database.prepare()
    everything = [*founding.events(), *governing.events(), *awarding.events()]
    with _progress(progress_console) as progress:
        task = progress.add_task("History", total=len(everything))
        for event in timeline.unfold(everything):
            progress.update(task, advance=1, description=event.label[:48])
        progress.update(task, description="History")
        _refresh()
        checking = progress.add_task("Verifying every badge", total=outcome.awards().count())
        judged = []
        for one in outcome.judged():
            judged.append(one)
            progress.advance(checking)
    path = outcome.write()
    if as_json:
        sys.stdout.write(path.read_text(encoding="utf-8"))
    else:
        _show(Console(width=None if sys.stdout.isatty() else 140), judged, path)
    troubles = list(Job.objects.exclude(error=""))
    for job in troubles:
        progress_console.print(f"Work that failed: {job.name} {job.payload}: {job.error}", style="red", markup=False)
    return 0 if judged and not troubles and all(one.as_expected for one in judged) else 1


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description:<50}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console)


def _refresh() -> None:
    """Status lists of the past have run out: they are signed anew, as the worker does every day."""
    if StatusList.objects.exclude(signed_at__gt=clock.now() - FRESH).exists():
        badges.sign_status_lists(by=system())
    outbox.run_pending()


def _show(console: Console, judged: list[outcome.Judged], path: Path) -> None:
    university = facts()["university"]
    console.rule(f"[bold]{university['name']}")
    console.print(university["note"], style="dim")
    console.print(_applications())
    console.print(_badges(judged))
    console.print(_places())
    wrong = [one for one in judged if not one.as_expected]
    states = Counter(one.state for one in judged)
    told = ", ".join(f"{count} {name}" for name, count in sorted(states.items()))
    console.print(f"{len(judged)} badges ({told}); {len(judged) - len(wrong)} with the verdict that they should have.")
    console.print(f"Addresses of all badges: {path}")


def _applications() -> Table:
    table = Table(title="Applications and decisions", title_justify="left")
    for heading in ("handed in", "unit", "application", "state", "decision", "on"):
        table.add_column(heading)
    decisions = {decision.application_id: decision for decision in Decision.objects.all()}
    for application in Application.objects.select_related("unit", "version").order_by("submitted_at", "pk"):
        decision = decisions.get(application.pk)
        what = application.version.title if application.version else "issuing authority"
        table.add_row(
            f"{application.submitted_at:%Y-%m-%d}" if application.submitted_at else "–",
            application.unit.name,
            what,
            application.state,
            decision.number if decision else "–",
            f"{decision.date}" if decision else "–",
        )
    return table


def _badges(judged: list[outcome.Judged]) -> Table:
    table = Table(title="Badges, as our verifier sees them", title_justify="left")
    for heading in ("awarded", "micro-credential", "to", "state", "2.0", "3.0"):
        table.add_column(heading)
    for one in judged:
        table.add_row(
            f"{one.award.granted_at:%Y-%m-%d}",
            f"{one.award.version.title} {one.award.version.number}",
            one.award.address.folded,
            one.state,
            *(MARKS[verdict] for verdict in one.verdicts),
        )
    return table


def _places() -> Table:
    table = Table(title="Where to click", title_justify="left", show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    base = settings.BASE_URL
    first = MicroCredential.objects.exclude(slug=None).order_by("pk").first()
    live = next((award for award in outcome.awards() if outcome.state(award) == "live"), None)
    table.add_row("Catalogue", f"{base}/")
    if first is not None:
        table.add_row("A micro-credential", f"{base}/micro-credentials/{first.slug}")
    if live is not None:
        table.add_row("A badge", outcome.public_addresses(live)["page"])
    for decision in Decision.objects.order_by("pk")[:1]:
        table.add_row("A decision", f"{base}/decisions/{decision.number}")
    table.add_row("Verify", f"{base}/verify")
    table.add_row("Sign in with one click", f"{base}/sign-in")
    for user in User.objects.filter(memberships__isnull=False).distinct().order_by("pk"):
        roles = ", ".join(f"{m.role} of {m.unit.name}" for m in user.memberships.select_related("unit"))
        table.add_row(f"  {user.email}", f"{user.name}: {roles}")
    return table
