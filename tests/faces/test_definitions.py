"""The editor of definitions: what people write is read right, and never lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from laurels.catalogue import actions as catalogue
from laurels.catalogue.icons import ICONS
from laurels.catalogue.models import Version
from laurels.catalogue.wreath import PALETTES
from laurels.governance.models import Application
from laurels.web.definitions import seen
from tests.faces.house import House

pytestmark = pytest.mark.django_db
LINK = "O*NET-SOC | 35-1011.00 | Chefs and head cooks | https://www.onetonline.org/link/summary/35-1011.00"


@pytest.fixture
def house(client: Client) -> House:
    house = House()
    client.force_login(house.lead)
    return house


@pytest.fixture
def draft(house: House) -> Version:
    return catalogue.draft_micro_credential(house.unit, "Whole-Food Cooking", by=house.lead)


def at(version: Version) -> str:
    return reverse("definition-edit", args=[version.pk])


def typed(version: Version, **changes: Any) -> dict[str, Any]:
    return {
        "seen": seen(Version.objects.get(pk=version.pk)),
        "rows": 1,
        "title": "Whole-Food Cooking",
        "language": "en",
        "country": "us",
        "contact_minutes": "7 h 30 min",
        "practice_minutes": "4,5",
        "tags": "cooking,  nutrition,cooking",
        "assessment": "Written plan, 40 %\nObserved practice (60)",
        "competencies.0-statement": "Plan a week of meals",
        "competencies.0-level": "foundational",
        "competencies.0-indicators": "Seven days\n\n Within a budget ",
        "competencies.0-links": LINK,
        **changes,
    }


def test_it_begins_a_definition_with_its_application(client: Client, house: House) -> None:
    answer = client.post(reverse("definition-new", args=[house.unit.slug]), {"title": "Whole-Food Cooking"})
    version = Version.objects.get()
    assert answer["Location"] == at(version)
    assert Application.objects.get().version == version
    page = client.get(at(version)).content.decode()
    assert "Still missing" in page
    assert "(optional)" not in page


def test_it_reads_hours_tags_weights_lines_and_links(client: Client, draft: Version) -> None:
    assert client.post(at(draft), typed(draft)).status_code == 302
    held = Version.objects.get(pk=draft.pk)
    assert (held.contact_minutes, held.practice_minutes, held.country) == (450, 270, "US")
    assert held.tags == ["cooking", "nutrition"]
    assert held.assessment == [
        {"type": "Written plan", "weight": 40},
        {"type": "Observed practice", "weight": 60},
    ]
    one = held.competencies.get()
    assert one.indicators == ["Seven days", "Within a budget"]
    assert one.links[0]["code"] == "35-1011.00"


def test_what_was_saved_stands_in_the_form_as_it_can_be_typed_again(client: Client, draft: Version) -> None:
    client.post(at(draft), typed(draft))
    page = client.get(at(draft)).content.decode()
    for words in ('value="7 h 30 min"', "Written plan, 40 %", 'value="cooking, nutrition"', LINK):
        assert words in page


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("contact_minutes", "a day", "is not a number of hours"),
        ("assessment", "Written plan", "has no weight"),
        ("competencies.0-links", "https://example.org", "is not a link"),
        ("country", "USA", "at most 2 characters"),
        ("language", "English!", "Write the language as a code"),
    ],
)
def test_it_keeps_every_typed_word_when_one_cannot_be_read(
    client: Client, draft: Version, field: str, given: str, words: str
) -> None:
    answer = client.post(at(draft), typed(draft, summary="Kept <b>words</b>", **{field: given}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Kept &lt;b&gt;words&lt;/b&gt;" in page
    assert "Plan a week of meals" in page
    assert f'href="#id_{field}"' in page
    assert Version.objects.get(pk=draft.pk).summary == ""


def test_a_competency_is_added_without_losing_what_was_typed(client: Client, draft: Version) -> None:
    answer = client.post(at(draft), typed(draft, act="add", summary="Not saved yet"))
    page = answer.content.decode()
    assert 'name="rows" value="2"' in page
    assert "Not saved yet" in page
    assert 'name="competencies.1-statement"' in page
    assert not Version.objects.get(pk=draft.pk).competencies.exists()


def test_a_competency_is_removed_and_the_others_move_up(client: Client, draft: Version) -> None:
    second = {"competencies.1-statement": "Cook legumes safely", "competencies.1-level": "proficient"}
    page = client.post(at(draft), typed(draft, act="remove 0", rows=2, **second)).content.decode()
    assert 'name="competencies.0-statement" value="Cook legumes safely"' in page
    assert "Plan a week of meals" not in page


def test_there_is_no_eighth_competency(client: Client, draft: Version) -> None:
    page = client.post(at(draft), typed(draft, act="add", rows=7)).content.decode()
    assert 'name="rows" value="7"' in page
    assert "Add a competency" not in page


def test_somebody_who_saved_meanwhile_is_not_overwritten(client: Client, house: House, draft: Version) -> None:
    mine = typed(draft, summary="Mine")
    catalogue.edit_draft(draft, {"summary": "Theirs"}, by=house.lead)
    answer = client.post(at(draft), mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody saved this meanwhile. Your text is kept below." in page
    assert "Mine" in page
    assert Version.objects.get(pk=draft.pk).summary == "Theirs"


def test_the_picture_follows_what_is_typed(client: Client, draft: Version) -> None:
    client.post(at(draft), typed(draft))
    saved = client.get(reverse("definition-wreath", args=[draft.pk]))
    given = {"contact_minutes": "24", "level": "mastery", "monogram": "X"}
    other = client.get(reverse("definition-wreath", args=[draft.pk]), given)
    assert saved["Content-Type"] == other["Content-Type"] == "image/svg+xml"
    assert saved.content != other.content
    assert "script-src" not in other["Content-Security-Policy"]
    broken = client.get(reverse("definition-wreath", args=[draft.pk]), {"contact_minutes": "9" * 40, "monogram": "<x"})
    assert broken.status_code == 200


def test_the_icon_and_the_colours_are_chosen_from_cards_that_have_names(client: Client, draft: Version) -> None:
    page = client.get(at(draft)).content.decode()
    for name, offered in (("icon", ["", *ICONS]), ("colours", list(PALETTES))):
        assert re.findall(rf'<input type="radio" name="{name}" value="([^"]*)"', page) == offered
        assert page.count(f'<label for="id_{name}_') == len(offered)
    assert re.findall(r'type="radio" name="(\w+)" value="" [^>]*checked', page) == ["icon", "colours"]
    assert "Mortar and pestle" in page
    assert page.count('<svg aria-hidden="true"') >= len(ICONS) + len(PALETTES) + 1


def test_what_was_chosen_is_saved_shown_and_kept_where_nothing_is_saved(client: Client, draft: Version) -> None:
    chosen = {"icon": "mortar and pestle", "colours": "plum"}
    page = client.post(at(draft), typed(draft, act="add", **chosen)).content.decode()
    assert re.findall(r'name="(?:icon|colours)" value="([^"]*)" [^>]*checked', page) == list(chosen.values())
    assert client.post(at(draft), typed(draft, **chosen)).status_code == 302
    held = Version.objects.get(pk=draft.pk)
    assert (held.icon, held.colours) == ("mortar and pestle", "plum")
    page = client.get(at(draft)).content.decode()
    assert re.findall(r'name="(?:icon|colours)" value="([^"]*)" [^>]*checked', page) == list(chosen.values())
    assert client.post(at(draft), typed(draft)).status_code == 302
    held.refresh_from_db()
    assert (held.icon, held.colours) == ("", "")


def test_a_picture_that_is_not_offered_is_refused_beside_its_cards(client: Client, draft: Version) -> None:
    answer = client.post(at(draft), typed(draft, icon="skull"))
    assert answer.status_code == 422
    assert 'href="#id_icon_0"' in answer.content.decode()
    assert Version.objects.get(pk=draft.pk).icon == ""


def test_the_preview_shows_what_is_chosen_and_passes_over_what_is_not_offered(client: Client, draft: Version) -> None:
    at_picture = reverse("definition-wreath", args=[draft.pk])
    client.post(at(draft), typed(draft, icon="sun", colours="sea"))
    saved, plain, other, strange = (
        client.get(at_picture, {"contact_minutes": "12", **given}).content
        for given in ({}, {"icon": "", "colours": ""}, {"icon": "leaf"}, {"icon": "skull", "colours": "<x"})
    )
    assert len({saved, plain, other}) == 3
    assert strange == saved
    assert PALETTES["sea"].deep.encode() in saved
    assert PALETTES["sea"].deep.encode() not in plain


def test_a_version_before_the_committee_cannot_be_changed(client: Client, house: House) -> None:
    house.micro_credential_submitted()
    version = house.application.version
    assert version
    answer = client.post(at(version), typed(version, summary="Other words"))
    assert answer.status_code == 422
    assert "It is handed in" in answer.content.decode()
    assert client.get(at(version))["Location"] == reverse("application", args=[house.application.pk])
    assert Version.objects.get(pk=version.pk).summary != "Other words"


@pytest.mark.parametrize(("title", "words"), [("", "Give it a title."), ("Long " * 30, "120")])
def test_a_title_that_cannot_be_one_is_refused_beside_its_field_and_kept(
    client: Client, house: House, title: str, words: str
) -> None:
    answer = client.post(reverse("definition-new", args=[house.unit.slug]), {"title": title})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"Unit desk</p><h1>{house.unit.name}</h1>" in page
    assert '<a href="#id_title">' in page
    assert page.count(words) >= 2
    assert f'value="{title}"' in page or not title
    assert not Version.objects.exists()
