"""Messages into the outbox, and out of it."""

import re
from email import message_from_bytes
from string import ascii_letters

import pytest
from django.core import mail as outgoing
from hypothesis import given
from hypothesis import strategies as st

from laurels import mail
from laurels.errors import Invalid
from laurels.jobs import outbox
from laurels.jobs.models import Job
from laurels.mail import message

BODY = """{{ unit }} asks:

{{ words }}

{{ base_url }}/desk
"""


@pytest.fixture(autouse=True)
def templates(tmp_path, monkeypatch):
    """A folder of templates of its own, with the true layout."""
    (tmp_path / "layout.txt").write_text((message.FOLDER / "layout.txt").read_text())
    (tmp_path / "asked.txt").write_text("Subject: {{ unit }} asks\n" + BODY)
    monkeypatch.setattr(message, "FOLDER", tmp_path)
    message._templates.cache_clear()
    yield tmp_path
    message._templates.cache_clear()


def queue_one(unit="Naturopathic Medicine", words="More evidence, please.", to=("ada@example.org",)):
    mail.queue("asked", to=to, context={"unit": unit, "words": words})
    outbox.run_pending()
    return outgoing.outbox


@pytest.mark.django_db
def test_it_is_written_first_and_sent_by_the_worker():
    mail.queue("asked", to=["ada@example.org"], context={"unit": "Naturopathic Medicine", "words": "More."})
    assert outgoing.outbox == []
    outbox.run_pending()
    (sent,) = outgoing.outbox
    assert (sent.subject, sent.to) == ("Naturopathic Medicine asks", ["ada@example.org"])
    assert sent.body.startswith("Naturopathic Medicine asks:\n\nMore.\n\nhttp://localhost:8000/desk\n")


@pytest.mark.django_db
def test_each_recipient_has_a_message_of_the_own():
    sent = queue_one(to=["ada@example.org", "bo@example.org", "ada@example.org"])
    assert [one.to for one in sent] == [["ada@example.org"], ["bo@example.org"]]


@pytest.mark.django_db
def test_sent_twice_it_has_the_same_message_id():
    mail.queue("asked", to=["ada@example.org"], context={"unit": "U", "words": "W"})
    outbox.run_pending()
    Job.objects.update(state="waiting")
    outbox.run_pending()
    first, second = (message_from_bytes(one.message().as_bytes()) for one in outgoing.outbox)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]
    assert re.fullmatch(r"<[0-9a-f]{32}@localhost>", first["Message-ID"])


@pytest.mark.django_db
def test_a_value_adds_no_header_and_no_line_to_the_subject():
    (sent,) = queue_one(unit="Evil\r\nBcc: all@example.org\r\n\r\nFree money")
    parsed = message_from_bytes(sent.message().as_bytes())
    assert parsed["Bcc"] is None
    assert sent.subject == "Evil Bcc: all@example.org Free money asks"
    assert parsed.get_all("To") == ["ada@example.org"]


@pytest.mark.django_db
def test_a_value_is_never_template_code_and_is_not_escaped():
    (sent,) = queue_one(words="{{ base_url }} {% include 'x' %} <b> & “quotes”")
    assert "{{ base_url }} {% include 'x' %} <b> & “quotes”" in sent.body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("see https://evil.example/x", "see https: evil.example/x"),
        ("see HTTP://evil.example", "see HTTP: evil.example"),
        ("see http://localhost:8000.evil.example/", "see http: localhost:8000.evil.example/"),
        ("see http://localhost:8000@evil.example/", "see http: localhost:8000@evil.example/"),
        ("see http://localhost:8000/badges/1", "see http://localhost:8000/badges/1"),
        ("see http://localhost:8000", "see http://localhost:8000"),
    ],
)
def test_a_value_links_to_our_own_host_only(words, shown):
    (sent,) = queue_one(words=words)
    assert f"\n{shown}\n" in sent.body


@pytest.mark.django_db
def test_a_value_cannot_turn_the_direction_of_the_text():
    (sent,) = queue_one(words="abc\u202edef\x00\x1b[2J\nnext line")
    assert "abcdef[2J\nnext line" in sent.body


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["", "ada", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "Ada <a@b.example>", "a@b.example\x00"],
)
def test_it_refuses_what_is_not_one_address(address):
    with pytest.raises(Invalid):
        queue_one(to=[address])
    assert not Job.objects.exists()


def test_a_template_without_a_subject_is_refused(templates):
    (templates / "bare.txt").write_text("Hello\n")
    with pytest.raises(LookupError, match="Subject"):
        message.render("bare", {})


@given(st.text(max_size=80), st.text(alphabet=ascii_letters + "\r\n\x0b\x0c\x85\u2028\u2029:", max_size=80))
def test_no_value_whatever_breaks_the_subject(unit, words):
    subject, _ = message.render("asked", {"unit": unit + words, "words": words})
    assert len(subject.splitlines()) == 1
    assert subject == " ".join(subject.split())


def test_every_template_has_a_subject_and_compiles():
    folder = message.Path(message.__file__).parent / "templates" / "mail"
    names = sorted(path.stem for path in folder.glob("*.txt") if path.stem != "layout")
    assert names
    for name in names:
        assert (folder / f"{name}.txt").read_text().startswith("Subject: ")
        message._engine.from_string((folder / f"{name}.txt").read_text())
