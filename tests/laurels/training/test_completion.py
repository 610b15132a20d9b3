"""What is missing says exactly what keeps an award from being granted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.catalogue.requirement import Asked, Requirement
from laurels.training.completion import Standings, missing
from laurels.training.ledger import Totals

SCALE = ("foundational", "proficient", "mastery")
ASKED = Requirement(
    minutes=720,
    informal_most=240,
    levels=SCALE,
    competencies=(Asked("a", "Cook a soup", "proficient"), Asked("b", "Plan a week", "foundational")),
    evidence_required=True,
)
BOTH = Standings({"a": "proficient", "b": "mastery"})


def words(confirmed=720, informal=0, waiting=0, standings=BOTH, evidence=("one",), waits_for=()):
    totals = Totals({"contact": confirmed}, informal, waiting)
    return [one.words for one in missing(ASKED, totals, standings, evidence, waits_for)]


def test_nothing_is_missing():
    assert words() == []


def test_hours_say_what_waits_and_for_whom_and_what_is_not_recorded():
    assert words(570, waiting=120, waits_for=["Ina", "Otto"]) == [
        "Not yet: 9 h 30 min of 12 h are confirmed. 2 h wait for Ina or Otto; 30 min are not recorded."
    ]
    assert words(570, waiting=180) == ["Not yet: 9 h 30 min of 12 h are confirmed. 3 h wait."]


def test_informal_hours_above_the_cap_do_not_count_and_are_not_lost():
    assert words(720, informal=360) == [
        "Not yet: 10 h of 12 h are confirmed. 2 h are not recorded. "
        "6 h informal are confirmed, 4 h of them count here. The rest stays in the ledger."
    ]


def test_levels_and_evidence():
    found = words(standings=Standings({"a": "foundational"}, handed_in=frozenset({"b"})), evidence=())
    assert found == [
        "Not yet: “Cook a soup” is at foundational; proficient is asked for.",
        "Not yet: “Plan a week” has no level; foundational is asked for. It is handed in, and waits to be assessed.",
        "Not yet: evidence is asked for, and no assessment rests on any.",
    ]


def test_a_second_look_is_waited_for():
    assert words(standings=Standings(BOTH.levels, moderated=frozenset({"b"}))) == [
        "A second assessor looks at “Plan a week”."
    ]


@pytest.mark.parametrize("evidence", [(), ("one",)])
@given(
    st.integers(0, 60).map(lambda quarters: quarters * 15),
    st.integers(0, 40).map(lambda quarters: quarters * 15),
    st.dictionaries(st.sampled_from("ab"), st.sampled_from([*SCALE, ""])),
)
def test_it_agrees_with_what_an_award_is_refused_for(evidence, formal, informal, levels):
    totals = Totals({"contact": formal, "practice": informal}, informal)
    found = missing(ASKED, totals, Standings(levels), evidence, ())
    refused = ASKED.shortfall(totals.confirmed, totals.informal, levels, evidence)
    assert bool(found) == bool(refused)
    assert len(found) == len(refused)
