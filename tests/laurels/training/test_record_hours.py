"""A learner, or the unit, records hours."""

import datetime

import pytest

from laurels import clock
from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from laurels.training.ledger import totals
from laurels.training.models import Enrolment, EnrolmentState, HoursEntry
from laurels.training.spans import span
from laurels.training.standing import lines_of
from tests import factories
from tests.laurels.training.class_room import ZONE, given

DAY = datetime.date(2026, 11, 16)


def evening(starts="18:00", ends="20:00", day=DAY, zone=ZONE):
    return span(day, datetime.time.fromisoformat(starts), datetime.time.fromisoformat(ends), zone)


def test_it_waits_for_somebody_else(room):
    entry = room.record(90)
    found = totals(lines_of(room.enrolment))
    assert (found.confirmed, found.waiting) == (0, 90)
    assert Entry.objects.filter(verb="hours recorded", thing=f"training.hoursentry:{entry.pk}").count() == 1


def test_the_unit_may_record_for_a_learner_and_a_stranger_may_not(room):
    assert room.record(by=room.instructor).entered_by == room.instructor
    with pytest.raises(NotAllowed):
        room.record(by=factories.user())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 50}, "minutes"),
        ({"minutes": 25 * 60}, "minutes"),
        ({"what": "  "}, "what"),
        ({"kind": "sleep"}, "kind"),
        ({"day": datetime.date(2026, 11, 21)}, "day"),
        ({"at": evening(), "minutes": 135, "day": DAY}, "minutes"),
        ({"at": evening(day=datetime.date(2026, 11, 20)), "day": datetime.date(2026, 11, 20)}, "ends"),
    ],
)
def test_hours_that_cannot_be_are_refused_beside_the_field(room, change, field):
    with pytest.raises(Invalid) as refusal:
        actions.record_hours(room.enrolment, given(**change), zone=ZONE, by=room.learner)
    assert list(refusal.value.fields) == [field]
    assert not HoursEntry.objects.exists()


def test_an_overlap_is_refused_over_all_enrolments_and_addresses_of_one_person(room):
    second = room.enrol()
    for address in (room.enrolment.address, second.address):
        address.person = room.learner
        address.save(update_fields=["person"])
    actions.record_hours(room.enrolment, given(120, at=evening(), day=DAY), zone=ZONE, by=room.learner)
    with pytest.raises(Invalid, match="On 16 November 2026, 18:00–20:00, “Cooked a soup” is recorded already"):
        actions.record_hours(second, given(60, at=evening("19:45", "20:45"), day=DAY), zone=ZONE, by=room.learner)
    actions.record_hours(second, given(60, at=evening("20:00", "21:00"), day=DAY), zone=ZONE, by=room.learner)


def test_two_learners_may_do_the_same_at_the_same_time(room):
    other = room.enrol()
    for enrolment in (room.enrolment, other):
        actions.record_hours(enrolment, given(120, at=evening(), day=DAY), zone=ZONE, by=room.instructor)


def test_a_day_has_at_most_24_hours(room):
    room.record(20 * 60)
    with pytest.raises(Invalid, match="would have 24 h 15 min"):
        room.record(4 * 60 + 15)
    room.record(4 * 60)


def test_a_night_over_midnight_counts_to_both_days(room):
    night = evening("22:00", "02:00")
    actions.record_hours(room.enrolment, given(240, at=night, day=DAY), zone=ZONE, by=room.learner)
    room.record(22 * 60, day=DAY)
    with pytest.raises(Invalid, match="16 November 2026 would have"):
        room.record(15, day=DAY)
    room.record(22 * 60, day=DAY + datetime.timedelta(1))


@pytest.mark.parametrize("state", [EnrolmentState.WITHDRAWN, EnrolmentState.AWARDED, EnrolmentState.WAITING])
def test_an_enrolment_that_has_ended_takes_no_hours(room, state):
    Enrolment.objects.update(state=state)
    with pytest.raises(WrongState):
        room.record()


def test_today_is_the_day_in_the_zone_of_the_entry(room):
    with clock.pinned(datetime.datetime(2026, 11, 20, 3, tzinfo=datetime.UTC)), pytest.raises(Invalid):
        actions.record_hours(room.enrolment, given(60, day=datetime.date(2026, 11, 20)), zone=ZONE, by=room.learner)
