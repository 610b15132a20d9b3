"""A second assessor looks at a drawn assessment."""

import pytest

from laurels.errors import NotAllowed, WrongState
from laurels.people.models import Role, University
from laurels.training import actions
from laurels.training.models import Sort
from laurels.training.progress import progress_of
from laurels.training.verdict import Verdict
from tests import factories


@pytest.fixture
def drawn(room):
    University.objects.update(moderation_percent=100)
    return room.assess().moderation


@pytest.fixture
def second(room):
    return factories.user(Role.ASSESSOR, room.unit, name="Mo Moderator")


def test_agreeing_keeps_the_verdict(room, drawn, second):
    assert "second assessor" in progress_of(room.enrolment).missing[-1].words
    assert actions.moderate(drawn, Verdict("proficient", "I agree."), by=second) == drawn.assessment
    assert not any(one.kind == "moderation" for one in progress_of(room.enrolment).missing)


def test_disagreeing_puts_another_verdict_in_its_place(room, drawn, second):
    made = actions.moderate(drawn, Verdict("foundational", "Not yet there."), by=second)
    assert (made.replaces, made.sort) == (drawn.assessment, Sort.MODERATION)
    assert made.rests_on.count() == 1
    assert progress_of(room.enrolment).levels == {str(room.competency().key): "foundational"}


def test_the_first_assessor_does_not_moderate(room, drawn):
    with pytest.raises(NotAllowed, match="judged this before"):
        actions.moderate(drawn, Verdict("proficient", "Mine."), by=room.assessor)


def test_it_is_done_once(drawn, second):
    actions.moderate(drawn, Verdict("proficient", "I agree."), by=second)
    with pytest.raises(WrongState):
        actions.moderate(drawn, Verdict("proficient", "I agree."), by=second)
