"""A planned meeting moves, and those enrolled are told."""

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from tests.laurels.training.plans import given_meeting, letter, letters, opened


def test_those_enrolled_hear_when_it_was_and_when_it_is(room):
    meeting = actions.plan_meeting(room.offering, given_meeting(), by=room.lead)
    actions.move_meeting(meeting, given_meeting(4, place="Garden"), by=room.instructor)
    assert letters(room.learner) == ["Moved: Soups"]
    assert "Now: 24 November 2026, 18:00–21:00 (America/Los Angeles), Garden." in letter(room.learner)
    assert "Before: 23 November 2026, 18:00–21:00 (America/Los Angeles), Teaching kitchen." in letter(room.learner)


def test_other_words_alone_are_no_news(room):
    meeting = actions.plan_meeting(room.offering, given_meeting(), by=room.lead)
    assert actions.move_meeting(meeting, given_meeting(what="Stews"), by=room.lead).what == "Stews"
    assert letters(room.learner) == []


def test_it_may_overlap_with_itself_and_with_no_other(room):
    offering = opened(room)
    meeting = actions.plan_meeting(offering, given_meeting(), by=room.lead)
    actions.plan_meeting(offering, given_meeting(5), by=room.lead)
    actions.move_meeting(meeting, given_meeting(starts=19, ends=22), by=room.lead)
    with pytest.raises(Invalid, match="in the same hours"):
        actions.move_meeting(meeting, given_meeting(5), by=room.lead)


def test_the_ledger_rests_on_a_recorded_one(room):
    actions.record_attendance(room.meeting, [room.enrolment], by=room.instructor)
    with pytest.raises(WrongState, match="the ledger rests on this meeting"):
        actions.move_meeting(room.meeting, given_meeting(), by=room.lead)


def test_it_is_for_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.move_meeting(room.later, given_meeting(), by=room.learner)
