"""Documents at their permanent addresses: stored bytes, media types, strong ETags, any origin."""

import json

import pytest
from django.test import Client
from pytest_django.asserts import assertNumQueries

from laurels.api.negotiation import media_type, prefers_page
from laurels.badges import actions, addresses
from laurels.badges.models import Document
from laurels.people.system import system
from tests.laurels.badges.published import VERSION, Published, published

pytestmark = pytest.mark.django_db
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.fixture
def ready() -> Published:
    return published()


@pytest.fixture
def place(ready: Published) -> str:
    return addresses.badge(ready.live()[0].pk)


def test_it_answers_the_stored_bytes_with_one_query_and_no_cookie(client: Client, place: str) -> None:
    stored = Document.objects.get(address=f"{place}/ob3.json")
    with assertNumQueries(1):
        response = client.get(f"{place}/ob3.json")
    assert response.status_code == 200
    assert response.content == bytes(stored.body)
    assert response["Content-Type"] == "application/vc+ld+json"
    assert response["Cache-Control"].startswith("public")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Vary"] == "Accept"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


@pytest.mark.parametrize(
    ("form", "accept", "kind"),
    [
        ("ob3.json", "*/*", "application/vc+ld+json"),
        ("ob3.json", "application/json", "application/json"),
        ("ob3.json", "application/ld+json, application/json;q=0.5", "application/ld+json"),
        ("ob3.json", "application/vc", "application/vc"),
        ("ob3.json", "image/png", "application/vc+ld+json"),
        ("ob2.json", "", "application/ld+json"),
        ("ob2.json", "application/json", "application/json"),
        ("ob2.json", "application/json, */*;q=0.1", "application/ld+json"),
        ("ob2.json", "application/ld+json;q=0, application/json", "application/json"),
    ],
)
def test_it_answers_in_the_media_type_that_is_accepted(
    client: Client, place: str, form: str, accept: str, kind: str
) -> None:
    response = client.get(f"{place}/{form}", headers={"Accept": accept} if accept else {})
    assert response["Content-Type"] == kind


def test_each_media_type_has_an_etag_of_its_own_over_the_same_bytes(client: Client, place: str) -> None:
    one = client.get(f"{place}/ob3.json")
    other = client.get(f"{place}/ob3.json", headers={"Accept": "application/json"})
    assert one.content == other.content
    assert one["ETag"] != other["ETag"]
    assert not one["ETag"].startswith("W/")


def test_a_reader_who_holds_the_bytes_gets_304(client: Client, place: str) -> None:
    etag = client.get(f"{place}/ob2.json")["ETag"]
    for given in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        with assertNumQueries(1):
            response = client.get(f"{place}/ob2.json", headers={"If-None-Match": given})
        assert response.status_code == 304, given
        assert response.content == b""
        assert response["ETag"] == etag
        assert "Content-Type" not in response
        assert "Content-Length" not in response
        assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"{place}/ob2.json", headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_tells_the_length_alone(client: Client, place: str) -> None:
    full, head = client.get(f"{place}/ob3.json"), client.head(f"{place}/ob3.json")
    assert head.content == b""
    assert head["Content-Length"] == str(len(full.content))
    assert head["ETag"] == full["ETag"]


def test_any_origin_may_ask_and_nobody_may_write(client: Client, place: str) -> None:
    allowed = client.options(f"{place}/ob3.json", headers={"Origin": "https://elsewhere.example"})
    assert allowed.status_code == 204
    assert allowed["Access-Control-Allow-Origin"] == "*"
    assert "GET" in allowed["Access-Control-Allow-Methods"]
    assert "If-None-Match" in allowed["Access-Control-Allow-Headers"]
    for method in ("post", "put", "patch", "delete"):
        # Whether a form's token is there makes no difference: there is no form.
        refused = getattr(Client(enforce_csrf_checks=True), method)(f"{place}/ob3.json")
        assert refused.status_code == 405, method
        assert refused["Allow"] == "GET, HEAD, OPTIONS"
        assert refused.json() == {"error": "Documents can be read, not changed."}


def test_a_browser_is_led_to_the_page(client: Client, ready: Published, place: str) -> None:
    slug = ready.unit.slug
    pages = {
        f"{place}/ob3.json": place,
        f"{place}/ob2.json": place,
        f"/units/{slug}/did.json": f"/units/{slug}",
        f"/units/{slug}/status/1": f"/units/{slug}",
        "/.well-known/did.json": "/",
        "/ob2.json": "/",
        VERSION: "/micro-credentials/cooking#version-1.0.0",
        f"{VERSION}/ob2.json": "/micro-credentials/cooking#version-1.0.0",
    }
    for address, page in pages.items():
        response = client.get(address, headers={"Accept": BROWSER})
        assert response.status_code == 303
        assert response["Location"] == page
        assert response["Vary"] == "Accept"


def test_every_document_of_an_issuer_is_there(client: Client, ready: Published, place: str) -> None:
    slug = ready.unit.slug
    at = f"/units/{slug}"
    for address in ("/.well-known/did.json", "/ob2.json", f"{at}/did.json", f"{at}/ob2.json", f"{at}/status/1"):
        response = client.get(address)
        assert response.status_code == 200, address
        assert json.loads(response.content)["id"]
    endorsements = Document.objects.filter(address__startswith="/endorsements/").values_list("address", flat=True)
    assert {client.get(address).status_code for address in endorsements} == {200}


def test_a_revoked_2_0_badge_answers_410_also_to_those_who_hold_the_old_bytes(client: Client, ready: Published) -> None:
    badge = ready.live()[0]
    place = addresses.ob2(badge.pk)
    etag = client.get(place)["ETag"]
    actions.revoke_badge(badge, "wrong address", "", by=system())
    response = client.get(place, headers={"If-None-Match": etag})
    assert response.status_code == 410
    assert response.json()["revoked"] is True
    again = client.get(place, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 410
    assert client.get(addresses.ob3(badge.pk)).status_code == 200


def test_what_is_not_there_is_said_in_json(client: Client) -> None:
    for address in (
        f"/badges/{'0' * 32}/ob3.json",
        f"/badges/{'0' * 32}/ob3.png",
        "/units/nobody/did.json",
        "/micro-credentials/nothing/versions/1.0.0/image.svg",
        "/endorsements/00000000-0000-0000-0000-000000000000",
    ):
        response = client.get(address)
        assert response.status_code == 404, address
        assert response.json() == {"error": "There is no document at this address."}
        assert response["Cache-Control"] == "no-store"


def test_a_badge_that_is_being_signed_asks_to_come_back(client: Client, ready: Published) -> None:
    badge = ready.badges(1)[0]
    for of in (addresses.ob2, addresses.ob3, addresses.ob3_png, addresses.ob2_svg):
        response = client.get(of(badge.pk))
        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("", False),
        ("*/*", False),
        ("application/json, text/html", False),
        ("text/html;q=0.5, application/json", False),
        ("text/html, application/json;q=0.9", True),
        ("text/html;q=nonsense", False),
    ],
)
def test_it_tells_browsers_from_programs(accept: str, page: bool) -> None:
    assert prefers_page(accept) is page


def test_a_picture_has_one_media_type() -> None:
    assert media_type("text/html", "image/png") == "image/png"
