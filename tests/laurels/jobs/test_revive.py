"""Trying anew what was given up."""

import pytest

from laurels import clock
from laurels.jobs import outbox
from laurels.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db


def given_up(handlers, count=1):
    def fail(payload, job):
        raise ValueError("the key is locked away")

    handlers["test.work"] = fail
    for n in range(count):
        outbox.put("test.work", {"n": n})
    while Job.objects.filter(state=JobState.WAITING).exists():
        with clock.pinned(Job.objects.filter(state=JobState.WAITING).latest("run_after").run_after):
            outbox.run_pending()
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.FAILED}


def test_it_is_tried_from_the_beginning_and_done_when_its_cause_is_gone(handlers):
    given_up(handlers)
    job = Job.objects.get()
    assert outbox.revive() == [job.pk]
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error, job.finished_at) == (JobState.WAITING, 0, "", None)
    seen = []
    handlers["test.work"] = lambda payload, job: seen.append(payload["n"])
    assert outbox.run_pending() == 1
    assert seen == [0]
    assert Job.objects.get().state == JobState.DONE


def test_only_what_is_named_and_only_what_failed(handlers):
    given_up(handlers, 3)
    first, second, third = Job.objects.order_by("pk").values_list("pk", flat=True)
    assert outbox.revive([second]) == [second]
    assert outbox.revive([second]) == []
    assert outbox.revive([]) == []
    assert outbox.revive() == [first, third]
    assert outbox.revive() == []
