"""Giving an application back to be changed."""

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance import actions, submissions
from laurels.governance.models import Kind, Outcome, State
from laurels.jobs.models import Job
from tests.laurels.governance.road import COMPETENCIES, Road, fresh, scores

pytestmark = pytest.mark.django_db


def test_it_gives_the_application_back_with_words():
    road = Road()
    road.declared()
    submission = actions.request_changes(road.application, " Say who moderates. ", by=road.chair)
    assert fresh(road.application).state == State.CHANGES_REQUESTED
    assert (submission.changes_words, submission.changes_by) == ("Say who moderates.", road.chair)
    bodies = [
        job.payload["body"] for job in Job.objects.filter(name="mail.send") if job.payload["to"] == road.lead.email
    ]
    assert any("Say who moderates." in body for body in bodies)


@pytest.mark.parametrize("who", ["member", "deputy", "lead", "registrar"])
def test_it_is_for_who_decides(who):
    road = Road()
    road.declared()
    with pytest.raises(NotAllowed):
        actions.request_changes(road.application, "More.", by=getattr(road, who))


def test_it_refuses_without_words():
    road = Road()
    road.declared()
    with pytest.raises(Invalid, match="Say what should be changed"):
        actions.request_changes(road.application, " \n", by=road.chair)


def test_it_refuses_before_the_review_and_after_the_decision():
    road = Road()
    road.submitted()
    with pytest.raises(WrongState):
        actions.request_changes(road.application, "More.", by=road.chair)
    road.reviewed()
    actions.decide(road.application, Outcome.DECLINE, by=road.chair, note="Not now.")
    with pytest.raises(WrongState, match="It was declined"):
        actions.request_changes(road.application, "More.", by=road.chair)


def test_it_refuses_a_copy_of_an_earlier_round():
    road = Road()
    road.declared()
    stale = fresh(road.application)
    actions.request_changes(road.application, "More.", by=road.chair)
    actions.submit_application(road.application, by=road.lead)
    road.declared()
    with pytest.raises(WrongState, match="Somebody was faster"):
        actions.request_changes(stale, "Even more.", by=road.chair)


def test_the_differences_between_rounds_are_shown():
    road = Road()
    road.declared()
    actions.request_changes(road.application, "More.", by=road.chair)
    actions.edit_application(road.application, {"rigor": "A panel.", "scope": ["cooking"]}, by=road.lead)
    actions.submit_application(road.application, by=road.lead)
    before, after = (submissions.of_round(road.application, number) for number in (1, 2))
    found = submissions.differences(Kind.AUTHORITY, before, after)
    assert [(one.field, one.after) for one in found] == [("rigor", "A panel."), ("scope", "cooking")]
    assert found[1].before == "nutrition, cooking"
    everything = submissions.differences(Kind.AUTHORITY, None, after)
    assert [one.field for one in everything] == ["training", "mission", "rigor", "assessors", "scope"]


def test_the_differences_of_a_definition_are_shown():
    road = Road()
    road.micro_credential_submitted()
    road.declared()
    actions.request_changes(road.application, "For whom?", by=road.chair)
    actions.edit_definition(road.application, {"audience": "Cooks."}, COMPETENCIES, by=road.lead)
    actions.submit_application(road.application, by=road.lead)
    before, after = (submissions.of_round(road.application, number) for number in (1, 2))
    found = submissions.differences(Kind.MICRO_CREDENTIAL, before, after)
    assert [(one.field, one.before, one.after) for one in found] == [("audience", "", "Cooks.")]


def test_a_new_version_is_compared_with_the_newest_approved_one():
    road = Road()
    road.micro_credential_submitted()
    road.reviewed()
    assert submissions.of_base(road.application) is None
    actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    version = fresh(road.application).version
    first = road.application
    draft = road.next_version(version.micro_credential, audience="Cooks.")
    road.application = actions.draft_micro_credential_application(draft, by=road.lead)
    actions.submit_application(road.application, by=road.lead)
    base = submissions.of_base(road.application)
    found = submissions.differences(Kind.MICRO_CREDENTIAL, base, submissions.of_round(road.application, 1))
    assert [(one.field, one.after) for one in found] == [("audience", "Cooks.")]
    road.declared()
    for user in (road.member, road.other):
        actions.submit_review(road.application, scores(), by=user)
    actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    assert submissions.of_base(fresh(road.application)) == base
    assert submissions.of_base(fresh(first)) is None
