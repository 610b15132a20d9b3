"""The account that acts when no person does."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import NotAllowed
from laurels.people import actions
from laurels.people.models import User
from laurels.people.system import system

pytestmark = pytest.mark.django_db


def test_it_is_made_once_when_it_is_first_needed():
    assert system() == system()
    assert User.objects.filter(is_system=True).count() == 1
    assert Entry.objects.get().actor == str(system().pk)


def test_nobody_can_sign_in_as_it():
    assert not system().has_usable_password()
    assert not system().check_password("")


def test_a_person_cannot_make_it():
    with pytest.raises(NotAllowed):
        actions.create_system_account(by=User(name="Ada"))
