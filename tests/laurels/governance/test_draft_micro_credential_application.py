"""Drafting an application for a micro-credential."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import NotAllowed, WrongState
from laurels.governance import actions
from laurels.governance.models import Kind, Outcome, State
from laurels.people.models import Role
from tests import factories
from tests.laurels.governance.road import Road

pytestmark = pytest.mark.django_db


def test_a_lead_begins_with_a_drafted_version():
    road = Road()
    version = road.version()
    application = actions.draft_micro_credential_application(version, by=road.lead)
    assert (application.kind, application.state, application.unit) == (Kind.MICRO_CREDENTIAL, State.DRAFT, road.unit)
    assert application.version == version
    assert Entry.objects.filter(verb="application drafted").count() == 1


def test_it_refuses_a_lead_of_another_unit():
    version = Road().version()
    with pytest.raises(NotAllowed):
        actions.draft_micro_credential_application(version, by=factories.user(Role.LEAD, factories.unit()))


def test_it_refuses_a_second_for_the_same_micro_credential():
    road = Road()
    version = road.version()
    first = actions.draft_micro_credential_application(version, by=road.lead)
    with pytest.raises(WrongState, match="There is an application for “Whole-Food Cooking” under way already"):
        actions.draft_micro_credential_application(version, by=road.lead)
    actions.withdraw_application(first, by=road.lead)
    assert actions.draft_micro_credential_application(version, by=road.lead).state == State.DRAFT


def test_it_refuses_a_second_that_was_not_seen_yet(monkeypatch):
    road = Road()
    version = road.version()
    actions.draft_micro_credential_application(version, by=road.lead)
    monkeypatch.setattr("laurels.governance.workflow.OPEN", ())
    with pytest.raises(WrongState, match="under way already"):
        actions.draft_micro_credential_application(version, by=road.lead)


def test_it_refuses_a_version_that_was_approved():
    road = Road()
    road.micro_credential_submitted()
    road.reviewed()
    actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    road.application.version.refresh_from_db()
    with pytest.raises(WrongState, match=r"Version 1\.0\.0 was approved already"):
        actions.draft_micro_credential_application(road.application.version, by=road.lead)
