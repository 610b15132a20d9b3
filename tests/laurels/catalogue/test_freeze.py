import datetime
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from laurels.catalogue import definition
from laurels.catalogue.definition import differences, freeze, next_number
from tests.laurels.catalogue import drafts

VALUES = st.none() | st.booleans() | st.integers(0, 10**6) | st.text() | st.lists(st.text(), max_size=3)
COMPETENCY = st.fixed_dictionaries(dict.fromkeys(definition.COMPETENCY_LABELS, VALUES))
FROZEN = st.fixed_dictionaries(
    dict.fromkeys((*definition.LABELS, *definition.POLICY_LABELS), VALUES)
    | {"competencies": st.lists(COMPETENCY, max_size=4)}
)


@pytest.mark.django_db
def test_a_frozen_definition_is_plain_and_holds_every_field() -> None:
    version = drafts.complete(drafts.lead(), next_review="2029-01-31")
    frozen = freeze(version)
    assert frozen["next_review"] == "2029-01-31"
    assert set(definition.LABELS) <= set(frozen)
    rfc8785.dumps(frozen)  # type: ignore[arg-type]
    stored = {field.name for field in version._meta.concrete_fields}
    state = {"id", "state", "base", "change", "published_at", "approval", "frozen", "content_hash", "retired_on"}
    state |= {"picture_svg", "picture_png", "teach_out", "counts_to"}
    state |= {"kind", *definition.STACK_LABELS}  # a stack's alone: see test_publish.py
    assert stored - state <= set(frozen), "A field of the definition is not frozen."


@pytest.mark.django_db
def test_freezing_twice_gives_the_same() -> None:
    version = drafts.complete(drafts.lead())
    assert freeze(version) == freeze(type(version).objects.get(pk=version.pk))


@given(FROZEN)
def test_nothing_differs_from_itself(frozen: dict[str, Any]) -> None:
    assert differences(frozen, frozen) == []


@given(FROZEN, FROZEN)
def test_differences_are_the_same_both_ways(one: dict[str, Any], other: dict[str, Any]) -> None:
    there, back = differences(one, other), differences(other, one)
    assert [(d.field, d.before, d.after) for d in there] == [(d.field, d.after, d.before) for d in back]


@given(FROZEN, st.sampled_from(sorted(definition.LABELS)), st.text(min_size=1))
def test_a_changed_field_is_named(frozen: dict[str, Any], name: str, text: str) -> None:
    changed = {**frozen, name: text}
    expected = [] if frozen[name] == text else [name]
    assert [one.field for one in differences(frozen, changed)] == expected


def test_differences_read_like_sentences() -> None:
    before = {"practice_minutes": 450, "validity_months": None, "evidence_required": False, "competencies": []}
    after = {
        "practice_minutes": 720,
        "validity_months": 24,
        "evidence_required": True,
        "assessment": [{"type": "practical", "weight": 60}, {"type": "exam", "weight": 40}],
        "competencies": [{"statement": "Cook", "key": "x"}],
    }
    assert [(one.label, one.before, one.after) for one in differences(before, after)] == [
        ("practice hours", "7 h 30 min", "12 h"),
        ("assessment", "", "practical 60 %; exam 40 %"),
        ("evidence required for each award", "no", "yes"),
        ("validity", "", "24 months"),
        ("competency 1: statement", "", "Cook"),
    ]


@pytest.mark.django_db
def test_everything_is_new_in_a_first_version() -> None:
    found = differences(None, freeze(drafts.complete(drafts.lead())))
    assert {"title", "summary", "competencies.1.statement"} <= {one.field for one in found}
    assert all(one.before == "" for one in found)
    assert not [one for one in found if one.after == ""]


@pytest.mark.parametrize(
    ("published", "change", "number"),
    [
        ([], "patch", "1.0.0"),
        (["1.0.0"], "major", "2.0.0"),
        (["1.0.0", "1.9.0", "1.10.0"], "minor", "1.11.0"),
        (["2.0.0", "1.3.4"], "patch", "2.0.1"),
        (["10.0.0", "9.9.9"], "minor", "10.1.0"),
    ],
)
def test_numbers_grow_from_the_newest(published: list[str], change: str, number: str) -> None:
    assert next_number(published, change) == number


def test_an_approval_survives_storage() -> None:
    approval = drafts.approval(on=datetime.date(2027, 1, 31))
    assert definition.Approval.of(approval.plain()) == approval
    assert approval.faults() == []
