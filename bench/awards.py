"""One award, and a roster beside a site that answers: what the database sees, and how long it takes."""

import datetime
import statistics
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import served
from laurels import clock
from laurels.awards import actions
from laurels.awards.basis import Basis, attestation
from laurels.awards.models import Award, Roster, RosterState
from laurels.badges import addresses
from laurels.badges.models import Badge, BadgeState
from laurels.catalogue.models import Version
from laurels.cli import database
from laurels.cli.demonstration import founding, governing, timeline
from laurels.jobs import outbox
from laurels.jobs.models import Job, JobState
from laurels.people.models import User
from laurels.people.system import university

TITLE = "Whole-Food Cooking Foundations"
MOST_STATEMENTS = 12
IDLE_SECONDS = 10


def prepare() -> None:
    """The sample university with its approved micro-credentials, and no award."""
    settings.DEBUG = False
    database.prepare()
    for _ in timeline.unfold([*founding.events(), *governing.events()]):
        pass
    outbox.run_pending()


def version() -> Version:
    """What is awarded."""
    found = governing.version(TITLE)
    return Version.objects.select_related("micro_credential__unit").get(pk=found.pk)


def lead() -> User:
    """Who awards it."""
    return founding.user("lead.food-as-medicine")


def one_award(times: int) -> Iterator[tuple[str, str]]:
    """Grant one award again and again, the first of the unit among them, then do the work that each leaves."""
    statements, seconds, signing, by = [], [], [], lead()
    for number in range(times):
        given = _completion(number)
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            actions.grant_award(*given, by=by)
            seconds.append(time.perf_counter() - start)
        statements.append(len(captured))
        start = time.perf_counter()
        outbox.run_pending()
        signing.append(time.perf_counter() - start)
    if max(statements) > MOST_STATEMENTS:
        raise SystemExit(f"One award takes {max(statements)} statements; {MOST_STATEMENTS} is the most.")
    live = Badge.objects.filter(state=BadgeState.LIVE).count()
    if live != times:
        raise SystemExit(f"{live} of {times} badges are live.")
    yield "one award: statements in the request, at most", str(max(statements))
    yield "one award: time in the request, median", f"{statistics.median(seconds) * 1000:.1f} ms"
    yield "one award: signing, checking, storing in the job, median", f"{statistics.median(signing) * 1000:.1f} ms"


def _completion(number: int) -> tuple[str, str, Version, Basis, datetime.date]:
    asked = version()
    basis = Basis(
        kind="roster",
        reference="bench",
        minutes=asked.minutes,
        informal_minutes=0,
        levels={str(one.key): one.level for one in asked.competencies.all()},
        evidence=(),
        attested_by=str(lead().pk),
        attestation=attestation(asked),
    )
    day = clock.today(university().zone) - datetime.timedelta(days=2)
    return f"single{number}@example.org", f"Single {number}", asked, basis, day


def counted(content: bytes, count: int) -> Iterator[tuple[str, str]]:
    """A roster in this process, where its statements can be counted; the letters to the holders apart."""
    confirmed(content, count)
    awarding, letters = _Counter(), _Counter()  # Django itself remembers the last 9,000 queries alone
    with connection.execute_wrapper(awarding):
        while Job.objects.filter(name__startswith="awards.", state=JobState.WAITING).exists():
            outbox.run_pending(most=1)
    with connection.execute_wrapper(letters):
        outbox.run_pending()
    refuse_unfinished(count)
    yield f"roster of {count}: statements an award (reads and writes)", f"{awarding.queries / count:.3f}"
    yield f"roster of {count}: statements to send a letter", f"{letters.queries / count:.2f}"


def while_served(content: bytes, count: int) -> Iterator[tuple[str, str]]:
    """A roster done by the served site's own worker, while a visitor asks the site for its pages all the time."""
    badge = Badge.objects.filter(state=BadgeState.LIVE).latest("created_at").pk
    pages = {
        "catalogue": served.Page("/", TITLE),
        "badge page": served.Page(addresses.badge(badge), TITLE),
        "ob3.json": served.Page(addresses.ob3(badge), "DataIntegrityProof"),
        "verify page, a badge verified": served.Page(
            "/verify", TITLE, {"text": addresses.absolute(addresses.ob3(badge))}
        ),
    }
    with served.serving() as site:
        site.visit(pages, lambda: True)  # what is loaded once is loaded now
        end = time.monotonic() + IDLE_SECONDS
        idle = site.visit(pages, lambda: time.monotonic() > end)
        start = time.perf_counter()
        asked = confirmed(content, count)
        yield f"roster of {count}: dry run and confirmation", f"{time.perf_counter() - start:.1f} s"
        start = time.perf_counter()
        busy = site.visit(pages, lambda: _is_done(asked))
        seconds = time.perf_counter() - start
        memory = site.memory_of_worker()
    refuse_unfinished(count, asked)
    yield (
        f"roster of {count}: awarded, signed, stored while the site answers",
        f"{seconds:.0f} s ({count / seconds:.0f} a second)",
    )
    yield f"roster of {count}: peak memory of the worker", memory
    for name in pages:
        yield f"idle site: {name}", idle[name].said()
        yield f"while the roster runs: {name}", busy[name].said(idle[name])


def confirmed(content: bytes, count: int) -> Roster:
    """The roster after its dry run and its attestation: from here on it is the worker's."""
    checked: Roster = actions.check_roster(version(), "bench.csv", content, by=lead())
    good = checked.rows.filter(problem="").count()
    if good != count:
        raise SystemExit(f"{good} of {count} rows are good.")
    return actions.confirm_roster(checked, attestation(version()), by=lead())


def _is_done(roster: Roster) -> bool:
    """Whether each award of the roster is made, and its badge is there for everybody."""
    if Job.objects.filter(name__startswith="awards.", state=JobState.FAILED).exists():
        raise SystemExit("A job of the roster failed.")
    done = Roster.objects.filter(pk=roster.pk, state=RosterState.DONE).exists()
    return done and not Badge.objects.filter(state=BadgeState.SIGNING).exists()


def refuse_unfinished(count: int, roster: Roster | None = None) -> None:
    """End with a message unless every row of the (newest) roster became an award with a badge that is there."""
    asked = roster or Roster.objects.latest("confirmed_at")
    awards = Award.objects.filter(roster_row__roster=asked)
    live = awards.filter(badge__state=BadgeState.LIVE).count()
    if (awards.count(), live) != (count, count):
        raise SystemExit(f"{awards.count()} of {count} rows were awarded, {live} badges are live.")


class _Counter:
    """Counts what goes to the database."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.queries += 1
        return execute(sql, params, many, context)
