"""Signing in: with a password, and in a demonstration with one click."""

import pytest
from django.test import Client
from pytest_django import Settings

from laurels.people import actions
from laurels.people.models import Role
from laurels.people.system import system
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_signs_in_with_an_address_in_any_case(client: Client) -> None:
    factories.university()
    actions.create_user("lena@university.example", "Lena", by=system(), password="a-long-enough-word")
    answer = client.post("/sign-in", {"username": "LENA@University.Example", "password": "a-long-enough-word"})
    assert answer.status_code == 302
    assert answer["Location"] == "/desk"


def test_it_says_what_is_wrong_and_keeps_the_address(client: Client) -> None:
    factories.university()
    answer = client.post("/sign-in", {"username": "lena@university.example", "password": "wrong"})
    page = answer.content.decode()
    assert "do not belong together" in page
    assert 'value="lena@university.example"' in page
    assert "<title>Not signed in: Sign in" in page


def test_nobody_signs_in_with_one_click_outside_a_demonstration(client: Client) -> None:
    person = factories.user(Role.CHAIR)
    assert "As one of the sample people" not in client.get("/sign-in").content.decode()
    assert client.post("/sign-in/sample", {"person": person.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_nobody_signs_in_with_one_click_in_production(client: Client, settings: Settings) -> None:
    settings.DEMO = settings.PRODUCTION = True
    person = factories.user(Role.CHAIR)
    assert client.post("/sign-in/sample", {"person": person.pk}).status_code == 404


def test_a_demonstration_signs_in_with_one_click_by_post_alone(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    person = factories.user(Role.CHAIR, name="Chris Chair")
    page = client.get("/sign-in").content.decode()
    assert "Chris Chair" in page
    assert "Chair of the university" in page
    assert client.get("/sign-in/sample", {"person": person.pk}).status_code == 405
    answer = client.post("/sign-in/sample", {"person": person.pk, "next": "https://evil.example/"})
    assert answer["Location"] == "/desk"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_one_click_reaches_neither_the_system_nor_people_without_a_role(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    for person in (system(), factories.user()):
        assert client.post("/sign-in/sample", {"person": person.pk}).status_code == 404
    assert client.post("/sign-in/sample", {"person": "²"}).status_code == 404


def test_one_click_asks_for_the_token_of_the_form(settings: Settings) -> None:
    settings.DEMO = True
    person = factories.user(Role.CHAIR)
    assert Client(enforce_csrf_checks=True).post("/sign-in/sample", {"person": person.pk}).status_code == 403
