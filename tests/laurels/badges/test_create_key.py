"""Making a unit's first signing key."""

import json
import stat

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from laurels.audit.models import Entry
from laurels.badges import addresses, keys
from laurels.badges.actions import create_key
from laurels.badges.models import Document, SigningKey, StatusList
from laurels.errors import NotAllowed, WrongState
from laurels.jobs import outbox
from laurels.people.models import Role
from laurels.people.system import system
from openbadgekit.keys import Key
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_publishes_the_key_and_the_profile_at_once() -> None:
    unit = factories.unit(slug="food-as-medicine")
    key = create_key(unit, by=system())
    document = json.loads(bytes(Document.objects.get(address="/units/food-as-medicine/did.json").body))
    did = "did:web:localhost%3A8000:units:food-as-medicine"
    assert document["id"] == did
    assert document["@context"] == ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
    assert document["assertionMethod"] == [f"{did}#key-1"]
    assert document["verificationMethod"][0]["publicKeyMultibase"] == key.public
    profile = json.loads(bytes(Document.objects.get(address="/units/food-as-medicine/ob2.json").body))
    assert profile["type"] == "Profile"
    assert profile["email"] == unit.email


def test_it_opens_the_units_status_list_and_leaves_it_to_be_signed() -> None:
    unit = factories.unit()
    create_key(unit, by=system())
    opened = StatusList.objects.get()
    assert (opened.unit, opened.number, opened.used) == (unit, 1, 0)
    outbox.run_pending()
    assert Document.objects.filter(address=addresses.status_list(unit, 1)).count() == 1


def test_the_university_which_issues_no_badge_needs_no_status_list() -> None:
    create_key(factories.university().unit, by=system())
    assert not StatusList.objects.exists()


def test_it_puts_the_universitys_documents_at_their_own_addresses() -> None:
    unit = factories.university().unit
    create_key(unit, by=system())
    assert set(Document.objects.values_list("address", flat=True)) == {"/.well-known/did.json", "/ob2.json"}
    assert addresses.issuer_page(unit) == "/"


def test_it_seals_the_private_half() -> None:
    key = create_key(factories.unit(), by=system())
    opened = keys.unseal(bytes(key.sealed), key.unit_id, key.number)
    assert opened.public == key.public
    assert opened.seed not in bytes(key.sealed)


def test_it_binds_the_seal_to_unit_and_number() -> None:
    key = create_key(factories.unit(), by=system())
    for unit, number in ((key.unit_id + 1, key.number), (key.unit_id, key.number + 1)):
        with pytest.raises(ImproperlyConfigured, match="does not open") as refused:
            keys.unseal(bytes(key.sealed), unit, number)
        assert isinstance(refused.value.__cause__, InvalidTag)


def test_it_makes_the_key_encryption_key_readable_by_its_owner_alone(settings: LazySettings) -> None:
    create_key(factories.unit(), by=system())
    assert stat.S_IMODE(settings.SECRET_KEY_FILE.stat().st_mode) == 0o600


def test_it_makes_no_key_encryption_key_in_production(settings: LazySettings) -> None:
    settings.PRODUCTION, settings.KEY_ENCRYPTION_KEY = True, ""
    with pytest.raises(ImproperlyConfigured, match="LAURELS_KEY_ENCRYPTION_KEY is missing"):
        create_key(factories.unit(), by=system())


def test_it_refuses_a_key_encryption_key_of_another_length(settings: LazySettings) -> None:
    settings.KEY_ENCRYPTION_KEY = "c2hvcnQ="
    with pytest.raises(ImproperlyConfigured, match="ill-formed"):
        create_key(factories.unit(), by=system())


def test_it_refuses_a_second_first_key() -> None:
    unit = factories.unit()
    create_key(unit, by=system())
    with pytest.raises(WrongState, match="already"):
        create_key(unit, by=system())
    assert SigningKey.objects.filter(unit=unit).count() == 1


def test_it_is_for_the_registrar() -> None:
    unit = factories.unit()
    with pytest.raises(NotAllowed):
        create_key(unit, by=factories.user(Role.LEAD, unit))
    create_key(unit, by=factories.user(Role.REGISTRAR))
    assert Entry.objects.filter(verb="signing key made").count() == 1


def test_keys_sign_alike_after_they_were_sealed() -> None:
    made = keys.make(7, 1)
    opened = keys.unseal(made.sealed, 7, 1)
    assert Key.from_seed(opened.seed).sign(b"words") == opened.sign(b"words")
