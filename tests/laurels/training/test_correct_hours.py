"""A mistake is mended by a further entry."""

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from laurels.training.ledger import totals
from laurels.training.standing import lines_of
from tests import factories
from tests.laurels.training.class_room import given


def counted(room):
    found = totals(lines_of(room.enrolment))
    return found.confirmed, found.waiting


def test_the_entry_counts_until_its_correction_is_confirmed(room):
    entry = room.record(120)
    actions.confirm_hours([entry], by=room.instructor)
    further = actions.correct_hours(entry, given(60), "It was one hour.", by=room.learner)
    assert counted(room) == (120, 0)
    actions.confirm_hours([further], by=room.instructor)
    assert counted(room) == (60, 0)
    last = actions.correct_hours(further, given(90), "Ninety minutes, after all.", by=room.learner)
    actions.confirm_hours([last], by=room.other)
    assert counted(room) == (90, 0)


def test_a_returned_correction_leaves_the_entry_as_it_stands(room):
    entry = room.record(120)
    actions.confirm_hours([entry], by=room.instructor)
    further = actions.correct_hours(entry, given(240), "More.", by=room.learner)
    actions.return_hours(further, "You were there for two hours.", by=room.instructor)
    assert counted(room) == (120, 0)
    actions.correct_hours(entry, given(0), "It was another day.", by=room.learner)


def test_no_minutes_take_the_entry_out(room):
    entry = room.record(120)
    actions.confirm_hours([entry], by=room.instructor)
    out = actions.correct_hours(entry, given(0), "Recorded twice.", by=room.instructor)
    actions.confirm_hours([out], by=room.other)
    assert counted(room) == (0, 0)


def test_only_the_last_of_a_chain_is_corrected(room):
    entry = room.record(120)
    actions.correct_hours(entry, given(60), "One hour.", by=room.learner)
    with pytest.raises(WrongState, match="corrected already"):
        actions.correct_hours(entry, given(90), "No, more.", by=room.learner)


def test_a_correction_says_why(room):
    entry = room.record(120)
    with pytest.raises(Invalid) as refusal:
        actions.correct_hours(entry, given(60), " ", by=room.learner)
    assert list(refusal.value.fields) == ["why"]


def test_a_stranger_corrects_nothing(room):
    with pytest.raises(NotAllowed):
        actions.correct_hours(room.record(), given(15), "Because.", by=factories.user())
