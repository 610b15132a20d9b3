"""An offering ends; learners under way go on."""

import datetime

import pytest

from laurels import clock
from laurels.errors import NotAllowed, WrongState
from laurels.training import actions
from laurels.training.models import EnrolmentState, OfferingState
from tests import factories
from tests.laurels.training.class_room import ZONE
from tests.laurels.training.plans import letters, opened


def test_on_its_last_day_it_can_end(room):
    offering = opened(room, ends_on=clock.today(ZONE), capacity=1)
    seated, waiting = (actions.enrol(offering, by=factories.user()) for _ in range(2))
    assert actions.end_offering(offering, by=room.instructor).state == OfferingState.ENDED
    seated.refresh_from_db()
    waiting.refresh_from_db()
    assert seated.state == EnrolmentState.ENROLLED
    assert (waiting.state, waiting.state_words) == (EnrolmentState.WITHDRAWN, "The offering ended.")
    assert letters(waiting.address.folded)[-1] == "Ended: Whole-Food Cooking"
    with pytest.raises(WrongState, match="ended already"):
        actions.end_offering(offering, by=room.lead)


def test_hours_can_be_recorded_afterwards(room):
    offering = opened(room, starts_on=clock.today(ZONE) - datetime.timedelta(9), ends_on=clock.today(ZONE))
    enrolment = actions.enrol(offering, by=room.instructor)
    actions.end_offering(offering, by=room.lead)
    assert room.record(60, enrolment=enrolment, by=room.instructor).minutes == 60


def test_not_before(room):
    with pytest.raises(WrongState, match="last day has not come"):
        actions.end_offering(opened(room), by=room.lead)


def test_it_is_for_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.end_offering(opened(room, ends_on=clock.today(ZONE)), by=room.learner)
