"""The sentence of a decision, and the end of its term."""

from datetime import date
from fractions import Fraction

import pytest

from laurels.governance.decision import Facts, end_of_term, sentence
from laurels.governance.models import Kind, Outcome
from laurels.governance.rubric import Standing


def facts(**changes: object) -> Facts:
    given: dict[str, object] = {
        "kind": Kind.AUTHORITY.value,
        "outcome": Outcome.APPROVE.value,
        "body": "Committee on Micro-credentials",
        "university": "National University of Example",
        "unit": "Food as Medicine Institute",
        "date": date(2027, 5, 1),
        "rubric": 1,
        "standing": Standing({}, Fraction(245, 100), (), 2),
        "scope": ("nutrition", "cooking"),
        "valid_from": date(2027, 5, 1),
        "valid_until": date(2030, 4, 30),
    }
    return Facts(**(given | changes))  # type: ignore[arg-type]


def test_the_approval_of_an_authority_says_scope_and_term() -> None:
    assert sentence(facts()) == (
        "1 May 2027: the Committee on Micro-credentials of National University of Example approves issuing authority "
        "for Food as Medicine Institute in nutrition and cooking, from 1 May 2027 until 30 April 2030, "
        "on 2 reviews against rubric 1, with a mean of 2.45."
    )


def test_the_approval_of_a_micro_credential_says_number_and_conditions() -> None:
    given = facts(
        kind=Kind.MICRO_CREDENTIAL.value, title="Whole-Food Cooking", number="2027-014", conditions="Add a referee.\n"
    )
    assert sentence(given) == (
        "Decision 2027-014, 1 May 2027: the Committee on Micro-credentials of National University of Example approves "
        "the micro-credential “Whole-Food Cooking” of Food as Medicine Institute, on 2 reviews against rubric 1, "
        "with a mean of 2.45. Conditions: Add a referee."
    )


def test_a_decline_says_neither_term_nor_conditions() -> None:
    words = sentence(facts(outcome=Outcome.DECLINE.value, conditions="None of this."))
    assert "declines issuing authority for Food as Medicine Institute, on 2 reviews" in words
    assert "Conditions" not in words


@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [
        (date(2027, 5, 1), 36, date(2030, 4, 30)),
        (date(2027, 1, 1), 12, date(2027, 12, 31)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2027, 3, 15), 1, date(2027, 4, 14)),
    ],
)
def test_a_term_ends_the_day_before_its_anniversary(begins: date, months: int, ends: date) -> None:
    assert end_of_term(begins, months) == ends
