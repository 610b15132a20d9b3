"""The form of a stack: a rule written as rows or as JSON, refused beside the field, and never lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels import clock
from laurels.catalogue.models import Version, VersionKind
from laurels.catalogue.stackrule import Rule, plain, read
from laurels.governance.models import Application, Kind
from laurels.web.definitions import seen
from laurels.web.forms.stackrows import json_of, rows_of
from tests.laurels.awards.day import NOW
from tests.laurels.awards.stacks import Stacked

leaves = st.one_of(
    st.sampled_from([{"award": "a"}, {"award": "b"}, {"stack": "s"}]),
    st.builds(
        lambda n, source: {"blocks": {"n": n, "from": source}},
        st.integers(1, 9),
        st.sampled_from([{"units": ["one", "two"]}, {"tags": ["food"]}, {"list": ["a"]}, {"competencies": ["Plan"]}]),
    ),
    st.sampled_from(
        [
            {"level": {key: target, "at_least": "mastery"}}
            for key, target in (("competency", "Plan"), ("framework", "x:y"))
        ]
    ),
)


def _joined(inner: st.SearchStrategy[Any], least: int) -> st.SearchStrategy[Any]:
    some = st.lists(inner, min_size=least, max_size=4, unique_by=str)
    return st.one_of(
        st.builds(lambda parts: {"all": parts}, some),
        st.builds(lambda parts: {"any": parts}, some),
        st.builds(lambda parts, n: {"at_least": {"n": min(n, len(parts)), "of": parts}}, some, st.integers(1, 3)),
    )


bodies = _joined(st.one_of(leaves, leaves, _joined(leaves, 2)), 2)


@settings(deadline=None)
@given(body=bodies, months=st.one_of(st.none(), st.integers(1, 60)))
def test_a_rule_with_one_level_of_groups_goes_through_the_rows_and_back(body: Any, months: int | None) -> None:
    inner = {"within": {"months": months, "rule": body}} if months else body
    rule: Rule = read({"version": 1, "rule": inner})
    rows = rows_of(rule)
    if rows is None:  # more groups than the form has
        some = body["at_least"]["of"] if "at_least" in body else next(iter(body.values()))
        assert sum(1 for part in some if set(part) & {"all", "any", "at_least"}) > 3
        return
    assert json_of(rows, {}) == plain(rule)


def test_a_rule_that_is_nested_deeper_is_left_to_json() -> None:
    deep = {"all": [{"any": [{"award": "a"}, {"all": [{"award": "b"}, {"award": "c"}]}]}]}
    assert rows_of(read({"version": 1, "rule": deep})) is None


@pytest.fixture
def house(client: Client, db: None) -> Stacked:
    with clock.pinned(NOW):
        house = Stacked()
        house.part("Cooking")
        house.part("Baking")
    client.force_login(house.lead)
    return house


@pytest.fixture
def draft(client: Client, house: Stacked) -> Version:
    slug = house.ready.unit.slug
    client.post(reverse("definition-new", args=[slug]), {"title": "Food Educator", "kind": "stack"})
    return Version.objects.get(kind=VersionKind.STACK)


def typed(version: Version, *parts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "seen": seen(Version.objects.get(pk=version.pk)),
        "rows": 1,
        "parts": len(parts),
        "title": "Food Educator",
        "language": "en",
        "country": "us",
        "competencies.0-statement": "Teach a kitchen to cook",
        "competencies.0-level": "proficient",
        "rule-join": "all",
    }
    for place, part in enumerate(parts):
        given |= {f"parts.{place}-{name}": value for name, value in part.items()}
    return {**given, **changes}


def at(version: Version) -> str:
    return reverse("definition-edit", args=[version.pk])


def test_it_begins_a_stack_with_its_application(draft: Version) -> None:
    assert Application.objects.get(version=draft).kind == Kind.STACK


def test_the_page_asks_for_parts_and_for_no_hours(client: Client, draft: Version) -> None:
    page = client.get(at(draft)).content.decode()
    assert "By which awards it is earned" in page
    assert "Contact hours" not in page


def test_a_rule_of_rows_with_a_group_is_saved_by_titles(client: Client, draft: Version) -> None:
    parts = [
        {"what": "award", "which": "Cooking"},
        {"what": "award", "which": "baking", "group": "A"},
        {"what": "list", "which": "Cooking; Baking", "number": "2", "group": "A"},
    ]
    answer = client.post(at(draft), typed(draft, *parts, **{"rule-join_A": "any", "rule-months": "36"}))
    assert answer.status_code == 302, answer.content.decode()
    draft.refresh_from_db()
    group = {"any": [{"award": "baking"}, {"blocks": {"n": 2, "from": {"list": ["cooking", "baking"]}}}]}
    expected = {"within": {"months": 36, "rule": {"all": [{"award": "cooking"}, group]}}}
    assert draft.rule == {"version": 1, "rule": expected}
    page = client.get(at(draft)).content.decode()
    assert 'value="Cooking; Baking"' in page


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"what": "award", "which": "Flying"}, "No micro-credential “Flying” is published and not retired."),
        ({"what": "list", "which": "Cooking", "number": "9"}, "9 blocks are asked for from cooking; there are 1."),
        ({"what": "award", "which": ""}, "Say which."),
        ({"what": "list", "which": "Cooking"}, "Say how many blocks."),
        ({"what": "competency", "which": "Plan a week of meals"}, "Choose the level."),
        ({"which": "Cooking"}, "Choose what this part is."),
    ],
)
def test_what_cannot_be_a_rule_is_refused_and_stays_on_the_page(
    client: Client, draft: Version, part: dict[str, str], words: str
) -> None:
    answer = client.post(at(draft), typed(draft, part))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert part["which"] in page
    draft.refresh_from_db()
    assert draft.rule is None


def test_a_rule_written_as_json_is_saved_and_shown_again(client: Client, draft: Version) -> None:
    both = '{"all": [{"award": "baking"}, {"award": "cooking"}]}'
    deep = f'{{"version": 1, "rule": {{"all": [{{"any": [{{"award": "cooking"}}, {both}]}}]}}}}'
    answer = client.post(at(draft), typed(draft, **{"rule-written_as": "json", "rule-rule": deep}))
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(at(draft)).content.decode()
    assert "&quot;any&quot;" in page


def test_json_that_is_none_is_refused_beside_its_field(client: Client, draft: Version) -> None:
    answer = client.post(at(draft), typed(draft, **{"rule-written_as": "json", "rule-rule": "{award"}))
    assert answer.status_code == 422
    assert "This is not JSON" in answer.content.decode()


def test_parts_can_be_added_and_removed_without_losing_a_word(client: Client, draft: Version) -> None:
    parts = [{"what": "award", "which": "Cooking"}, {"what": "award", "which": "Typed but not saved"}]
    page = client.post(at(draft), typed(draft, *parts, act="add part")).content.decode()
    assert "Part 3" in page and "Typed but not saved" in page
    page = client.post(at(draft), typed(draft, *parts, act="remove part 0")).content.decode()
    assert "Typed but not saved" in page and 'value="Cooking" ' not in page


def test_the_lead_sees_who_would_earn_it(client: Client, house: Stacked, draft: Version) -> None:
    with clock.pinned(NOW):
        house.award("Cooking", "ada@example.org")
        house.award("Baking", "ada@example.org")
        house.award("Cooking", "bo@example.org")
    parts = [{"what": "award", "which": "Cooking"}, {"what": "award", "which": "Baking"}]
    client.post(at(draft), typed(draft, *parts))
    page = client.get(at(draft)).content.decode()
    assert "At present: 1 person." in page
    assert "Of your own unit: Ada Lovelace" in page


def test_its_picture_is_drawn_while_it_has_no_rule_and_when_it_has_one(client: Client, draft: Version) -> None:
    address = reverse("definition-wreath", args=[draft.pk])
    empty = client.get(address).content
    client.post(at(draft), typed(draft, {"what": "award", "which": "Cooking"}))
    assert client.get(address).content != empty
