"""A badge's page: is this true? For whoever has its address, and naming nobody."""

import re

import pytest
from django.test import Client

from laurels.awards import actions as awards
from laurels.badges.models import Badge, Document
from laurels.jobs import outbox
from laurels.people.system import university
from tests.faces.house import ADDRESS, HOLDER, House

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


def test_it_says_that_it_is_valid_and_when_that_was_checked(client: Client, house: House) -> None:
    award = house.award()
    answer = client.get(f"/badges/{award.badge_id}")
    page = answer.content.decode()
    assert "Valid. This badge is genuine and in force." in page
    assert "<title>Valid: Whole-Food Cooking – Badge – National University of Example</title>" in page
    assert f"({university().zone})" in page
    assert "Cook grains and legumes safely" in page
    assert "12 hours confirmed: 1 block." in page


def test_it_names_nobody(client: Client, house: House) -> None:
    award = house.award()
    page = client.get(f"/badges/{award.badge_id}").content.decode()
    for said in (HOLDER, ADDRESS, "Ada", "ada@", house.lead.name, str(award.address.subject)):
        assert said not in page


def test_it_is_with_the_link_only(client: Client, house: House) -> None:
    answer = client.get(f"/badges/{house.award().badge_id}")
    assert answer["X-Robots-Tag"] == "noindex, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_it_can_be_shared(client: Client, house: House) -> None:
    award = house.award()
    page = client.get(f"/badges/{award.badge_id}").content.decode()
    shared = dict(re.findall(r'<meta property="(og:[a-z]+)" content="([^"]*)">', page))
    assert shared["og:title"] == "Whole-Food Cooking"
    assert shared["og:url"] == f"http://localhost:8000/badges/{award.badge_id}"
    picture = shared["og:image"].removeprefix("http://localhost:8000")
    assert client.get(picture)["Content-Type"] == "image/png"


def test_every_file_that_it_offers_is_there(client: Client, house: House) -> None:
    award = house.award()
    page = client.get(f"/badges/{award.badge_id}").content.decode()
    offered = re.findall(r'href="([^"]+)" download', page)
    assert len(offered) == 6
    for path in offered:
        assert client.get(path).status_code == 200, path


def test_it_tells_verifiers_where_its_documents_are(client: Client, house: House) -> None:
    award = house.award()
    page = client.get(f"/badges/{award.badge_id}").content.decode()
    documents = dict(re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)">', page))
    assert documents == {
        "application/vc+ld+json": f"/badges/{award.badge_id}/ob3.json",
        "application/ld+json": f"/badges/{award.badge_id}/ob2.json",
    }
    for kind, path in documents.items():
        assert client.get(path, headers={"accept": kind})["Content-Type"] == kind


def test_both_endorsements_of_the_university_are_shown(client: Client, house: House) -> None:
    page = client.get(f"/badges/{house.award().badge_id}").content.decode()
    approved = page[page.index('id="approved"') : page.index('id="dates"')]
    assert approved.count("Passed") == 2
    assert house.application.decision.number in approved


def test_it_looks_again_by_itself_while_it_is_being_signed(client: Client, house: House) -> None:
    award = house.award(sign=False)
    page = client.get(f"/badges/{award.badge_id}").content.decode()
    assert "This badge is being signed." in page
    assert '<meta http-equiv="refresh"' in page
    assert "download" not in page


def test_a_revoked_one_keeps_its_page_and_gives_the_public_reason_alone(client: Client, house: House) -> None:
    award = house.award()
    awards.revoke_award(award, "wrong address", "Typed by Lee in a hurry.", by=house.lead)
    for _ in range(2):  # at once, and when the status list has been signed anew
        answer = client.get(f"/badges/{award.badge_id}")
        page = answer.content.decode()
        assert answer.status_code == 200
        assert f"Not valid any more. {house.unit.name} revoked this badge on" in page
        assert "Reason given: It was sent to a wrong address. Until then it was true." in page
        assert "hurry" not in page
        assert "Not revoked" not in page
        outbox.run_pending()


def test_altered_bytes_are_not_valid(client: Client, house: House) -> None:
    award = house.award()
    document = Document.objects.get(address=f"/badges/{award.badge_id}/ob3.json")
    altered = bytes(document.body).replace(b"Whole-Food Cooking", b"Brain surgery")
    Document.objects.filter(pk=document.pk).update(body=altered)
    assert "The signature does not fit this badge." in client.get(f"/badges/{award.badge_id}").content.decode()


def test_what_is_not_there_answers_as_missing(client: Client, house: House) -> None:
    house.award()
    answer = client.get(f"/badges/{'0' * 32}")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()
    assert not Badge.objects.filter(pk="0" * 32).exists()
