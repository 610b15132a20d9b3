"""Changing the definition that an application is about."""

import pytest

from laurels.catalogue import actions as catalogue
from laurels.catalogue.models import Version
from laurels.errors import WrongState
from laurels.governance import actions
from laurels.governance.models import Outcome
from tests.laurels.governance.road import COMPETENCIES, Road, fresh

pytestmark = pytest.mark.django_db


def test_a_draft_can_be_changed():
    road = Road()
    road.micro_credential_drafted()
    actions.edit_definition(road.application, {"audience": "Cooks."}, COMPETENCIES, by=road.lead)
    assert fresh(road.application).version.audience == "Cooks."


def test_it_refuses_while_the_committee_has_it_and_opens_again_with_changes_asked_for():
    road = Road()
    road.micro_credential_submitted()
    with pytest.raises(WrongState):
        actions.edit_definition(road.application, {"audience": "Cooks."}, COMPETENCIES, by=road.lead)
    road.declared()
    actions.request_changes(road.application, "For whom?", by=road.chair)
    actions.edit_definition(road.application, {"audience": "Cooks."}, COMPETENCIES, by=road.lead)
    assert fresh(road.application).version.audience == "Cooks."


def test_what_was_changed_beside_the_road_is_not_approved():
    road = Road()
    road.micro_credential_submitted()
    road.reviewed()
    catalogue.edit_draft(Version.objects.get(pk=road.application.version_id), {"audience": "Cooks."}, by=road.lead)
    with pytest.raises(
        WrongState, match=r"changed after it was handed in \(audience\), so it is not what was reviewed"
    ):
        actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    decision = actions.decide(fresh(road.application), Outcome.DECLINE, by=road.chair, note="It was changed.")
    assert decision.outcome == Outcome.DECLINE


def test_it_refuses_where_there_is_no_definition():
    road = Road()
    road.drafted()
    with pytest.raises(WrongState, match="has no definition"):
        actions.edit_definition(road.application, {}, [], by=road.lead)
