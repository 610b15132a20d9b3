from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.catalogue import hours

QUARTERS = st.integers(0, 40_000).map(lambda count: count * 15)


@pytest.mark.parametrize(
    ("minutes", "blocks"), [(0, 0), (719, 0), (720, 1), (1080, 1), (1439, 1), (1440, 2), (14400, 20)]
)
def test_blocks_are_whole_twelves(minutes: int, blocks: int) -> None:
    assert hours.blocks(minutes) == blocks


def test_blocks_are_the_universitys_own() -> None:
    assert hours.blocks(1200, 600) == 2


@pytest.mark.parametrize(
    ("minutes", "short", "long"),
    [
        (0, "0 h", "0 hours"),
        (15, "15 min", "15 minutes"),
        (60, "1 h", "1 hour"),
        (61, "1 h 1 min", "1 hour 1 minute"),
        (450, "7 h 30 min", "7 hours 30 minutes"),
        (720, "12 h", "12 hours"),
    ],
)
def test_hours_in_words(minutes: int, short: str, long: str) -> None:
    assert (hours.words(minutes), hours.long_words(minutes)) == (short, long)


@given(QUARTERS)
def test_quarters_are_exact_decimals_and_read_back(minutes: int) -> None:
    decimal = hours.decimal_hours(minutes)
    assert decimal * 60 == minutes
    assert hours.minutes_of(f"{decimal:f}") == minutes
    assert hours.minutes_of(hours.words(minutes)) == minutes
    assert hours.minutes_of(hours.long_words(minutes)) == minutes


def test_decimal_hours() -> None:
    assert hours.decimal_hours(750) == Decimal("12.5")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("12", 720), (" 12.50 ", 750), ("12,25", 735), ("12h", 720), ("7 h 30 min", 450), ("90 min", 90), ("0.1", 6)],
)
def test_it_reads_hours_as_people_write_them(text: str, minutes: int) -> None:
    assert hours.minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", " ", "-1", "1e3", "twelve", "12.3333", "nan", "1:30", "١٢", "7 h 30", "1" * 9])
def test_it_refuses_what_is_no_number_of_hours(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a (whole )?number of"):
        hours.minutes_of(text)


@given(st.text())
def test_reading_never_crashes(text: str) -> None:
    try:
        assert hours.minutes_of(text) >= 0
    except ValueError as fault:
        assert str(fault)
