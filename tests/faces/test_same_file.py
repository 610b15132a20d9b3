"""On a badge's page anyone can see whether a file is the one that was assessed."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from laurels.awards.basis import Link
from laurels.catalogue.models import Visibility
from laurels.jobs import outbox
from laurels.training import actions, files
from laurels.training.models import Patients
from laurels.web import same_file
from tests.laurels.awards.approved import approved
from tests.laurels.training.class_room import ClassRoom, class_room

PDF = b"%PDF-1.7\n%%EOF"
SAME = "The open evidence is the file that was assessed."


@pytest.fixture
def room(db, tmp_path, settings) -> ClassRoom:
    settings.EVIDENCE_ROOT = tmp_path
    return class_room()


def awarded(room: ClassRoom) -> str:
    """An award by training whose first competency rests on a file; the id of its badge."""
    made = actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner)
    room.evidence = lambda *_, **__: made  # type: ignore[method-assign]
    room.complete()
    enrolment = actions.sign_off(room.enrolment, by=room.lead)
    outbox.run_pending()
    assert enrolment.award is not None
    return enrolment.award.badge_id


def ask(client: Client, badge: str, content: bytes, name: str = "plan.pdf"):
    return client.post(f"/badges/{badge}/evidence", {"file": SimpleUploadedFile(name, content)})


def test_the_file_that_was_assessed_is_known_by_its_digest(room, client):
    badge = awarded(room)
    page = client.get(f"/badges/{badge}").content.decode()
    assert hashlib.sha256(PDF).hexdigest() in page
    assert f'action="/badges/{badge}/evidence"' in page
    answer = ask(client, badge, PDF)
    assert SAME in answer.content.decode()
    assert "Evidence 1, seen by the assessors" in answer.content.decode()
    assert "Set-Cookie" not in answer
    assert "noindex" in answer["X-Robots-Tag"]


def test_another_file_is_not(room, client):
    answer = ask(client, awarded(room), PDF + b"\n", "my <b>plan.pdf")
    assert "my &lt;b&gt;plan.pdf is not the file that was assessed." in answer.content.decode()
    assert SAME not in answer.content.decode()
    assert len(list(files.all_names())) == 1


def test_nothing_and_too_much_are_refused(room, client, monkeypatch):
    badge = awarded(room)
    answer = client.post(f"/badges/{badge}/evidence", {})
    assert (answer.status_code, "Choose the file first." in answer.content.decode()) == (422, True)
    monkeypatch.setattr(same_file, "MOST_BYTES", 5)
    assert ask(client, badge, PDF).status_code == 422
    assert client.get("/badges/none/evidence").status_code == 404


def test_a_badge_by_roster_with_a_digest_has_it_too(db, client):
    given = approved()
    digest = hashlib.sha256(PDF).hexdigest()
    award = given.grant(evidence=(Link("https://evidence.example/plan.pdf", sha256=digest),))
    assert SAME in ask(client, award.badge_id, PDF).content.decode()


def test_a_badge_without_a_digest_asks_for_no_file(db, client):
    award = approved().grant(evidence=(Link("https://evidence.example/plan.pdf"),))
    assert "data-same-file" not in client.get(f"/badges/{award.badge_id}").content.decode()
    page = client.get(f"/badges/{award.badge_id}/evidence").content.decode()
    assert "there is nothing to compare" in page


def test_the_page_lists_what_its_holder_shows_and_nothing_else(room, client):
    badge = awarded(room)
    page = client.get(f"/badges/{badge}").content.decode()
    assert "The evidence was seen by the assessor and is not public." in page
    piece = room.evidence()
    actions.show_evidence(piece, Visibility.PUBLIC, Patients.NONE, by=room.learner)
    page = client.get(f"/badges/{badge}").content.decode()
    assert f"/evidence/{piece.pk}" in page
    assert "Week plan" in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_with_javascript_the_file_never_leaves(browser: Browser, live_server: LiveServer, tmp_path) -> None:
    given = approved()
    digest = hashlib.sha256(PDF).hexdigest()
    award = given.grant(evidence=(Link("https://evidence.example/plan.pdf", sha256=digest),))
    good, bad = tmp_path / "plan.pdf", tmp_path / "other.pdf"
    good.write_bytes(PDF)
    bad.write_bytes(PDF + b" ")
    page = browser.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(f"{live_server.url}/badges/{award.badge_id}")
    field = page.get_by_label("Is your file the one that was assessed?")
    field.set_input_files(good)
    page.get_by_text(SAME).wait_for()
    field.set_input_files(bad)
    page.get_by_text("other.pdf is not the file that was assessed.").wait_for()
    page.get_by_role("button", name="Compare").click()
    assert "POST" not in sent
    page.close()
