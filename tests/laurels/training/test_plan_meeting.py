"""One dated sitting is planned."""

import datetime

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from tests.laurels.training.plans import given_meeting, opened


def test_its_local_times_are_moments_in_the_offerings_zone(room):
    meeting = actions.plan_meeting(opened(room), given_meeting(minutes=150, what=" Soups "), by=room.instructor)
    assert meeting.starts_at == datetime.datetime(2026, 11, 24, 2, tzinfo=datetime.UTC)
    assert (meeting.minutes, meeting.what) == (150, "Soups")


def test_without_minutes_all_of_it_is_training(room):
    assert actions.plan_meeting(opened(room), given_meeting(), by=room.lead).minutes == 180


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"days": 90}, "day"),
        ({"minutes": 200}, "minutes"),
        ({"minutes": 100}, "minutes"),
        ({"what": " "}, "what"),
        ({"kind": "magic"}, "kind"),
        ({"place": "x" * 201}, "place"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(room, given, field):
    with pytest.raises(Invalid) as refused:
        actions.plan_meeting(opened(room), given_meeting(**given), by=room.lead)
    assert list(refused.value.fields) == [field]


def test_no_two_of_one_offering_at_once(room):
    offering = opened(room)
    first = actions.plan_meeting(offering, given_meeting(), by=room.lead)
    with pytest.raises(Invalid, match="“Soups” meets on 23 November 2026 from 18:00, in the same hours"):
        actions.plan_meeting(offering, given_meeting(starts=20, ends=22), by=room.lead)
    actions.cancel_meeting(first, "Snow.", by=room.lead)
    assert actions.plan_meeting(offering, given_meeting(starts=20, ends=22), by=room.lead).minutes == 120


def test_not_in_a_closed_offering(room):
    offering = actions.cancel_offering(opened(room), "Snow.", by=room.lead)
    with pytest.raises(WrongState, match="nothing more is planned"):
        actions.plan_meeting(offering, given_meeting(), by=room.lead)


def test_it_is_for_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.plan_meeting(opened(room), given_meeting(), by=room.learner)
