"""The letter's link opens the account, once."""

import datetime

import pytest

from laurels import clock
from laurels.errors import Invalid, Missing, NotAllowed, WrongState
from laurels.people import actions, letters
from laurels.people.models import Address
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "seven green apples"


def test_the_address_is_verified_and_belongs_to_the_account():
    user = actions.open_account(letters.token("ada@example.org", "Ada"), PASSWORD, by=system())
    assert user.check_password(PASSWORD)
    address = Address.objects.get(folded="ada@example.org")
    assert address.person == user
    assert address.verified_at is not None


def test_what_was_attested_before_is_the_learners_from_now_on():
    attested = actions.attest_address("ada@example.org", by=system())
    user = actions.open_account(letters.token("ada@example.org", "Ada"), PASSWORD, by=system())
    attested.refresh_from_db()
    assert attested.person == user


def test_once():
    token = letters.token("ada@example.org", "Ada")
    actions.open_account(token, PASSWORD, by=system())
    with pytest.raises(WrongState, match="There is an account for this address already"):
        actions.open_account(token, "another green apple", by=system())


def test_not_for_an_address_of_somebody_else():
    actions.tie_address("second@example.org", verified=True, by=factories.user())
    with pytest.raises(WrongState):
        actions.open_account(letters.token("second@example.org", "X"), PASSWORD, by=system())


def test_a_forged_or_old_link_does_not_hold():
    token = letters.token("ada@example.org", "Ada")
    with pytest.raises(Missing):
        actions.open_account(f"x{token}", PASSWORD, by=system())
    with clock.pinned(clock.now() + datetime.timedelta(days=3, minutes=1)), pytest.raises(Missing):
        actions.open_account(token, PASSWORD, by=system())


def test_a_weak_password_is_refused():
    with pytest.raises(Invalid) as refused:
        actions.open_account(letters.token("ada@example.org", "Ada"), "12345678", by=system())
    assert "password" in refused.value.fields


def test_it_is_for_the_system():
    with pytest.raises(NotAllowed):
        actions.open_account(letters.token("ada@example.org", "Ada"), PASSWORD, by=factories.user())
