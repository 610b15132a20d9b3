"""Doing what waits."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from laurels import clock
from laurels.jobs import handler, outbox, registry
from laurels.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def fail(payload, job):
    raise ValueError("the printer is on fire")


def test_it_does_what_is_due_in_order_and_says_how_much_that_was(handlers):
    seen = []
    handlers["test.work"] = lambda payload, job: seen.append(payload["n"])
    for n in range(3):
        outbox.put("test.work", {"n": n})
    assert outbox.run_pending(most=2) == 2
    assert seen == [0, 1]
    assert outbox.run_pending() == 1
    assert outbox.run_pending() == 0
    assert set(Job.objects.values_list("state", "lease")) == {(JobState.DONE, "")}


def test_it_tries_again_after_longer_and_longer_pauses_and_then_gives_up(handlers):
    handlers["test.work"] = fail
    moment, pauses = NOON, []
    with clock.pinned(NOON):
        outbox.put("test.work", {})
    while True:
        with clock.pinned(moment):
            assert outbox.run_pending() == 1
        job = Job.objects.get()
        if job.state == JobState.FAILED:
            break
        pauses.append((job.run_after - moment).total_seconds())
        with clock.pinned(job.run_after - timedelta(seconds=1)):
            assert outbox.run_pending() == 0
        moment = job.run_after
    assert pauses == [10, 20, 40, 80, 160]
    assert job.error == "ValueError: the printer is on fire"
    assert job.attempts == outbox.MOST_ATTEMPTS
    with clock.pinned(moment + timedelta(days=1)):
        assert outbox.run_pending() == 0


def test_it_writes_down_a_name_that_nobody_handles(handlers):
    outbox.put("test.nobody", {})
    outbox.run_pending()
    assert "No handler does the jobs 'test.nobody'" in Job.objects.get().error


def test_one_that_fails_holds_up_no_other(handlers):
    seen = []
    handlers["test.bad"] = fail
    handlers["test.good"] = lambda payload, job: seen.append("good")
    outbox.put("test.bad", {})
    outbox.put("test.good", {})
    assert outbox.run_pending() == 2
    assert seen == ["good"]


def test_it_shows_progress_while_it_runs(handlers):
    shown = []

    def work(payload, job):
        job.progress(3, 10)
        shown.append(Job.objects.values_list("done", "total", "state").get())

    handlers["test.work"] = work
    outbox.put("test.work", {})
    outbox.run_pending()
    assert shown == [(3, 10, JobState.RUNNING)]


def test_it_leaves_alone_what_another_worker_holds(handlers):
    handlers["test.work"] = lambda payload, job: pytest.fail("taken from its holder")
    with clock.pinned(NOON):
        outbox.put("test.work", {})
        held = outbox._claim()
        assert held.leased_until == NOON + timedelta(seconds=30)
    with clock.pinned(NOON + timedelta(seconds=29)):
        assert outbox.run_pending() == 0


def test_it_takes_over_what_a_dead_worker_held_and_the_dead_one_can_change_nothing(handlers):
    seen = []
    handlers["test.work"] = lambda payload, job: seen.append("done")
    with clock.pinned(NOON):
        outbox.put("test.work", {})
        held = outbox._claim()
        lease = outbox._Lease(held, None)
    with clock.pinned(NOON + timedelta(seconds=31)):
        assert outbox.run_pending() == 1
        with pytest.raises(outbox.LeaseLost):
            lease.progress(1, 2)
        outbox._settle(held, JobState.FAILED, error="from the grave")
    assert seen == ["done"]
    assert Job.objects.values_list("state", "error", "done").get() == (JobState.DONE, "", 0)


def test_a_heartbeat_keeps_the_lease(handlers):
    with clock.pinned(NOON):
        outbox.put("test.work", {})
        lease = outbox._Lease(outbox._claim(), None)
    with clock.pinned(NOON + timedelta(seconds=25)):
        lease.heartbeat()
    with clock.pinned(NOON + timedelta(seconds=50)):
        assert outbox._claim() is None


def test_one_that_kills_its_worker_each_time_is_given_up(handlers):
    moment = NOON
    with clock.pinned(NOON):
        outbox.put("test.work", {})
    for _ in range(outbox.MOST_ATTEMPTS):
        with clock.pinned(moment):
            assert outbox._claim() is not None
        moment += timedelta(minutes=1)
    with clock.pinned(moment):
        assert outbox.run_pending() == 0
    job = Job.objects.get()
    assert job.state == JobState.FAILED
    assert "died" in job.error


def test_one_that_gets_further_each_time_is_never_given_up(handlers):
    moment = NOON
    with clock.pinned(NOON):
        outbox.put("test.work", {})
    for step in range(1, 3 * outbox.MOST_ATTEMPTS):
        with clock.pinned(moment):
            outbox._Lease(outbox._claim(), None).progress(step, 100)
        moment += timedelta(minutes=1)
    assert Job.objects.get().state == JobState.RUNNING


def test_told_to_stop_it_hands_the_job_back(handlers):
    stop = threading.Event()
    seen = []

    def work(payload, job):
        for step in range(10):
            seen.append(step)
            job.progress(step, 10)
            stop.set()

    handlers["test.work"] = work
    outbox.put("test.work", {})
    assert outbox.run_pending(stop=stop) == 1
    assert seen == [0, 1]
    assert Job.objects.values_list("state", "attempts", "lease").get() == (JobState.WAITING, 0, "")


def test_a_name_has_one_handler(handlers):
    handler("test.work")(fail)
    handler("test.work")(fail)
    with pytest.raises(LookupError, match="Two handlers"):
        handler("test.work")(lambda payload, job: None)
    assert registry.handler_of("test.work") is fail


def test_it_forgets_what_was_done_long_ago(handlers):
    handlers["test.work"] = lambda payload, job: None
    with clock.pinned(NOON):
        outbox.put("test.work", {})
        outbox.run_pending()
        outbox.put("test.work", {})
    with clock.pinned(NOON + timedelta(days=29)):
        assert outbox.sweep() == 0
    with clock.pinned(NOON + timedelta(days=31)):
        assert outbox.sweep() == 1
    assert Job.objects.get().state == JobState.WAITING
