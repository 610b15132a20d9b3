"""Evidence at its address: served to whoever may see it; what is hidden answers as what is missing."""

import datetime
import io
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from laurels import clock
from laurels.catalogue.models import Visibility
from laurels.people.models import User
from laurels.training import actions
from laurels.training.models import Evidence, Patients
from tests import factories
from tests.laurels.training.class_room import ClassRoom, class_room

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF"


@pytest.fixture
def room(tmp_path, settings) -> ClassRoom:
    settings.EVIDENCE_ROOT = tmp_path
    return class_room()


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(written, "PNG")
    return written.getvalue()


def get(client: Client, evidence: Evidence, user: User | None = None, **headers: str):
    client.logout()
    if user is not None:
        client.force_login(user)
    return client.get(f"/evidence/{evidence.pk}", **headers)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def shown(evidence: Evidence, room: ClassRoom, visibility: Visibility, days: int | None = None) -> Evidence:
    until = clock.now() + datetime.timedelta(days) if days else None
    return actions.show_evidence(evidence, visibility, Patients.NONE, until=until, by=room.learner)


def test_its_people_get_the_file_and_nobody_else(room, client):
    made = actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner)
    for user in (room.learner, room.assessor, room.instructor, room.lead):
        answer = get(client, made, user)
        assert (answer.status_code, body(answer)) == (200, PDF)
    missing = client.get(f"/evidence/{uuid4()}").content
    for user in (None, factories.user(), factories.user("assessor", factories.unit()), factories.user("registrar")):
        answer = get(client, made, user)
        assert (answer.status_code, answer.content) == (404, missing)


def test_a_file_that_a_browser_could_run_is_offered_as_a_download(room, client):
    made = actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner)
    answer = get(client, made, room.learner)
    assert answer["Content-Disposition"] == 'attachment; filename="Week plan.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]


def test_a_picture_and_a_plain_text_are_shown_in_place(room, client):
    for content, media_type in ((picture(), "image/png"), (b"<b>soup</b> in the middle"[3:], "text/plain")):
        made = actions.add_file(room.enrolment, "Soup", content, by=room.learner)
        answer = get(client, made, room.learner)
        assert answer["Content-Disposition"].startswith("inline")
        assert answer["Content-Type"].startswith(media_type)
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_the_name_of_a_download_is_harmless(room, client):
    title = '../"; x="evil.exe\u202efdp.exe Zoë'
    made = actions.add_file(room.enrolment, title, PDF, by=room.learner)
    given = get(client, made, room.learner)["Content-Disposition"]
    assert given.startswith("attachment; filename*=utf-8''")
    assert given.endswith(".pdf")
    assert "/" not in given.removeprefix("attachment; filename*=utf-8''")
    assert "%E2%80%AE" not in given


def test_by_link_everybody_sees_it_until_the_end_and_no_index_lists_it(room, client):
    made = actions.add_file(room.enrolment, "Soup", picture(), by=room.learner)
    shown(made, room, Visibility.LINK, days=2)
    answer = get(client, made)
    assert answer.status_code == 200
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Cache-Control"] == "private, no-store"
    body(answer)
    with clock.pinned(clock.now() + datetime.timedelta(3)):
        assert get(client, made).status_code == 404
        assert get(client, made, room.learner).status_code == 200


def test_what_is_public_may_be_kept_for_a_moment(room, client):
    made = actions.add_file(room.enrolment, "Soup", picture(), by=room.learner)
    answer = get(client, shown(made, room, Visibility.PUBLIC))
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "X-Robots-Tag" not in answer
    assert "Set-Cookie" not in answer


def test_a_text_is_a_page_in_which_nothing_runs(room, client):
    made = actions.add_text(room.enrolment, "Soup <i>", "Hot.\n<script>alert(1)</script>", by=room.learner)
    answer = get(client, made, room.assessor)
    page = answer.content.decode()
    assert "Hot.\n&lt;script&gt;" in page
    assert made.sha256 in page
    assert answer["Cache-Control"] == "private, no-store"


def test_a_link_is_a_page_that_shows_the_address(room, client):
    made = actions.add_link(room.enrolment, "Film", "https://films.example/soup?a=1&b=2", by=room.learner)
    answer = get(client, made, room.assessor)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="https://films.example/soup?a=1&amp;b=2" rel="noopener noreferrer nofollow ugc"' in page


def test_what_was_withdrawn_is_gone_for_everybody(room, client):
    made = actions.add_text(room.enrolment, "Soup", "Hot.", by=room.learner)
    actions.withdraw_evidence(made, by=room.learner)
    assert get(client, made, room.learner).status_code == 404


def test_a_row_whose_file_is_gone_answers_as_missing(room, client):
    made = actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner)
    actions.evidence.files.forget(made.stored)
    assert get(client, made, room.learner).status_code == 404


def test_it_is_only_read(room, client):
    made = actions.add_file(room.enrolment, "Week plan", PDF, by=room.learner)
    client.force_login(room.learner)
    assert client.post(f"/evidence/{made.pk}").status_code == 405
    answer = client.head(f"/evidence/{made.pk}")
    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(PDF)))


def test_a_body_beyond_the_most_is_refused_before_it_is_read(room, client):
    class Unread(io.BytesIO):
        def read(self, *_: int) -> bytes:
            raise AssertionError("The body was read.")

    answer = client.generic("POST", "/sign-in", b"", CONTENT_LENGTH=str(27 * 2**20), **{"wsgi.input": Unread()})
    assert answer.status_code == 413
    assert "This file is too large: at most 25 MB" in answer.content.decode()
