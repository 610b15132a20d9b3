"""Publishing what an issuer is: the DID document and the 2.0 profile."""

import json

import pytest

from laurels.badges import actions, addresses
from laurels.badges.models import Document
from laurels.people.models import Unit
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    made = factories.unit()
    actions.create_key(made, by=system())
    return made


def newest(unit: Unit) -> dict[str, object]:
    body = bytes(Document.objects.filter(address=addresses.profile(unit)).order_by("-pk")[0].body)
    found: dict[str, object] = json.loads(body)
    return found


def test_it_names_the_endorsements_that_are_given_and_keeps_them(unit: Unit) -> None:
    assert "endorsement" not in newest(unit)
    given = ["http://localhost:8000/endorsements/1"]
    actions.publish_profile(unit, by=system(), endorsements=given)
    assert newest(unit)["endorsement"] == given
    Unit.objects.filter(pk=unit.pk).update(name="Another name")
    unit.refresh_from_db()
    actions.publish_profile(unit, by=system())
    assert newest(unit)["endorsement"] == given
    assert newest(unit)["name"] == "Another name"
    actions.publish_profile(unit, by=system(), endorsements=[])
    assert "endorsement" not in newest(unit)


def test_what_has_not_changed_is_not_stored_again(unit: Unit) -> None:
    before = Document.objects.count()
    actions.publish_profile(unit, by=system())
    assert Document.objects.count() == before


def test_it_gives_the_contact_address_that_2_0_asks_for(unit: Unit) -> None:
    assert newest(unit)["email"] == unit.email
    assert newest(unit)["url"] == addresses.absolute(f"/units/{unit.slug}")
