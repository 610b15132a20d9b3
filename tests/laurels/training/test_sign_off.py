"""Signing off turns training into an award, once."""

import datetime

import pytest

from laurels.awards.documents import credential_for
from laurels.awards.models import Award
from laurels.errors import NotAllowed, WrongState
from laurels.people import actions as people
from laurels.people.models import Role
from laurels.people.system import system
from laurels.training import actions
from laurels.training.models import EnrolmentState
from laurels.training.progress import progress_of
from tests import factories


def test_the_award_rests_on_the_ledger_and_the_assessments(room):
    enrolment = actions.sign_off(room.complete(), by=room.lead)
    award = enrolment.award
    assert enrolment.state == EnrolmentState.AWARDED
    assert award.basis["kind"] == "enrolment"
    assert (award.basis["minutes"], award.basis["informal_minutes"]) == (1080, 240)
    assert award.basis["by_kind"] == {"practice": 840, "independent": 240}
    assert len(award.basis["evidence"]) == 2
    assert award.completed_on == datetime.date(2026, 11, 20)


def test_the_badge_says_hours_by_kind_and_that_it_was_recorded_and_assessed(room):
    award = actions.sign_off(room.complete(), by=room.lead).award
    credential = credential_for(Award.objects.get(pk=award.pk))
    assert credential.narrative == "Hours by kind: 14 h practice, 4 h independent."
    assert credential.attested.startswith("Recorded and assessed by the unit")
    assert all(len(one.sha256) == 64 for one in credential.evidence)


def test_what_is_missing_is_said(room):
    room.assess(0)
    with pytest.raises(WrongState, match="Not yet: 0 h of 18 h are confirmed"):
        actions.sign_off(room.enrolment, by=room.lead)


def test_it_happens_once_whoever_clicks(room):
    actions.sign_off(room.complete(), by=room.lead)
    with pytest.raises(WrongState, match="granted already"):
        actions.sign_off(room.enrolment, by=room.assessor)
    assert Award.objects.count() == 1


def test_nobody_signs_off_own_work(room):
    people.give_role(room.learner, room.unit, Role.LEAD, by=system())
    with pytest.raises(NotAllowed):
        actions.sign_off(room.complete(), by=room.learner)


def test_it_is_for_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.sign_off(room.complete(), by=factories.user(Role.LEAD, factories.unit()))


def test_few_queries_say_how_far_it_has_come(room, django_assert_max_num_queries):
    room.complete()
    with django_assert_max_num_queries(6):
        assert progress_of(room.enrolment).missing == []
