"""Handing an application in."""

from datetime import date, timedelta

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.catalogue import actions as catalogue
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance import actions, rubric
from laurels.governance.models import Rubric, State, Submission
from laurels.jobs.models import Job
from laurels.people.models import Role
from tests import factories
from tests.laurels.governance.road import ANSWERS, COMPETENCIES, MORNING, Road, fresh

pytestmark = pytest.mark.django_db


def test_it_freezes_what_was_handed_in_and_draws_the_rubric():
    road = Road()
    road.drafted()
    with clock.pinned(MORNING):
        submission = actions.submit_application(road.application, by=road.lead)
    held = fresh(road.application)
    assert (held.state, held.round, held.submitted_at) == (State.SUBMITTED, 1, MORNING)
    assert submission.content == {"answers": ANSWERS, "definition": None}
    assert held.rubric.number == 1
    assert held.rubric.criteria == rubric.DEFAULT
    assert Entry.objects.filter(verb="application submitted").count() == 1


def test_it_tells_the_unit_and_asks_each_reviewer():
    road = Road()
    stranger = factories.user(Role.LEAD, factories.unit())
    road.submitted()
    told = {address for job in Job.objects.filter(name="mail.send") for address in _addresses(job)}
    assert told == {user.email for user in (road.lead, road.chair, road.deputy, road.member, road.other)}
    assert stranger.email not in told


def test_a_reviewer_of_the_applying_unit_is_not_asked():
    road = Road()
    factories.actions.give_role(road.other, road.unit, Role.INSTRUCTOR, by=factories.system())
    road.submitted()
    assert road.other.email not in {address for job in Job.objects.all() for address in _addresses(job)}


def _addresses(job):
    return [value for value in job.payload.values() if isinstance(value, str) and value.endswith("@university.example")]


@pytest.mark.parametrize("field", ["training", "mission", "rigor", "assessors", "scope"])
def test_it_refuses_an_answer_that_is_missing(field):
    road = Road()
    road.drafted(**{field: [] if field == "scope" else "  "})
    with pytest.raises(Invalid) as refused:
        actions.submit_application(road.application, by=road.lead)
    assert list(refused.value.fields) == [field]
    assert fresh(road.application).state == State.DRAFT
    assert not Submission.objects.exists()


def test_it_refuses_a_second_time():
    road = Road()
    road.submitted()
    with pytest.raises(WrongState):
        actions.submit_application(road.application, by=road.lead)


def test_it_refuses_the_slower_of_two():
    road = Road()
    road.drafted()
    slower = fresh(road.application)
    actions.submit_application(road.application, by=road.lead)
    with pytest.raises(WrongState, match="Somebody was faster"):
        actions.submit_application(slower, by=road.lead)
    assert Submission.objects.count() == 1


def test_it_is_for_the_lead():
    road = Road()
    road.drafted()
    with pytest.raises(NotAllowed):
        actions.submit_application(road.application, by=factories.user(Role.ASSESSOR, road.unit))


def test_a_micro_credential_is_handed_in_with_its_definition():
    road = Road()
    road.micro_credential_submitted()
    content = road.application.submissions.get().content
    assert content["definition"]["title"] == "Whole-Food Cooking"
    assert [one["statement"] for one in content["definition"]["competencies"]] == [
        one["statement"] for one in COMPETENCIES
    ]


def test_it_refuses_an_incomplete_definition_and_says_what_is_missing():
    road = Road()
    road.micro_credential_drafted(summary="", contact_minutes=0)
    with pytest.raises(Invalid) as refused:
        actions.submit_application(road.application, by=road.lead)
    assert {"summary", "contact_minutes"} == set(refused.value.fields)
    assert any("at least 12 h" in words for words in refused.value.fields["contact_minutes"])


def test_it_sees_the_definition_as_it_is_recorded_not_as_the_caller_holds_it():
    road = Road()
    road.micro_credential_drafted()
    held = fresh(road.application)
    assert held.version.summary
    catalogue.edit_draft(fresh(road.application).version, {"summary": ""}, COMPETENCIES, by=road.lead)
    with pytest.raises(Invalid):
        actions.submit_application(held, by=road.lead)


def test_it_refuses_a_unit_without_authority():
    road = Road()
    application = actions.draft_micro_credential_application(road.version(), by=road.lead)
    with pytest.raises(WrongState, match="Food as Medicine Institute has no issuing authority"):
        actions.submit_application(application, by=road.lead)


def test_it_refuses_once_the_authority_has_lapsed():
    road = Road()
    with clock.pinned(MORNING):
        road.micro_credential_drafted()
    with (
        clock.pinned(MORNING + timedelta(days=4 * 365)),
        pytest.raises(
            WrongState,
            match=r"^Food as Medicine Institute's issuing authority ended on 30 April 2030, "
            r"so it cannot open offerings or make awards\. Its earlier badges stay true\.$",
        ),
    ):
        actions.submit_application(road.application, by=road.lead)


def test_it_refuses_a_field_outside_the_scope():
    road = Road()
    road.micro_credential_drafted(tags=["cooking", "acupuncture"])
    with pytest.raises(
        WrongState, match=r"^Food as Medicine Institute may issue in nutrition and cooking\. This is acupuncture\.$"
    ):
        actions.submit_application(road.application, by=road.lead)


def test_it_refuses_while_the_authority_is_suspended():
    road = Road()
    road.micro_credential_drafted()
    actions.suspend_authority(road.unit.authorities.get(), "A complaint.", by=road.registrar)
    with pytest.raises(WrongState, match="issuing authority is suspended"):
        actions.submit_application(road.application, by=road.lead)


def test_the_rubric_of_the_first_round_stays():
    road = Road()
    road.declared()
    actions.set_rubric(rubric.DEFAULT[:3], by=road.registrar)
    actions.request_changes(road.application, "More.", by=road.chair)
    actions.submit_application(road.application, by=road.lead)
    assert road.application.rubric.number == 1
    assert Rubric.objects.count() == 2


def test_each_round_is_kept():
    road = Road()
    road.declared()
    actions.request_changes(road.application, "More rigor.", by=road.chair)
    actions.edit_application(road.application, {"rigor": "More."}, by=road.lead)
    with clock.pinned(MORNING):
        actions.submit_application(road.application, by=road.lead)
    assert fresh(road.application).round == 2
    assert [one.content["answers"]["rigor"] for one in road.application.submissions.all()] == [
        ANSWERS["rigor"],
        "More.",
    ]
    assert date(2027, 5, 1) == road.application.submissions.last().at.date()
