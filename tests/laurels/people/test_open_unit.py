"""Opening a unit."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people import actions
from laurels.people.models import Role, Unit
from tests import factories

pytestmark = pytest.mark.django_db


def open_unit(name="Naturopathic Medicine", slug="naturopathic-medicine", email="nd@university.example", by=None):
    return actions.open_unit(name, slug, email, "Trains physicians.", by=by or factories.user(Role.REGISTRAR))


def test_the_registrar_opens_a_unit():
    unit = open_unit()
    assert (unit.name, unit.slug, unit.is_university) == ("Naturopathic Medicine", "naturopathic-medicine", False)
    assert Entry.objects.filter(verb="unit opened", thing=f"people.unit:{unit.pk}").count() == 1


@pytest.mark.parametrize("role", [Role.CHAIR, Role.COMMITTEE, Role.LEAD, None])
def test_it_is_the_registrars_alone(role):
    with pytest.raises(NotAllowed):
        open_unit(by=factories.user(role))


@pytest.mark.parametrize("slug", ["", "Nature", "two words", "a/b", "ünit", "university", "x" * 61])
def test_it_refuses_a_slug_that_cannot_stand_in_an_address(slug):
    with pytest.raises(Invalid) as refusal:
        open_unit(slug=slug)
    assert "slug" in refusal.value.fields
    assert not Unit.objects.exclude(slug="").exists()


def test_it_refuses_a_slug_that_is_taken():
    registrar = factories.user(Role.REGISTRAR)
    open_unit(by=registrar)
    with pytest.raises(WrongState):
        open_unit(name="Another", by=registrar)


@pytest.mark.parametrize("name", ["", "   ", "Two\nlines", "Tab\there", "Nul\x00", "Para\u2029graph", "x" * 161])
def test_it_refuses_a_name_that_is_not_one_line(name):
    with pytest.raises(Invalid) as refusal:
        open_unit(name=name)
    assert "name" in refusal.value.fields


def test_it_refuses_a_contact_that_is_no_address():
    with pytest.raises(Invalid):
        open_unit(email="nd at university")
