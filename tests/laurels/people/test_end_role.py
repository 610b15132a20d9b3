"""Ending roles."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import NotAllowed, WrongState
from laurels.people import actions
from laurels.people.models import Membership, Role
from laurels.people.permissions import may
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_right_ends_with_the_role():
    unit = factories.unit()
    lead = factories.user(Role.LEAD, unit)
    membership = lead.memberships.get()
    actions.end_role(membership, by=factories.user(Role.REGISTRAR))
    assert not may(lead, "apply", unit)
    assert Entry.objects.filter(verb="role ended", thing=f"people.membership:{membership.pk}").count() == 1


def test_it_ends_once():
    lead = factories.user(Role.LEAD, factories.unit())
    registrar, membership = factories.user(Role.REGISTRAR), lead.memberships.get()
    same = Membership.objects.get(pk=membership.pk)
    actions.end_role(membership, by=registrar)
    with pytest.raises(WrongState):
        actions.end_role(same, by=registrar)
    assert Entry.objects.filter(verb="role ended").count() == 1


def test_the_only_registrar_stays():
    registrar = factories.user(Role.REGISTRAR)
    with pytest.raises(WrongState):
        actions.end_role(registrar.memberships.get(), by=registrar)
    other = factories.user(Role.REGISTRAR)
    actions.end_role(registrar.memberships.get(), by=other)
    assert Membership.objects.filter(role=Role.REGISTRAR).count() == 1


def test_it_is_the_registrars():
    unit = factories.unit()
    lead = factories.user(Role.LEAD, unit)
    with pytest.raises(NotAllowed):
        actions.end_role(lead.memberships.get(), by=lead)
