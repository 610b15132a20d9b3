"""Choosing one's own password."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed
from laurels.people.actions import choose_password
from laurels.people.models import Role
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_is_the_password_from_then_on():
    person = factories.user()
    assert not person.has_usable_password()
    choose_password(person, "a heron in the reeds", by=person)
    person.refresh_from_db()
    assert person.check_password("a heron in the reeds")
    entry = Entry.objects.get(verb="password chosen")
    assert "heron" not in str(entry.detail)


@pytest.mark.parametrize("weak", ["", "short", "password123", "person"])
def test_a_weak_one_is_refused(weak):
    person = factories.user()
    with pytest.raises(Invalid) as refused:
        choose_password(person, weak, by=person)
    assert list(refused.value.fields) == ["password"]
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_nobody_chooses_another_ones():
    person, registrar = factories.user(), factories.user(Role.REGISTRAR)
    for other in (registrar, system()):
        with pytest.raises(NotAllowed):
            choose_password(person, "a heron in the reeds", by=other)
