"""The rule language of stacks: read, refused, judged, against a naive evaluator of our own."""

import datetime
import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels.catalogue.stackcheck import Offer, refusals
from laurels.catalogue.stackoutcome import Held, Terms, evaluate, months_before, next_steps
from laurels.catalogue.stackrule import All, Blocks, OneAward, OneStack, Within, plain, read, text, walk
from laurels.errors import Invalid

TERMS = Terms(("foundational", "proficient", "mastery"), largest=2)
DAY = datetime.date(2027, 3, 1)


def rule(body):
    return read({"version": 1, "rule": body})


def held(of, *, key="", unit="food", day=DAY, blocks=1, is_stack=False, tags=(), levels=None, targets=None):
    return Held(key or of, of, unit, day, blocks, is_stack, frozenset(tags), levels or {}, targets or {})


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"version": 2, "rule": {"award": "a"}}, "/version"),
        ({"rule": {"award": "a"}}, "the start"),
        ([], "the start"),
        ({"version": 1, "rule": {"every": []}}, "/rule"),
        ({"version": 1, "rule": {"all": []}}, "/rule/all"),
        ({"version": 1, "rule": {"all": [{"award": "a"}, {"award": "a"}]}}, "/rule/all/1"),
        ({"version": 1, "rule": {"at_least": {"n": 3, "of": [{"award": "a"}, {"award": "b"}]}}}, "/rule/at_least/n"),
        ({"version": 1, "rule": {"at_least": {"n": True, "of": [{"award": "a"}]}}}, "/rule/at_least/n"),
        ({"version": 1, "rule": {"blocks": {"n": 0, "from": {"units": ["food"]}}}}, "/rule/blocks/n"),
        ({"version": 1, "rule": {"blocks": {"n": 1, "from": {"moons": ["food"]}}}}, "/rule/blocks/from"),
        ({"version": 1, "rule": {"blocks": {"n": 1, "from": {"tags": ["a", "a"]}}}}, "/rule/blocks/from/tags"),
        ({"version": 1, "rule": {"level": {"competency": " ", "at_least": "mastery"}}}, "/rule/level/competency"),
        ({"version": 1, "rule": {"within": {"months": 12}}}, "/rule/within"),
        ({"version": 1, "rule": {"award": 7}}, "/rule/award"),
    ],
)
def test_what_is_no_rule_is_refused_and_the_place_is_named(body, where):
    with pytest.raises(Invalid) as refusal:
        read(body)
    assert f"(at {where})" in refusal.value.fields["rule"][0]


def test_a_rule_nested_too_deep_or_too_long_is_refused():
    deep = {"award": "a"}
    for _ in range(7):
        deep = {"all": [deep]}
    with pytest.raises(Invalid, match="deep"):
        rule(deep)
    with pytest.raises(Invalid, match="more than 60"):
        rule({"any": [{"award": f"a{n}"} for n in range(60)]})


def test_an_award_in_any_version_meets_it_and_a_prize_does_not():
    assert evaluate(rule({"award": "a"}), [held("a")], TERMS).met
    assert not evaluate(rule({"award": "a"}), [held("a", is_stack=True)], TERMS).met
    assert evaluate(rule({"stack": "a"}), [held("a", is_stack=True)], TERMS).met


def test_blocks_count_each_micro_credential_once_and_prizes_never():
    three = rule({"blocks": {"n": 3, "from": {"units": ["food"]}}})
    many = [held("a", key=str(n), blocks=1) for n in range(5)] + [held("s", is_stack=True, blocks=9)]
    assert evaluate(three, many, TERMS).have == 1
    assert evaluate(three, [*many, held("a", key="new", blocks=2), held("b")], TERMS).met


def test_an_outer_sum_counts_each_award_once():
    both = rule({"all": [{"stack": "s"}, {"blocks": {"n": 2, "from": {"list": ["a", "b"]}}}]})
    assert evaluate(both, [held("a"), held("b"), held("s", is_stack=True)], TERMS).by == ("s", "a", "b")


def test_a_level_is_reached_at_it_or_above():
    asked = rule({"level": {"competency": "Take a diet history.", "at_least": "proficient"}})
    assert evaluate(asked, [held("a", levels={"take a diet history": 3})], TERMS).met
    assert not evaluate(asked, [held("a", levels={"take a diet history": 1})], TERMS).met
    target = rule({"level": {"framework": "https://esco.example/1", "at_least": "foundational"}})
    assert evaluate(target, [held("a", targets={"https://esco.example/1": 1})], TERMS).met


def test_within_looks_for_one_span_that_is_enough():
    both = {"within": {"months": 12, "rule": {"all": [{"award": "a"}, {"award": "b"}]}}}
    first, late = held("a", day=datetime.date(2025, 1, 1)), held("b", day=datetime.date(2026, 1, 1))
    assert not evaluate(rule(both), [first, late], TERMS).met
    again = held("a", key="again", day=datetime.date(2025, 6, 1))
    assert evaluate(rule(both), [first, late, again], TERMS).by == ("again", "b")


def test_months_before_keeps_to_the_end_of_the_month():
    assert months_before(datetime.date(2027, 3, 31), 1) == datetime.date(2027, 2, 28)
    assert months_before(datetime.date(2028, 2, 29), 12) == datetime.date(2027, 2, 28)
    assert months_before(datetime.date(2027, 1, 15), 1) == datetime.date(2026, 12, 15)
    assert months_before(datetime.date(1, 2, 1), 24) == datetime.date.min


def test_one_step_away_is_what_one_award_would_do():
    three = rule({"blocks": {"n": 3, "from": {"units": ["food"]}}})
    offered = [held("b", blocks=1), held("c", blocks=2), held("d", unit="other", blocks=2)]
    assert [one.of for one in next_steps(three, [held("a")], offered, TERMS)] == ["c"]
    assert next_steps(rule({"award": "a"}), [held("a")], offered, TERMS) == []


OFFER = Offer(
    awards=(
        held("a", levels={"take a diet history": 3}, tags=["nutrition"]),
        held("b", blocks=2, targets={"https://esco.example/1": 3}),
        held("s", is_stack=True),
    ),
    units=frozenset({"food"}),
    stacks={"s": OneAward("a"), "t": All((OneStack("s"), OneStack("u"))), "u": OneStack("t")},
)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"award": "x"}, "No micro-credential “x”"),
        ({"award": "s"}, "is a stack"),
        ({"stack": "a"}, "no stack"),
        ({"stack": "x"}, "No stack “x”"),
        ({"blocks": {"n": 4, "from": {"units": ["food"]}}}, "there are 3"),
        ({"blocks": {"n": 1, "from": {"units": ["fish"]}}}, "no unit “fish”"),
        ({"blocks": {"n": 1, "from": {"list": ["s"]}}}, "No micro-credential “s”"),
        ({"blocks": {"n": 1, "from": {"competencies": ["fly"]}}}, "competency “fly”"),
        ({"blocks": {"n": 1, "from": {"tags": ["fish"]}}}, "Nobody can meet it"),
        ({"level": {"competency": "fly", "at_least": "mastery"}}, "competency “fly”"),
        ({"level": {"competency": "take a diet history", "at_least": "godlike"}}, "not a level"),
        ({"level": {"framework": "https://esco.example/2", "at_least": "mastery"}}, "aligned"),
        ({"all": [{"award": "a"}, {"stack": "s"}]}, None),
        ({"within": {"months": 1, "rule": {"all": [{"award": "a"}, {"award": "b"}]}}}, None),
    ],
)
def test_what_cannot_be_met_is_refused_with_the_reason(body, words):
    found = refusals(rule(body), OFFER, TERMS)
    assert (words in " ".join(found)) if words else found == []


def test_a_circle_is_refused_and_shown():
    assert refusals(rule({"stack": "s"}), OFFER, TERMS, own="s") == [
        "It goes in a circle: s needs s. Nobody could ever earn it."
    ]
    assert "t needs u needs t" in refusals(rule({"stack": "t"}), OFFER, TERMS, own="new")[-1]


SLUGS = st.sampled_from(["a", "b", "c", "s"])
leaves = st.one_of(
    SLUGS.map(lambda slug: {"award": slug}),
    SLUGS.map(lambda slug: {"stack": slug}),
    st.builds(
        lambda n, source: {"blocks": {"n": n, "from": source}},
        st.integers(1, 5),
        st.sampled_from([{"units": ["food"]}, {"tags": ["t1"]}, {"list": ["a", "b"]}, {"competencies": ["do it"]}]),
    ),
    st.builds(lambda level: {"level": {"competency": "Do it.", "at_least": level}}, st.sampled_from(TERMS.levels)),
)


def _nodes(children):
    some = st.lists(children, min_size=1, max_size=3, unique_by=lambda one: json.dumps(one, sort_keys=True))
    return st.one_of(
        some.map(lambda parts: {"all": parts}),
        some.map(lambda parts: {"any": parts}),
        st.tuples(some, st.integers(1, 3)).map(
            lambda pair: {"at_least": {"n": min(pair[1], len(pair[0])), "of": pair[0]}}
        ),
        st.tuples(children, st.integers(1, 18)).map(lambda pair: {"within": {"months": pair[1], "rule": pair[0]}}),
    )


bodies = st.recursive(leaves, _nodes, max_leaves=6)
facts = st.lists(
    st.builds(
        lambda of, unit, months, blocks, tags, level: held(
            of,
            unit=unit,
            day=datetime.date(2025 + months // 12, months % 12 + 1, 5),
            blocks=blocks,
            is_stack=of == "s",
            tags=tags,
            levels={"do it": level} if level else {},
        ),
        SLUGS,
        st.sampled_from(["food", "other"]),
        st.integers(0, 30),
        st.integers(0, 3),
        st.lists(st.sampled_from(["t1", "t2"]), max_size=2),
        st.integers(0, 3),
    ),
    max_size=6,
).map(lambda some: [Held(str(n), *_fields(one)) for n, one in enumerate(some)])


def _fields(one):
    return (one.of, one.unit, one.completed_on, one.blocks, one.is_stack, one.tags, one.levels, one.targets)


def naive(body, awards):
    """By trying every window, and reading the rule's JSON as it stands."""
    ((kind, inner),) = body.items()
    if kind in ("all", "any"):
        return (all if kind == "all" else any)(naive(part, awards) for part in inner)
    if kind == "at_least":
        return [naive(part, awards) for part in inner["of"]].count(True) >= inner["n"]
    if kind == "award":
        return any(one.of == inner and not one.is_stack for one in awards)
    if kind == "stack":
        return any(one.of == inner and one.is_stack for one in awards)
    if kind == "level":
        asked = TERMS.levels.index(inner["at_least"]) + 1
        return any(one.levels.get("do it", 0) >= asked for one in awards)
    if kind == "blocks":
        return naive_blocks(inner["from"], awards) >= inner["n"]
    windows = (
        [
            one
            for one in awards
            if months_before(last.completed_on, inner["months"]) < one.completed_on <= last.completed_on
        ]
        for last in awards
    )
    return any(naive(inner["rule"], window) for window in windows)


def naive_blocks(source, awards):
    ((kind, names),) = source.items()
    fits = {
        "units": lambda one: one.unit in names,
        "tags": lambda one: set(names) & one.tags,
        "list": lambda one: one.of in names,
        "competencies": lambda one: "do it" in one.levels,
    }[kind]
    counted = [one for one in awards if not one.is_stack and fits(one)]
    return sum(max(one.blocks for one in counted if one.of == of) for of in {one.of for one in counted})


@settings(max_examples=400)
@given(bodies, facts)
def test_it_agrees_with_a_naive_evaluator(body, awards):
    try:
        asked = rule(body)
    except Invalid:
        return
    outcome = evaluate(asked, awards, TERMS)
    assert outcome.met == naive(body, awards)
    assert outcome.met == (outcome.steps == 0)
    if outcome.met:
        # What it names is enough by itself.
        assert evaluate(asked, [one for one in awards if one.key in outcome.by], TERMS).met


@given(bodies, facts)
def test_order_does_not_matter_and_more_awards_never_lose_it(body, awards):
    try:
        asked = rule(body)
    except Invalid:
        return
    outcome = evaluate(asked, awards, TERMS)
    assert evaluate(asked, list(reversed(awards)), TERMS) == outcome
    for fewer in itertools.combinations(awards, max(0, len(awards) - 1)):
        assert outcome.met or not evaluate(asked, fewer, TERMS).met


@given(bodies)
def test_what_is_written_is_read_back(body):
    try:
        asked = rule(body)
    except Invalid:
        return
    assert read(plain(asked)) == asked == read(json.loads(text(asked)))
    assert next(walk(asked)) is asked
    assert Within(3, Blocks(1, "tags", ("x",))) != asked
