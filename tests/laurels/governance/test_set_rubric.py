"""Setting the rubric."""

from decimal import Decimal

import pytest

from laurels.audit.models import Entry
from laurels.errors import Invalid, NotAllowed
from laurels.governance import actions, rubric
from laurels.governance.models import Rubric
from tests.laurels.governance.road import Road

pytestmark = pytest.mark.django_db


def test_the_next_applications_are_scored_against_it_and_the_old_one_stays():
    road = Road()
    made = actions.set_rubric(rubric.DEFAULT[:4], least_mean=Decimal("1.5"), by=road.registrar)
    assert made.number == 1
    again = actions.set_rubric(rubric.DEFAULT, by=road.registrar)
    assert (again.number, len(Rubric.objects.get(number=1).criteria)) == (2, 4)
    assert road.submitted().rubric == again
    assert Entry.objects.filter(verb="rubric set").count() == 2


def test_it_is_for_the_registrar():
    road = Road()
    with pytest.raises(NotAllowed):
        actions.set_rubric(rubric.DEFAULT, by=road.chair)


def test_it_refuses_what_cannot_be_used():
    road = Road()
    with pytest.raises(Invalid) as refused:
        actions.set_rubric([{"key": "mission"}], by=road.registrar)
    assert len(refused.value.fields["criteria"]) == 3
    assert not Rubric.objects.exists()
