"""Giving roles."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people import actions
from laurels.people.models import Membership, Role
from laurels.people.permissions import may
from laurels.people.system import university
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_registrar_gives_a_role_and_the_right_follows():
    unit, person = factories.unit(), factories.user()
    assert not may(person, "apply", unit)
    membership = actions.give_role(person, unit, Role.LEAD, by=factories.user(Role.REGISTRAR))
    assert may(person, "apply", unit)
    assert Entry.objects.get(thing=f"people.membership:{membership.pk}").detail == {
        "user": person.pk,
        "unit": unit.pk,
        "role": "lead",
    }


def test_one_person_may_have_several():
    unit, person = factories.unit(), factories.user()
    registrar = factories.user(Role.REGISTRAR)
    actions.give_role(person, unit, Role.LEAD, by=registrar)
    actions.give_role(person, university().unit, Role.COMMITTEE, by=registrar)
    assert person.memberships.count() == 2


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.CHAIR, Role.DEPUTY, Role.REGISTRAR])
def test_a_role_of_the_university_is_given_in_the_university_only(role):
    with pytest.raises(Invalid):
        actions.give_role(factories.user(), factories.unit(), role, by=factories.user(Role.REGISTRAR))


def test_it_refuses_a_role_that_is_held_already():
    unit = factories.unit()
    lead = factories.user(Role.LEAD, unit)
    with pytest.raises(WrongState):
        actions.give_role(lead, unit, Role.LEAD, by=factories.user(Role.REGISTRAR))
    assert Membership.objects.filter(user=lead).count() == 1


def test_it_refuses_a_role_that_does_not_exist():
    with pytest.raises(Invalid):
        actions.give_role(factories.user(), factories.unit(), "emperor", by=factories.user(Role.REGISTRAR))


def test_a_lead_gives_no_roles():
    unit = factories.unit()
    with pytest.raises(NotAllowed):
        actions.give_role(factories.user(), unit, Role.LEAD, by=factories.user(Role.LEAD, unit))
