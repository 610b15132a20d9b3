"""Free seats go to those who wait, in their order."""

import datetime

import pytest

from laurels import clock
from laurels.errors import NotAllowed
from laurels.training import actions
from laurels.training.models import Enrolment, Offering
from tests import factories
from tests.laurels.training.plans import opened


def test_in_the_order_of_waiting(room):
    offering = opened(room, capacity=1)
    actions.enrol(offering, by=factories.user())
    waiting = []
    for minutes in range(4):
        with clock.pinned(clock.now() + datetime.timedelta(minutes=minutes)):
            waiting.append(actions.enrol(offering, by=factories.user()))
    Offering.objects.filter(pk=offering.pk).update(capacity=3)
    assert actions.fill_seats(offering, by=room.lead) == waiting[:2]
    assert actions.fill_seats(offering, by=room.lead) == []
    assert Enrolment.objects.filter(offering=offering, state="waiting").count() == 2


def test_not_in_a_closed_offering(room):
    offering = opened(room, capacity=1)
    Offering.objects.filter(pk=offering.pk).update(state="ended")
    assert actions.fill_seats(offering, by=room.lead) == []


def test_it_is_for_the_unit_and_its_learners(room):
    with pytest.raises(NotAllowed):
        actions.fill_seats(room.offering, by=factories.user())
    assert actions.fill_seats(room.offering, by=room.learner) == []
