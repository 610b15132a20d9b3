"""A house without a university yet: its pages answer all the same."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/verify", "/sign-in"])
def test_the_pages_for_everyone_open(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_badge_can_be_checked(client: Client) -> None:
    answer = client.post("/verify", {"text": '{"type": "Assertion"}'})
    assert answer.status_code == 200
    assert "Not valid" in answer.content.decode() or "Cannot be told" in answer.content.decode()


def test_the_catalogue_says_what_to_do_first(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 404
    assert "There is no university here yet." in answer.content.decode()
