"""The verify page: is this badge genuine?"""

import base64
import json
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from laurels.awards import actions as awards
from laurels.badges.models import Document
from laurels.jobs import outbox
from tests import factories
from tests.faces.house import ADDRESS, House

NOTHING = "Give a picture, a file, an address or a text: there is nothing to check yet."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _university() -> None:
    factories.university()
    cache.clear()


def badge() -> bytes:
    """A signed badge of ours, as its holder has it."""
    award = House().award()
    return bytes(Document.objects.get(address=f"/badges/{award.badge_id}/ob3.json").body)


def test_it_checks_a_file_and_says_what_the_badge_says(client: Client) -> None:
    answer = client.post("/verify", {"file": SimpleUploadedFile("badge.json", badge())})
    page = answer.content.decode()
    assert "Valid. This badge is genuine and in force." in page
    assert "Whole-Food Cooking" in page
    assert "Only what its signature covers." in page


def test_it_checks_a_text(client: Client) -> None:
    assert "Valid." in client.post("/verify", {"text": badge().decode()}).content.decode()


def test_it_checks_an_address_of_ours(client: Client) -> None:
    award = House().award()
    address = f"http://localhost:8000/badges/{award.badge_id}"
    assert "Valid." in client.post("/verify", {"text": address}).content.decode()


def test_it_checks_the_picture_that_a_badge_page_offers(client: Client) -> None:
    award = House().award()
    for form in ("ob3.png", "ob3.svg", "ob2.png", "ob2.svg"):
        picture = client.get(f"/badges/{award.badge_id}/{form}")
        content = picture.getvalue() if picture.streaming else picture.content
        answer = client.post("/verify", {"file": SimpleUploadedFile(form, content)})
        assert "<title>Valid:" in answer.content.decode(), form


@pytest.mark.parametrize("form", ["ob2", "ob3"])
def test_a_revoked_one_of_ours_is_still_known_as_ours(client: Client, form: str) -> None:
    house = House()
    award = house.award()
    held = bytes(Document.objects.get(address=f"/badges/{award.badge_id}/{form}.json").body).decode()
    awards.revoke_award(award, "misconduct", "The plan was copied.", by=house.lead)
    outbox.run_pending()
    page = client.post("/verify", {"text": held}).content.decode()
    assert f"Not valid any more. {house.unit.name} revoked this badge on" in page
    assert "not known to this university" not in page


def test_an_altered_one_is_not_valid_and_nothing_of_it_is_shown(client: Client) -> None:
    altered = badge().replace(b"Whole-Food Cooking", b"Brain surgery")
    page = client.post("/verify", {"text": altered.decode()}).content.decode()
    assert "Not valid. The signature does not fit this badge." in page
    assert "Brain surgery" not in page


def test_failed_findings_come_first(client: Client) -> None:
    altered = badge().replace(b"Whole-Food Cooking", b"Brain surgery")
    page = client.post("/verify", {"text": altered.decode()}).content.decode()
    words = re.findall(r"<strong>(Failed|Cannot be told|Passed)</strong>", page)
    assert words == sorted(words, key=["Failed", "Cannot be told", "Passed"].index)
    assert words[0] == "Failed"


def test_the_report_can_be_saved(client: Client) -> None:
    page = client.post("/verify", {"text": badge().decode()}).content.decode()
    found = re.search(r'href="data:application/json;base64,([^"]+)" download="report.json"', page)
    assert found
    report = json.loads(base64.b64decode(found[1]))
    assert report["verdict"] == "valid"
    assert {"check", "outcome", "message"} == set(report["findings"][0])


def test_foreign_text_is_escaped(client: Client) -> None:
    page = client.post("/verify", {"text": '{"<script>alert(1)</script>": 1}'}).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("given", [b"", b"\x89PNG\r\n\x1a\nnot really", b"GIF89a", b"{", b"\x00" * 50])
def test_it_says_what_is_wrong_with_a_file_that_is_no_badge(client: Client, given: bytes) -> None:
    answer = client.post("/verify", {"file": SimpleUploadedFile("badge.png", given)})
    assert answer.status_code == 200
    assert "<title>Valid" not in answer.content.decode()
    assert "<title>Not valid" in answer.content.decode() or "<title>Cannot be told" in answer.content.decode()


def test_it_asks_for_something_to_check(client: Client) -> None:
    answer = client.post("/verify", {"text": " "})
    assert answer.status_code == 422
    assert NOTHING in answer.content.decode()


def test_a_file_over_one_megabyte_is_not_looked_at(client: Client) -> None:
    answer = client.post("/verify", {"file": SimpleUploadedFile("badge.png", b"\x00" * 1_000_001)})
    assert answer.status_code == 422
    assert "This file is too large: at most 1 MB." in answer.content.decode()


def test_a_far_larger_body_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.post("/verify", {"file": SimpleUploadedFile("badge.png", b"\x00" * 2_000_000)})
    assert answer.status_code == 413
    assert "This file is too large: at most 1 MB." in answer.content.decode()


def test_it_tells_whether_it_is_somebodys(client: Client) -> None:
    given = badge().decode()
    page = client.post("/verify", {"text": given, "recipient": ADDRESS.upper()}).content.decode()
    assert "It was awarded to the address you gave." in page
    page = client.post("/verify", {"text": given, "recipient": "bob@example.org"}).content.decode()
    assert "It was not awarded to the address you gave." in page


def test_nobody_can_try_one_address_after_the_other(client: Client) -> None:
    given = badge().decode()
    for place in range(10):
        assert client.post("/verify", {"text": given, "recipient": f"p{place}@example.org"}).status_code == 200
    answer = client.post("/verify", {"text": f"{given} ", "recipient": ADDRESS})
    assert answer.status_code == 429
    assert "It was awarded" not in answer.content.decode()
    assert client.post("/verify", {"text": given}).status_code == 200


def test_an_address_that_is_none_is_refused_beside_its_field(client: Client) -> None:
    answer = client.post("/verify", {"text": "x", "recipient": "not an address"})
    assert answer.status_code == 422
    assert 'id="id_recipient_error"' in answer.content.decode()


def test_it_sets_no_cookie(client: Client) -> None:
    assert not client.post("/verify", {"text": "{}"}).cookies
