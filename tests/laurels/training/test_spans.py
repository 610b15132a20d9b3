"""Local times as moments, at the changes of the clock."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.errors import Invalid
from laurels.training.spans import moment, span

ZONE = "America/Los_Angeles"
SPRING, AUTUMN = datetime.date(2027, 3, 14), datetime.date(2027, 11, 7)


def at(text):
    return datetime.time.fromisoformat(text)


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(Invalid, match="skip 02:30") as refusal:
        span(SPRING, at("02:30"), at("04:00"), ZONE)
    assert list(refusal.value.fields) == ["starts"]


def test_a_time_that_the_clocks_show_twice_is_asked_about():
    with pytest.raises(Invalid, match="twice") as refusal:
        span(AUTUMN, at("00:30"), at("01:30"), ZONE)
    assert list(refusal.value.fields) == ["ends"]
    assert span(AUTUMN, at("00:30"), at("01:30"), ZONE, later_end=False).minutes == 60
    assert span(AUTUMN, at("00:30"), at("01:30"), ZONE, later_end=True).minutes == 120


def test_elapsed_time_counts():
    assert span(SPRING, at("01:00"), at("04:00"), ZONE).minutes == 120
    assert span(AUTUMN, at("00:00"), at("04:00"), ZONE).minutes == 300
    assert span(datetime.date(2027, 7, 1), at("00:00"), at("04:00"), ZONE).minutes == 240


def test_an_end_that_is_not_after_the_start_is_on_the_next_day():
    night = span(datetime.date(2027, 3, 1), at("22:00"), at("01:00"), ZONE)
    assert night.minutes == 180
    assert span(datetime.date(2027, 3, 1), at("09:00"), at("09:00"), ZONE).minutes == 24 * 60


def test_the_second_time_may_not_end_before_the_first():
    with pytest.raises(Invalid, match="not after"):
        span(AUTUMN, at("01:15"), at("01:30"), ZONE, later_start=True, later_end=False)


@given(
    st.datetimes(datetime.datetime.fromisoformat("2020-01-01"), datetime.datetime.fromisoformat("2035-01-01")),
    st.booleans(),
)
def test_a_moment_shows_the_local_time_that_was_given(local, later):
    local = local.replace(microsecond=0)
    try:
        found = moment(local.date(), local.time(), ZONE, later=later)
    except Invalid:
        return
    assert found.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None, fold=0) == local
