"""An offering is cancelled, and nobody's hours are lost."""

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from laurels.training.models import EnrolmentState, OfferingState
from laurels.training.progress import progress_of
from tests import factories
from tests.laurels.training.plans import given_meeting, letter, letters, opened


def test_enrolments_and_hours_stay_and_learners_are_told_how_to_go_on(room):
    actions.confirm_hours([room.record(120)], by=room.instructor)
    offering = actions.cancel_offering(room.offering, "The kitchen burnt down.", by=room.lead)
    assert (offering.state, offering.state_words) == (OfferingState.CANCELLED, "The kitchen burnt down.")
    room.enrolment.refresh_from_db()
    assert room.enrolment.state == EnrolmentState.ENROLLED
    assert progress_of(room.enrolment).totals.confirmed == 120
    assert room.record(60).minutes == 60
    assert "The kitchen burnt down." in letter(room.learner)
    assert f"/learn/{room.enrolment.pk}" in letter(room.learner)


def test_coming_meetings_are_cancelled_and_recorded_ones_stay(room):
    coming = actions.plan_meeting(room.offering, given_meeting(), by=room.lead)
    actions.record_attendance(room.meeting, [room.enrolment], by=room.instructor)
    actions.cancel_offering(room.offering, "Snow.", by=room.lead)
    for one in (coming, room.meeting, room.later):
        one.refresh_from_db()
    assert coming.cancelled_at is not None
    assert (room.meeting.cancelled_at, room.later.cancelled_at) == (None, None)


def test_those_who_wait_or_were_invited_are_let_go(room):
    offering = opened(room, capacity=2)
    actions.enrol(offering, by=room.instructor)
    invited = actions.invite(offering, "guest@example.org", "Gil Guest", by=room.lead)
    waiting = actions.enrol(offering, by=factories.user())
    actions.cancel_offering(offering, "Snow.", by=room.lead)
    for one in (invited, waiting):
        one.refresh_from_db()
        assert one.state == EnrolmentState.WITHDRAWN
        assert letters(one.address.folded)[-1].startswith("Cancelled:")


def test_once(room):
    actions.cancel_offering(room.offering, "Snow.", by=room.lead)
    with pytest.raises(WrongState, match="cancelled already"):
        actions.cancel_offering(room.offering, "Snow.", by=room.lead)


def test_a_reason_is_asked_for(room):
    with pytest.raises(Invalid):
        actions.cancel_offering(room.offering, " ", by=room.lead)


def test_it_is_for_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.cancel_offering(room.offering, "Because.", by=room.learner)
