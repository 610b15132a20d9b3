"""A learner takes a seat."""

import datetime

import pytest

from laurels import clock
from laurels.catalogue import actions as catalogue
from laurels.catalogue.models import Version
from laurels.errors import NotAllowed, WrongState
from laurels.people import actions as people
from laurels.training import actions
from laurels.training.models import Enrolment, EnrolmentState, Offering, Route
from tests import factories
from tests.laurels.awards.approved import approved
from tests.laurels.training.class_room import ZONE
from tests.laurels.training.plans import letters, opened


def test_a_seat_is_taken_and_a_letter_says_so(room):
    person = factories.user(name="Ada Able")
    made = actions.enrol(opened(room), by=person)
    assert (made.state, made.route, made.name) == (EnrolmentState.ENROLLED, Route.OWN, "Ada Able")
    assert made.address.person == person
    assert letters(person) == ["Enrolled: Whole-Food Cooking"]


def test_when_every_seat_is_taken_there_is_a_waiting_list(room):
    offering = opened(room, capacity=1)
    states = [actions.enrol(offering, by=factories.user()).state for _ in range(3)]
    assert states == ["enrolled", "waiting", "waiting"]


def test_nobody_twice_whatever_the_offering_and_the_address(room):
    with pytest.raises(WrongState, match="Lea Learner is enrolled in this already"):
        actions.enrol(opened(room), by=room.learner)
    other = people.attest_address("lea@elsewhere.example", by=room.lead)
    Enrolment.objects.filter(pk=room.enrolment.pk).update(address=other)
    assert people.tie_address(other.folded, verified=True, by=room.learner).person == room.learner
    with pytest.raises(WrongState, match="enrolled in this already"):
        actions.enrol(opened(room), by=room.learner)


def test_who_holds_the_badge_does_not_enrol_again(room):
    actions.sign_off(room.complete(), by=room.lead)
    with pytest.raises(WrongState, match="Lea Learner already holds this badge, awarded on 20 November 2026"):
        actions.enrol(opened(room), by=room.learner)


def test_after_a_withdrawal_one_may_begin_anew(room):
    actions.withdraw(room.enrolment, by=room.learner)
    assert actions.enrol(opened(room), by=room.learner).state == EnrolmentState.ENROLLED


def test_reserved_seats_are_for_those_invited(room):
    with pytest.raises(NotAllowed, match="reserved"):
        actions.enrol(opened(room, seats="reserved"), by=factories.user())


def test_a_closed_or_past_offering_takes_nobody(room):
    cancelled = actions.cancel_offering(opened(room), "Snow.", by=room.lead)
    with pytest.raises(WrongState, match="This offering is cancelled"):
        actions.enrol(cancelled, by=factories.user())
    past = opened(room)
    long_ago = clock.today(ZONE) - datetime.timedelta(2)
    Offering.objects.filter(pk=past.pk).update(starts_on=long_ago, ends_on=long_ago)
    with pytest.raises(WrongState, match="This offering ended on 18 November 2026"):
        actions.enrol(past, by=factories.user())


def test_a_new_enrolment_takes_the_newest_version_and_an_old_one_keeps_its_own(room):
    newer = approved()
    Version.objects.filter(pk=newer.version.pk).update(
        micro_credential=room.approved.version.micro_credential, number="1.1.0"
    )
    made = actions.enrol(room.offering, by=factories.user())
    assert made.version == newer.version
    room.enrolment.refresh_from_db()
    assert room.enrolment.version == room.approved.version


def test_a_retired_version_takes_nobody(room):
    offering = opened(room)
    catalogue.retire_version(room.approved.version, clock.today("UTC"), "Until June.", by=room.lead)
    with pytest.raises(WrongState, match="Not offered any more since 20 November 2026"):
        actions.enrol(offering, by=factories.user())
