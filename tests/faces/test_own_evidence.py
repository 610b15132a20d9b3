"""The learner's pages: evidence, handing in, reading what was assessed, appealing."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from laurels import clock
from laurels.training import actions, files
from laurels.training.models import Appeal, Evidence, HandIn
from tests.laurels.training.class_room import ClassRoom, class_room

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def room(tmp_path, settings) -> ClassRoom:
    settings.EVIDENCE_ROOT = tmp_path
    return class_room()


@pytest.fixture
def me(room, client) -> Client:
    client.force_login(room.learner)
    return client


def learn(room: ClassRoom, rest: str) -> str:
    return f"/learn/{room.enrolment.pk}/{rest}"


def text(answer) -> str:
    return answer.content.decode()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photograph() -> bytes:
    notes = Image.Exif()
    notes.get_ifd(0x8825)[2] = (45.0, 31.0, 0.0)  # GPS latitude
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(written, "JPEG", exif=notes)
    assert Image.open(written).getexif().get_ifd(0x8825)
    return written.getvalue()


def test_a_file_a_link_and_a_text_are_added_and_listed(room, me):
    assert "No evidence yet." in text(me.get(learn(room, "evidence")))
    new = learn(room, "evidence/new/")
    given = {
        "file": {"title": "Week plan", "file": upload("plan.pdf", PDF)},
        "link": {"title": "Film", "link": "https://films.example/soup"},
        "text": {"title": "Report", "text": "It was hot."},
    }
    for kind, values in given.items():
        assert me.get(new + kind).status_code == 200
        answer = me.post(new + kind, values, follow=True)
        assert "Only the assessors see it." in text(answer), kind
    shown = text(me.get(learn(room, "evidence")))
    assert shown.count("Not assessed yet") == 3
    assert shown.count("Assessors only") == 3
    assert me.get(new + "spell").status_code == 404


def test_where_a_picture_was_taken_is_removed(room, me):
    me.post(learn(room, "evidence/new/file"), {"title": "Soup", "file": upload("x.jpg", photograph())})
    kept = Image.open(io.BytesIO(files.read(Evidence.objects.get().stored)))
    assert not kept.getexif()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"MZ\x90\x00 a program"),
        ("plan.pdf", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("soup.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("soup.png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
        ("soup.gif", b"GIF89a/*\x00<script>*/"),
        ("empty.txt", b""),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(room, me, name, content):
    answer = me.post(learn(room, "evidence/new/file"), {"title": "Soup", "file": upload(name, content)})
    assert answer.status_code == 422
    assert "Not added yet. Please mend this:" in text(answer)
    assert 'value="Soup"' in text(answer)
    assert not Evidence.objects.exists()
    assert list(files.all_names()) == []


def test_a_file_beyond_the_most_is_refused(room, me, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    answer = me.post(learn(room, "evidence/new/file"), {"title": "Soup", "file": upload("plan.pdf", PDF)})
    assert answer.status_code == 422
    assert "This file is too large" in text(answer)


def test_before_others_see_it_the_question_about_patients_is_answered(room, me):
    made = actions.add_text(room.enrolment, "Report", "It was hot.", by=room.learner)
    path = learn(room, f"evidence/{made.pk}/seen-by")
    shown = text(me.get(path))
    assert "They will see" in shown
    assert "checked" not in shown
    answer = me.post(path, {"visibility": "public"})
    assert answer.status_code == 422
    assert "Say that no patient can be recognised" in text(answer)
    answer = me.post(path, {"visibility": "by link", "patients": "no patient can be recognised"})
    assert "A link needs an end." in text(answer)
    day = clock.today("UTC") + datetime.timedelta(30)
    answer = me.post(
        path, {"visibility": "by link", "patients": "consent is recorded", "until": day.isoformat()}, follow=True
    )
    assert "Saved: Report, by link." in text(answer)
    made.refresh_from_db()
    assert (made.visibility, made.patients) == ("by link", "consent is recorded")
    assert made.visible_until is not None
    assert made.visible_until > clock.now() + datetime.timedelta(29)


def test_evidence_is_withdrawn_until_an_assessment_rests_on_it(room, me):
    made = actions.add_text(room.enrolment, "Report", "It was hot.", by=room.learner)
    path = learn(room, f"evidence/{made.pk}/withdraw")
    assert "Withdraw this evidence?" in text(me.get(path))
    assert "Withdrawn: Report." in text(me.post(path, follow=True))
    assert me.get(path).status_code == 404
    room.assess(0)
    sealed = Evidence.objects.exclude(sealed_at=None).get()
    assert "Sealed on" in text(me.get(learn(room, "evidence")))
    path = learn(room, f"evidence/{sealed.pk}/withdraw")
    assert "An assessment rests on it" in text(me.get(path))
    assert me.post(path).status_code == 409


def test_a_competency_is_handed_in_with_chosen_evidence(room, me):
    kept = room.evidence("Soup")
    room.evidence("Bread")
    path = learn(room, f"competencies/{room.competency().pk}/hand-in")
    shown = text(me.get(path))
    assert "Soup" in shown
    assert "Plans" in shown
    answer = me.post(path, {})
    assert answer.status_code == 422
    assert "Add evidence, or say what you did." in text(answer)
    answer = me.post(path, {"evidence": [str(kept.pk)], "words": "Look."}, follow=True)
    assert "Handed in: Plan a week of meals." in text(answer)
    assert "to be assessed by" in text(answer)
    assert list(HandIn.objects.get().evidence.all()) == [kept]
    answer = me.post(path, {"words": "Again."})
    assert "This is handed in already" in text(answer)


def test_evidence_of_somebody_else_cannot_be_handed_in(room, me):
    foreign = room.evidence("Foreign", enrolment=room.enrol())
    path = learn(room, f"competencies/{room.competency().pk}/hand-in")
    room.evidence("Soup")
    answer = me.post(path, {"evidence": [str(foreign.pk)]})
    assert answer.status_code == 422
    assert not HandIn.objects.exists()


def test_the_learner_reads_the_words_and_appeals(room, me):
    made = room.assess(0, "")
    shown = text(me.get(learn(room, "assessment")))
    assert "Reached: <strong>not yet</strong>" in shown
    assert "Well done." in shown
    assert "Hand in again" in shown
    path = learn(room, f"assessments/{made.pk}/appeal")
    assert "Say what you think was overlooked." in text(me.post(path, {"words": ""}))
    answer = me.post(path, {"words": "You overlooked the stew."}, follow=True)
    assert "Your appeal is in." in text(answer)
    assert Appeal.objects.get().words == "You overlooked the stew."
    shown = text(me.get(learn(room, "assessment")))
    assert "waits to be heard" in shown
    assert path not in shown
    assert "You have appealed against this assessment already." in text(me.post(path, {"words": "Again."}))


def test_a_stranger_finds_none_of_it(room, client):
    made, piece = room.assess(0), room.evidence("Soup")
    paths = [
        "evidence",
        "evidence/new/file",
        f"evidence/{piece.pk}/seen-by",
        f"evidence/{piece.pk}/withdraw",
        "assessment",
        f"competencies/{room.competency().pk}/hand-in",
        f"assessments/{made.pk}/appeal",
    ]
    for path in paths:
        assert client.get(learn(room, path)).status_code == 302
    client.force_login(room.enrol().enrolled_by)
    for path in paths:
        assert client.get(learn(room, path)).status_code == 404
        assert client.post(learn(room, path)).status_code in (404, 405)


def test_a_foreign_piece_does_not_answer_under_an_own_enrolment(room, client):
    piece, other = room.evidence("Soup"), room.enrol()
    client.force_login(other.enrolled_by)
    for act in ("seen-by", "withdraw"):
        assert client.post(f"/learn/{other.pk}/evidence/{piece.pk}/{act}").status_code == 404
    assert client.post(f"/learn/{other.pk}/assessments/{room.assess(0).pk}/appeal").status_code == 404


def test_its_queries_do_not_grow(room, me):
    for number in range(20):
        room.evidence(f"Piece {number}")
    room.assess(0)
    room.assess(1)
    actions.hand_in(room.enrolment, room.competency(0), [], "Again.", by=room.learner)
    for path in ("evidence", "assessment"):
        with CaptureQueriesContext(connection) as queries:
            me.get(learn(room, path))
        assert len(queries) <= 15, (path, [one["sql"][:100] for one in queries])


def test_an_enrolment_that_ended_shows_everything_and_offers_nothing(room, me):
    room.complete()
    actions.sign_off(room.enrolment, by=room.assessor)
    assert "Add a file" not in text(me.get(learn(room, "evidence")))
    assert "Hand in" not in text(me.get(learn(room, "assessment"))).split("<h1>")[1]
    answer = me.post(learn(room, "evidence/new/text"), {"title": "Late", "text": "Late."})
    assert answer.status_code == 422
    assert "no evidence can be added" in text(answer)
