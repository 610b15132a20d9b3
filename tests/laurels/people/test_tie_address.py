"""An address is tied to the person whose it is."""

import pytest

from laurels.errors import NotAllowed, WrongState
from laurels.people import actions
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_address_of_the_own_account_needs_no_proof():
    person = factories.user()
    address = actions.tie_address(person.email, verified=False, by=person)
    assert (address.person, address.verified_at) == (person, None)
    assert actions.tie_address(person.email.upper(), verified=False, by=person) == address


def test_another_one_does():
    person = factories.user()
    with pytest.raises(NotAllowed):
        actions.tie_address("other@example.org", verified=False, by=person)
    address = actions.tie_address("other@example.org", verified=True, by=person)
    assert address.verified_at is not None


def test_what_was_attested_can_be_tied_and_verified_later():
    person = factories.user()
    attested = actions.attest_address(person.email, by=system())
    actions.tie_address(person.email, verified=False, by=person)
    assert actions.tie_address(person.email, verified=True, by=person).verified_at is not None
    attested.refresh_from_db()
    assert attested.person == person


def test_nobody_takes_the_address_of_another():
    actions.tie_address("other@example.org", verified=True, by=factories.user())
    with pytest.raises(WrongState, match="somebody else's account"):
        actions.tie_address("other@example.org", verified=True, by=factories.user())
