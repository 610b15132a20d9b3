"""Taking an application back."""

import pytest

from laurels.errors import NotAllowed, WrongState
from laurels.governance import actions
from laurels.governance.models import State
from laurels.jobs.models import Job
from tests.laurels.governance.road import Road, fresh

pytestmark = pytest.mark.django_db


def test_it_ends_the_road_and_tells_the_committee():
    road = Road()
    road.declared()
    before = Job.objects.filter(name="mail.send").count()
    actions.withdraw_application(road.application, by=road.lead)
    assert fresh(road.application).state == State.WITHDRAWN
    assert Job.objects.filter(name="mail.send").count() == before + 4


def test_a_draft_is_withdrawn_without_news():
    road = Road()
    road.drafted()
    actions.withdraw_application(road.application, by=road.lead)
    assert fresh(road.application).state == State.WITHDRAWN
    assert not Job.objects.exists()


def test_it_refuses_after_the_decision():
    road = Road()
    road.approved()
    with pytest.raises(WrongState, match=r"It was approved\. Only an application without a decision can be withdrawn"):
        actions.withdraw_application(road.application, by=road.lead)


def test_it_is_for_the_unit():
    road = Road()
    road.submitted()
    with pytest.raises(NotAllowed):
        actions.withdraw_application(road.application, by=road.chair)
