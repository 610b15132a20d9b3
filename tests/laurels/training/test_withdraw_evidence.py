"""Evidence is withdrawn while no assessment rests on it."""

import pytest

from laurels.errors import Missing, WrongState
from laurels.training import actions, files


def test_the_file_is_gone_for_good(room, tmp_path, settings, django_capture_on_commit_callbacks):
    settings.EVIDENCE_ROOT = tmp_path
    made = actions.add_file(room.enrolment, "Week plan", b"%PDF-1.7", by=room.learner)
    name = made.stored
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_evidence(made, by=room.learner)
    made.refresh_from_db()
    assert (made.stored, made.sha256 != "") == (None, True)
    with pytest.raises(Missing):
        files.read(name)


def test_what_was_sealed_stays(room):
    made = room.assess()
    with pytest.raises(WrongState, match="rests on this evidence"):
        actions.withdraw_evidence(made.rests_on.get().evidence, by=room.learner)


def test_it_happens_once(room):
    evidence = room.evidence()
    actions.withdraw_evidence(evidence, by=room.learner)
    with pytest.raises(WrongState):
        actions.withdraw_evidence(evidence, by=room.learner)
