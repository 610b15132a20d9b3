"""Titles within sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.catalogue.quotation import quoted


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Whole-Food Cooking", "“Whole-Food Cooking”"),
        ("On “rest” as a cure", "“On ‘rest’ as a cure”"),
        ('On "rest" and "sleep"', "“On ‘rest’ and ‘sleep’”"),
        ('Cuts of 12" and more', '“Cuts of 12" and more”'),
        ("Über „Ruhe“", "“Über ‚Ruhe‘”"),
        ("", "“”"),
    ],
)
def test_marks_within_are_single(title: str, expected: str) -> None:
    assert quoted(title) == expected


@given(st.text(max_size=60))
def test_it_begins_and_ends_with_the_only_double_marks(title: str) -> None:
    words = quoted(title)
    assert (words[0], words[-1]) == ("“", "”")
    assert "“" not in words[1:]
    assert "”" not in words[:-1]
    assert len(words) == len(title) + 2
