"""Handing in a review; who sees it."""

import json

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance import actions
from laurels.governance.models import Outcome, Review
from laurels.governance.reviews import counted, quorum, visible_reviews
from laurels.jobs.models import Job
from laurels.people.actions import give_role
from laurels.people.models import Role
from laurels.people.system import system
from tests.laurels.governance.road import Road, fresh, scores

pytestmark = pytest.mark.django_db


def test_it_keeps_every_score_with_its_reason():
    road = Road()
    road.declared()
    review = actions.submit_review(road.application, scores(3, safety=1), by=road.member)
    assert review.scores == scores(3, safety=1)
    assert review.submitted_at is not None
    entry = Entry.objects.get(verb="review submitted")
    assert "reason" not in json.dumps(entry.detail)
    assert counted(road.application) == [review]


def test_it_refuses_before_the_declaration():
    road = Road()
    road.declared(road.chair)
    with pytest.raises(WrongState, match="First say whether you have an interest"):
        actions.submit_review(road.application, scores(), by=road.member)


def test_it_refuses_with_an_interest():
    road = Road()
    road.declared(road.chair)
    actions.declare_interest(road.application, True, "My sister.", by=road.member)
    with pytest.raises(NotAllowed, match="You declared an interest in this application"):
        actions.submit_review(road.application, scores(), by=road.member)
    assert quorum(road.application).counted == 0


def test_it_refuses_who_joined_the_applying_unit_meanwhile():
    road = Road()
    road.declared()
    give_role(road.member, road.unit, Role.INSTRUCTOR, by=system())
    with pytest.raises(NotAllowed, match="You belong to Food as Medicine Institute"):
        actions.submit_review(road.application, scores(), by=road.member)


def test_it_is_for_the_committee():
    road = Road()
    road.declared()
    with pytest.raises(NotAllowed):
        actions.submit_review(road.application, scores(), by=road.registrar)


def test_it_refuses_incomplete_scores_and_names_each():
    road = Road()
    road.declared()
    given = scores() | {"mission": {"score": 2, "reason": ""}, "rigor": {"score": 5, "reason": "Why."}}
    del given["safety"]
    with pytest.raises(Invalid) as refused:
        actions.submit_review(road.application, given, by=road.member)
    assert set(refused.value.fields) == {"mission", "rigor", "safety"}
    assert counted(road.application) == []


def test_it_cannot_be_changed():
    road = Road()
    road.declared()
    actions.submit_review(road.application, scores(3), by=road.member)
    with pytest.raises(WrongState, match="cannot be changed afterwards"):
        actions.submit_review(road.application, scores(1), by=road.member)
    assert Review.objects.get(reviewer=road.member).scores == scores(3)


def test_it_refuses_an_application_that_was_decided_meanwhile():
    road = Road()
    road.reviewed()
    stale = fresh(road.application)
    actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    with pytest.raises(WrongState, match="Somebody was faster"):
        actions.submit_review(stale, scores(), by=road.chair)


def test_who_decides_hears_of_the_quorum_once():
    road = Road()
    road.declared()
    for reviewer in (road.member, road.other, road.chair):
        actions.submit_review(road.application, scores(), by=reviewer)
    told = [job.payload["to"] for job in Job.objects.filter(name="mail.send") if "Ready" in job.payload["subject"]]
    assert told == [road.chair.email]


def test_others_reviews_are_private_until_the_own_one_is_in():
    road = Road()
    road.declared()
    first = actions.submit_review(road.application, scores(3), by=road.member)
    assert visible_reviews(road.application, road.member) == [first]
    assert visible_reviews(road.application, road.other) == []
    assert visible_reviews(road.application, road.chair) == []
    second = actions.submit_review(road.application, scores(2), by=road.other)
    assert visible_reviews(road.application, road.other) == [first, second]
    assert visible_reviews(road.application, road.member) == [first, second]


def test_the_chair_sees_them_to_decide_and_a_deputy_does_not():
    road = Road()
    road.reviewed()
    assert len(visible_reviews(road.application, road.chair)) == 2
    actions.declare_interest(road.application, False, by=road.deputy)
    assert visible_reviews(road.application, road.deputy) == []


def test_an_interest_means_no_sight_of_scores():
    road = Road()
    road.reviewed()
    actions.declare_interest(road.application, True, "My sister.", by=road.deputy)
    assert visible_reviews(road.application, road.deputy) == []
    actions.decide(road.application, Outcome.APPROVE, by=road.chair)
    assert visible_reviews(road.application, road.deputy) == []


def test_nobody_outside_the_committee_sees_reviews():
    road = Road()
    road.reviewed()
    for user in (road.lead, road.registrar):
        assert visible_reviews(road.application, user) == []
    give_role(road.member, road.unit, Role.INSTRUCTOR, by=system())
    assert [review.reviewer for review in visible_reviews(road.application, road.member)] == [road.member]


def test_reviewers_score_anew_in_the_next_round_and_the_earlier_reviews_stay_visible():
    road = Road()
    road.reviewed(score=1)
    actions.request_changes(road.application, "More.", by=road.chair)
    actions.submit_application(road.application, by=road.lead)
    assert quorum(road.application).counted == 0
    assert [review.round for review in visible_reviews(road.application, road.member)] == [1, 1]
    assert visible_reviews(road.application, road.deputy) == []
    road.declared()
    again = actions.submit_review(road.application, scores(3), by=road.member)
    assert counted(road.application) == [again]
    assert [review.round for review in visible_reviews(road.application, road.member)] == [1, 1, 2]
    assert [review.round for review in visible_reviews(road.application, road.other)] == [1, 1]
