"""A learner appeals against an assessment."""

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.jobs.models import Job
from laurels.people.models import Role
from laurels.training import actions
from laurels.training.progress import progress_of
from laurels.training.verdict import Verdict
from tests import factories


def test_it_is_made_once_and_the_award_waits_for_it(room):
    made = room.assess(0, "foundational")
    actions.appeal(made, "I also cooked a stew.", by=room.learner)
    assert any("second assessor" in one.words for one in progress_of(room.enrolment).missing)
    with pytest.raises(WrongState):
        actions.appeal(made, "Again.", by=room.learner)


def test_it_says_why(room):
    with pytest.raises(Invalid):
        actions.appeal(room.assess(), " ", by=room.learner)


def test_only_the_learner_appeals(room):
    with pytest.raises(NotAllowed):
        actions.appeal(room.assess(), "No.", by=room.assessor)


def test_a_verdict_that_was_followed_is_appealed_no_more(room):
    first = room.assess(0, "")
    actions.hand_in(room.enrolment, room.competency(), [], "Again.", by=room.learner)
    room.assess()
    with pytest.raises(WrongState, match="later assessment"):
        actions.appeal(first, "No.", by=room.learner)


def test_the_assessors_who_can_hear_it_are_told(room):
    other = factories.user(Role.ASSESSOR, room.unit, name="Ann Other")
    made = actions.appeal(room.assess(0), "You overlooked the soup.", by=room.learner)
    sent = [job.payload for job in Job.objects.filter(name="mail.send")]
    told = [one for one in sent if one["subject"].startswith("An appeal")]
    assert [one["to"] for one in told] == [other.email]
    assert f"/desk/units/{room.unit.slug}/assessing/appeals/{made.pk}" in told[0]["body"]


def test_the_answer_to_an_appeal_is_final(room):
    case = actions.appeal(room.assess(0, ""), "You overlooked the soup.", by=room.learner)
    other = factories.user(Role.ASSESSOR, room.unit)
    answer = actions.hear_appeal(case, Verdict("foundational", "I see it."), by=other)
    with pytest.raises(WrongState) as refusal:
        actions.appeal(answer, "More.", by=room.learner)
    assert "it is final" in refusal.value.message
