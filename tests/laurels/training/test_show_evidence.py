"""Who may see a piece of evidence, and until when."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from laurels import clock
from laurels.catalogue.models import Visibility
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people.models import Role
from laurels.training import actions
from laurels.training.models import Patients
from laurels.training.seeing import may_see_evidence
from tests import factories
from tests.laurels.awards.day import NOW

TOMORROW = NOW + datetime.timedelta(days=1)
ANYBODY = AnonymousUser()


def test_the_assessors_alone_see_it_at_first(room):
    evidence = room.evidence()
    assert [may_see_evidence(one, evidence) for one in (room.learner, room.assessor, room.instructor, room.lead)] == [
        True
    ] * 4
    strangers = [ANYBODY, factories.user(), factories.user(Role.ASSESSOR, factories.unit()), room.approved.registrar]
    assert not any(may_see_evidence(one, evidence) for one in strangers)


def test_patients_are_asked_about_before_others_see_it(room):
    with pytest.raises(Invalid) as refusal:
        actions.show_evidence(room.evidence(), Visibility.PUBLIC, Patients.NOT_ASKED, by=room.learner)
    assert list(refusal.value.fields) == ["patients"]


def test_a_link_ends(room):
    evidence = room.evidence()
    with pytest.raises(Invalid):
        actions.show_evidence(evidence, Visibility.LINK, Patients.NONE, by=room.learner)
    actions.show_evidence(evidence, Visibility.LINK, Patients.NONE, until=TOMORROW, by=room.learner)
    assert may_see_evidence(ANYBODY, evidence)
    with clock.pinned(TOMORROW):
        assert not may_see_evidence(ANYBODY, evidence)
        with pytest.raises(Invalid):
            actions.show_evidence(evidence, Visibility.LINK, Patients.NONE, until=TOMORROW, by=room.learner)


def test_it_can_be_taken_back(room):
    evidence = room.evidence()
    actions.show_evidence(evidence, Visibility.PUBLIC, Patients.CONSENT, by=room.learner)
    assert may_see_evidence(ANYBODY, evidence)
    actions.show_evidence(evidence, Visibility.ASSESSORS, Patients.CONSENT, by=room.learner)
    assert not may_see_evidence(ANYBODY, evidence)


def test_what_was_withdrawn_is_shown_to_nobody(room):
    evidence = room.evidence()
    actions.withdraw_evidence(evidence, by=room.learner)
    with pytest.raises(WrongState):
        actions.show_evidence(evidence, Visibility.PUBLIC, Patients.NONE, by=room.learner)
    evidence.refresh_from_db()
    assert not may_see_evidence(room.learner, evidence)


def test_a_stranger_decides_nothing(room):
    with pytest.raises(NotAllowed):
        actions.show_evidence(room.evidence(), Visibility.PUBLIC, Patients.NONE, by=factories.user())
