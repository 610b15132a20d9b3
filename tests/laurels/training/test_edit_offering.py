"""What an offering says of itself can change while it is open."""

import datetime

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from laurels.training.models import EnrolmentState
from tests import factories
from tests.laurels.training.plans import given_meeting, given_offering, letters, opened


def _place(enrolment):
    return (enrolment.state, enrolment.pk)


def test_it_changes(room):
    offering = actions.edit_offering(opened(room), given_offering(place="Garden", capacity=3), by=room.instructor)
    assert (offering.place, offering.capacity) == ("Garden", 3)


def test_more_seats_go_to_those_who_have_waited_longest(room):
    offering = opened(room, capacity=1)
    first, second, third = sorted((actions.enrol(offering, by=factories.user()) for _ in range(3)), key=_place)
    actions.edit_offering(offering, given_offering(capacity=2), by=room.lead)
    for one, state in ((first, "enrolled"), (second, "enrolled"), (third, "waiting")):
        one.refresh_from_db()
        assert one.state == EnrolmentState(state)
    assert letters(second.address.folded)[-1] == "You have a seat: Whole-Food Cooking"


def test_there_cannot_be_fewer_seats_than_are_taken(room):
    offering = opened(room, capacity=2)
    for _ in range(2):
        actions.enrol(offering, by=factories.user())
    with pytest.raises(Invalid, match="2 seats are taken"):
        actions.edit_offering(offering, given_offering(capacity=1), by=room.lead)


def test_no_planned_meeting_is_left_outside(room):
    offering = opened(room)
    meeting = actions.plan_meeting(offering, given_meeting(20), by=room.lead)
    early = given_offering(ends_on=given_offering().starts_on + datetime.timedelta(10))
    with pytest.raises(Invalid, match="A meeting would lie outside"):
        actions.edit_offering(offering, early, by=room.lead)
    actions.cancel_meeting(meeting, "Snow.", by=room.lead)
    assert actions.edit_offering(offering, early, by=room.lead).ends_on == early.ends_on


def test_the_zone_stays_once_meetings_are_planned(room):
    offering = opened(room)
    actions.plan_meeting(offering, given_meeting(), by=room.lead)
    with pytest.raises(Invalid, match="planned in this zone"):
        actions.edit_offering(offering, given_offering(zone="Europe/Berlin"), by=room.lead)


def test_a_closed_one_does_not_change(room):
    offering = actions.cancel_offering(opened(room), "Nobody came.", by=room.lead)
    with pytest.raises(WrongState, match="cancelled already"):
        actions.edit_offering(offering, given_offering(), by=room.lead)


def test_it_is_for_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.edit_offering(opened(room), given_offering(), by=room.learner)
