"""Hours are returned with a reason."""

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from laurels.training.ledger import totals
from laurels.training.standing import lines_of


def test_they_do_not_count_and_say_why(room):
    entry = room.record(75)
    actions.return_hours(entry, "Which kitchen was it?", by=room.instructor)
    found = totals(lines_of(room.enrolment))
    assert (found.confirmed, found.waiting, found.returned) == (0, 0, 75)
    assert entry.verdict.words == "Which kitchen was it?"


def test_a_reason_is_needed(room):
    with pytest.raises(Invalid):
        actions.return_hours(room.record(), " ", by=room.instructor)


def test_what_was_confirmed_is_not_returned(room):
    entry = room.record()
    actions.confirm_hours([entry], by=room.instructor)
    with pytest.raises(WrongState):
        actions.return_hours(entry, "Too late.", by=room.other)


def test_a_learner_returns_nothing(room):
    with pytest.raises(NotAllowed):
        actions.return_hours(room.record(), "Mine.", by=room.learner)
