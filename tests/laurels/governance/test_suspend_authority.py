"""Suspending an issuing authority."""

from datetime import date, timedelta

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance import actions
from laurels.governance.authority import in_force, standing_of
from laurels.governance.models import IssuingAuthority
from laurels.jobs.models import Job
from tests.laurels.governance.road import MORNING, Road

pytestmark = pytest.mark.django_db


@pytest.fixture
def road():
    with clock.pinned(MORNING):
        road = Road()
        road.authority()
        road.draft = road.version()
        yield road


def test_it_stops_everything_new_also_for_days_before(road):
    authority = IssuingAuthority.objects.get()
    actions.suspend_authority(authority, " A complaint is looked into. ", by=road.registrar)
    assert (authority.suspended_at, authority.suspension) == (MORNING, "A complaint is looked into.")
    for day in (date(2027, 5, 1), date(2028, 1, 1)):
        with pytest.raises(WrongState) as refused:
            in_force(road.unit, road.draft, day)
    assert refused.value.message == (
        "Food as Medicine Institute's issuing authority is suspended, so it cannot open offerings or make awards. "
        "Its earlier badges stay true."
    )
    assert standing_of(road.unit, date(2027, 5, 2)).state == "suspended"
    assert not standing_of(road.unit, date(2027, 5, 2)).may_issue
    assert Entry.objects.get(verb="authority suspended").detail == {"reason": "A complaint is looked into."}


def test_the_unit_hears_why(road):
    actions.suspend_authority(IssuingAuthority.objects.get(), "A complaint.", by=road.registrar)
    news = Job.objects.filter(name="mail.send").last().payload
    assert news["to"] == road.lead.email
    assert "A complaint." in news["body"]


@pytest.mark.parametrize("who", ["lead", "chair", "member"])
def test_it_is_for_the_registrar(road, who):
    with pytest.raises(NotAllowed, match="This is for the registrar of the university"):
        actions.suspend_authority(IssuingAuthority.objects.get(), "Why.", by=getattr(road, who))


def test_it_refuses_without_a_reason(road):
    with pytest.raises(Invalid, match="Say why"):
        actions.suspend_authority(IssuingAuthority.objects.get(), " ", by=road.registrar)


def test_it_refuses_a_second_time_and_keeps_the_first_reason(road):
    first, second = IssuingAuthority.objects.get(), IssuingAuthority.objects.get()
    actions.suspend_authority(first, "First.", by=road.registrar)
    with pytest.raises(WrongState, match="suspended already"):
        actions.suspend_authority(second, "Second.", by=road.registrar)
    assert IssuingAuthority.objects.get().suspension == "First."


def test_it_refuses_what_has_ended(road):
    with clock.pinned(MORNING + timedelta(days=1500)), pytest.raises(WrongState, match="ended on 30 April 2030"):
        actions.suspend_authority(IssuingAuthority.objects.get(), "Why.", by=road.registrar)
