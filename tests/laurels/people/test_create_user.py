"""Creating accounts."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people import actions
from laurels.people.models import Role, User
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_account_is_known_by_its_folded_address():
    user = actions.create_user("  Ada.Byron+lab@University.EXAMPLE ", "Ada Byron", by=system())
    assert user.email == "ada.byron+lab@university.example"
    assert not user.has_usable_password()
    assert Entry.objects.filter(verb="account created", thing=f"people.user:{user.pk}").count() == 1


def test_a_password_is_kept_as_a_hash_and_opens_the_account():
    user = actions.create_user("ada@university.example", "Ada", by=system(), password="laurel wreath 12")
    kept = User.objects.get(pk=user.pk)
    assert "laurel" not in kept.password
    assert kept.check_password("laurel wreath 12")


def test_it_refuses_a_weak_password():
    with pytest.raises(Invalid) as refusal:
        actions.create_user("ada@university.example", "Ada", by=system(), password="password")
    assert "password" in refusal.value.fields
    assert not User.objects.filter(name="Ada").exists()


def test_it_refuses_a_second_account_for_an_address():
    actions.create_user("ada@university.example", "Ada", by=system())
    with pytest.raises(WrongState):
        actions.create_user("ADA@university.example", "Ada", by=system())


@pytest.mark.parametrize("name", ["", "Ada\r\nBcc: all@example.org", "\x1b[2JAda", "x" * 121])
def test_it_refuses_a_name_that_is_not_one_line(name):
    with pytest.raises(Invalid) as refusal:
        actions.create_user("ada@university.example", name, by=system())
    assert "name" in refusal.value.fields


def test_it_is_the_registrars():
    registrar, chair = factories.user(Role.REGISTRAR), factories.user(Role.CHAIR)
    actions.create_user("ada@university.example", "Ada", by=registrar)
    with pytest.raises(NotAllowed):
        actions.create_user("bo@university.example", "Bo", by=chair)
