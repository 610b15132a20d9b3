"""Lifting a suspension."""

from datetime import date

import pytest

from laurels import clock
from laurels.errors import NotAllowed, WrongState
from laurels.governance import actions
from laurels.governance.authority import in_force
from laurels.governance.models import IssuingAuthority
from laurels.jobs.models import Job
from tests.laurels.governance.road import MORNING, Road

pytestmark = pytest.mark.django_db


@pytest.fixture
def road():
    with clock.pinned(MORNING):
        road = Road()
        actions.suspend_authority(road.authority(), "A complaint.", by=road.registrar)
        yield road


def test_the_authority_holds_again_until_the_end_of_its_term(road):
    authority = actions.lift_suspension(IssuingAuthority.objects.get(), by=road.registrar)
    assert (authority.suspended_at, authority.suspension) == (None, "")
    assert in_force(road.unit, road.version(), date(2030, 4, 30)).valid_until == date(2030, 4, 30)
    news = Job.objects.filter(name="mail.send").last().payload
    assert news["to"] == road.lead.email
    assert "until 30 April 2030" in news["body"]


def test_it_is_for_the_registrar(road):
    with pytest.raises(NotAllowed):
        actions.lift_suspension(IssuingAuthority.objects.get(), by=road.lead)


def test_it_refuses_what_is_not_suspended(road):
    stale = IssuingAuthority.objects.get()
    actions.lift_suspension(IssuingAuthority.objects.get(), by=road.registrar)
    with pytest.raises(WrongState, match="is not suspended"):
        actions.lift_suspension(stale, by=road.registrar)
