"""Signing badges and storing what was signed."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import LazySettings

from laurels.badges import actions, addresses, issuers, signing
from laurels.badges.models import BadgeState, Document, Origin
from laurels.badges.verification import Storage, policy, verify_badge
from laurels.errors import WrongState
from laurels.people.system import system
from openbadgekit.errors import Malformed
from openbadgekit.microcredential import Result
from tests.laurels.badges.published import LEARNER, Nowhere, published

pytestmark = pytest.mark.django_db


def test_it_stores_both_forms_as_bytes_and_the_badge_is_live() -> None:
    badge = published().live()[0]
    assert badge.state == BadgeState.LIVE
    assert badge.signed_at is not None
    forms = {document.address: document for document in badge.documents.all()}
    assert set(forms) == {addresses.ob2(badge.pk), addresses.ob3(badge.pk)}
    credential = forms[addresses.ob3(badge.pk)]
    assert credential.media_type == "application/vc+ld+json"
    assert credential.sha256 == hashlib.sha256(bytes(credential.body)).hexdigest()
    assert json.loads(bytes(credential.body))["proof"]["cryptosuite"] == "eddsa-rdfc-2022"


def test_a_new_badge_verifies_at_once_in_both_forms() -> None:
    badge = published().live()[0]
    for path in (addresses.ob3(badge.pk), addresses.ob2(badge.pk)):
        report = verify_badge(addresses.absolute(path), LEARNER)
        assert report.verdict == "valid", report.findings
        assert {finding.outcome for finding in report.findings} == {"passed"}


def test_it_names_nobody_in_the_documents() -> None:
    badge = published().live()[0]
    for document in badge.documents.all():
        assert LEARNER.encode() not in bytes(document.body)


def test_it_stores_a_badge_once() -> None:
    ready = published()
    badges = ready.badges(2)
    first, second = ready.sign(badges), ready.sign(badges)
    assert actions.store_signed(first, by=system()) == [badge.pk for badge in badges]
    assert actions.store_signed(second, by=system()) == []
    assert Document.objects.filter(badge__in=badges).count() == 4


def test_it_does_not_bring_a_revoked_badge_back() -> None:
    ready = published()
    badge = ready.live()[0]
    signed = ready.sign([badge])
    actions.revoke_badge(badge, "wrong address", "", by=system())
    assert actions.store_signed(signed, by=system()) == []
    badge.refresh_from_db()
    assert badge.state == BadgeState.REVOKED


def test_it_records_the_origin_and_refuses_another_one(settings: LazySettings) -> None:
    ready = published()
    badge = ready.badges(1)[0]
    signed = ready.sign([badge])
    actions.store_signed(signed, by=system())
    assert Origin.objects.get().base_url == "http://localhost:8000"
    settings.BASE_URL = "https://elsewhere.example"
    with pytest.raises(WrongState, match="were signed for http://localhost:8000"):
        actions.store_document("/endorsements/x", b"{}", by=system())


def test_nothing_ill_formed_is_signed_and_the_badge_is_named() -> None:
    ready = published()
    badge = ready.badges(1)[0]
    draft = ready.draft(badge)
    wrong = replace(draft, credential=replace(draft.credential, results=(Result("urn:uuid:x", "urn:uuid:y"),)))
    with pytest.raises(Malformed, match=badge.pk):
        signing.sign_batch(
            [wrong],
            issuers.current_key(ready.unit),
            at=draft.credential.granted,
            fetcher=Storage(Nowhere()),
            policy=policy(),
        )


def test_nothing_is_signed_that_our_own_verifier_would_not_call_valid() -> None:
    """The status list is not published: a stranger could not tell whether the badge was revoked."""
    ready = published()
    badge = actions.open_badge(ready.unit, by=system())
    with pytest.raises(Malformed, match="revocation"):
        ready.sign([badge])


def test_a_badge_without_the_universitys_endorsements_is_not_signed() -> None:
    ready = published()
    badge = ready.badges(1)[0]
    ready.issuer = replace(ready.issuer, endorsements=())
    with pytest.raises(Malformed, match="endorsement"):
        ready.sign([badge])


def test_the_whole_verifier_runs_on_the_first_of_each_shape_and_on_one_in_a_hundred(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready = published()
    badges = ready.badges(103)
    drafts = [ready.draft(badge) for badge in badges]
    until = drafts[50].credential.granted + timedelta(days=365)
    drafts[50] = replace(drafts[50], credential=replace(drafts[50].credential, valid_until=until))
    seen = []
    whole = signing._verify

    def counted(signed: signing.Signed, *rest: object) -> None:
        seen.append(signed.badge)
        whole(signed, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(signing, "_verify", counted)
    at = drafts[0].credential.granted
    signing.sign_batch(drafts, issuers.current_key(ready.unit), at=at, fetcher=Storage(Nowhere()), policy=policy())
    assert seen == [badges[0].pk, badges[50].pk, badges[100].pk]
