"""Changing an application's answers."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance import actions
from laurels.people.models import Role
from tests import factories
from tests.laurels.governance.road import ANSWERS, Road, fresh

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_what_was_not_changed():
    road = Road()
    road.drafted()
    actions.edit_application(road.application, {"training": "More cooking."}, by=road.lead)
    assert fresh(road.application).answers == ANSWERS | {"training": "More cooking."}
    assert Entry.objects.filter(verb="application edited").count() == 1


def test_it_can_be_edited_when_changes_were_asked_for():
    road = Road()
    road.declared()
    actions.request_changes(road.application, "Say more about rigor.", by=road.chair)
    actions.edit_application(road.application, {"rigor": "Much more."}, by=road.lead)
    assert fresh(road.application).answers["rigor"] == "Much more."
    assert fresh(road.application).submissions.get().content["answers"]["rigor"] == ANSWERS["rigor"]


def test_it_refuses_while_the_committee_has_it():
    road = Road()
    road.submitted()
    with pytest.raises(WrongState, match="It is handed in"):
        actions.edit_application(road.application, {"rigor": "None."}, by=road.lead)
    road.declared()
    with pytest.raises(WrongState, match="It is under review"):
        actions.edit_application(road.application, {"rigor": "None."}, by=road.lead)
    assert fresh(road.application).answers == ANSWERS


def test_it_refuses_a_copy_from_before_it_was_handed_in():
    road = Road()
    road.drafted()
    stale = fresh(road.application)
    actions.submit_application(road.application, by=road.lead)
    with pytest.raises(WrongState, match="Somebody was faster"):
        actions.edit_application(stale, {"rigor": "None."}, by=road.lead)
    assert fresh(stale).answers == ANSWERS


def test_it_is_for_leads_of_the_unit_alone():
    road = Road()
    road.drafted()
    for other in (road.chair, factories.user(Role.LEAD, factories.unit())):
        with pytest.raises(NotAllowed):
            actions.edit_application(road.application, {"rigor": "None."}, by=other)


def test_it_refuses_a_question_that_is_not_asked():
    road = Road()
    road.drafted()
    with pytest.raises(Invalid) as refused:
        actions.edit_application(road.application, {"colour": "green"}, by=road.lead)
    assert list(refused.value.fields) == ["colour"]
