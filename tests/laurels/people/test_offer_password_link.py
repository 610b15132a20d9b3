"""A link with which somebody chooses a password."""

from datetime import timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator

from laurels.audit.models import Entry
from laurels.errors import NotAllowed, WrongState
from laurels.people.actions import choose_password, offer_password_link
from laurels.people.models import Role
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_holds_for_that_person_until_a_password_is_chosen():
    registrar, person, other = factories.user(Role.REGISTRAR), factories.user(), factories.user()
    link = offer_password_link(person, by=registrar)
    assert default_token_generator.check_token(person, link.token)
    assert not default_token_generator.check_token(other, link.token)
    choose_password(person, "a heron in the reeds", by=person)
    assert not default_token_generator.check_token(person, link.token)


def test_it_holds_for_three_days(settings):
    assert timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) == timedelta(days=3)


def test_the_trace_tells_of_it_and_keeps_no_part_of_it():
    registrar, person = factories.user(Role.REGISTRAR), factories.user()
    link = offer_password_link(person, by=registrar)
    entry = Entry.objects.get(verb="password link made")
    assert (entry.actor, entry.thing) == (str(registrar.pk), f"people.user:{person.pk}")
    assert link.token not in str(entry.detail)


def test_nobody_signs_in_as_the_system_or_with_a_closed_account():
    registrar, closed = factories.user(Role.REGISTRAR), factories.user()
    closed.is_active = False
    for account in (system(), closed):
        with pytest.raises(WrongState, match="does not sign in"):
            offer_password_link(account, by=registrar)


def test_it_is_for_the_registrar():
    with pytest.raises(NotAllowed):
        offer_password_link(factories.user(), by=factories.user(Role.CHAIR))
