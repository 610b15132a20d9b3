"""The pages around awards: a roster's dry run, attesting it, its progress and result; revoking."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from laurels.awards.models import Award, Roster, RosterState
from laurels.badges.models import BadgeState
from laurels.jobs import outbox
from tests.faces.house import ADDRESS, HOLDER, House, with_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(client: Client) -> House:
    house = House()
    client.force_login(house.lead)
    return house


def test_a_lead_awards_by_roster_from_the_file_to_the_badge(client: Client, house: House) -> None:
    version = house.published()
    with_keys()
    content = house.file((ADDRESS, HOLDER), ("not an address", "Bob"), version=version)
    answer = client.post(reverse("roster-new", args=[version.pk]), {"file": SimpleUploadedFile("spring.csv", content)})
    roster = Roster.objects.get()
    at = reverse("roster", args=[roster.pk])
    assert answer["Location"] == at
    page = client.get(at).content.decode()
    assert "1 of 2 rows can be awarded." in page
    assert "I attest that each person in this roster completed" in page
    assert not Award.objects.exists()

    refused = client.post(reverse("roster-confirm", args=[roster.pk]))
    assert refused.status_code == 422
    assert "Nothing is awarded without your attestation." in refused.content.decode()
    assert not Award.objects.exists()

    client.post(reverse("roster-confirm", args=[roster.pk]), {"attested": "on"})
    page = client.get(at).content.decode()
    assert "Awarded: 0 of 1. Signed: 0." in page
    assert '<noscript><meta http-equiv="refresh" content="4"></noscript>' in page
    outbox.run_pending()
    page = client.get(at).content.decode()
    assert "Done: 1 award." in page
    award = Award.objects.get()
    assert reverse("badge", args=[award.badge_id]) in page
    result = client.get(reverse("roster-result", args=[roster.pk])).content.decode("utf-8-sig")
    assert f"/badges/{award.badge_id}" in result
    assert Roster.objects.get().state == RosterState.DONE


def test_a_file_that_cannot_be_read_is_refused_whole(client: Client, house: House) -> None:
    version = house.published()
    for content in (b"", b"\xff\xfe\x00", b"address,level: Fly\na@example.org,high\n"):
        answer = client.post(reverse("roster-new", args=[version.pk]), {"file": SimpleUploadedFile("x.csv", content)})
        assert answer.status_code == 422, content
        assert "error-summary" in answer.content.decode()
    assert not Roster.objects.exists()


def test_it_asks_for_a_file(client: Client, house: House) -> None:
    version = house.published()
    answer = client.post(reverse("roster-new", args=[version.pk]))
    assert "Choose the file first." in answer.content.decode()


def test_the_empty_roster_that_is_offered_has_the_right_columns(client: Client, house: House) -> None:
    version = house.published()
    head = client.get(reverse("roster-template", args=[version.pk])).content
    line = f'"{ADDRESS}","{HOLDER}","2020-01-01","12","0","foundational","foundational","","",""'.encode()
    file = SimpleUploadedFile("x.csv", head + line)
    client.post(reverse("roster-new", args=[version.pk]), {"file": file})
    row = Roster.objects.get().rows.get()
    assert row.name == HOLDER
    assert row.problem


def test_only_the_problems_can_be_shown(client: Client, house: House) -> None:
    roster = house.roster((ADDRESS, HOLDER), ("not an address", "Bob"))
    page = client.get(reverse("roster", args=[roster.pk]), {"only": "problems"}).content.decode()
    assert "Bob" in page
    assert HOLDER not in page


def test_names_from_a_file_are_text(client: Client, house: House) -> None:
    roster = house.roster((ADDRESS, "<script>alert(1)</script>"))
    page = client.get(reverse("roster", args=[roster.pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_awards_are_found_and_taken_away_with_formulas_made_harmless(client: Client, house: House) -> None:
    award = house.award(sign=False)
    Award.objects.filter(pk=award.pk).update(holder="=1+1")
    at = reverse("awards", args=[house.unit.slug])
    assert "Nothing fits" in client.get(at, {"q": "nobody"}).content.decode()
    assert "1 award<" in client.get(at, {"q": "ada@"}).content.decode()
    csv = client.get(at, {"form": "csv"}).getvalue().decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("'=1+1,ada@example.org,Whole-Food Cooking,1.0.0,")


def test_revoking_asks_for_a_reason_from_the_list_and_own_words(client: Client, house: House) -> None:
    award = house.award()
    at = reverse("award-revoke", args=[award.pk])
    assert "This cannot be undone." in client.get(at).content.decode()
    for given in ({}, {"reason": "because", "words": "x"}, {"reason": "misconduct", "words": " "}):
        assert client.post(at, given).status_code == 422
    award.badge.refresh_from_db()
    assert award.badge.state == BadgeState.LIVE
    client.post(at, {"reason": "misconduct", "words": "The plan was copied."})
    award.badge.refresh_from_db()
    assert award.badge.state == BadgeState.REVOKED


def test_revoking_twice_is_refused(client: Client, house: House) -> None:
    award = house.award()
    at = reverse("award-revoke", args=[award.pk])
    given = {"reason": "misconduct", "words": "The plan was copied."}
    client.post(at, given)
    assert client.post(at, given).status_code == 409
    assert "is revoked already." in client.get(at, follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_whole_request_that_confirms_a_roster_takes_at_most_twelve_statements(client: Client) -> None:
    house = House()
    with_keys()
    roster = house.roster()
    client.force_login(house.lead)
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse("roster-confirm", args=[roster.pk]), {"attested": "on"})
    assert answer["Location"] == reverse("roster", args=[roster.pk])
    asked = [query["sql"] for query in queries]
    assert asked.count("COMMIT") == 1
    assert len(asked) <= 12, "\n".join(asked)
