"""Awarding a roster: some rows at a time, interrupted and gone on with, never twice."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.awards import actions, handlers
from laurels.awards.models import Award, RosterState
from laurels.badges import issuing
from laurels.badges.models import Badge, BadgeState, Document
from laurels.badges.signing import Draft
from laurels.governance.models import IssuingAuthority
from laurels.jobs import outbox
from laurels.jobs.models import Job
from laurels.people.system import system
from openbadgekit.errors import Malformed
from tests.laurels.awards.approved import approved
from tests.laurels.awards.day import NOW

pytestmark = pytest.mark.django_db


def addresses(count: int) -> list[str]:
    return [f"learner{number}@example.org" for number in range(count)]


def test_the_good_rows_are_awarded_and_signed_and_their_holders_told() -> None:
    ready = approved()
    roster = ready.confirmed(*(ready.row(address) for address in addresses(5)), ready.row("nobody"))
    outbox.run_pending()
    roster.refresh_from_db()
    assert roster.state == RosterState.DONE
    assert roster.done_at == NOW
    assert Award.objects.count() == 5
    assert set(Badge.objects.values_list("state", flat=True)) == {BadgeState.LIVE}
    assert Document.objects.filter(badge__isnull=False).count() == 10
    told = [job.payload["to"] for job in Job.objects.filter(name="mail.send")]
    assert sorted(told) == sorted(addresses(5))


def test_the_award_rests_on_the_row_and_its_attestation() -> None:
    ready = approved()
    ready.confirmed(ready.row("ada@example.org", evidence="https://x.example/1", **{"informal hours": "2"}))
    outbox.run_pending()
    basis = Award.objects.get().basis
    assert basis["kind"] == "roster"
    assert (basis["minutes"], basis["informal_minutes"]) == (1080, 120)
    assert basis["attested_by"] == str(ready.lead.pk)
    assert "I attest" in basis["attestation"]
    assert basis["evidence"] == [{"address": "https://x.example/1", "name": "", "sha256": ""}]


def test_it_goes_on_after_an_interruption_without_awarding_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = approved()
    roster = ready.confirmed(*(ready.row(address) for address in addresses(25)))
    assert actions.award_rows(roster, by=system(), most=10) == 15
    bulk, calls = Award.objects.bulk_create, []

    def killed(*given: object, **named: object) -> object:
        calls.append(1)
        raise KeyboardInterrupt

    monkeypatch.setattr(type(Award.objects), "bulk_create", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.award_rows(roster, by=system(), most=10)
    monkeypatch.undo()
    assert calls == [1]
    assert bulk is not None
    assert Award.objects.count() == 10
    outbox.run_pending()
    assert Award.objects.count() == 25
    assert len(set(Award.objects.values_list("address", flat=True))) == 25
    assert Badge.objects.count() == 25
    assert Badge.objects.filter(state=BadgeState.LIVE).count() == 25


def test_doing_the_job_again_changes_nothing() -> None:
    ready = approved()
    roster = ready.confirmed(*(ready.row(address) for address in addresses(3)))
    outbox.run_pending()
    before = (Award.objects.count(), Document.objects.count(), Job.objects.count())
    job = SimpleNamespace(progress=lambda done, total: None, heartbeat=lambda: None)
    handlers.award_roster({"roster": str(roster.pk)}, job)
    handlers.sign_badges({"badges": list(Badge.objects.values_list("pk", flat=True))}, job)
    assert (Award.objects.count(), Document.objects.count(), Job.objects.count()) == before


def test_a_roster_that_was_not_confirmed_awards_nothing() -> None:
    ready = approved()
    roster = ready.roster(ready.row("ada@example.org"))
    assert actions.award_rows(roster, by=system()) == 0
    assert not Award.objects.exists()


def test_what_became_impossible_after_the_dry_run_is_said_in_its_row() -> None:
    ready = approved()
    first = ready.confirmed(ready.row("ada@example.org"))
    second = ready.confirmed(ready.row("ada@example.org"), ready.row("bob@example.org"))
    outbox.run_pending()
    assert first.rows.get().problem == ""
    ada, bob = second.rows.all()
    assert "already holds this badge" in ada.problem
    assert bob.award is not None
    assert Award.objects.count() == 2


def test_a_suspension_after_the_confirmation_stops_it() -> None:
    ready = approved()
    roster = ready.confirmed(ready.row("ada@example.org"))
    IssuingAuthority.objects.filter(pk=ready.authority.pk).update(suspended_at=NOW)
    outbox.run_pending()
    assert "suspended" in roster.rows.get().problem
    assert not Award.objects.exists()


def test_one_badge_that_cannot_be_signed_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = approved()
    ready.confirmed(*(ready.row(address) for address in addresses(3)))
    whole = issuing.sign_batch

    def spoilt(drafts: list[Draft], *given: object, **named: object) -> object:
        bad = Award.objects.get(address__folded="learner1@example.org").badge_id
        if any(draft.badge == bad for draft in drafts):
            raise Malformed("This one is spoilt.")
        return whole(drafts, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(issuing, "sign_batch", spoilt)
    outbox.run_pending()
    states = dict(Award.objects.values_list("address__folded", "badge__state"))
    assert states == {
        "learner0@example.org": "live",
        "learner1@example.org": "signing",
        "learner2@example.org": "live",
    }
    assert "spoilt" in Job.objects.get(name="awards.sign").error


def test_many_awards_take_few_queries() -> None:
    ready = approved()
    roster = ready.confirmed(*(ready.row(address) for address in addresses(250)))
    with CaptureQueriesContext(connection) as queries:
        actions.award_rows(roster, by=system())
    assert len(queries) < 0.2 * 250
