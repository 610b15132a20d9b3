"""A learner withdraws; the hours stay, and the seat goes on."""

import pytest

from laurels.errors import NotAllowed, WrongState
from laurels.training import actions
from laurels.training.models import EnrolmentState
from laurels.training.progress import progress_of
from tests import factories
from tests.laurels.training.plans import letters, opened


def _place(enrolment):
    return (enrolment.state, enrolment.pk)


def test_hours_stay_and_nothing_more_is_recorded(room):
    actions.confirm_hours([room.record(60)], by=room.instructor)
    ended = actions.withdraw(room.enrolment, "I move away.", by=room.learner)
    assert (ended.state, ended.state_words) == (EnrolmentState.WITHDRAWN, "I move away.")
    assert ended.ended_at is not None
    assert progress_of(ended).totals.confirmed == 60
    with pytest.raises(WrongState):
        room.record(60)


def test_the_seat_goes_to_whoever_has_waited_longest(room):
    offering = opened(room, capacity=1)
    first, second, third = sorted((actions.enrol(offering, by=factories.user()) for _ in range(3)), key=_place)
    actions.withdraw(first, by=first.address.person)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == ("enrolled", "waiting")
    assert letters(second.address.folded)[-1].startswith("You have a seat")


def test_who_waits_frees_no_seat_by_leaving(room):
    offering = opened(room, capacity=1)
    _, second, third = (actions.enrol(offering, by=factories.user()) for _ in range(3))
    actions.withdraw(second, by=second.address.person)
    third.refresh_from_db()
    assert third.state == EnrolmentState.WAITING


def test_once_and_not_after_the_award(room):
    actions.sign_off(room.complete(), by=room.lead)
    with pytest.raises(WrongState, match="awarded already"):
        actions.withdraw(room.enrolment, by=room.learner)


def test_it_is_for_the_learner_and_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.withdraw(room.enrolment, by=factories.user())
    assert actions.withdraw(room.enrolment, by=room.instructor).state == EnrolmentState.WITHDRAWN
