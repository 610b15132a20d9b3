"""Leaving work in the outbox."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from laurels import clock
from laurels.jobs import outbox
from laurels.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def test_it_is_part_of_the_callers_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.put("test.work", {"n": 1})
        raise ZeroDivisionError
    assert not Job.objects.exists()


def test_it_waits_until_its_moment(handlers):
    seen = []
    handlers["test.work"] = lambda payload, job: seen.append(payload["n"])
    with clock.pinned(NOON):
        outbox.put("test.work", {"n": 1}, after=NOON + timedelta(minutes=5))
        assert outbox.run_pending() == 0
    with clock.pinned(NOON + timedelta(minutes=6)):
        assert outbox.run_pending() == 1
    assert seen == [1]


def test_a_key_keeps_one_job_with_the_newest_payload_while_it_waits(handlers):
    seen = []
    handlers["test.work"] = lambda payload, job: seen.append(payload["n"])
    first = outbox.put("test.work", {"n": 1}, key="list 7")
    assert outbox.put("test.work", {"n": 2}, key="list 7").pk == first.pk
    outbox.put("test.work", {"n": 3}, key="list 8")
    outbox.run_pending()
    assert seen == [2, 3]


def test_put_again_while_it_runs_it_runs_once_more(handlers):
    seen = []

    def work(payload, job):
        seen.append(payload["n"])
        job.progress(1, 1)
        if payload["n"] < 3:
            outbox.put("test.work", {"n": payload["n"] + 1}, key="list 7")
            assert Job.objects.get().state == JobState.RUNNING

    handlers["test.work"] = work
    outbox.put("test.work", {"n": 1}, key="list 7")
    assert outbox.run_pending() == 3
    assert seen == [1, 2, 3]
    assert Job.objects.get().state == JobState.DONE


def test_put_again_when_it_was_done_it_waits_from_the_beginning(handlers):
    seen = []
    handlers["test.work"] = lambda payload, job: (seen.append(payload["n"]), job.progress(4, 4))
    outbox.put("test.work", {"n": 1}, key="list 7")
    outbox.run_pending()
    job = outbox.put("test.work", {"n": 2}, key="list 7")
    assert (job.state, job.done, job.finished_at) == (JobState.WAITING, 0, None)
    outbox.run_pending()
    assert seen == [1, 2]
