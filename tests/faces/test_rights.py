"""Who sees which page: hidden things answer as missing, and signing in is asked for first."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from laurels.catalogue import actions as catalogue
from laurels.governance import actions
from laurels.people.models import User
from laurels.web.urls import application_pages, committee_pages, unit_pages
from tests.faces.house import House

pytestmark = pytest.mark.django_db

PEOPLE = ("lead", "assessor", "stranger", "member", "chair", "registrar")
# page -> who may open it; everybody else gets "not found". Forms that only take POST are in POSTS.
PAGES: dict[str, set[str]] = {
    "unit-desk": {"lead", "assessor", "registrar"},
    "awards": {"lead", "assessor", "registrar"},
    "definition-edit": {"lead"},
    "definition-wreath": {"lead"},
    "roster-new": {"lead", "assessor"},
    "roster-template": {"lead", "assessor"},
    "version-retire": {"lead", "registrar"},
    "roster": {"lead", "assessor", "registrar"},
    "roster-result": {"lead", "assessor", "registrar"},
    "award-revoke": {"lead", "registrar"},
    "application": {"lead", "assessor", "member", "chair"},
    "application-edit": {"lead"},
    "application-withdraw": {"lead"},
    "committee-desk": {"member", "chair"},
}
# page -> who is not turned away as if it were not there (what the act itself says is tested with the act)
POSTS: dict[str, set[str]] = {
    "authority-new": {"lead", "assessor", "registrar"},
    "definition-new": {"lead", "assessor", "registrar"},
    "version-new": {"lead", "assessor", "registrar"},
    "definition-apply": {"lead"},
    "roster-confirm": {"lead", "assessor", "registrar"},
    "application-submit": {"lead"},
    "interest": {"member", "chair"},
    "changes": {"member", "chair"},
    "tell-chair": {"member", "chair"},
}


@pytest.fixture
def house() -> House:
    """A unit with one of everything, and an application of its own before the committee."""
    house = House()
    house.made = house.award(sign=False)  # type: ignore[attr-defined]
    version = catalogue.draft_micro_credential(house.unit, "Reading a Clinical Trial", by=house.lead)
    house.draft = version  # type: ignore[attr-defined]
    house.application = actions.draft_authority_application(house.stranger_unit, {}, by=house.stranger)
    return house


def address(house: House, name: str) -> str:
    award = house.made  # type: ignore[attr-defined]
    version, draft = award.version, house.draft  # type: ignore[attr-defined]
    own = version.applications.get()
    by_name = {
        "unit-desk": [house.unit.slug],
        "awards": [house.unit.slug],
        "authority-new": [house.unit.slug],
        "definition-new": [house.unit.slug],
        "version-new": [version.micro_credential_id],
        "roster": [award.roster_row.roster_id],
        "roster-confirm": [award.roster_row.roster_id],
        "roster-result": [award.roster_row.roster_id],
        "award-revoke": [award.pk],
        "desk": [],
        "committee-desk": [],
    }
    if name.startswith("definition-") and name != "definition-new":
        return reverse(name, args=[draft.pk])
    if name in by_name:
        return reverse(name, args=by_name[name])
    return reverse(name, args=[version.pk if name.startswith(("roster-", "version-")) else own.pk])


def people(house: House) -> dict[str, User]:
    return {name: getattr(house, name) for name in PEOPLE}


def test_every_page_of_the_desks_is_in_a_table() -> None:
    named = {str(page.name) for page in (*unit_pages, *application_pages, *committee_pages)}
    assert named == {*PAGES, *POSTS, "desk", "review", "decide", "remind"}


def test_nobody_sees_a_desk_without_signing_in(house: House, client: Client) -> None:
    for name in (*PAGES, *POSTS, "desk", "review", "decide"):
        call: Callable[..., object] = client.post if name in POSTS else client.get
        answer = call(address(house, name))
        assert answer.status_code == 302, name  # type: ignore[attr-defined]
        assert answer["Location"].startswith("/sign-in?next=/desk"), name  # type: ignore[index]


def test_only_the_right_people_see_each_page(house: House, client: Client) -> None:
    found = {}
    for person, user in people(house).items():
        client.force_login(user)
        for name, allowed in PAGES.items():
            status = client.get(address(house, name)).status_code
            found[name, person] = (status, person in allowed)
    wrong = {key: status for key, (status, may) in found.items() if (status == 200) != may or status not in (200, 404)}
    assert not wrong


def test_only_the_right_people_reach_each_act(house: House, client: Client) -> None:
    wrong = {}
    for person, user in people(house).items():
        for name, allowed in POSTS.items():
            client.force_login(user)
            status = client.post(address(house, name)).status_code
            if (status != 404) != (person in allowed) or status >= 500:
                wrong[name, person] = status
    assert not wrong


def test_the_registrar_may_not_hand_in_for_a_unit(house: House, client: Client) -> None:
    client.force_login(house.registrar)
    answer = client.post(address(house, "authority-new"))
    assert answer.status_code == 403
    assert f"This is for the lead of {house.unit.name}." in answer.content.decode()


def test_nobody_of_the_committee_reads_a_draft(house: House, client: Client) -> None:
    client.force_login(house.member)
    assert client.get(reverse("application", args=[house.application.pk])).status_code == 404


def test_a_desk_shows_nothing_of_other_units(house: House, client: Client) -> None:
    client.force_login(house.stranger)
    page = client.get(reverse("unit-desk", args=[house.stranger_unit.slug])).content.decode()
    assert "Whole-Food Cooking" not in page
    assert "spring.csv" not in page
    assert "No awards yet." in page
