"""`laurels check`: is everything in order? One line each: what, and when it is not in order, how to mend it."""

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

import click
from django.conf import settings
from django.db import DatabaseError

from laurels import clock
from laurels.badges import addresses
from laurels.badges.models import Badge, BadgeState, Document, KeyState, Origin, SigningKey, StatusList
from laurels.badges.verification import verify_badge
from laurels.cli import database
from laurels.errors import Refused
from laurels.jobs.models import Job, JobState
from laurels.people.models import Unit, University
from laurels.training import sweeping

STALE = timedelta(hours=25)
LATE = timedelta(minutes=10)
DOCUMENTS = 5000


def run(badges: int) -> int:
    """Ask every question; the status is 1 when anything is not in order."""
    questions: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        ("settings", _settings),
        ("database", _database),
        ("university", _university),
        ("keys", _keys),
        ("jobs", _jobs),
        ("status lists", _status_lists),
        ("documents", _documents),
        ("evidence", _evidence),
        ("badges", lambda: _badges(badges)),
    )
    wrong = 0
    for name, ask in questions:
        try:
            found = list(ask())
        except (DatabaseError, Refused) as error:
            found = [str(error)]
        wrong += len(found)
        click.echo(f"{'✗' if found else '✓'} {name}")
        for words in found:
            click.echo(f"    {words}")
        if name == "database" and found:
            return 1
    click.echo("Everything is in order." if not wrong else f"{wrong} things need you.")
    return 1 if wrong else 0


def _settings() -> Iterator[str]:
    """Unsafe settings do not start at all; here is what can only be asked later."""
    recorded = Origin.objects.first() if not database.waiting() else None
    if recorded is not None and recorded.base_url != settings.BASE_URL:
        yield f"Badges were signed for {recorded.base_url}, and LAURELS_BASE_URL is {settings.BASE_URL}."
    key = settings.SECRET_KEY_FILE
    if key.exists() and key.stat().st_mode & 0o077:
        yield f"{key} can be read by others: chmod 600 it."


def _database() -> Iterator[str]:
    waiting = database.waiting()
    if waiting:
        yield f"{len(waiting)} migrations are not applied: `laurels serve` applies them. The first is {waiting[0]}."


def _university() -> Iterator[str]:
    if not University.objects.exists():
        yield "There is no university yet: `laurels found` founds it, `laurels demo` makes a sample."


def _keys() -> Iterator[str]:
    signing = set(SigningKey.objects.filter(state=KeyState.CURRENT).values_list("unit", flat=True))
    for unit in Unit.objects.filter(status_lists__isnull=False).distinct():
        if unit.pk not in signing:
            yield f"{unit.name} has badges and no current key: `laurels keys rotate {unit.slug or 'university'}`."
    for unit in Unit.objects.filter(signing_keys__isnull=False).distinct():
        if not Document.objects.filter(address=addresses.did_document(unit)).exists():
            yield f"{unit.name} has a key and no DID document: run `laurels worker`."


def _jobs() -> Iterator[str]:
    for job in Job.objects.filter(state=JobState.FAILED).order_by("pk")[:10]:
        yield f"Job {job.pk} ({job.name}) failed {job.attempts} times: {' '.join(job.error.split())}"
        yield f"    `laurels jobs retry {job.pk} --by ADDRESS` starts it anew."
    late = Job.objects.filter(state=JobState.WAITING, run_after__lt=clock.now() - LATE).count()
    if late:
        yield f"{late} jobs have waited for more than ten minutes: is `laurels worker` running?"


def _status_lists() -> Iterator[str]:
    for stale in StatusList.objects.exclude(signed_at__gt=clock.now() - STALE).select_related("unit"):
        yield f"Status list {stale.number} of {stale.unit.name} has run out: is `laurels worker` running?"


def _documents() -> Iterator[str]:
    for document in Document.objects.order_by("-pk")[:DOCUMENTS].iterator():
        if hashlib.sha256(bytes(document.body)).hexdigest() != document.sha256:
            yield f"The bytes at {document.address} are not those that were stored: take them from a backup."


def _evidence() -> Iterator[str]:
    found = sweeping.strays()
    for row in found.rows[:10]:
        yield f"The file of evidence {row} is gone: take it from a backup of {settings.EVIDENCE_ROOT}."
    if found.files:
        yield f"{len(found.files)} files of evidence belong to nobody: is `laurels worker` running? It sweeps daily."


def _badges(count: int) -> Iterator[str]:
    live = list(Badge.objects.filter(state=BadgeState.LIVE).values_list("pk", flat=True))
    for badge in random.sample(live, min(count, len(live))):
        for address in (addresses.ob3(badge), addresses.ob2(badge)):
            report = verify_badge(addresses.absolute(address))
            against = [f for f in report.findings if f.outcome == "failed" and f.check != "dates"]
            if against or report.verdict == "unknown":
                words = "; ".join(f"{finding.check}: {finding.message}" for finding in against) or "cannot be told"
                yield f"{addresses.absolute(address)}: {words}"
