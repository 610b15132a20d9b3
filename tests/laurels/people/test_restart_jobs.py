"""Starting failed work anew."""

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.errors import Missing, NotAllowed
from laurels.jobs.models import Job, JobState
from laurels.people.actions import restart_jobs
from laurels.people.models import Role
from tests import factories

pytestmark = pytest.mark.django_db


def failed(**values):
    return Job.objects.create(
        name="awards.sign", state=JobState.FAILED, run_after=clock.now(), created_at=clock.now(), attempts=6, **values
    )


def test_all_of_it_waits_again_and_the_trace_names_it():
    registrar, jobs = factories.user(Role.REGISTRAR), [failed(), failed()]
    assert restart_jobs(by=registrar) == [job.pk for job in jobs]
    assert set(Job.objects.filter(name="awards.sign").values_list("state", "attempts")) == {(JobState.WAITING, 0)}
    entry = Entry.objects.get(verb="failed jobs started anew")
    assert (entry.actor, entry.detail) == (str(registrar.pk), {"jobs": [job.pk for job in jobs]})


def test_a_number_that_failed_not_is_refused_and_nothing_is_started():
    registrar, job = factories.user(Role.REGISTRAR), failed()
    with pytest.raises(Missing, match="No failed job has the number 999999"):
        restart_jobs([job.pk, 999_999], by=registrar)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not Entry.objects.filter(verb="failed jobs started anew").exists()


def test_it_is_for_the_registrar():
    failed()
    with pytest.raises(NotAllowed):
        restart_jobs(by=factories.user(Role.CHAIR))
