"""Hours are confirmed by somebody else than who entered them, never by the learner."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import NotAllowed
from laurels.people import actions as people
from laurels.people.models import Role
from laurels.people.system import system
from laurels.training import actions
from laurels.training.ledger import totals
from laurels.training.standing import lines_of
from tests import factories


def test_many_are_confirmed_with_one_act(room):
    entries = [room.record(60, what=f"Soup {n}") for n in range(5)]
    assert len(actions.confirm_hours(entries, by=room.instructor)) == 5
    assert totals(lines_of(room.enrolment)).confirmed == 300
    assert Entry.objects.filter(verb="hours confirmed").count() == 1


def test_who_entered_them_cannot_confirm_them(room):
    entry = room.record(by=room.instructor)
    with pytest.raises(NotAllowed, match="You entered these hours"):
        actions.confirm_hours([entry], by=room.instructor)
    actions.confirm_hours([entry], by=room.other)


def test_a_learner_cannot_confirm_own_hours_whoever_entered_them(room):
    people.give_role(room.learner, room.unit, Role.INSTRUCTOR, by=system())
    with pytest.raises(NotAllowed, match="your own hours"):
        actions.confirm_hours([room.record(by=room.instructor)], by=room.learner)


def test_staff_of_another_unit_confirm_nothing(room):
    stranger = factories.user(Role.INSTRUCTOR, factories.unit())
    with pytest.raises(NotAllowed):
        actions.confirm_hours([room.record()], by=stranger)


def test_confirming_twice_changes_nothing(room):
    entry = room.record()
    actions.confirm_hours([entry], by=room.instructor)
    assert actions.confirm_hours([entry], by=room.other) == []
    assert entry.verdict.by == room.instructor
