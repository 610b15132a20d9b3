"""May this unit issue this, that day? And how its authority stands, for pages."""

from datetime import date, timedelta

import pytest

from laurels import clock
from laurels.errors import WrongState
from laurels.governance.authority import in_force, listed, standing_of
from tests import factories
from tests.laurels.governance.road import MORNING, Road

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2027, 5, 1), date(2030, 4, 30)
DAY = timedelta(days=1)


@pytest.fixture
def road():
    with clock.pinned(MORNING):
        road = Road()
        road.decision = road.approved(conditions="A referee.")
        road.draft = road.version()
    return road


@pytest.mark.parametrize("on", [FIRST, date(2029, 1, 1), LAST])
def test_it_holds_on_each_day_of_its_term_the_last_included(road, on):
    leave = in_force(road.unit, road.draft, on)
    assert (leave.decision_number, leave.date) == ("2027-001", FIRST)
    assert (leave.valid_from, leave.valid_until, leave.scope) == (FIRST, LAST, ("nutrition", "cooking"))
    assert (leave.endorsement, leave.endorsement_ob2) == (road.decision.endorsement, road.decision.endorsement_ob2)


def test_after_a_lapse_it_refuses_the_days_after_and_answers_for_those_of_before(road):
    with clock.pinned(MORNING + timedelta(days=1500)):
        assert in_force(road.unit, road.draft, LAST).valid_until == LAST
        with pytest.raises(WrongState) as refused:
            in_force(road.unit, road.draft, LAST + DAY)
    assert refused.value.message == (
        "Food as Medicine Institute's issuing authority ended on 30 April 2030, so it cannot open offerings or make "
        "awards. Its earlier badges stay true."
    )


def test_before_the_term_it_says_when_it_begins(road):
    with pytest.raises(WrongState, match=r"begins on 1 May 2027, so it cannot .* for 30 April 2027\."):
        in_force(road.unit, road.draft, FIRST - DAY)


def test_without_any_it_says_so(road):
    with pytest.raises(WrongState, match="has no issuing authority") as refused:
        in_force(factories.unit(), road.draft, FIRST)
    assert refused.value.mend == "Apply for issuing authority."


def test_outside_the_scope_it_says_what_is_inside(road):
    road.draft.tags = ["Cooking", "acupuncture"]
    with pytest.raises(WrongState) as refused:
        in_force(road.unit, road.draft, FIRST)
    assert (
        refused.value.message == "Food as Medicine Institute may issue in nutrition and cooking. This is acupuncture."
    )
    assert refused.value.mend == "Apply to widen the scope."


def test_the_case_of_a_tag_does_not_matter(road):
    road.draft.tags = [" COOKING"]
    assert in_force(road.unit, road.draft, FIRST)


def test_a_later_authority_takes_over_and_the_earlier_answers_for_what_only_it_covers(road):
    with clock.pinned(MORNING + timedelta(days=400)):
        del road.application
        road.submitted(scope=["herbs"])
        wider = road.authority()
    later = wider.valid_from
    assert in_force(road.unit, road.draft, later).decision_number == "2027-001"
    road.draft.tags = ["herbs"]
    assert in_force(road.unit, road.draft, later).decision_number == wider.decision.number
    with pytest.raises(WrongState):
        in_force(road.unit, road.draft, later - DAY)
    road.draft.tags = ["acupuncture"]
    with pytest.raises(WrongState, match=r"may issue in herbs, nutrition and cooking\. This is acupuncture\."):
        in_force(road.unit, road.draft, later)
    road.draft.tags = ["herbs", "cooking"]
    with pytest.raises(WrongState, match=r"may issue in herbs\. This is cooking\."):
        in_force(road.unit, road.draft, later)


@pytest.mark.parametrize(
    ("on", "state", "words", "left", "may"),
    [
        (FIRST - DAY, "not yet", "begins on 1 May 2027.", None, False),
        (FIRST, "in force", "in force until 30 April 2030.", 1095, True),
        (LAST - 91 * DAY, "in force", "in force until 30 April 2030.", 91, True),
        (LAST - 90 * DAY, "near its end", "in force until 30 April 2030. It ends in 90 days.", 90, True),
        (LAST - DAY, "near its end", "in force until 30 April 2030. It ends in 1 day.", 1, True),
        (LAST, "near its end", "in force until 30 April 2030. It ends today.", 0, True),
        (LAST + DAY, "lapsed", "ended on 30 April 2030.", None, False),
    ],
)
def test_it_stands_so_on_that_day(road, on, state, words, left, may):
    found = standing_of(road.unit, on)
    assert (found.state, found.days_left, found.may_issue) == (state, left, may)
    assert found.words.endswith(words)
    assert (found.decision_number, found.conditions) == ("2027-001", "A referee.")


def test_a_unit_without_any_stands_so():
    found = standing_of(factories.unit("Helfgott"), FIRST)
    assert (found.state, found.words, found.may_issue) == ("none", "Helfgott has no issuing authority.", False)


@pytest.mark.parametrize(
    ("words", "expected"), [([], "nothing"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_stand_in_a_row(words, expected):
    assert listed(words) == expected
