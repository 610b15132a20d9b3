from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.catalogue.requirement import Asked, Requirement
from tests.laurels.catalogue import drafts

ASKED = Requirement(
    minutes=720,
    informal_most=240,
    levels=("foundational", "proficient", "mastery"),
    competencies=(Asked("a", "Plan a week", "proficient"), Asked("b", "Cook grains", "foundational")),
    evidence_required=False,
)
LEVELS = {"a": "proficient", "b": "foundational"}


def test_nothing_is_missing() -> None:
    assert ASKED.shortfall(720, 240, LEVELS, []) == []


def test_a_higher_level_and_another_case_are_good() -> None:
    assert ASKED.shortfall(900, 0, {"a": "Mastery", "b": "PROFICIENT"}, []) == []


def test_hours_short() -> None:
    assert ASKED.shortfall(570, 0, LEVELS, []) == ["Not yet: 9 h 30 min of 12 h are confirmed."]


def test_too_many_informal_hours_do_not_count() -> None:
    assert ASKED.counted(840, 360) == (720, 240)
    assert ASKED.shortfall(840, 360, LEVELS, []) == []
    assert ASKED.shortfall(720, 360, LEVELS, []) == [
        "Not yet: 10 h of 12 h are confirmed. 6 h informal are confirmed, 4 h of them count here."
    ]


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000))
def test_what_counts_never_grows_and_keeps_the_limit(formal: int, informal: int, most: int) -> None:
    minutes, counted = replace(ASKED, informal_most=most).counted(formal + informal, informal)
    assert counted <= min(most, informal)
    assert minutes - counted == formal


def test_levels_short_missing_or_unknown() -> None:
    assert ASKED.shortfall(720, 0, {"a": "Foundational"}, []) == [
        "Not yet: “Plan a week” is at foundational; proficient is asked for.",
        "Not yet: “Cook grains” has no level; foundational is asked for.",
    ]
    (words,) = ASKED.shortfall(720, 0, {**LEVELS, "a": "expert"}, [])
    assert words == "“expert”, for “Plan a week”, is not a level. The levels are foundational, proficient, mastery."


def test_evidence_only_where_it_is_required() -> None:
    asked = replace(ASKED, evidence_required=True)
    assert asked.shortfall(720, 0, LEVELS, []) == ["Not yet: evidence is asked for, and none is named."]
    assert asked.shortfall(720, 0, LEVELS, ["https://e.example/1"]) == []


@pytest.mark.django_db
def test_it_asks_what_was_frozen(django_assert_num_queries: object) -> None:
    version = drafts.published(drafts.lead())
    with django_assert_num_queries(0):  # type: ignore[operator]
        asked = Requirement.of(version)
    assert (asked.minutes, asked.informal_most, asked.evidence_required) == (720, 120, False)
    assert [(one.statement, one.level) for one in asked.competencies] == [
        ("Plan a week of meals", "proficient"),
        ("Cook grains safely", "foundational"),
    ]
    assert {one.key for one in asked.competencies} == {str(one.key) for one in version.competencies.all()}


@pytest.mark.django_db
def test_it_asks_of_a_draft_as_it_stands() -> None:
    assert len(Requirement.of(drafts.complete(drafts.lead())).competencies) == 2
