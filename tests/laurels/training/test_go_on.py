"""After a cancellation a learner goes on: in another offering, or alone."""

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from laurels.training.models import Route
from laurels.training.progress import progress_of
from tests import factories
from tests.laurels.training.class_room import class_room
from tests.laurels.training.plans import opened


def test_hours_and_version_go_along(room):
    actions.confirm_hours([room.record(120)], by=room.instructor)
    actions.cancel_offering(room.offering, "Snow.", by=room.lead)
    other = opened(room)
    enrolment = actions.go_on(room.enrolment, other, by=room.learner)
    assert enrolment.offering == other
    assert progress_of(enrolment).totals.confirmed == 120
    alone = actions.go_on(enrolment, None, by=room.lead)
    assert (alone.offering, alone.route) == (None, Route.INFORMAL)


def test_only_where_there_is_a_seat(room):
    full = opened(room, capacity=1)
    actions.enrol(full, by=factories.user())
    with pytest.raises(WrongState, match="No seat is free there"):
        actions.go_on(room.enrolment, full, by=room.learner)


def test_only_towards_the_same(room):
    with pytest.raises(Invalid, match="leads to something else"):
        actions.go_on(room.enrolment, opened(class_room()), by=room.learner)


def test_a_learner_takes_no_reserved_seat_and_the_unit_may_give_one(room):
    reserved = opened(room, seats="reserved")
    with pytest.raises(NotAllowed, match="reserved"):
        actions.go_on(room.enrolment, reserved, by=room.learner)
    assert actions.go_on(room.enrolment, reserved, by=room.lead).offering == reserved


def test_not_after_the_end(room):
    actions.withdraw(room.enrolment, by=room.learner)
    with pytest.raises(WrongState):
        actions.go_on(room.enrolment, None, by=room.learner)


def test_it_is_for_the_learner_and_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.go_on(room.enrolment, None, by=factories.user())
