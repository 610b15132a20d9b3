"""A learner asks for an assessment."""

import datetime

import pytest

from laurels import clock
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from laurels.training.models import Enrolment, EnrolmentState
from laurels.training.verdict import Verdict


def test_it_waits_with_a_deadline(room):
    handed = actions.hand_in(room.enrolment, room.competency(), [room.evidence()], "My soup.", by=room.learner)
    assert handed.due_at == clock.now() + datetime.timedelta(days=14)
    assert handed.closed_at is None


def test_nothing_cannot_be_handed_in(room):
    with pytest.raises(Invalid):
        actions.hand_in(room.enrolment, room.competency(), [], " ", by=room.learner)


def test_it_waits_once(room):
    actions.hand_in(room.enrolment, room.competency(), [], "My soup.", by=room.learner)
    with pytest.raises(WrongState):
        actions.hand_in(room.enrolment, room.competency(), [], "My soup.", by=room.learner)


def test_what_was_returned_can_be_handed_in_again(room):
    actions.hand_in(room.enrolment, room.competency(), [], "My soup.", by=room.learner)
    first = room.assess(0, "")
    actions.hand_in(room.enrolment, room.competency(), [], "A better soup.", by=room.learner)
    second = actions.assess(room.enrolment, room.competency(), Verdict("proficient", "Better."), [], by=room.assessor)
    assert second.replaces == first


def test_only_the_learner_hands_in(room):
    with pytest.raises(NotAllowed):
        actions.hand_in(room.enrolment, room.competency(), [], "My soup.", by=room.instructor)


def test_evidence_of_another_is_refused(room):
    foreign = room.evidence(enrolment=room.enrol())
    with pytest.raises(Invalid, match="not of this enrolment"):
        actions.hand_in(room.enrolment, room.competency(), [foreign], "", by=room.learner)


def test_an_ended_enrolment_hands_in_nothing(room):
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN)
    with pytest.raises(WrongState):
        actions.hand_in(room.enrolment, room.competency(), [], "My soup.", by=room.learner)
