"""A learner begins alone, without an offering."""

import datetime

import pytest

from laurels import clock
from laurels.errors import WrongState
from laurels.governance.models import IssuingAuthority
from laurels.training import actions
from laurels.training.models import EnrolmentState, Route
from tests import factories
from tests.laurels.training.plans import letters


def test_hours_can_be_recorded_at_once(room):
    person = factories.user()
    made = actions.begin_informal(room.approved.version, by=person)
    assert (made.offering, made.route, made.state) == (None, Route.INFORMAL, EnrolmentState.ENROLLED)
    assert room.record(60, enrolment=made, by=person, informal=True).informal
    assert letters(person) == ["Enrolled: Whole-Food Cooking"]


def test_not_where_nothing_could_be_awarded(room):
    IssuingAuthority.objects.update(valid_until=clock.today("UTC") - datetime.timedelta(1))
    with pytest.raises(WrongState, match="issuing authority ended on"):
        actions.begin_informal(room.approved.version, by=factories.user())


def test_once(room):
    with pytest.raises(WrongState, match="enrolled in this already"):
        actions.begin_informal(room.approved.version, by=room.learner)
