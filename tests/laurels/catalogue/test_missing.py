from typing import Any

import pytest

from laurels.catalogue.completeness import Lack, missing
from laurels.catalogue.models import Competency, MicroCredential, Version
from laurels.people.models import Unit

GOOD: dict[str, Any] = {
    "title": "Whole-Food Cooking",
    "short_title": "Whole-food cooking",
    "monogram": "Wf",
    "summary": "Cook.",
    "audience": "Cooks.",
    "need": "Hunger.",
    "recognition": "Kitchens.",
    "mission_alignment": "Food is medicine.",
    "tags": ["nutrition"],
    "way": "on site",
    "contact_minutes": 720,
    "prerequisites": "None.",
    "assessment": [{"type": "practical", "weight": 100}],
    "pass_rule": "All of it.",
    "supervision": "Supervised.",
    "identity_check": "At the door.",
    "assessor_qualification": "A chef.",
    "evidence": "A plan.",
    "quality_assurance": "The committee.",
    "next_review": "2029-01-01",
    "scope_notice": "No medical advice.",
    "appeal_route": "Write to the registrar.",
}


def competency(**changes: Any) -> Competency:
    given: dict[str, Any] = {
        "statement": "Plan a week of meals",
        "level": "proficient",
        "indicators": ["Names a budget"],
        "evidence_kinds": "portfolio",
        "taught": "In the kitchen.",
        "links": [{"framework": "ESCO", "code": "1", "name": "x", "url": "https://e.example"}],
    }
    return Competency(**{**given, **changes})


def lacks(competencies: list[Competency] | None = None, **changes: Any) -> list[Lack]:
    version = Version(micro_credential=MicroCredential(unit=Unit(name="Food")), **{**GOOD, **changes})
    return missing(version, [competency()] if competencies is None else competencies)


def test_nothing_is_missing_from_a_whole_definition() -> None:
    assert lacks() == []


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"summary": ""}, "summary", "what it is"),
        ({"country": ""}, "country", "country"),
        ({"way": ""}, "way", "way of learning"),
        ({"quality_assurance": " "}, "quality_assurance", "quality"),
        ({"tags": []}, "tags", "issuing authority is for fields"),
        ({"contact_minutes": 570}, "contact_minutes", "at least 12 h of training; this one has 9 h 30 min"),
        ({"contact_minutes": 727}, "contact_minutes", "12 h 7 min: hours count in steps of 15 min"),
        ({"informal_minutes_most": 735}, "informal_minutes_most", "12 h 15 min may be informal, which is more than"),
        ({"assessment": []}, "assessment", "types of assessment"),
        ({"assessment": [{"type": "a", "weight": 60}, {"type": "b", "weight": 30}]}, "assessment", "90 %"),
        ({"assessment": [{"type": "", "weight": 100}]}, "assessment", "no name"),
        ({"short_title": ""}, "short_title", "ribbon"),
        ({"short_title": "Community nutritionists!"}, "short_title", "too long for the ribbon"),
        ({"short_title": "食"}, "short_title", "cannot show: 食"),
        ({"monogram": ""}, "monogram", "one to three letters"),
        ({"monogram": "A-"}, "monogram", "one to three letters"),
        ({"monogram": "ש"}, "monogram", "cannot show: ש"),
    ],
)
def test_it_says_what_is_missing_before_approval(change: dict[str, Any], field: str, words: str) -> None:
    found = lacks(**change)
    assert [(one.field, one.mandatory) for one in found] == [(field, True)]
    assert words in found[0].words


@pytest.mark.parametrize("field", ["audience", "need", "recognition", "prerequisites", "scope_notice", "appeal_route"])
def test_it_recommends_the_rest(field: str) -> None:
    assert [(one.field, one.mandatory) for one in lacks(**{field: ""})] == [(field, False)]


def test_mandatory_things_come_first() -> None:
    order = [one.mandatory for one in lacks(title="", audience="", appeal_route="", evidence="")]
    assert order == [True, True, False, False]


def test_the_least_training_is_one_block_of_this_university() -> None:
    assert lacks(contact_minutes=600, block_minutes=600, step_minutes=60) == []
    assert "at least 15 h" in lacks(contact_minutes=720, block_minutes=900)[0].words


def test_a_validity_wants_a_rule_of_renewal() -> None:
    assert [one.field for one in lacks(validity_months=24)] == ["renewal_rule"]
    assert lacks(validity_months=24, renewal_rule="Two hours.") == []


def test_it_asks_for_one_to_seven_competencies() -> None:
    assert [one.field for one in lacks([])] == ["competencies"]
    many = [competency(statement=f"Plan {place} meals") for place in range(8)]
    assert [one.words for one in lacks(many)] == ["8 competencies are too many: seven is the most."]
    assert lacks(many[:7]) == []


def test_it_refuses_the_same_competency_twice() -> None:
    found = lacks([competency(), competency(statement="plan  a week of Meals")])
    assert [(one.field, one.words) for one in found] == [
        ("competencies.1.statement", "Competency 2 says the same as one above it.")
    ]


@pytest.mark.parametrize("level", ["", "expert", "Proficient"])
def test_a_level_is_a_word_of_the_scale(level: str) -> None:
    (found,) = lacks([competency(level=level)])
    assert found.field == "competencies.0.level" and found.mandatory
    assert "foundational, proficient or mastery" in found.words


@pytest.mark.parametrize(
    "statement",
    ["Knowledge of herbs", "The basics of cooking", "Cooking grains", "12 herbs", "Understanding trials", "Can cook"],
)
def test_a_statement_begins_with_a_verb(statement: str) -> None:
    (found,) = lacks([competency(statement=statement)])
    assert found.field == "competencies.0.statement" and found.mandatory
    assert "does not begin with a verb" in found.words


@pytest.mark.parametrize(
    "statement",
    [
        "Plan a week of whole-food meals for a household",
        "Lead a two-hour hands-on workshop for ten people",
        "Agree on one change with a patient",
        "Say what a confidence interval means",
        "Report an adverse event in time",
        "Bring a stock to the boil",
    ],
)
def test_real_statements_pass(statement: str) -> None:
    assert lacks([competency(statement=statement)]) == []


def test_a_verb_that_nobody_can_see_is_only_advised_against() -> None:
    assert [one.mandatory for one in lacks([competency(statement="Know when to refer")])] == [False]


def test_statements_in_another_language_are_left_to_the_committee() -> None:
    assert lacks([competency(statement="Die Woche planen")], language="de") == []


def test_an_icon_makes_the_monogram_needless() -> None:
    assert lacks(monogram="", icon="leaf") == []
    assert [one.field for one in lacks(monogram="")] == ["monogram"]
