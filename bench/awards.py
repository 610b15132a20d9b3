"""One award, and a roster: their queries and their time."""

import datetime
import statistics
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels import clock
from laurels.awards import actions
from laurels.awards.basis import Basis, attestation
from laurels.awards.models import Award, Roster
from laurels.badges.models import Badge, BadgeState
from laurels.catalogue.models import Version
from laurels.cli import database
from laurels.cli.demonstration import founding, governing, timeline
from laurels.jobs import outbox
from laurels.people.models import User
from laurels.people.system import university

TITLE = "Whole-Food Cooking Foundations"
MOST_QUERIES = 12
FRAMES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


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
    """Grant one award again and again, then do the work that each leaves."""
    queries, seconds, signing, by = [], [], [], lead()
    actions.grant_award(*_completion(times), by=by)  # the first one of a unit opens its status list
    outbox.run_pending()
    for number in range(times):
        given = _completion(number)
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            actions.grant_award(*given, by=by)
            seconds.append(time.perf_counter() - start)
        queries.append(sum(not query["sql"].startswith(FRAMES) for query in captured.captured_queries))
        start = time.perf_counter()
        outbox.run_pending()
        signing.append(time.perf_counter() - start)
    if max(queries) > MOST_QUERIES:
        raise SystemExit(f"One award takes {max(queries)} queries; {MOST_QUERIES} is the most.")
    live = Badge.objects.filter(state=BadgeState.LIVE).count()
    if live != times + 1:
        raise SystemExit(f"{live} of {times + 1} badges are live.")
    yield "one award: queries, at most", str(max(queries))
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


def roster(content: bytes, count: int) -> Iterator[tuple[str, str]]:
    """A whole roster: dry run, confirmation, awarding and signing."""
    before = Award.objects.count()
    start = time.perf_counter()
    checked: Roster = actions.check_roster(version(), "bench.csv", content, by=lead())
    yield f"roster of {count}: dry run", f"{time.perf_counter() - start:.1f} s"
    good = checked.rows.filter(problem="").count()
    if good != count:
        raise SystemExit(f"{good} of {count} rows are good.")
    actions.confirm_roster(checked, attestation(version()), by=lead())
    counted = _Counter()  # Django itself remembers the last 9,000 queries alone
    with connection.execute_wrapper(counted):
        start = time.perf_counter()
        outbox.run_pending()
        seconds = time.perf_counter() - start
    awarded = Award.objects.count() - before
    live = Award.objects.filter(badge__state=BadgeState.LIVE).count() - before
    if (awarded, live) != (count, count):
        raise SystemExit(f"{awarded} of {count} rows were awarded, {live} badges are live.")
    yield f"roster of {count}: awarding, signing, storing", f"{seconds:.1f} s ({count / seconds:.0f} a second)"
    yield f"roster of {count}: queries an award", f"{counted.queries / count:.2f}"


class _Counter:
    """Counts what goes to the database."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        self.queries += 1
        return execute(sql, params, many, context)
