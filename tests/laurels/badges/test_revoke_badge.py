"""Revoking a badge: both standards say so, for a public reason."""

import json
from datetime import timedelta

import pytest

from laurels import clock
from laurels.badges import actions, addresses
from laurels.badges.models import BadgeState, Document
from laurels.badges.verification import verify_badge
from laurels.errors import Invalid, WrongState
from laurels.jobs import outbox
from laurels.people.system import system
from tests.laurels.badges.published import published

pytestmark = pytest.mark.django_db


def test_the_2_0_address_answers_410_with_nothing_but_the_minimal_document() -> None:
    badge = published().live()[0]
    actions.revoke_badge(badge, "wrong address", "Ada wrote that it is not hers.", by=system())
    newest = Document.objects.filter(address=addresses.ob2(badge.pk)).order_by("-pk")[0]
    assert newest.status == 410
    assert json.loads(bytes(newest.body)) == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": addresses.absolute(addresses.ob2(badge.pk)),
        "type": "Assertion",
        "revoked": True,
        "revocationReason": "It was sent to a wrong address.",
    }


def test_both_forms_are_invalid_as_soon_as_the_worker_has_signed_the_list() -> None:
    ready = published()
    revoked, live = ready.live(2)
    actions.revoke_badge(revoked, "misconduct", "", by=system())
    outbox.run_pending()
    for of in (addresses.ob2, addresses.ob3):
        assert verify_badge(addresses.absolute(of(revoked.pk))).verdict == "invalid"
        assert verify_badge(addresses.absolute(of(live.pk))).verdict == "valid"


def test_the_list_is_signed_within_a_minute() -> None:
    badge = published().live()[0]
    outbox.run_pending()
    with clock.pinned(clock.now() + timedelta(seconds=59)):
        actions.revoke_badge(badge, "misconduct", "", by=system())
        outbox.run_pending()
        assert verify_badge(addresses.absolute(addresses.ob3(badge.pk))).verdict == "invalid"


def test_the_signed_bytes_stay_and_the_registrars_words_stay_inside() -> None:
    badge = published().live()[0]
    before = bytes(Document.objects.get(address=addresses.ob3(badge.pk)).body)
    actions.revoke_badge(badge, "wrong details", "A secret of the registrar.", by=system())
    assert bytes(Document.objects.get(address=addresses.ob3(badge.pk)).body) == before
    assert not any(b"secret of the registrar" in bytes(document.body) for document in Document.objects.all())
    assert badge.reason_words == "A secret of the registrar."
    assert badge.revoked_at is not None


def test_it_refuses_a_reason_that_is_not_on_the_list() -> None:
    badge = published().live()[0]
    with pytest.raises(Invalid, match="no reason"):
        actions.revoke_badge(badge, "because", "", by=system())
    badge.refresh_from_db()
    assert badge.state == BadgeState.LIVE


def test_it_refuses_to_revoke_twice() -> None:
    badge = published().live()[0]
    actions.revoke_badge(badge, "misconduct", "", by=system())
    with pytest.raises(WrongState, match="revoked already"):
        actions.revoke_badge(badge, "misconduct", "", by=system())
    assert Document.objects.filter(address=addresses.ob2(badge.pk)).count() == 2


def test_it_waits_for_the_signature() -> None:
    badge = published().badges(1)[0]
    with pytest.raises(WrongState, match="being signed"):
        actions.revoke_badge(badge, "misconduct", "", by=system())
