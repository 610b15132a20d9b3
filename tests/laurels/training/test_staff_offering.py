"""Who teaches and who assesses in an offering."""

import pytest

from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people.models import Role
from laurels.training import actions
from tests import factories
from tests.laurels.training.plans import opened


def staff(offering):
    return {(one.user.name, one.role) for one in offering.staff.select_related("user")}


def test_people_with_the_role_are_named_and_the_list_is_replaced(room):
    offering = opened(room)
    actions.staff_offering(offering, [room.instructor, room.lead], [room.assessor], by=room.lead)
    assert staff(offering) == {
        ("Ina Instructor", "instructor"),
        ("Lena Lead", "instructor"),
        ("Asa Assessor", "assessor"),
    }
    actions.staff_offering(offering, [room.other], [], by=room.lead)
    assert staff(offering) == {("Otto Other", "instructor")}


def test_nobody_without_the_role_in_this_unit(room):
    stranger = factories.user(Role.ASSESSOR, factories.unit(), name="Sam Stranger")
    with pytest.raises(Invalid, match="Sam Stranger is not assessor of") as refused:
        actions.staff_offering(opened(room), [], [stranger], by=room.lead)
    assert list(refused.value.fields) == ["assessors"]
    with pytest.raises(Invalid, match="Asa Assessor is not instructor of"):
        actions.staff_offering(opened(room), [room.assessor], [], by=room.lead)


def test_not_of_a_closed_offering(room):
    offering = actions.cancel_offering(opened(room), "Snow.", by=room.lead)
    with pytest.raises(WrongState):
        actions.staff_offering(offering, [room.instructor], [], by=room.lead)


def test_it_is_for_the_unit(room):
    with pytest.raises(NotAllowed):
        actions.staff_offering(opened(room), [], [], by=room.learner)
