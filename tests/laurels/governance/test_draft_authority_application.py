"""Drafting an application for issuing authority."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance import actions
from laurels.governance.models import Application, Kind, State
from laurels.people.models import Role
from tests import factories
from tests.laurels.governance.road import ANSWERS, Road

pytestmark = pytest.mark.django_db


def test_a_lead_begins_with_what_is_known():
    road = Road()
    application = actions.draft_authority_application(road.unit, {"training": " Cooking. "}, by=road.lead)
    assert (application.kind, application.state, application.round) == (Kind.AUTHORITY, State.DRAFT, 0)
    assert application.answers == {"training": "Cooking."}
    assert application.applicant == road.lead
    assert Entry.objects.filter(verb="application drafted", actor=str(road.lead.pk)).count() == 1


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.ASSESSOR])
def test_it_is_for_leads_alone(role):
    road = Road()
    with pytest.raises(NotAllowed, match="This is for the lead of Food as Medicine Institute"):
        actions.draft_authority_application(road.unit, ANSWERS, by=factories.user(role, road.unit))


def test_it_refuses_the_lead_of_another_unit():
    road = Road()
    with pytest.raises(NotAllowed):
        actions.draft_authority_application(road.unit, ANSWERS, by=factories.user(Role.LEAD, factories.unit()))


def test_it_refuses_a_second_while_one_is_under_way():
    road = Road()
    road.drafted()
    with pytest.raises(WrongState, match="under way already"):
        road.drafted()
    actions.withdraw_application(road.application, by=road.lead)
    assert road.drafted().state == State.DRAFT


def test_it_refuses_a_second_that_was_not_seen_yet(monkeypatch):
    road = Road()
    road.drafted()
    monkeypatch.setattr("laurels.governance.workflow.OPEN", ())
    with pytest.raises(WrongState, match="under way already"):
        road.drafted()
    assert Application.objects.count() == 1


def test_field_tags_are_kept_once():
    road = Road()
    application = road.drafted(scope=["Nutrition ", "nutrition", "", "Cooking"])
    assert application.answers["scope"] == ["Nutrition", "Cooking"]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"colour": "green"}, "colour"),
        ({"scope": "nutrition"}, "scope"),
        ({"scope": [7]}, "scope"),
        ({"scope": ["x" * 61]}, "scope"),
        ({"scope": [str(number) for number in range(31)]}, "scope"),
        ({"training": ["a list"]}, "training"),
        ({"rigor": "x" * 20_001}, "rigor"),
    ],
)
def test_it_refuses_what_cannot_be_kept(answers, field):
    road = Road()
    with pytest.raises(Invalid) as refused:
        actions.draft_authority_application(road.unit, answers, by=road.lead)
    assert list(refused.value.fields) == [field]
    assert not Application.objects.exists()
