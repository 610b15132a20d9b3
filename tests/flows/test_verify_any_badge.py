"""docs/flows/verify-any-badge.md, walked through HTTP."""

import json

import pytest

from laurels.awards.models import Award
from tests.flows.walker import Walker, file
from tests.flows.world import ADDRESS, COMPETENCY, TITLE, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def badge() -> str:
    World.begun().awarded()
    return Award.objects.get().badge_id


def _bytes(path: str) -> bytes:
    content: bytes = Walker().client.get(path, headers={"Accept": "*/*"}).getvalue()
    return content


def test_any_form_as_a_file(badge: str) -> None:
    for form in ("ob3.json", "ob3.png", "ob3.svg", "ob2.json", "ob2.png", "ob2.svg"):
        given = file(form, _bytes(f"/badges/{badge}/{form}"), "application/octet-stream")
        visitor = Walker().open("/verify").press("Check", file=given)
        visitor.sees("Valid. This badge is genuine and in force.", TITLE, "Food as Medicine Institute")
        if form.startswith("ob3"):
            visitor.sees(COMPETENCY, "Only what its signature covers.")


def test_an_address(badge: str) -> None:
    for path in ("", "/ob3.json", "/ob2.json"):
        visitor = Walker().open("/verify").press("Check", text=f"http://localhost:8000/badges/{badge}{path}")
        visitor.sees("Valid. This badge is genuine and in force.")


def test_whose_it_is(badge: str) -> None:
    address = f"http://localhost:8000/badges/{badge}/ob3.json"
    visitor = Walker().open("/verify").press("Check", text=address, recipient=ADDRESS.upper())
    visitor.sees("It was awarded to the address you gave.")
    visitor.open("/verify").press("Check", text=address, recipient="eve@example.org")
    visitor.sees("Not valid", "It was not awarded to the address you gave.")


def test_an_altered_badge_shows_nothing_of_itself(badge: str) -> None:
    credential = json.loads(_bytes(f"/badges/{badge}/ob3.json"))
    credential["credentialSubject"]["achievement"]["name"] = "Doctor of Natural Medicine"
    visitor = Walker().open("/verify").press("Check", text=json.dumps(credential))
    visitor.sees("Not valid. The signature does not fit this badge.").sees_no("Doctor of Natural Medicine")


def test_a_copy_that_differs_from_the_hosted_badge_is_not_valid(badge: str) -> None:
    assertion = json.loads(_bytes(f"/badges/{badge}/ob2.json"))
    assertion["narrative"] = "Hours of training: 1200."
    visitor = Walker().open("/verify").press("Check", text=json.dumps(assertion))
    visitor.sees("Not valid", "The copy differs from what the issuer hosts").sees_no("1200")


def test_what_is_no_badge_is_said_in_plain_words() -> None:
    World.begun()
    visitor = Walker().open("/verify").press("Check", status=422).sees("there is nothing to check yet")
    visitor.open("/verify").press("Check", file=file("x.txt", b"hello", "text/plain")).sees("Not valid")
