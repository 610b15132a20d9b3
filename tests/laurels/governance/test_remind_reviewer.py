"""Reminding somebody whose review is waited for."""

from datetime import timedelta

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.errors import NotAllowed, WrongState
from laurels.governance import actions
from laurels.governance.models import Reminder, State
from laurels.jobs.models import Job
from laurels.people.actions import give_role
from laurels.people.models import Role
from laurels.people.system import system
from tests.laurels.governance.road import MORNING, Road, fresh, scores

pytestmark = pytest.mark.django_db


def letters():
    return [job.payload for job in Job.objects.filter(name="mail.send") if "waited for" in job.payload["subject"]]


def test_it_writes_to_the_one_who_is_waited_for():
    road = Road()
    road.submitted()
    actions.remind_reviewer(road.application, road.member, by=road.chair)
    (letter,) = letters()
    assert letter["to"] == road.member.email
    assert letter["subject"] == f"Your review is waited for: issuing authority, {road.unit.name}"
    assert "Chris Chair reminds you" in letter["body"]
    assert f"/desk/applications/{road.application.pk}" in letter["body"]
    assert fresh(road.application).state == State.SUBMITTED
    entry = Entry.objects.get(verb="reviewer reminded")
    assert entry.detail == {"reviewer": road.member.pk, "round": 1}


def test_once_a_day_is_enough_whoever_asks_and_the_next_day_it_may_be_done_again():
    road = Road()
    with clock.pinned(MORNING):
        road.submitted()
        actions.remind_reviewer(road.application, road.member, by=road.chair)
        with pytest.raises(WrongState) as refused:
            actions.remind_reviewer(road.application, road.member, by=road.other)
        actions.remind_reviewer(road.application, road.other, by=road.chair)
    assert refused.value.message == "Mara Member was reminded today already. Once a day is enough."
    assert len(letters()) == 2
    with clock.pinned(MORNING + timedelta(days=1)):
        actions.remind_reviewer(road.application, road.member, by=road.chair)
    assert len(letters()) == 3
    assert Reminder.objects.count() == 3


def test_nobody_is_reminded_who_is_done_or_takes_no_part():
    road = Road()
    road.declared()
    actions.submit_review(road.application, scores(), by=road.member)
    actions.declare_interest(road.application, True, "My sister teaches there.", by=road.other)
    for person in (road.member, road.other, road.registrar):
        with pytest.raises(WrongState, match=f"{person.name} is not waited for"):
            actions.remind_reviewer(road.application, person, by=road.chair)
    with pytest.raises(WrongState, match="your own review"):
        actions.remind_reviewer(road.application, road.chair, by=road.chair)


def test_nobody_is_waited_for_once_the_quorum_is_met_or_before_it_is_handed_in():
    road = Road()
    road.reviewed()
    with pytest.raises(WrongState, match="Nobody is waited for: 2 of 2 reviews are in"):
        actions.remind_reviewer(road.application, road.deputy, by=road.chair)
    actions.request_changes(road.application, "Say who moderates.", by=road.chair)
    with pytest.raises(WrongState, match="the unit has it back"):
        actions.remind_reviewer(road.application, road.deputy, by=road.chair)


def test_it_is_for_the_committee_and_not_for_the_own_unit():
    road = Road()
    road.submitted()
    for person in (road.lead, road.registrar):
        with pytest.raises(NotAllowed, match="This is for the committee member"):
            actions.remind_reviewer(road.application, road.member, by=person)
    give_role(road.other, road.unit, Role.INSTRUCTOR, by=system())
    with pytest.raises(NotAllowed, match="so you cannot remind anybody of it"):
        actions.remind_reviewer(road.application, road.member, by=road.other)
    assert not letters()
