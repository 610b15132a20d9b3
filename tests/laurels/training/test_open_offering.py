"""A unit opens an offering of an approved version, while it may issue."""

import datetime

import pytest

from laurels import clock
from laurels.catalogue import actions as catalogue
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.governance.models import IssuingAuthority
from laurels.training import actions
from laurels.training.models import OfferingState
from tests.laurels.training.plans import given_offering, opened


def test_a_lead_or_an_instructor_opens_it(room):
    for by in (room.lead, room.instructor):
        offering = opened(room, by=by)
        assert offering.state == OfferingState.OPEN
        assert offering.title == room.approved.version.title
        assert offering.opened_by == by


def test_it_may_have_a_title_of_its_own(room):
    assert opened(room, title="Cooking in winter").title == "Cooking in winter"


def test_an_assessor_and_a_stranger_do_not(room):
    for by in (room.assessor, room.learner):
        with pytest.raises(NotAllowed, match=r"This is for the lead or instructor of Department"):
            opened(room, by=by)


def test_without_authority_in_force_it_is_refused_with_the_reason(room):
    IssuingAuthority.objects.update(valid_until=clock.today("UTC") - datetime.timedelta(1))
    words = r"issuing authority ended on 19 November 2026, so it cannot open offerings or make awards\. Its earlier"
    with pytest.raises(WrongState, match=words) as refused:
        opened(room)
    assert refused.value.mend == "Apply for renewal."


def test_a_retired_version_is_offered_no_more(room):
    catalogue.retire_version(room.approved.version, clock.today("UTC"), "Go on until June.", by=room.lead)
    with pytest.raises(WrongState, match=r"^Not offered any more since 20 November 2026\. Badges awarded stay true\.$"):
        opened(room)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ends_on", datetime.date(2020, 1, 1)),
        ("ends_on", datetime.date(2099, 1, 1)),
        ("zone", "Mars/Olympus"),
        ("link", "javascript:alert(1)"),
        ("seats", "golden"),
        ("capacity", 0),
        ("title", "x" * 121),
        ("place", "x" * 201),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(room, field, value):
    with pytest.raises(Invalid) as refused:
        actions.open_offering(room.approved.version, given_offering(**{field: value}), by=room.lead)
    assert list(refused.value.fields) == [field]
