"""Opening many badges at once."""

import itertools

import pytest

from laurels.audit.models import Entry
from laurels.badges.actions import open_badges
from laurels.badges.models import Badge, StatusList
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_never_gives_an_index_twice_and_begins_a_new_list_when_one_is_full() -> None:
    unit = factories.unit()
    StatusList.objects.create(unit=unit, number=1, size=131072, used=131070, permutation=b"s" * 32)
    badges = open_badges(unit, 5, by=system())
    assert [badge.status_list.number for badge in badges] == [1, 1, 2, 2, 2]
    assert Badge.objects.count() == 5
    assert StatusList.objects.get(unit=unit, number=1).used == 131072
    assert len({(badge.status_list_id, badge.status_index) for badge in badges}) == 5


def test_it_does_not_lay_the_members_of_one_roster_side_by_side() -> None:
    indexes = [badge.status_index for badge in open_badges(factories.unit(), 50, by=system())]
    assert sum(abs(one - other) == 1 for one, other in itertools.pairwise(indexes)) <= 1


def test_it_leaves_one_trace() -> None:
    open_badges(factories.unit(), 3, by=system())
    assert Entry.objects.get(verb="badges opened").detail == {"count": 3}
