"""Founding the university."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, Missing, NotAllowed, WrongState
from laurels.people import actions
from laurels.people.models import Role
from laurels.people.system import system, university
from tests import factories

pytestmark = pytest.mark.django_db

GIVEN = {"short_name": "NUE", "email": "Registrar@University.example", "mission": "To teach."}


def test_it_founds_the_one_university_with_its_own_unit():
    founded = actions.found_university("University of Example", by=system(), zone="America/Los_Angeles", **GIVEN)
    assert university() == founded
    assert founded.unit.is_university
    assert founded.unit.email == "registrar@university.example"
    assert (founded.zone, founded.quorum, founded.block_minutes) == ("America/Los_Angeles", 2, 720)
    assert Entry.objects.filter(verb="university founded", thing=f"people.university:{founded.pk}").count() == 1


def test_it_refuses_a_second_one():
    factories.university()
    with pytest.raises(WrongState):
        actions.found_university("Another", by=system(), **GIVEN)


@pytest.mark.parametrize(
    "policy",
    [{"zone": "Mars/Olympus"}, {"quorum": 0}, {"moderation_percent": 101}, {"levels": []}, {"levels": ["a", "A"]}],
)
def test_it_refuses_policy_that_cannot_work(policy):
    with pytest.raises(Invalid) as refusal:
        actions.found_university("University of Example", by=system(), **(GIVEN | policy))
    assert list(refusal.value.fields) == list(policy)


def test_it_is_not_for_everybody():
    factories.university()
    with pytest.raises(NotAllowed):
        actions.found_university("Another", by=factories.user(Role.CHAIR), **GIVEN)


def test_without_one_the_refusal_says_how_to_go_on():
    with pytest.raises(Missing) as refusal:
        university()
    assert "laurels demo" in refusal.value.mend
