"""Revoking an award: with a public reason; the address can earn it anew."""

import pytest

from laurels.awards import actions
from laurels.badges import addresses
from laurels.badges.models import BadgeState
from laurels.badges.verification import verify_badge
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.jobs import outbox
from laurels.jobs.models import Job
from laurels.people.models import Role
from tests import factories
from tests.laurels.awards.approved import approved

pytestmark = pytest.mark.django_db


def test_the_badge_falls_in_both_standards_and_the_holder_is_told_the_public_reason() -> None:
    ready = approved()
    award = ready.grant()
    outbox.run_pending()
    award = actions.revoke_award(award, "wrong address", "Words of the registrar.", by=ready.registrar)
    outbox.run_pending()
    assert not award.live
    assert award.badge.state == BadgeState.REVOKED
    for of in (addresses.ob2, addresses.ob3):
        assert verify_badge(addresses.absolute(of(award.badge_id))).verdict == "invalid"
    message = Job.objects.filter(name="mail.send").order_by("-pk")[0].payload
    assert "It was sent to a wrong address." in message["body"]
    assert "Words of the registrar" not in message["body"]


def test_it_can_be_awarded_anew() -> None:
    ready = approved()
    first = ready.grant()
    outbox.run_pending()
    actions.revoke_award(first, "wrong details", "", by=ready.lead)
    second = ready.grant()
    assert second.badge_id != first.badge_id
    assert second.address == first.address


def test_it_is_for_the_lead_and_the_registrar() -> None:
    ready = approved()
    award = ready.grant()
    outbox.run_pending()
    for other in (factories.user(Role.ASSESSOR, ready.unit), factories.user(Role.LEAD, factories.unit())):
        with pytest.raises(NotAllowed):
            actions.revoke_award(award, "misconduct", "", by=other)
    assert not actions.revoke_award(award, "misconduct", "", by=ready.lead).live


def test_it_refuses_unknown_reasons_and_a_second_time() -> None:
    ready = approved()
    award = ready.grant()
    outbox.run_pending()
    with pytest.raises(Invalid):
        actions.revoke_award(award, "because", "", by=ready.lead)
    award.refresh_from_db()
    assert award.live
    actions.revoke_award(award, "misconduct", "", by=ready.lead)
    with pytest.raises(WrongState, match="revoked already"):
        actions.revoke_award(award, "misconduct", "", by=ready.lead)
