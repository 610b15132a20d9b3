"""A unit invites somebody by address, and keeps a seat."""

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.training import actions
from laurels.training.models import EnrolmentState
from tests import factories
from tests.laurels.training.plans import letter, opened


def test_a_seat_is_kept_and_a_letter_holds_the_link(room):
    offering = opened(room, capacity=1, seats="reserved")
    made = actions.invite(offering, "Gil@Example.org", "Gil Guest", by=room.instructor)
    assert (made.state, made.address.folded) == (EnrolmentState.INVITED, "gil@example.org")
    assert f"/learn/invitations/{made.pk}/" in letter("gil@example.org")
    with pytest.raises(WrongState, match="No seat is free"):
        actions.invite(offering, "ida@example.org", "Ida", by=room.lead)


def test_nobody_who_is_on_the_way(room):
    with pytest.raises(WrongState, match="enrolled in this already"):
        actions.invite(opened(room), room.learner.email, "Lea", by=room.lead)
    offering = opened(room)
    actions.invite(offering, "gil@example.org", "Gil", by=room.lead)
    with pytest.raises(WrongState, match="Gil is invited to this already"):
        actions.invite(offering, "gil@example.org", "Gil", by=room.lead)


@pytest.mark.parametrize(("address", "name"), [("gil", "Gil"), ("gil@example.org", ""), ("gil@example.org", "a\nb")])
def test_an_address_and_a_name_are_needed(room, address, name):
    with pytest.raises(Invalid):
        actions.invite(opened(room), address, name, by=room.lead)


def test_it_is_for_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.invite(opened(room), "gil@example.org", "Gil", by=factories.user())
