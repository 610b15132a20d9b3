"""Confirming: the attestation is kept, and the job begins once."""

import pytest

from laurels.awards import actions
from laurels.awards.basis import attestation
from laurels.awards.conditions import Conditions
from laurels.awards.models import RosterState
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance.models import IssuingAuthority
from laurels.jobs.models import Job
from laurels.people.models import Role
from laurels.people.system import university
from tests import factories
from tests.laurels.awards.approved import COMPLETED, approved
from tests.laurels.awards.day import NOW

pytestmark = pytest.mark.django_db


def test_it_keeps_who_attested_what_and_when_and_leaves_the_job() -> None:
    ready = approved()
    roster = ready.confirmed(ready.row("ada@example.org"))
    assert roster.state == RosterState.CONFIRMED
    assert roster.attestation == attestation(ready.version)
    assert roster.confirmed_by == ready.lead
    assert roster.confirmed_at == NOW
    assert Job.objects.get(name="awards.roster").payload == {"roster": str(roster.pk)}


def test_it_refuses_without_an_attestation() -> None:
    ready = approved()
    with pytest.raises(Invalid, match="Attest"):
        actions.confirm_roster(ready.roster(ready.row("ada@example.org")), " ", by=ready.lead)


def test_it_refuses_a_roster_without_a_good_row() -> None:
    ready = approved()
    with pytest.raises(WrongState, match="No row"):
        ready.confirmed(ready.row("nobody"))


def test_it_confirms_once() -> None:
    ready = approved()
    roster = ready.confirmed(ready.row("ada@example.org"))
    with pytest.raises(WrongState, match="confirmed already"):
        actions.confirm_roster(roster, "I attest.", by=ready.lead)


def test_it_is_for_leads_and_assessors_of_the_unit() -> None:
    ready = approved()
    roster = ready.roster(ready.row("ada@example.org"))
    with pytest.raises(NotAllowed):
        actions.confirm_roster(roster, "I attest.", by=factories.user(Role.LEAD, factories.unit()))


def test_after_a_lapse_it_is_for_the_registrar() -> None:
    ready = approved()
    IssuingAuthority.objects.filter(pk=ready.authority.pk).update(valid_until=COMPLETED)
    roster = ready.roster(ready.row("ada@example.org"))
    assert "until 30 January 2027" in Conditions(ready.version, university()).registrar_must_confirm()
    with pytest.raises(NotAllowed):
        actions.confirm_roster(roster, "I attest.", by=ready.lead)
    confirmed = actions.confirm_roster(roster, "I attest.", by=ready.registrar)
    assert actions.award_rows(confirmed, by=ready.registrar) == 0
    assert confirmed.rows.get().award is not None


def test_a_unit_without_a_signing_key_is_told_before_badges_wait_for_one() -> None:
    ready = approved()
    roster = ready.roster(ready.row("ada@example.org"))
    ready.unit.signing_keys.update(state="old")
    with pytest.raises(WrongState, match="no signing key"):
        actions.confirm_roster(roster, "I attest.", by=ready.lead)
