"""The rubric, its minima, and what scores amount to."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.governance import rubric

SCALE = SimpleNamespace(criteria=rubric.DEFAULT, least_mean=rubric.LEAST_MEAN)
KEYS = [criterion["key"] for criterion in rubric.DEFAULT]


def review(score: int = 2, **others: int) -> Any:
    scores = {key: {"score": others.get(key, score), "reason": "Because."} for key in KEYS}
    return SimpleNamespace(scores=scores)


def test_the_default_has_the_ten_criteria_and_minima() -> None:
    least = {criterion["key"]: criterion["least"] for criterion in rubric.DEFAULT}
    assert len(least) == 10
    assert {key for key, value in least.items() if value == 2} == {"mission", "rigor"}
    assert {value for key, value in least.items() if key not in ("mission", "rigor")} == {1}
    assert rubric.flaws(rubric.DEFAULT, rubric.LEAST_MEAN) == []
    anchors = [anchor for criterion in rubric.DEFAULT for anchor in criterion["anchors"]]
    assert len(anchors) == 40
    assert len(set(anchors)) == 40


def test_scores_that_meet_every_minimum_pass() -> None:
    found = rubric.standing(SCALE, [review(2)])
    assert found.passes
    assert found.mean == 2


def test_a_criterion_below_its_minimum_is_named_with_what_it_needs() -> None:
    found = rubric.standing(SCALE, [review(3, mission=1)])
    assert not found.passes
    assert found.refusal == (
        "It cannot be approved as it stands: mission alignment has 1 and needs 2. You can ask for changes, or decline."
    )


def test_a_mean_below_two_does_not_pass_even_when_each_criterion_does() -> None:
    found = rubric.standing(SCALE, [review(1, mission=2, rigor=2)])
    assert found.shortfalls == ("the mean of all criteria has 1.2 and needs 2",)


def test_a_criterion_takes_the_mean_over_the_reviews() -> None:
    found = rubric.standing(SCALE, [review(2, mission=3), review(2, mission=1)])
    assert found.means["mission"] == 2
    assert found.passes
    short = rubric.standing(SCALE, [review(2, mission=3), review(2, mission=1), review(2, mission=1)])
    assert short.shortfalls[0] == "mission alignment has 1.66 and needs 2"


def test_no_review_never_passes() -> None:
    found = rubric.standing(SCALE, [])
    assert not found.passes
    assert "no review is in" in found.refusal


@given(st.lists(st.lists(st.integers(0, 3), min_size=10, max_size=10), min_size=1, max_size=9))
def test_it_passes_exactly_when_every_minimum_is_met(rows: list[list[int]]) -> None:
    reviews = [review(**dict(zip(KEYS, row, strict=True))) for row in rows]
    means = [Fraction(sum(column), len(rows)) for column in zip(*rows, strict=True)]
    least = [criterion["least"] for criterion in rubric.DEFAULT]
    expected = all(mean >= need for mean, need in zip(means, least, strict=True)) and sum(means) >= 20
    assert rubric.standing(SCALE, reviews).passes is expected


@given(st.fractions(min_value=0, max_value=3))
def test_a_mean_never_looks_better_than_it_is(value: Fraction) -> None:
    assert Fraction(rubric.shown(value)) <= value
    assert value - Fraction(rubric.shown(value)) < Fraction(1, 100)


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"score": 4, "reason": "Why."}, "Mission alignment: choose a score from 0 to 3."),
        ({"score": True, "reason": "Why."}, "Mission alignment: choose a score from 0 to 3."),
        ({"score": "2", "reason": "Why."}, "Mission alignment: choose a score from 0 to 3."),
        ({"score": [2], "reason": "Why."}, "Mission alignment: choose a score from 0 to 3."),
        ({"reason": "Why."}, "Mission alignment: choose a score from 0 to 3."),
        ({"score": 2, "reason": "  "}, "Mission alignment: give the reason for the score."),
        ({"score": 2}, "Mission alignment: give the reason for the score."),
    ],
)
def test_every_criterion_needs_a_score_and_a_reason(broken: dict[str, Any], words: str) -> None:
    assert rubric.problems(SCALE, review().scores | {"mission": broken}) == {"mission": [words]}


def test_an_absent_criterion_and_an_unknown_one_are_named() -> None:
    scores = {key: value for key, value in review().scores.items() if key != "safety"} | {"charm": {"score": 3}}
    assert set(rubric.problems(SCALE, scores)) == {"safety", "charm"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"anchors": ["one", "two"]}, "Criterion 1 needs four anchors"),
        ({"least": 4}, "Criterion 1 needs a minimum"),
        ({"title": ""}, "Criterion 1 needs a key"),
        ({"key": "rigor"}, "Two criteria have the same key"),
    ],
)
def test_a_rubric_that_cannot_be_used_is_refused(change: dict[str, Any], words: str) -> None:
    criteria = [rubric.DEFAULT[0] | change, *rubric.DEFAULT[1:]]
    assert any(words in flaw for flaw in rubric.flaws(criteria, Decimal(2)))
    assert rubric.flaws([], Decimal(2))
    assert rubric.flaws(rubric.DEFAULT, Decimal(4))
