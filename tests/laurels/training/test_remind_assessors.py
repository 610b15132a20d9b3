"""Hand-ins that are overdue remind the unit's assessors, once a day."""

import datetime

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.errors import NotAllowed
from laurels.jobs import outbox
from laurels.jobs.models import Job
from laurels.people.models import Role
from laurels.people.system import system
from laurels.training import actions
from laurels.training.models import Enrolment, EnrolmentState
from tests import factories

LATE = datetime.timedelta(days=60)


def letters():
    sent = [job.payload for job in Job.objects.filter(name="mail.send")]
    return [one for one in sent if "overdue" in one["subject"]]


@pytest.fixture
def handed(room):
    return actions.hand_in(room.enrolment, room.competency(), [room.evidence()], "Look.", by=room.learner)


def test_each_assessor_is_told_once_a_day(room, handed):
    factories.user(Role.ASSESSOR, room.unit, name="Ann Other")
    with clock.pinned(clock.now() + LATE):
        assert actions.remind_assessors(room.unit, by=system()) == 1
        assert actions.remind_assessors(room.unit, by=system()) == 0
    assert len(letters()) == 2
    assert {one["to"] for one in letters()} >= {room.assessor.email}
    assert "One hand-in waits to be assessed" in letters()[0]["body"]
    assert f"/desk/units/{room.unit.slug}/assessing" in letters()[0]["body"]
    with clock.pinned(clock.now() + LATE + datetime.timedelta(days=1)):
        assert actions.remind_assessors(room.unit, by=system()) == 1
    assert Entry.objects.filter(verb="assessors reminded").count() == 2


def test_nobody_is_told_before_the_day_or_of_what_was_assessed(room, handed):
    assert actions.remind_assessors(room.unit, by=system()) == 0
    room.assess(0)
    with clock.pinned(clock.now() + LATE):
        assert actions.remind_assessors(room.unit, by=system()) == 0
    assert letters() == []


def test_an_enrolment_that_ended_waits_for_nobody(room, handed):
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN)
    with clock.pinned(clock.now() + LATE):
        assert actions.remind_assessors(room.unit, by=system()) == 0


def test_it_is_done_each_day(room, handed):
    with clock.pinned(clock.now() + LATE):
        outbox.begin_day()
        outbox.run_pending(most=50)
    assert len(letters()) == 1


def test_a_stranger_reminds_nobody(room, handed):
    with pytest.raises(NotAllowed):
        actions.remind_assessors(room.unit, by=factories.user())
