"""Warning a unit that its issuing authority is near its end."""

from datetime import UTC, date, datetime, timedelta

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.governance import actions
from laurels.governance.models import IssuingAuthority
from laurels.jobs import outbox
from laurels.jobs.models import Job, JobState
from laurels.people.system import system
from tests.laurels.governance.road import MORNING, Road

pytestmark = pytest.mark.django_db
LAST = datetime(2030, 4, 30, 12, tzinfo=UTC)
HANDLER = "governance.authority_ends"


@pytest.fixture
def road():
    with clock.pinned(MORNING):
        road = Road()
        road.authority()
    return road


def warnings(road):
    news = [job.payload for job in Job.objects.filter(name="mail.send") if job.payload["to"] == road.lead.email]
    return [one for one in news if "ends on 30 April 2030" in one["subject"]]


def test_three_warnings_are_planned_with_the_approval(road):
    planned = Job.objects.filter(name=HANDLER).order_by("run_after")
    assert [job.run_after.date() for job in planned] == [date(2030, 1, 30), date(2030, 3, 31), date(2030, 4, 23)]


def test_each_goes_out_in_its_time_once(road):
    for days, count in ((91, 0), (90, 1), (60, 1), (30, 2), (7, 3), (0, 3)):
        with clock.pinned(LAST - timedelta(days=days)):
            outbox.run_pending()
            assert len(warnings(road)) == count
    assert Entry.objects.filter(verb="authority's end announced").count() == 3
    assert not Job.objects.filter(name=HANDLER).exclude(state=JobState.DONE).exists()


def test_what_went_out_is_neither_repeated_nor_followed_by_an_earlier_one(road):
    with clock.pinned(LAST - timedelta(days=5)):
        assert actions.warn_of_end(IssuingAuthority.objects.get(), 7, by=system())
        assert not actions.warn_of_end(IssuingAuthority.objects.get(), 30, by=system())
        assert not actions.warn_of_end(IssuingAuthority.objects.get(), 7, by=system())
    assert len(warnings(road)) == 1


def test_nobody_is_warned_of_an_end_that_a_later_term_follows(road):
    with clock.pinned(LAST - timedelta(days=200)):
        del road.application
        road.authority()
    with clock.pinned(LAST - timedelta(days=80)):
        assert not actions.warn_of_end(IssuingAuthority.objects.order_by("pk")[0], 90, by=system())
    assert warnings(road) == []


def test_nobody_is_warned_of_what_has_ended(road):
    with clock.pinned(LAST + timedelta(days=2)):
        assert not actions.warn_of_end(IssuingAuthority.objects.get(), 7, by=system())


def test_a_short_term_has_only_the_warnings_that_lie_ahead():
    with clock.pinned(MORNING):
        Road().authority(valid_until=date(2027, 6, 15))
    assert sorted(job.payload["days"] for job in Job.objects.filter(name=HANDLER)) == [7, 30]
