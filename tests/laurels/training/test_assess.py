"""An assessor gives the verdict on one competency."""

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.jobs.models import Job
from laurels.people import actions as people
from laurels.people.models import Role, University
from laurels.people.system import system
from laurels.training import actions
from laurels.training.models import Assessment, Moderation
from laurels.training.verdict import Verdict, is_drawn
from tests import factories


def test_it_seals_the_evidence_and_tells_the_learner(room):
    made = room.assess()
    rests = made.rests_on.get()
    assert rests.evidence.sealed_at is not None
    assert rests.sha256 == rests.evidence.sha256
    assert Entry.objects.filter(verb="competency assessed").count() == 1
    letter = Job.objects.filter(name="mail.send").latest("pk").payload
    assert letter["to"] == room.learner.email
    assert "Well done." in letter["body"]


def test_it_closes_what_was_handed_in(room):
    handed = actions.hand_in(room.enrolment, room.competency(), [], "My soup.", by=room.learner)
    room.assess()
    handed.refresh_from_db()
    assert handed.closed_at is not None


@pytest.mark.parametrize(
    ("verdict", "field"),
    [
        (Verdict("godlike", "Well."), "level"),
        (Verdict("proficient", " "), "words"),
        (Verdict("proficient", "Well.", ("Flies",)), "indicators"),
    ],
)
def test_a_verdict_that_cannot_be_is_refused_beside_the_field(room, verdict, field):
    with pytest.raises(Invalid) as refusal:
        actions.assess(room.enrolment, room.competency(), verdict, [], by=room.assessor)
    assert list(refusal.value.fields) == [field]


def test_nobody_assesses_themselves(room):
    people.give_role(room.learner, room.unit, Role.ASSESSOR, by=system())
    with pytest.raises(NotAllowed, match="your own enrolment"):
        room.assess(by=room.learner)


def test_nobody_assesses_without_standing_in_the_unit(room):
    for person in (factories.user(Role.ASSESSOR, factories.unit()), room.instructor, room.lead):
        with pytest.raises(NotAllowed):
            room.assess(by=person)


def test_a_second_verdict_needs_a_second_hand_in(room):
    room.assess()
    with pytest.raises(WrongState, match="assessed already"):
        room.assess()
    assert Assessment.objects.count() == 1


def test_a_competency_of_another_version_is_refused(room):
    foreign = room.competency()
    foreign.version_id = 0
    with pytest.raises(Invalid):
        actions.assess(room.enrolment, foreign, Verdict("proficient", "Well."), [], by=room.assessor)


def test_the_policy_draws_for_moderation(room):
    University.objects.update(moderation_percent=100)
    made = room.assess()
    assert Moderation.objects.get().assessment == made


def test_the_sample_is_about_as_large_as_the_policy_says(room):
    drawn = [is_drawn(Assessment().pk, 25) for _ in range(2000)]
    assert 400 < drawn.count(True) < 600
    assert not is_drawn(Assessment().pk, 0)
