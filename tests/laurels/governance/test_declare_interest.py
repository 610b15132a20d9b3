"""Declaring an interest, before anything else."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance import actions
from laurels.governance.models import Review, State
from laurels.governance.reviews import may_review, reviewers
from laurels.people.actions import give_role
from laurels.people.models import Role
from laurels.people.system import system
from tests import factories
from tests.laurels.governance.road import Road, fresh, scores

pytestmark = pytest.mark.django_db


def test_the_first_declaration_brings_the_application_under_review():
    road = Road()
    road.submitted()
    review = actions.declare_interest(road.application, False, by=road.member)
    assert fresh(road.application).state == State.UNDER_REVIEW
    assert (review.has_interest, review.interest, review.submitted_at, review.round) == (False, "", None, 1)
    actions.declare_interest(road.application, False, by=road.other)
    assert fresh(road.application).state == State.UNDER_REVIEW
    assert Entry.objects.filter(verb="interest declared").count() == 2


def test_a_colleague_who_was_a_moment_faster_stops_nobody():
    road = Road()
    road.submitted()
    opened_before = fresh(road.application)
    actions.declare_interest(road.application, False, by=road.member)
    assert actions.declare_interest(opened_before, False, by=road.other).reviewer == road.other


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.ASSESSOR, Role.LEAD])
def test_it_refuses_a_member_of_the_applying_unit(role):
    road = Road()
    give_role(road.member, road.unit, role, by=system())
    road.submitted()
    with pytest.raises(NotAllowed) as refused:
        actions.declare_interest(road.application, False, by=road.member)
    assert refused.value.message == (
        "You belong to Food as Medicine Institute, which made this application, so you cannot review it. "
        "Another member will."
    )
    assert refused.value.mend == "Tell the chair."
    assert fresh(road.application).state == State.SUBMITTED
    assert not Review.objects.exists()


def test_it_refuses_the_applicant_who_has_left_the_unit():
    road = Road()
    road.submitted()
    road.lead.memberships.all().delete()
    give_role(road.lead, factories.university().unit, Role.COMMITTEE, by=system())
    with pytest.raises(NotAllowed, match="so you cannot review it"):
        actions.declare_interest(road.application, False, by=road.lead)


@pytest.mark.parametrize("who", ["lead", "registrar"])
def test_it_is_for_the_committee(who):
    road = Road()
    road.submitted()
    with pytest.raises(NotAllowed, match="This is for the committee member or chair or deputy chair"):
        actions.declare_interest(road.application, False, by=getattr(road, who))


def test_an_interest_is_said_in_words():
    road = Road()
    road.submitted()
    with pytest.raises(Invalid):
        actions.declare_interest(road.application, True, "  ", by=road.member)
    review = actions.declare_interest(road.application, True, " My sister teaches there. ", by=road.member)
    assert (review.has_interest, review.interest) == (True, "My sister teaches there.")
    assert not may_review(road.application, road.member)
    assert road.member not in reviewers(road.application)


def test_an_interest_stands_for_the_round():
    road = Road()
    road.submitted()
    actions.declare_interest(road.application, True, "My sister teaches there.", by=road.member)
    with pytest.raises(WrongState, match="You declared an interest in this round already"):
        actions.declare_interest(road.application, False, by=road.member)


def test_an_interest_can_be_discovered_before_the_review_is_in_and_not_after():
    road = Road()
    road.submitted()
    actions.declare_interest(road.application, False, by=road.member)
    actions.declare_interest(road.application, True, "I see my cousin's name.", by=road.member)
    assert Review.objects.get().has_interest
    actions.declare_interest(road.application, False, by=road.other)
    actions.submit_review(road.application, scores(), by=road.other)
    with pytest.raises(WrongState, match="Your review is in"):
        actions.declare_interest(road.application, True, "Late.", by=road.other)


def test_it_is_declared_anew_in_each_round():
    road = Road()
    road.declared()
    actions.request_changes(road.application, "More.", by=road.chair)
    actions.submit_application(road.application, by=road.lead)
    assert actions.declare_interest(road.application, False, by=road.member).round == 2
    assert road.application.state == State.UNDER_REVIEW


@pytest.mark.parametrize("state", ["draft", "approved", "withdrawn", "changes requested", "declined"])
def test_it_refuses_what_is_not_before_the_committee(state):
    road = Road()
    road.drafted()
    road.application.state = state
    road.application.save(update_fields=["state"])
    with pytest.raises(WrongState, match="Interest is declared on applications that are before the committee"):
        actions.declare_interest(road.application, False, by=road.member)
