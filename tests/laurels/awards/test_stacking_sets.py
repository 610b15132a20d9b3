"""Everybody who meets a rule, by one statement: the same people as the pure function finds one by one."""

import datetime
import itertools
import uuid
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laurels import clock
from laurels.awards import stacking_facts, stacking_sets
from laurels.awards.models import Award
from laurels.awards.stacking import PART_LOST, Stack, may_have, outcome
from laurels.badges.models import Badge, BadgeState, StatusList
from laurels.catalogue.models import MicroCredential, Version, VersionState
from laurels.catalogue.stackrule import read
from laurels.people.models import Address, Unit
from tests import factories
from tests.laurels.awards.day import NOW, TODAY

pytestmark = pytest.mark.django_db

LEVELS = ("foundational", "proficient", "mastery")
SLUGS, STACKS = ("alpha", "beta", "gamma", "delta"), ("sum", "whole")
SKILLS = ("Plan", "Cook safely")
TARGET = "https://skills.example/plan"
_number = itertools.count(1)

leaves = st.one_of(
    st.builds(lambda of: {"award": of}, st.sampled_from([*SLUGS, "nowhere"])),
    st.builds(lambda of: {"stack": of}, st.sampled_from(STACKS)),
    st.builds(
        lambda n, source: {"blocks": {"n": n, "from": source}},
        st.integers(1, 6),
        st.sampled_from(
            [
                {"units": ["one"]},
                {"units": ["one", "two"]},
                {"tags": ["food"]},
                {"list": ["alpha", "beta", "sum"]},
                {"competencies": ["plan", "COOK  safely."]},
            ]
        ),
    ),
    st.builds(
        lambda target, level: {"level": {**target, "at_least": level}},
        st.sampled_from([{"competency": "Plan."}, {"competency": "cook safely"}, {"framework": TARGET}]),
        st.sampled_from([*LEVELS, "unknown"]),
    ),
)


def _nodes(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(inner, min_size=1, max_size=3, unique_by=str)
    return st.one_of(
        st.builds(lambda parts: {"all": parts}, some),
        st.builds(lambda parts: {"any": parts}, some),
        st.builds(lambda parts, n: {"at_least": {"n": min(n, len(parts)), "of": parts}}, some, st.integers(1, 3)),
        st.builds(lambda part, months: {"within": {"months": months, "rule": part}}, inner, st.integers(1, 14)),
    )


rules = st.recursive(leaves, _nodes, max_leaves=8).map(lambda body: read({"version": 1, "rule": body}))
# The ends of months are where calendars differ.
dates = st.one_of(
    st.dates(datetime.date(2025, 1, 1), TODAY),
    st.sampled_from([datetime.date(2026, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (3, 1), (8, 31))]),
)
awards = st.tuples(
    st.integers(0, 4),  # the address
    st.integers(0, 6),  # the version
    dates,
    st.tuples(*[st.sampled_from([*LEVELS, "Proficient", ""]) for _ in SKILLS]),
    st.sampled_from(["valid", "valid", "valid", "ends later", "has ended", "revoked"]),
)


def _version(unit: Unit, slug: str, blocks: int, kind: str, of: MicroCredential | None = None) -> Version:
    skills = SKILLS[:1] if slug == "beta" else SKILLS
    links = [{"url": TARGET, "name": "Plan", "framework": "", "code": ""}]
    competencies = [
        {"key": str(uuid.uuid4()), "statement": one, "level": LEVELS[0], "links": links if one == "Plan" else []}
        for one in skills
    ]
    return Version.objects.create(
        micro_credential=of or MicroCredential.objects.create(unit=unit, slug=slug, created_at=NOW),
        kind=kind,
        state=VersionState.PUBLISHED if of is None else VersionState.SUPERSEDED,
        number="1.0.0" if of is None else "0.9.0",
        title=slug,
        tags=["food"] if slug in ("alpha", "gamma") else ["plants"],
        contact_minutes=720 * blocks,
        frozen={"competencies": competencies},
        content_hash=f"{next(_number):064}",
    )


@pytest.fixture
def versions() -> list[Version]:
    """Four micro-credentials of two units, an earlier version of one of them, and two stacks."""
    one, two = factories.unit(slug="one"), factories.unit(slug="two")
    made = [
        _version(unit, slug, blocks, "micro-credential")
        for unit, slug, blocks in zip((one, one, two, two), SLUGS, (1, 2, 3, 1), strict=True)
    ]
    earlier = _version(one, "alpha", 2, "micro-credential", made[0].micro_credential)
    return [*made, earlier, *(_version(two, slug, 0, "stack") for slug in STACKS)]


@pytest.fixture
def learners() -> list[Address]:
    """Five addresses, two of them of one person."""
    person = factories.user()
    made = Address.objects.bulk_create(
        Address(folded=f"l{place}@example.org", as_given=f"l{place}@example.org", person=person if place < 2 else None)
        for place in range(5)
    )
    return list(made)


def _held(versions: list[Version], learners: list[Address], given: list[Any], states: StatusList) -> None:
    ends = {"ends later": NOW + datetime.timedelta(days=3), "has ended": NOW - datetime.timedelta(seconds=1)}
    for cycle, (learner, version, day, words, state) in enumerate(given, start=1):
        of = versions[version]
        keys = [one["key"] for one in (of.frozen or {})["competencies"]]
        badge = Badge.objects.create(
            id=f"{next(_number):032x}",
            unit=states.unit,
            status_list=states,
            status_index=next(_number),
            created_at=NOW,
            state=BadgeState.REVOKED if state == "revoked" else BadgeState.LIVE,
            reason=("misconduct" if cycle % 2 else PART_LOST) if state == "revoked" else "",
        )
        Award.objects.create(
            version=of,
            address=learners[learner],
            cycle=cycle,
            holder="L",
            completed_on=day,
            granted_at=NOW,
            valid_until=ends.get(state),
            live=state != "revoked",
            salt="",
            badge=badge,
            basis={"levels": dict(zip(keys, words, strict=False))},
        )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(rule=rules, held=st.lists(awards, max_size=14))
def test_one_statement_finds_whom_the_pure_function_finds(
    versions: list[Version], learners: list[Address], rule: Any, held: list[Any]
) -> None:
    with clock.pinned(NOW), transaction.atomic():
        states, _ = StatusList.objects.get_or_create(unit=versions[0].micro_credential.unit, number=77)
        _held(versions, learners, held, states)
        scale = stacking_facts.terms()
        people = stacking_facts.people(learners, scale)
        for stack in (None, versions[5]):
            looked_at = Stack(stack or versions[6], rule)
            wanted = {
                one.addresses
                for one in people
                if outcome(looked_at, one, scale).met and (stack is None or may_have(looked_at, one))
            }
            found = stacking_sets.who_meets(rule, stack)
            told = {one.addresses for one in people if one.addresses & {address.pk for address in found}}
            assert told == wanted
        transaction.set_rollback(True)


def test_the_addresses_of_one_person_stand_together(learners: list[Address]) -> None:
    sizes = [len(one) for one in stacking_sets.people(learners)]
    assert sizes == [2, 1, 1, 1]


def test_a_month_before_the_end_of_a_month_is_the_same_in_the_database(
    versions: list[Version], learners: list[Address]
) -> None:
    rule = read(
        {"version": 1, "rule": {"within": {"months": 1, "rule": {"all": [{"award": "alpha"}, {"award": "beta"}]}}}}
    )
    states = StatusList.objects.create(unit=versions[0].micro_credential.unit, number=77)
    word = ("mastery", "mastery")
    apart = [(2, datetime.date(2026, 2, 28)), (3, datetime.date(2026, 3, 1))]
    for learner, day in apart:
        _held(
            versions,
            learners,
            [(learner, 0, day, word, "valid"), (learner, 1, datetime.date(2026, 3, 31), word, "valid")],
            states,
        )
    assert [one.pk for one in stacking_sets.who_meets(rule)] == [learners[3].pk]
