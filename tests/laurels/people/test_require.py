"""Who may do what where."""

import pytest

from laurels.errors import NotAllowed
from laurels.people.models import Role, User
from laurels.people.permissions import UNIVERSITY, VERBS, may, require
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db

TRAINS = {"train", "confirm hours"}


def test_it_lets_the_role_act_in_its_own_unit_only():
    one, other = factories.unit(), factories.unit()
    lead = factories.user(Role.LEAD, one)
    assert may(lead, "apply", one)
    assert not may(lead, "apply", other)
    assert not may(lead, "decide", UNIVERSITY)


@pytest.mark.parametrize(
    ("role", "verbs"),
    [
        (Role.INSTRUCTOR, {"offer", *TRAINS}),
        (Role.ASSESSOR, {"award", "assess", "sign off", *TRAINS}),
        (Role.LEAD, {"apply", "edit draft", "award", "revoke", "retire", "offer", "sign off", *TRAINS}),
        (Role.COMMITTEE, {"review"}),
        (Role.CHAIR, {"review", "decide"}),
        (Role.DEPUTY, {"review", "decide"}),
        (Role.REGISTRAR, {"revoke", "retire", "administer", "rotate keys", "lift"}),
    ],
)
def test_it_gives_each_role_these_verbs_and_no_other(role, verbs):
    unit = factories.unit()
    of_university = role in (Role.COMMITTEE, Role.CHAIR, Role.DEPUTY, Role.REGISTRAR)
    person = factories.user(role, None if of_university else unit)
    assert {verb for verb in VERBS if may(person, verb, unit)} == verbs


def test_it_knows_no_verb_outside_the_table():
    with pytest.raises(KeyError):
        may(system(), "fly", UNIVERSITY)


def test_it_denies_strangers_and_closed_accounts():
    unit = factories.unit()
    lead = factories.user(Role.LEAD, unit)
    lead.is_active = False
    assert not may(lead, "apply", unit)
    assert not may(User(name="Nobody"), "apply", unit)
    assert not may(User(is_system=True), "apply", unit)


def test_it_says_whose_act_it_is_and_who_is_signed_in():
    unit = factories.unit(name="Naturopathic Medicine")
    person = factories.user(name="Ada Byron")
    with pytest.raises(NotAllowed) as refusal:
        require(person, "revoke", unit)
    assert refusal.value.message == (
        "This is for the lead of Naturopathic Medicine or the registrar of the university. "
        "You are signed in as Ada Byron."
    )
