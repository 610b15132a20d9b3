"""Files without a row are swept away; rows without a file are reported."""

import datetime
import os

import pytest

from laurels import clock
from laurels.jobs import outbox
from laurels.jobs.models import Job
from laurels.training import actions, files, sweeping

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, settings):
    settings.EVIDENCE_ROOT = tmp_path


def stray(age: datetime.timedelta, root) -> str:
    name = files.keep(b"left behind")
    moment = (clock.now() - age).timestamp()
    os.utime(root / name[:2] / name, (moment, moment))
    return name


def test_it_takes_away_what_no_row_names(room, tmp_path):
    kept = actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner).stored
    young = stray(datetime.timedelta(minutes=59), tmp_path)
    old = stray(datetime.timedelta(minutes=61), tmp_path)
    assert sweeping.sweep() == sweeping.Strays((old,), ())
    assert sorted(files.all_names()) == sorted([kept, young])


def test_it_reports_rows_whose_file_is_gone(room):
    made = actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner)
    files.forget(made.stored)
    assert sweeping.sweep() == sweeping.Strays((), (str(made.pk),))
    made.refresh_from_db()
    assert made.stored is not None


def test_withdrawn_evidence_and_texts_have_no_file_to_miss(room, django_capture_on_commit_callbacks):
    made = actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner)
    actions.add_text(room.enrolment, "Soup", "Hot.", by=room.learner)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_evidence(made, by=room.learner)
    assert sweeping.strays() == sweeping.Strays((), ())


def test_it_is_done_each_day(room, tmp_path):
    old = stray(datetime.timedelta(days=1), tmp_path)
    assert "training.sweep_files" in outbox.begin_day()
    outbox.run_pending()
    assert not files.is_kept(old)
    assert Job.objects.get(name="training.sweep_files").state == "done"
