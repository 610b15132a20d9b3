"""The catalogue: what can I learn here?"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from laurels.governance import actions
from tests import factories
from tests.faces.house import House

pytestmark = pytest.mark.django_db


def test_it_says_when_nothing_has_been_approved_yet(client: Client) -> None:
    factories.university()
    assert "Nothing has been approved yet." in client.get("/").content.decode()


def test_it_finds_by_a_word_of_a_competency(client: Client) -> None:
    House().published()
    page = client.get("/", {"q": "legumes"}).content.decode()
    assert "Whole-Food Cooking" in page
    assert "1 micro-credential<" in page


def test_it_shows_the_nearest_when_nothing_fits(client: Client) -> None:
    House().published()
    page = client.get("/", {"q": "<cookin>"}).content.decode()
    assert "Nothing fits “<bdi>&lt;cookin&gt;</bdi>”." in page
    assert "The nearest" in page
    assert "Whole-Food Cooking" in page


@pytest.mark.parametrize(
    ("filters", "count"), [({"level": "foundational"}, 1), ({"blocks": "2"}, 0), ({"way": "online"}, 0)]
)
def test_it_filters(client: Client, filters: dict[str, str], count: int) -> None:
    House().published()
    page = client.get("/", filters).content.decode()
    assert f"{count} micro-credential" in page
    assert "Remove all filters" in page


def test_a_chip_takes_only_its_own_filter_away(client: Client) -> None:
    House().published()
    page = client.get("/", {"q": "meals", "level": "foundational", "way": "on site"}).content.decode()
    assert 'href="?q=meals&amp;way=on+site"' in page
    assert 'href="?q=meals&amp;level=foundational"' in page


def test_it_leaves_drafts_out(client: Client) -> None:
    House().micro_credential_submitted()
    assert "Whole-Food Cooking" not in client.get("/").content.decode()


def test_it_sets_no_cookie_and_opens_no_session(client: Client) -> None:
    house = House()
    house.published()
    slug = house.application.version.micro_credential.slug if house.application.version else ""
    for path in ("/", f"/micro-credentials/{slug}", f"/units/{house.unit.slug}", "/verify"):
        response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies, path
        assert "Cookie" not in response.get("Vary", ""), path


def test_it_asks_the_database_as_often_for_many_as_for_one(client: Client) -> None:
    house = House()
    house.published()
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    house.application = actions.draft_micro_credential_application(house.version(title="Second"), by=house.lead)
    actions.submit_application(house.application, by=house.lead)
    house.decided()
    with CaptureQueriesContext(connection) as two:
        assert "2 micro-credentials<" in client.get("/").content.decode()
    assert len(two) == len(one) <= 4


@pytest.mark.parametrize("path", ["/?q=%00", "/badges/%00", "/decisions/%00", "/?unit=%00&level=x", "/units/%00"])
def test_what_no_database_keeps_breaks_nothing(client: Client, path: str) -> None:
    factories.university()
    assert client.get(path).status_code in (200, 404)
