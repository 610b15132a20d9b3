"""The outbox: put work in, in the transaction that causes it; take it out by a lease that lapses when its holder dies.

waiting → running → done, or back to waiting after a pause, or failed after the most attempts. Every step is one
conditional update (compare-and-set), so that any number of workers may try at once.
"""

import logging
import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, PositiveIntegerField, Q, When

from laurels import clock
from laurels.jobs.models import Job, JobState
from laurels.jobs.registry import daily_names, handler_of

MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
KEEP = timedelta(days=30)

logger = logging.getLogger(__name__)


class Stop(Protocol):
    """What tells a worker to end: an event of this process, or of several."""

    def is_set(self) -> bool:
        """Whether it is time."""
        ...


class LeaseLost(Exception):
    """The lease lapsed and another worker took the job over."""


class HandedBack(Exception):
    """The worker has to stop: the job waits again, and goes on with the next worker."""


@transaction.atomic(savepoint=False)
def put(name: str, payload: Mapping[str, object], *, key: str | None = None, after: datetime | None = None) -> Job:
    """Leave work to do later, from a moment on; it exists only if the caller's transaction is committed.

    A key names a piece of work, and there is one row for each. Put again: while it waits, it stays one job, with the
    newest payload; while it runs, it runs once more afterwards; done or failed, it waits again.
    """
    job = Job(key=key, name=name, payload=dict(payload), run_after=after or clock.now(), created_at=clock.now())
    if key is None:
        job.save(force_insert=True)
        _announce([job])
        return job
    values = {"name": name, "payload": job.payload, "run_after": job.run_after, "created_at": job.created_at}
    held, is_new = Job.objects.select_for_update().get_or_create(key=key, defaults=values)
    if is_new:
        _announce([held])
        return held
    held.payload = job.payload
    if held.state == JobState.RUNNING:
        held.again = True
    else:
        held.state, held.run_after, held.finished_at = JobState.WAITING, job.run_after, None
        held.attempts, held.done, held.total, held.error = 0, 0, 0, ""
    held.save()
    _announce([held])
    return held


@transaction.atomic(savepoint=False)
def put_many(name: str, payloads: Iterable[Mapping[str, object]]) -> None:
    """Leave many pieces of work of one kind, each a job of its own, by as few statements as there can be."""
    now = clock.now()
    put = Job.objects.bulk_create(
        Job(name=name, payload=dict(payload), run_after=now, created_at=now) for payload in payloads
    )
    _announce(put)


def begin_day() -> list[str]:
    """Leave what is done each day, once for this day (UTC), however often it is called; return the names."""
    day = clock.now().date().isoformat()
    begun = [name for name in daily_names() if not Job.objects.filter(key=f"{name}:{day}").exists()]
    for name in begun:
        put(name, {"day": day}, key=f"{name}:{day}")
    return begun


def run_pending(*, most: int | None = None, stop: Stop | None = None) -> int:
    """Do what is due, one job after the other, in this process; return how many were tried.

    It ends when nothing is due, when `most` were tried, or when the stop is set.
    """
    tried = 0
    while (most is None or tried < most) and not (stop and stop.is_set()):
        job = _claim()
        if job is None:
            break
        _do(job, stop)
        tried += 1
    return tried


def run_one(key: int, *, stop: Stop | None = None) -> bool:
    """Do this job, and anew when it was put again meanwhile; tell whether it was to be done."""
    tried = False
    while not (stop and stop.is_set()) and (job := _claim(pk=key)):
        _do(job, stop)
        tried = True
    return tried


def overdue(since: timedelta, most: int) -> list[int]:
    """The jobs that nobody has begun (or goes on with) for so long although they are due, the oldest first."""
    return list(
        Job.objects.filter(_is_due(clock.now() - since)).order_by("run_after", "pk").values_list("pk", flat=True)[:most]
    )


def revive(keys: Collection[int] | None = None) -> list[int]:
    """Let work that was given up be tried anew, from the beginning: these jobs, or all; return their keys."""
    failed = Job.objects.filter(state=JobState.FAILED)
    if keys is not None:
        failed = failed.filter(pk__in=keys)
    fresh = {"attempts": 0, "done": 0, "total": 0, "error": "", "finished_at": None}
    chosen = failed.order_by("pk").values_list("pk", flat=True)
    return [
        key
        for key in chosen
        if failed.filter(pk=key).update(state=JobState.WAITING, run_after=clock.now(), **fresh) == 1
    ]


def sweep() -> int:
    """Forget what was done long ago; return how many jobs that were."""
    gone, _ = Job.objects.filter(state=JobState.DONE, finished_at__lt=clock.now() - KEEP).delete()
    return gone


class _Lease:
    """The holder's side of a job that is being done (registry.Running)."""

    def __init__(self, job: Job, stop: Stop | None) -> None:
        self._job = job
        self._stop = stop

    def progress(self, done: int, total: int) -> None:
        # Work that gets further is not the work that fails again and again: its attempts count from here.
        attempts = Case(When(done__lt=done, then=1), default=F("attempts"), output_field=PositiveIntegerField())
        self._extend(done=done, total=total, attempts=attempts)

    def heartbeat(self) -> None:
        self._extend()

    def _extend(self, **values: object) -> None:
        if self._stop and self._stop.is_set():
            raise HandedBack
        mine = Job.objects.filter(pk=self._job.pk, state=JobState.RUNNING, lease=self._job.lease)
        if not mine.update(leased_until=_lease_end(), **values):
            raise LeaseLost


def _announce(jobs: Iterable[Job]) -> None:
    """Tell the broker, where there is one, of jobs that are due; a message that is lost is made up for by a sweep."""
    if settings.BROKER_URL:
        now = clock.now()
        keys = [job.pk for job in jobs if job.run_after <= now]
        broker = import_module("laurels.jobs.broker")  # needs Celery, which not everybody has
        transaction.on_commit(partial(broker.announce, keys))


def _is_due(now: datetime) -> Q:
    return Q(state=JobState.WAITING, run_after__lte=now) | Q(state=JobState.RUNNING, leased_until__lt=now)


def _claim(**only: int) -> Job | None:
    """Take a job that is due: one that waits, or one whose holder died."""
    now = clock.now()
    is_due = _is_due(now)
    for job in Job.objects.filter(is_due, **only).order_by("run_after", "pk")[:20]:
        if job.state == JobState.RUNNING and job.attempts >= MOST_ATTEMPTS:
            _settle(job, JobState.FAILED, error="Its worker died each time that it was tried.", finished_at=now)
            continue
        lease = secrets.token_hex(16)
        taken = Job.objects.filter(is_due, pk=job.pk, lease=job.lease).update(
            state=JobState.RUNNING, lease=lease, leased_until=_lease_end(), attempts=F("attempts") + 1
        )
        if taken:
            job.refresh_from_db()
            return job
    return None


def _do(job: Job, stop: Stop | None) -> None:
    try:
        handler_of(job.name)(job.payload, _Lease(job, stop))
    except HandedBack:
        _settle(job, JobState.WAITING, attempts=F("attempts") - 1)
    except LeaseLost:
        logger.warning("Job %s (%s) was taken over by another worker.", job.pk, job.name)
    except Exception as error:  # whatever a handler raises is written down and tried again
        logger.exception("Job %s (%s) failed.", job.pk, job.name)
        _try_later(job, f"{type(error).__name__}: {error}"[:2000])
    else:
        _settle(job, JobState.DONE, error="", finished_at=clock.now())


def _try_later(job: Job, words: str) -> None:
    job.refresh_from_db(fields=["attempts"])
    if job.attempts >= MOST_ATTEMPTS:
        _settle(job, JobState.FAILED, error=words, finished_at=clock.now())
    else:
        pause = min(FIRST_PAUSE * 2 ** (job.attempts - 1), LONGEST_PAUSE)
        _settle(job, JobState.WAITING, error=words, run_after=clock.now() + pause)


def _settle(job: Job, state: JobState, **values: Any) -> None:
    """End the run, unless the lease was lost. What was put again meanwhile waits, from the beginning."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease=job.lease)
    free: dict[str, Any] = {"lease": "", "leased_until": None}
    if not mine.filter(again=False).update(state=state, **values, **free):
        mine.update(state=JobState.WAITING, again=False, attempts=0, done=0, total=0, **free)


def _lease_end() -> datetime:
    return clock.now() + timedelta(seconds=settings.LEASE_SECONDS)
