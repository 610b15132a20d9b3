"""An invitation is accepted, once."""

import re

import pytest

from laurels.errors import NotAllowed, WrongState
from laurels.training import actions
from laurels.training.models import EnrolmentState
from tests import factories
from tests.laurels.training.plans import letter, opened


def invited(room, address="gil@example.org"):
    made = actions.invite(opened(room), address, "Gil Guest", by=room.lead)
    return made, re.search(r"/learn/invitations/[^/\s]+/(\S+)", letter(address))[1]


def test_whoever_has_the_link_reads_that_mail_and_the_address_is_theirs(room):
    made, token = invited(room)
    person = factories.user()
    made = actions.accept_invitation(made, token, by=person)
    assert made.state == EnrolmentState.ENROLLED
    made.address.refresh_from_db()
    assert made.address.person == person
    assert made.address.verified_at is not None
    with pytest.raises(WrongState, match="used or withdrawn already"):
        actions.accept_invitation(made, token, by=person)


def test_who_signs_in_with_the_address_needs_no_link(room):
    person = factories.user()
    made, _ = invited(room, person.email)
    assert actions.accept_invitation(made, by=person).state == EnrolmentState.ENROLLED


def test_nobody_else_without_the_link_or_with_another(room):
    made, _ = invited(room)
    _, other = invited(room, "ida@example.org")
    for token in ("", "x", other):
        with pytest.raises(NotAllowed, match="somebody else's"):
            actions.accept_invitation(made, token, by=factories.user())


def test_an_address_of_somebody_else_stays_theirs(room):
    made, token = invited(room)
    first = factories.user()
    made.address.person = first
    made.address.save()
    with pytest.raises(WrongState, match="somebody else's account"):
        actions.accept_invitation(made, token, by=factories.user())
    made.refresh_from_db()
    assert made.state == EnrolmentState.INVITED


def test_not_after_it_was_withdrawn(room):
    made, token = invited(room)
    actions.withdraw(made, by=room.lead)
    with pytest.raises(WrongState):
        actions.accept_invitation(made, token, by=factories.user())
