"""A micro-credential's page: what will I be able to do, what does it take, who approved it?"""

import pytest
from django.test import Client

from laurels import clock
from laurels.catalogue import actions as catalogue
from laurels.catalogue.models import Change, Version
from laurels.governance import actions
from laurels.people.system import university
from tests.faces.house import House

pytestmark = pytest.mark.django_db


def page(client: Client, version: Version, /, **query: str) -> str:
    answer = client.get(f"/micro-credentials/{version.micro_credential.slug}", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_competencies_hours_and_the_decision(client: Client) -> None:
    house = House()
    version = house.published()
    shown = page(client, version)
    assert "Cook grains and legumes safely" in shown
    assert "12 h of training: 8 h contact, 4 h practice." in shown
    assert f'href="/decisions/{house.application.decision.number}"' in shown
    assert version.content_hash in shown


def test_each_version_has_the_anchor_that_badges_name_as_their_criteria(client: Client) -> None:
    assert 'id="version-1.0.0"' in page(client, House().published())


def test_an_earlier_version_keeps_its_page_and_the_difference_is_shown(client: Client) -> None:
    house = House()
    first = house.published()
    second = catalogue.draft_new_version(first.micro_credential, Change.MINOR, by=house.lead)
    catalogue.edit_draft(second, {"audience": "Everybody."}, by=house.lead)
    house.application = actions.draft_micro_credential_application(second, by=house.lead)
    actions.submit_application(house.application, by=house.lead)
    second = house.decided()
    newest = page(client, second)
    assert "1.1.0, fixed since" in newest
    assert "<ins>Everybody.</ins>" in newest
    assert "This is version 1.0.0. Badges awarded by it stay true." in page(client, first, version="1.0.0")


def test_a_retired_one_says_so_and_asks_nobody_in(client: Client) -> None:
    house = House()
    version = house.published()
    catalogue.retire_version(version, clock.today(university().zone), "Finish by June.", by=house.lead)
    shown = page(client, version)
    assert "Not offered any more since" in shown
    assert "Badges awarded stay true. Finish by June." in shown
    assert "Ask when it is offered" not in shown


def test_a_draft_and_an_unknown_version_answer_as_missing(client: Client) -> None:
    version = House().published()
    assert client.get("/micro-credentials/nothing-here").status_code == 404
    assert client.get(f"/micro-credentials/{version.micro_credential.slug}?version=9.9.9").status_code == 404
