"""The table of the road, and the one way along it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laurels.errors import WrongState
from laurels.governance import workflow
from laurels.governance.models import Application, State
from laurels.people.permissions import VERBS
from tests.laurels.governance.road import Road, fresh

CLOSED = (State.APPROVED, State.DECLINED, State.WITHDRAWN)

EXPECTED = """
draft               edit             draft
draft               submit           submitted
draft               withdraw         withdrawn
submitted           declare          under review
submitted           remind           submitted
submitted           withdraw         withdrawn
under review        declare          under review
under review        review           under review
under review        remind           under review
under review        request changes  changes requested
under review        approve          approved
under review        decline          declined
under review        withdraw         withdrawn
changes requested   edit             changes requested
changes requested   submit           submitted
changes requested   withdraw         withdrawn
"""


def test_the_table_is_the_road_and_nothing_else():
    lines = [[part.strip() for part in line.split("  ") if part.strip()] for line in EXPECTED.strip().splitlines()]
    assert {(start, verb): to for start, verb, to in lines} == {
        (start.value, verb): step.to.value for (start, verb), step in workflow.TABLE.items()
    }


def test_each_verb_asks_for_one_right_that_exists():
    for verb in workflow.VERBS:
        assert {step.right for (_, name), step in workflow.TABLE.items() if name == verb} == {workflow.right_for(verb)}
        assert workflow.right_for(verb) in VERBS


def test_nothing_can_be_done_after_the_end_of_the_road():
    assert all(not workflow.verbs_from(state) for state in CLOSED)
    assert set(workflow.OPEN) == set(State) - set(CLOSED)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", sorted(workflow.VERBS))
def test_a_verb_without_a_step_is_refused_in_words(state, verb):
    if (state, verb) in workflow.TABLE:
        assert workflow.step(state, verb).to in State
    else:
        with pytest.raises(WrongState, match=r"\. (It|Only|Interest|Changes) .*\.$"):
            workflow.step(state, verb)


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(verbs=st.lists(st.sampled_from(sorted(workflow.VERBS)), max_size=12))
def test_any_walk_follows_the_table(verbs, walker):
    Application.objects.filter(pk=walker.pk).update(state=State.DRAFT)
    walker.state = State.DRAFT
    for verb in verbs:
        before = walker.state
        expected = workflow.TABLE.get((State(before), verb))
        if expected is None:
            with pytest.raises(WrongState):
                workflow.move(walker, verb)
        else:
            workflow.move(walker, verb)
        assert walker.state == (expected.to if expected else before)
        assert fresh(walker).state == walker.state


@pytest.fixture
def walker(db):
    return Road().drafted()


def test_of_two_people_who_hold_the_same_state_one_is_refused(walker):
    slower = fresh(walker)
    workflow.move(walker, "withdraw")
    with pytest.raises(WrongState, match="Somebody was faster"):
        workflow.move(slower, "submit", round=1)
    assert slower.state == State.DRAFT
    assert fresh(walker).state == State.WITHDRAWN
    assert fresh(walker).round == 0


def test_an_earlier_round_of_the_same_state_is_refused(walker):
    workflow.move(walker, "submit", round=1)
    workflow.move(walker, "declare")
    stale = fresh(walker)
    workflow.move(walker, "request changes")
    workflow.move(walker, "submit", round=2)
    workflow.move(walker, "declare")
    assert stale.state == fresh(walker).state == State.UNDER_REVIEW
    with pytest.raises(WrongState, match="Somebody was faster"):
        workflow.move(stale, "approve")
    with pytest.raises(WrongState, match="Somebody was faster"):
        workflow.hold(stale, "approve")


def test_holding_refuses_what_is_not_in_time_and_changes_nothing(walker):
    workflow.hold(walker, "submit")
    assert fresh(walker).state == State.DRAFT
    with pytest.raises(WrongState, match="Only an application under review can be approved"):
        workflow.hold(walker, "approve")
