"""A weekly series keeps its time by the clock."""

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from laurels import clock
from laurels.errors import Invalid
from laurels.training import actions
from laurels.training.models import Meeting
from tests.laurels.training.class_room import ZONE
from tests.laurels.training.plans import given_meeting, opened

LONG = {"ends_on": datetime.date(2027, 11, 19)}


def test_six_o_clock_stays_six_o_clock_when_the_clocks_change(room):
    given = given_meeting(day=datetime.date(2027, 3, 3))
    meetings = actions.plan_meetings(opened(room, **LONG), given, 4, by=room.lead)
    local = [one.starts_at.astimezone(ZoneInfo(ZONE)) for one in meetings]
    assert [one.hour for one in local] == [18] * 4
    assert {one.utcoffset() for one in local} == {datetime.timedelta(hours=-8), datetime.timedelta(hours=-7)}
    assert local[1].date() - local[0].date() == datetime.timedelta(7)


def test_all_of_them_or_none(room):
    offering = opened(room, ends_on=clock.today(ZONE) + datetime.timedelta(15))
    with pytest.raises(Invalid, match="cannot be as it stands"):
        actions.plan_meetings(offering, given_meeting(), 3, by=room.lead)
    assert not Meeting.objects.filter(offering=offering).exists()


def test_a_week_in_which_the_clocks_skip_the_time_is_named(room):
    series = {"day": datetime.date(2027, 3, 7), "starts": datetime.time(2, 30), "ends": datetime.time(4)}
    given = replace(given_meeting(), **series)
    with pytest.raises(Invalid, match="On 2027-03-14 the clocks in America/Los_Angeles skip 02:30"):
        actions.plan_meetings(opened(room, **LONG), given, 2, by=room.lead)


@pytest.mark.parametrize("weeks", [0, -1, 54])
def test_so_many_weeks_and_no_more(room, weeks):
    with pytest.raises(Invalid) as refused:
        actions.plan_meetings(opened(room), given_meeting(), weeks, by=room.lead)
    assert list(refused.value.fields) == ["weeks"]
