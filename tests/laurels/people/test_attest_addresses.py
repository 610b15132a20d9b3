"""Attesting many addresses at once."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid
from laurels.people import actions
from laurels.people.models import Address
from tests import factories

pytestmark = pytest.mark.django_db


def test_known_and_new_ones_come_back_by_their_folded_form():
    by = factories.user()
    known = actions.attest_address("ada@example.org", by=by)
    found = actions.attest_addresses(["Ada@example.org", "bo@example.org", "BO@example.org"], by=factories.user())
    assert sorted(found) == ["ada@example.org", "bo@example.org"]
    assert found["ada@example.org"] == known
    assert found["ada@example.org"].attested_by == by
    assert Address.objects.count() == 2


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    by = factories.user()
    with django_assert_max_num_queries(12):
        found = actions.attest_addresses([f"learner{n}@example.org" for n in range(500)], by=by)
    assert len(found) == 500
    entry = Entry.objects.get(verb="addresses attested")
    assert len(entry.detail["addresses"]) == 500
    with django_assert_max_num_queries(3):
        actions.attest_addresses(found, by=by)
    assert Entry.objects.filter(verb="addresses attested").count() == 1


def test_one_that_is_no_address_refuses_all():
    with pytest.raises(Invalid):
        actions.attest_addresses(["ada@example.org", "nobody"], by=factories.user())
    assert not Address.objects.exists()


def test_no_addresses_are_no_act():
    assert actions.attest_addresses([], by=factories.user()) == {}
