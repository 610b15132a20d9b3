"""What a ledger comes to: against a plain recomputation, and at midnight and the changes of the clock."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.training.ledger import Line, Standing, fullest_day, minutes_by_day, overlaps, standings, totals

DAY = datetime.date(2027, 3, 1)
PORTLAND = ZoneInfo("America/Los_Angeles")


def line(key="a", minutes=60, *, confirmed=True, corrects=None, kind="contact", informal=False, day=DAY):
    return Line(key, day, minutes, kind, informal, confirmed, corrects)


def span(key, start, end, zone="America/Los_Angeles", minutes=None, **more):
    place = ZoneInfo(zone)
    starts, ends = (datetime.datetime.fromisoformat(moment).replace(tzinfo=place) for moment in (start, end))
    starts, ends = starts.astimezone(datetime.UTC), ends.astimezone(datetime.UTC)
    length = int((ends - starts).total_seconds()) // 60 if minutes is None else minutes
    day = starts.astimezone(place).date()
    return Line(key, day, length, "contact", starts_at=starts, ends_at=ends, zone=zone, **more)


def test_confirmed_minutes_count_by_kind():
    found = totals([line("a", 60), line("b", 45, kind="practice", informal=True), line("c", 30, confirmed=None)])
    assert (found.by_kind, found.confirmed, found.informal) == ({"contact": 60, "practice": 45}, 105, 45)
    assert (found.waiting, found.returned) == (30, 0)


def test_a_correction_counts_once_it_is_confirmed():
    before = line("a", 120)
    assert totals([before, line("b", 60, confirmed=None, corrects="a")]).confirmed == 120
    assert totals([before, line("b", 60, confirmed=False, corrects="a")]).confirmed == 120
    assert totals([before, line("b", 60, corrects="a")]).confirmed == 60


def test_a_correction_of_a_correction_counts_alone():
    chain = [line("a", 120), line("b", 60, corrects="a"), line("c", 90, corrects="b")]
    assert totals(chain).confirmed == 90
    assert standings(chain) == {"a": Standing.REPLACED, "b": Standing.REPLACED, "c": Standing.CONFIRMED}


def test_a_correction_without_minutes_takes_the_entry_out():
    assert totals([line("a", 120), line("b", 0, corrects="a")]).confirmed == 0


def test_a_waiting_correction_waits_with_its_gain_alone():
    assert totals([line("a", 120), line("b", 150, confirmed=None, corrects="a")]).waiting == 30
    assert totals([line("a", 120), line("b", 60, confirmed=None, corrects="a")]).waiting == 0


def test_a_waiting_entry_that_is_corrected_waits_no_more():
    chain = [line("a", 120, confirmed=None), line("b", 60, confirmed=None, corrects="a")]
    assert (totals(chain).waiting, standings(chain)["a"]) == (60, Standing.REPLACED)
    returned = [line("a", 120, confirmed=None), line("b", 60, confirmed=False, corrects="a")]
    assert (totals(returned).waiting, standings(returned)["a"]) == (120, Standing.WAITING)


def test_a_waiting_correction_of_a_waiting_correction_gains_over_what_counts():
    chain = [line("a", 60), line("b", 90, confirmed=None, corrects="a"), line("c", 75, confirmed=None, corrects="b")]
    assert (totals(chain).confirmed, totals(chain).waiting) == (60, 15)


def test_spans_overlap_only_when_they_share_time():
    first = span("a", "2027-03-01T09:00", "2027-03-01T11:00", confirmed=True)
    assert overlaps(span("b", "2027-03-01T11:00", "2027-03-01T12:00"), [first]) == []
    assert overlaps(span("b", "2027-03-01T10:45", "2027-03-01T12:00"), [first]) == [first]


def test_the_same_hour_in_another_zone_overlaps():
    first = span("a", "2027-03-01T09:00", "2027-03-01T10:00", confirmed=True)
    assert overlaps(span("b", "2027-03-01T18:00", "2027-03-01T19:00", "Europe/Berlin"), [first]) == [first]


def test_a_returned_or_corrected_entry_is_in_nobodys_way():
    returned = span("a", "2027-03-01T09:00", "2027-03-01T11:00", confirmed=False)
    again = span("b", "2027-03-01T09:00", "2027-03-01T11:00")
    assert overlaps(again, [returned]) == []
    corrected = span("c", "2027-03-01T09:00", "2027-03-01T11:00", confirmed=True)
    assert overlaps(span("d", "2027-03-01T09:30", "2027-03-01T10:00", corrects="c"), [corrected]) == []


def test_a_span_past_midnight_counts_to_both_days():
    night = span("a", "2027-03-01T22:30", "2027-03-02T01:00")
    assert minutes_by_day(night) == {DAY: 90, DAY + datetime.timedelta(days=1): 60}


@pytest.mark.parametrize(
    ("day", "minutes"), [("2027-03-14", 23 * 60), ("2027-11-07", 25 * 60), ("2027-07-01", 24 * 60)]
)
def test_the_days_of_a_change_of_the_clock_have_the_hours_that_they_have(day, minutes):
    start = datetime.date.fromisoformat(day)
    whole = span("a", f"{day}T00:00", f"{start + datetime.timedelta(days=1)}T00:00")
    assert minutes_by_day(whole) == {start: minutes}


def test_an_entry_without_a_span_counts_against_its_day():
    known = [line("a", 20 * 60), line("b", 3 * 60, confirmed=None), line("c", 9 * 60, confirmed=False)]
    assert fullest_day(line("d", 60, confirmed=None), known) == (DAY, 24 * 60)
    assert fullest_day(line("e", 75, confirmed=None, corrects="b"), known) == (DAY, 21 * 60 + 15)


entries = st.lists(
    st.tuples(
        st.integers(0, 16).map(lambda quarters: quarters * 15),
        st.sampled_from(["contact", "practice", "independent"]),
        st.booleans(),
        st.sampled_from([True, False, None]),
        st.none() | st.integers(0, 30),
    ),
    max_size=25,
)


@given(entries)
def test_it_agrees_with_walking_each_chain_by_hand(drawn):
    lines, tips = [], {}
    for number, (minutes, kind, informal, confirmed, back) in enumerate(drawn):
        # Only the tip of a chain is corrected, and nothing is corrected twice at the same time.
        candidates = [key for key, state in tips.items() if state is True]
        corrects = candidates[back % len(candidates)] if back is not None and candidates else None
        if corrects is not None and confirmed is not False:
            tips[corrects] = False
        lines.append(Line(str(number), DAY, minutes, kind, informal, confirmed, corrects))
        tips[str(number)] = confirmed
    expected: dict[str, int] = {}
    for one in lines:
        followers = [other for other in lines if other.corrects == one.key and other.confirmed]
        if one.confirmed and not followers:
            expected[one.kind] = expected.get(one.kind, 0) + one.minutes
    assert totals(lines).by_kind == expected
