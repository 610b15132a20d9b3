"""A meeting's hours are recorded for all who attended with one act."""

import datetime

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from laurels.training.ledger import totals
from laurels.training.models import HoursEntry
from laurels.training.spans import Span
from laurels.training.standing import lines_of
from tests import factories


def test_one_act_for_everybody(room, django_assert_max_num_queries):
    present = [room.enrolment, *(room.enrol() for _ in range(20))]
    with django_assert_max_num_queries(14):
        actions.record_attendance(room.meeting, present, by=room.instructor)
    assert HoursEntry.objects.count() == 21
    assert totals(lines_of(room.enrolment)).waiting == 165
    assert room.meeting.recorded_by == room.instructor
    assert Entry.objects.filter(verb="attendance recorded").count() == 1


def test_another_confirms_them_all(room):
    entries = actions.record_attendance(room.meeting, [room.enrolment, room.enrol()], by=room.instructor)
    with pytest.raises(NotAllowed):
        actions.confirm_hours(entries, by=room.instructor)
    assert len(actions.confirm_hours(entries, by=room.other)) == 2


def test_again_adds_only_those_who_were_forgotten(room):
    forgotten = room.enrol()
    actions.record_attendance(room.meeting, [room.enrolment], by=room.instructor)
    added = actions.record_attendance(room.meeting, [room.enrolment, forgotten], by=room.instructor)
    assert [entry.enrolment for entry in added] == [forgotten]


def test_a_meeting_to_come_has_no_attendance(room):
    with clock.pinned(room.meeting.starts_at), pytest.raises(WrongState, match="not ended"):
        actions.record_attendance(room.meeting, [room.enrolment], by=room.instructor)


def test_a_cancelled_meeting_has_no_attendance(room):
    room.meeting.cancelled_at = clock.now()
    with pytest.raises(WrongState, match="cancelled"):
        actions.record_attendance(room.meeting, [room.enrolment], by=room.instructor)


def test_who_has_other_hours_at_that_time_is_named(room):
    start = room.meeting.starts_at
    busy = Span(start, start + datetime.timedelta(hours=1))
    room.record(60, span=busy, day=start.date())
    with pytest.raises(Invalid) as refusal:
        actions.record_attendance(room.meeting, [room.enrolment, room.enrol()], by=room.instructor)
    assert refusal.value.fields["present"][0].startswith("Lea Learner: On ")
    assert HoursEntry.objects.count() == 1


def test_only_those_of_this_offering(room):
    elsewhere = room.enrol()
    elsewhere.offering = None
    with pytest.raises(Invalid, match="not enrolled"):
        actions.record_attendance(room.meeting, [elsewhere], by=room.instructor)


def test_it_is_for_the_staff_of_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.record_attendance(room.meeting, [room.enrolment], by=factories.user())
