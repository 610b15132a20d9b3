"""Status lists: signed after each change and every day; no revocation is lost between reading and storing."""

import json
from datetime import timedelta

import pytest

from laurels import clock
from laurels.badges import actions, addresses, statuslists
from laurels.badges.models import Badge, Document, StatusList
from laurels.badges.verification import verify_badge
from laurels.jobs import outbox
from laurels.people.system import system
from openbadgekit.status import bit, decode
from tests.laurels.badges.published import published

pytestmark = pytest.mark.django_db


def bits_of(badge: Badge) -> bytes:
    path = addresses.status_list(badge.unit, badge.status_list.number)
    body = bytes(Document.objects.filter(address=path).order_by("-pk")[0].body)
    return decode(json.loads(body)["credentialSubject"]["encodedList"])


def test_it_has_room_for_131072_and_a_bit_for_each_revoked_badge_alone() -> None:
    ready = published()
    live, revoked = ready.live(2)
    actions.revoke_badge(revoked, "misconduct", "", by=system())
    outbox.run_pending()
    bits = bits_of(revoked)
    assert len(bits) * 8 == 131072
    assert bit(bits, revoked.status_index)
    assert not bit(bits, live.status_index)
    assert sum(byte.bit_count() for byte in bits) == 1


def test_it_holds_for_a_day_and_is_renewed_before_it_ends() -> None:
    badge = published().live()[0]
    outbox.run_pending()
    revision = StatusList.objects.get().revision
    start = clock.now()
    with clock.pinned(start + timedelta(hours=21)):
        outbox.run_pending()
        assert StatusList.objects.get().revision == revision + 1
    with clock.pinned(start + timedelta(hours=42)):
        outbox.run_pending()
        assert StatusList.objects.get().revision == revision + 2
        assert verify_badge(addresses.absolute(addresses.ob3(badge.pk))).verdict == "valid"
        assert outbox.run_pending() == 0


def test_a_list_that_has_run_out_cannot_be_told() -> None:
    badge = published().live()[0]
    with clock.pinned(clock.now() + timedelta(hours=25)):
        assert verify_badge(addresses.absolute(addresses.ob3(badge.pk))).verdict == "unknown"


def test_a_revocation_between_reading_and_storing_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = published()
    badge = ready.live()[0]
    outbox.run_pending()
    whole, calls = statuslists.sign_document, []

    def interrupted(*given: object, **named: object) -> bytes:
        calls.append(1)
        if len(calls) == 1:
            actions.revoke_badge(badge, "misconduct", "", by=system())
            outbox.run_pending()
        return whole(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(statuslists, "sign_document", interrupted)
    statuslists.sign_anew(badge.status_list_id)
    assert len(calls) == 3
    assert bit(bits_of(badge), badge.status_index)


def test_it_asks_for_every_list() -> None:
    ready = published()
    ready.live()
    other = published()
    other.live()
    outbox.run_pending()
    before = dict(StatusList.objects.values_list("pk", "revision"))
    assert actions.sign_status_lists(by=system()) == 2
    outbox.run_pending()
    assert dict(StatusList.objects.values_list("pk", "revision")) == {key: value + 1 for key, value in before.items()}
