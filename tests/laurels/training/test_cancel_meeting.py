"""A planned meeting is cancelled, and those enrolled are told why."""

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from tests.laurels.training.plans import given_meeting, letter


def test_those_enrolled_hear_why(room):
    meeting = actions.plan_meeting(room.offering, given_meeting(), by=room.lead)
    assert actions.cancel_meeting(meeting, "Snow.", by=room.instructor).cancelled_at is not None
    assert "Snow." in letter(room.learner)
    with pytest.raises(WrongState, match="cancelled already"):
        actions.cancel_meeting(meeting, "Snow.", by=room.lead)


def test_not_when_its_hours_are_in_the_ledger(room):
    actions.record_attendance(room.meeting, [room.enrolment], by=room.instructor)
    with pytest.raises(WrongState, match="the ledger rests on this meeting"):
        actions.cancel_meeting(room.meeting, "Snow.", by=room.lead)


def test_a_reason_is_asked_for(room):
    with pytest.raises(Invalid):
        actions.cancel_meeting(room.later, "", by=room.lead)


def test_it_is_for_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.cancel_meeting(room.later, "Snow.", by=room.learner)
