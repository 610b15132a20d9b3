"""Telling the chair that one belongs to the unit that applies."""

from datetime import timedelta

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.errors import NotAllowed, WrongState
from laurels.governance import actions
from laurels.jobs.models import Job
from laurels.people.actions import end_role, give_role
from laurels.people.models import Role
from laurels.people.system import system
from tests.laurels.governance.road import MORNING, Road

pytestmark = pytest.mark.django_db


def road_with_a_colleague() -> Road:
    road = Road()
    give_role(road.member, road.unit, Role.INSTRUCTOR, by=system())
    road.submitted()
    return road


def letters():
    return [job.payload for job in Job.objects.filter(name="mail.send") if "cannot review" in job.payload["subject"]]


def test_it_writes_to_the_chair_who_cannot_review_and_how_the_quorum_stands():
    road = road_with_a_colleague()
    actions.tell_chair(road.application, by=road.member)
    (letter,) = letters()
    assert letter["to"] == road.chair.email
    assert letter["subject"] == f"Mara Member cannot review: issuing authority, {road.unit.name}"
    assert "0 of 2 reviews are in. Chris Chair, Dana Deputy and Otis Other can still review it." in letter["body"]
    assert Entry.objects.get(verb="chair told of an own unit").detail == {"chairs": [road.chair.pk]}


def test_once_a_day_is_enough():
    road = road_with_a_colleague()
    with clock.pinned(MORNING):
        actions.tell_chair(road.application, by=road.member)
        with pytest.raises(WrongState) as refused:
            actions.tell_chair(road.application, by=road.member)
    assert refused.value.message == "The chair was told of it today already. Once a day is enough."
    with clock.pinned(MORNING + timedelta(days=1)):
        actions.tell_chair(road.application, by=road.member)
    assert len(letters()) == 2


def test_a_chair_of_that_unit_tells_the_deputy_who_decides_then():
    road = Road()
    give_role(road.chair, road.unit, Role.INSTRUCTOR, by=system())
    road.submitted()
    actions.tell_chair(road.application, by=road.chair)
    assert [letter["to"] for letter in letters()] == [road.deputy.email]


def test_it_refuses_whom_nothing_keeps_from_reviewing():
    road = road_with_a_colleague()
    with pytest.raises(WrongState, match="so you can review it yourself"):
        actions.tell_chair(road.application, by=road.other)


def test_it_refuses_where_there_is_no_chair_to_tell():
    road = road_with_a_colleague()
    for person in (road.chair, road.deputy):
        end_role(person.memberships.get(), by=system())
    with pytest.raises(WrongState, match="There is no chair who could be told"):
        actions.tell_chair(road.application, by=road.member)


def test_it_is_for_the_committee():
    road = road_with_a_colleague()
    with pytest.raises(NotAllowed, match="This is for the committee member"):
        actions.tell_chair(road.application, by=road.lead)
    assert not letters()
