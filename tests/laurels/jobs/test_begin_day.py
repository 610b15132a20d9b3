"""What is done each day, once a day."""

from datetime import UTC, datetime, timedelta

import pytest

from laurels import clock
from laurels.jobs import outbox, registry
from laurels.jobs.models import Job

pytestmark = pytest.mark.django_db

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def test_it_is_left_once_for_each_day(handlers, monkeypatch):
    monkeypatch.setattr(registry, "_daily", set())
    seen = []
    registry.daily("test.daily")(lambda payload, job: seen.append(payload["day"]))
    for moment in (NOON, NOON + timedelta(hours=1), NOON + timedelta(days=1)):
        with clock.pinned(moment):
            outbox.begin_day()
            outbox.run_pending()
    assert seen == ["2027-03-01", "2027-03-02"]


def test_what_is_not_done_each_day_is_not_left(handlers, monkeypatch):
    monkeypatch.setattr(registry, "_daily", {"test.gone"})
    handlers["test.work"] = lambda payload, job: None
    assert outbox.begin_day() == []
    assert not Job.objects.exists()
