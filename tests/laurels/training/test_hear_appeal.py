"""Another assessor hears the appeal."""

import pytest

from laurels.errors import NotAllowed, WrongState
from laurels.people.models import Role, University
from laurels.training import actions
from laurels.training.models import Sort
from laurels.training.progress import progress_of
from laurels.training.verdict import Verdict
from tests import factories


@pytest.fixture
def case(room):
    return actions.appeal(room.assess(0, "foundational"), "I also cooked a stew.", by=room.learner)


@pytest.fixture
def second(room):
    return factories.user(Role.ASSESSOR, room.unit, name="Hera Hearer")


def test_it_gives_another_verdict(room, case, second):
    made = actions.hear_appeal(case, Verdict("mastery", "The stew is excellent."), by=second)
    assert (made.sort, made.level) == (Sort.APPEAL, "mastery")
    case.refresh_from_db()
    assert case.upheld is False
    assert progress_of(room.enrolment).levels == {str(room.competency().key): "mastery"}


def test_it_upholds_the_verdict(room, case, second):
    assert actions.hear_appeal(case, Verdict("foundational", "It stands."), by=second) == case.assessment
    with pytest.raises(WrongState, match="heard already"):
        actions.hear_appeal(case, Verdict("foundational", "It stands."), by=second)


def test_whoever_judged_before_does_not_hear_it(room, case):
    with pytest.raises(NotAllowed):
        actions.hear_appeal(case, Verdict("mastery", "Mine."), by=room.assessor)


def test_who_moderated_does_not_hear_it(room, second):
    University.objects.update(moderation_percent=100)
    drawn = room.assess().moderation
    actions.moderate(drawn, Verdict("proficient", "I agree."), by=second)
    case = actions.appeal(drawn.assessment, "More.", by=room.learner)
    with pytest.raises(NotAllowed, match="judged this before"):
        actions.hear_appeal(case, Verdict("mastery", "Hm."), by=second)
