"""Somebody enrolled never came."""

import pytest

from laurels.errors import NotAllowed, WrongState
from laurels.people import actions as people
from laurels.people.models import Role
from laurels.people.system import system
from laurels.training import actions
from laurels.training.models import EnrolmentState
from tests import factories
from tests.laurels.training.plans import opened


def test_the_seat_goes_on(room):
    offering = opened(room, capacity=1)
    first, second = (actions.enrol(offering, by=factories.user()) for _ in range(2))
    assert actions.record_no_show(first, by=room.instructor).state == EnrolmentState.NO_SHOW
    second.refresh_from_db()
    assert second.state == EnrolmentState.ENROLLED


def test_who_has_hours_did_come(room):
    room.record(60)
    with pytest.raises(WrongState, match="Lea Learner has hours in the ledger"):
        actions.record_no_show(room.enrolment, by=room.instructor)


def test_returned_hours_are_no_sign_of_presence(room):
    actions.return_hours(room.record(60), "You were not there.", by=room.instructor)
    assert actions.record_no_show(room.enrolment, by=room.instructor).state == EnrolmentState.NO_SHOW


def test_it_is_for_the_unit_and_never_about_oneself(room):
    with pytest.raises(NotAllowed):
        actions.record_no_show(room.enrolment, by=room.learner)
    people.give_role(room.learner, room.unit, Role.INSTRUCTOR, by=system())
    with pytest.raises(NotAllowed, match="your own enrolment"):
        actions.record_no_show(room.enrolment, by=room.learner)
