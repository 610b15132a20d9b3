"""Rotating a key: the new one signs, the old badges stay true."""

import json

import pytest

from laurels.badges import actions, addresses, issuers
from laurels.badges.models import Document, KeyState, SigningKey
from laurels.badges.verification import verify_badge
from laurels.errors import NotAllowed, WrongState
from laurels.people.models import Role
from laurels.people.system import system
from tests import factories
from tests.laurels.badges.published import published

pytestmark = pytest.mark.django_db


def test_the_old_key_stays_under_assertion_method_after_the_new_one() -> None:
    ready = published()
    key = actions.rotate_key(ready.unit, by=system())
    newest = Document.objects.filter(address=addresses.did_document(ready.unit)).order_by("-pk")[0]
    did = issuers.did(ready.unit)
    assert key.number == 2
    assert json.loads(bytes(newest.body))["assertionMethod"] == [f"{did}#key-2", f"{did}#key-1"]


def test_badges_of_both_keys_are_valid() -> None:
    ready = published()
    old = ready.live()[0]
    actions.rotate_key(ready.unit, by=system())
    new = ready.live()[0]
    for badge, number in ((old, 1), (new, 2)):
        stored = Document.objects.get(address=addresses.ob3(badge.pk))
        assert json.loads(bytes(stored.body))["proof"]["verificationMethod"].endswith(f"#key-{number}")
        assert verify_badge(addresses.absolute(addresses.ob3(badge.pk))).verdict == "valid"


def test_a_compromised_key_is_taken_out_and_what_it_signed_is_not_valid_any_more() -> None:
    ready = published()
    badge = ready.live()[0]
    actions.rotate_key(ready.unit, by=system())
    SigningKey.objects.filter(unit=ready.unit, number=1).update(state=KeyState.COMPROMISED)
    actions.publish_profile(ready.unit, by=system())
    assert verify_badge(addresses.absolute(addresses.ob3(badge.pk))).verdict == "invalid"


def test_the_profile_keeps_the_endorsements_that_it_names() -> None:
    ready = published()
    actions.rotate_key(ready.unit, by=system())
    actions.publish_profile(ready.unit, by=system())
    newest = Document.objects.filter(address=addresses.profile(ready.unit)).order_by("-pk")[0]
    assert json.loads(bytes(newest.body))["endorsement"] == list(ready.issuer.endorsements_ob2)


def test_it_is_for_the_registrar_and_needs_a_first_key() -> None:
    unit = factories.unit()
    with pytest.raises(WrongState, match="no signing key yet"):
        actions.rotate_key(unit, by=system())
    with pytest.raises(NotAllowed):
        actions.rotate_key(unit, by=factories.user(Role.LEAD, unit))
