"""A file is handed in as evidence."""

import hashlib

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions, files
from laurels.training.models import Enrolment, EnrolmentState, Evidence
from tests import factories

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, settings):
    settings.EVIDENCE_ROOT = tmp_path


def test_it_is_kept_with_its_digest(room):
    made = actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner)
    assert made.sha256 == hashlib.sha256(PDF).hexdigest()
    assert files.read(made.stored) == PDF
    assert made.visibility == "assessors only"


def test_what_is_refused_leaves_no_file(room):
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN)
    with pytest.raises(WrongState):
        actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner)
    with pytest.raises(Invalid):
        actions.add_file(room.enrolment, "Week plan", b"MZ\x00", by=room.learner)
    assert list(files.all_names()) == []


def test_a_title_is_needed(room):
    with pytest.raises(Invalid) as refusal:
        actions.add_file(room.enrolment, " ", PDF, by=room.learner)
    assert list(refusal.value.fields) == ["title"]


def test_there_is_a_limit(room, monkeypatch):
    monkeypatch.setattr("laurels.training.actions.evidence.MOST_OF_ONE", 1)
    actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner)
    with pytest.raises(WrongState):
        actions.add_file(room.enrolment, "Another", PDF, by=room.learner)
    assert Evidence.objects.count() == 1


def test_a_stranger_adds_nothing(room):
    with pytest.raises(NotAllowed):
        actions.add_file(room.enrolment, "Week plan", PDF, by=factories.user())
