"""Storing a signed status list: only the one that was made from the newest."""

from datetime import timedelta

import pytest

from laurels import clock
from laurels.badges.actions import open_badge, store_status_list
from laurels.badges.models import Document, StatusList
from laurels.jobs.models import Job
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened() -> StatusList:
    return open_badge(factories.unit(slug="kitchen"), by=system()).status_list


def test_it_is_served_under_its_address_and_signed_again_before_it_ends(opened: StatusList) -> None:
    now = clock.now()
    assert store_status_list(opened.pk, 0, b"{}", at=now, by=system())
    assert bytes(Document.objects.get(address="/units/kitchen/status/1").body) == b"{}"
    opened.refresh_from_db()
    assert (opened.revision, opened.signed_at) == (1, now)
    again = Job.objects.get(key=f"status-list:{opened.pk}:1")
    assert now + timedelta(hours=12) < again.run_after < now + timedelta(hours=24)


def test_one_that_was_made_from_an_older_revision_is_not_stored(opened: StatusList) -> None:
    assert store_status_list(opened.pk, 0, b"new", at=clock.now(), by=system())
    assert not store_status_list(opened.pk, 0, b"old", at=clock.now(), by=system())
    assert bytes(Document.objects.get(address="/units/kitchen/status/1").body) == b"new"
