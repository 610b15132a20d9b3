"""Pictures: those of versions, frozen; and those that carry a badge, made when they are asked for."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.asserts import assertNumQueries

from laurels import clock
from laurels.awards.models import Award
from laurels.badges import actions, addresses
from laurels.badges.models import Document
from laurels.badges.verification import verify_badge
from laurels.catalogue import addresses as versions
from laurels.jobs import outbox
from laurels.people.system import system
from openbadgekit.baking import unbake
from tests.laurels.awards.approved import approved
from tests.laurels.awards.day import NOW

pytestmark = pytest.mark.django_db
FORMS = {
    "ob3.png": ("3.0", "image/png"),
    "ob3.svg": ("3.0", "image/svg+xml"),
    "ob2.png": ("2.0", "image/png"),
    "ob2.svg": ("2.0", "image/svg+xml"),
}


@pytest.fixture
def award() -> Iterator[Award]:
    with clock.pinned(NOW):
        granted = approved().grant()
        outbox.run_pending()
        yield granted


@pytest.mark.parametrize("form", FORMS)
def test_it_carries_the_stored_bytes_and_verifies(client: Client, award: Award, form: str) -> None:
    standard, kind = FORMS[form]
    place = addresses.badge(award.badge_id)
    client.get(f"{place}/{form}")  # the first one reads the version's picture, which is then kept
    with assertNumQueries(1):
        response = client.get(f"{place}/{form}")
    assert response["Content-Type"] == kind
    assert response["Access-Control-Allow-Origin"] == "*"
    baked = unbake(response.content)
    stored = Document.objects.get(address=f"{place}/{form[:3]}.json")
    assert baked.standard == standard
    assert json.loads(baked.text) == json.loads(bytes(stored.body))
    assert verify_badge(response.content, "ada@example.org").verdict == "valid"


@pytest.mark.parametrize("form", FORMS)
def test_it_has_a_strong_etag(client: Client, award: Award, form: str) -> None:
    place = f"{addresses.badge(award.badge_id)}/{form}"
    etag = client.get(place)["ETag"]
    held = client.get(place, headers={"If-None-Match": etag})
    assert (held.status_code, held.content) == (304, b"")
    assert held["ETag"] == etag
    tags = {client.get(f"{addresses.badge(award.badge_id)}/{other}")["ETag"] for other in FORMS}
    assert len(tags) == len(FORMS)


def test_the_picture_of_a_version_is_its_frozen_bytes(client: Client, award: Award) -> None:
    version = award.version
    place = (str(version.micro_credential.slug), version.number)
    for address, stored in (
        (versions.picture_png(*place), version.picture_png),
        (versions.picture_svg(*place), version.picture_svg),
    ):
        with assertNumQueries(1):
            response = client.get(address)
        assert response.content == bytes(stored)
        assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_svg_is_served_in_a_sandbox(client: Client, award: Award) -> None:
    version = award.version
    for address in (
        versions.picture_svg(str(version.micro_credential.slug), version.number),
        addresses.ob3_svg(award.badge_id),
    ):
        response = client.get(address)
        assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert response["X-Content-Type-Options"] == "nosniff"


def test_a_picture_with_a_revoked_2_0_badge_leads_to_the_word_revoked(client: Client, award: Award) -> None:
    award.badge.refresh_from_db()
    before = client.get(addresses.ob2_png(award.badge_id)).content
    actions.revoke_badge(award.badge, "misconduct", "", by=system())
    response = client.get(addresses.ob2_png(award.badge_id))
    assert response.status_code == 200
    assert response.content == before
    assert verify_badge(response.content).verdict == "invalid"


def test_a_draft_has_no_picture_at_a_permanent_address(client: Client, award: Award) -> None:
    slug = str(award.version.micro_credential.slug)
    assert client.get(versions.picture_png(slug, "9.9.9")).status_code == 404
