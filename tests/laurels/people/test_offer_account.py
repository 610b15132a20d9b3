"""A letter offers an account, and nobody learns whose addresses are known."""

import re

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed
from laurels.jobs.models import Job
from laurels.people import actions
from laurels.people.models import User
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db


def letters():
    return list(Job.objects.filter(name="mail.send").order_by("pk").values_list("payload", flat=True))


def test_a_letter_goes_out_and_nothing_is_kept_of_the_address():
    actions.offer_account("Ada@Example.org", "Ada", by=system())
    (letter,) = letters()
    assert (letter["to"], letter["subject"]) == ("ada@example.org", "Your account")
    assert re.search(r"/sign-up/\S+", letter["body"])
    assert not User.objects.filter(email="ada@example.org").exists()


def test_who_has_an_account_gets_a_link_to_its_password():
    person = factories.user()
    actions.offer_account(person.email, "Somebody Else", by=system())
    (letter,) = letters()
    assert letter["subject"] == "You have an account already"
    assert "/sign-in/password/" in letter["body"]
    assert "Somebody Else" not in letter["body"]


def test_a_second_address_leads_to_its_persons_account():
    person = factories.user(name="Pia Person")
    actions.tie_address("second@example.org", verified=True, by=person)
    actions.offer_account("second@example.org", "X", by=system())
    (letter,) = letters()
    assert letter["to"] == "second@example.org"
    assert letter["body"].startswith("Pia Person,")


def test_a_closed_account_gets_none():
    person = factories.user()
    User.objects.filter(pk=person.pk).update(is_active=False)
    actions.offer_account(person.email, "X", by=system())
    assert letters() == []


def test_nobody_is_flooded_with_letters():
    for _ in range(5):
        actions.offer_account("ada@example.org", "Ada", by=system())
    assert len(letters()) == 3
    assert Entry.objects.filter(verb="account offered").count() == 3


def test_an_address_and_a_name_are_needed():
    for address, name in (("ada", "Ada"), ("ada@example.org", " ")):
        with pytest.raises(Invalid):
            actions.offer_account(address, name, by=system())


def test_it_is_for_the_system_and_the_registrar():
    with pytest.raises(NotAllowed):
        actions.offer_account("ada@example.org", "Ada", by=factories.user())
