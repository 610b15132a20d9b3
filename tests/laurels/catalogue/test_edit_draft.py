import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.catalogue import actions, definition, reading
from laurels.catalogue.models import Version
from laurels.errors import Invalid, NotAllowed, WrongState
from laurels.people.models import Role
from tests import factories
from tests.laurels.catalogue import drafts

NAMES = [*definition.LABELS, "change", "contact_hours", "informal_hours_most", "nothing of ours"]
COMPETENCY_NAMES = [*definition.COMPETENCY_LABELS, "key", "nothing of ours"]
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | st.sampled_from(["type", "url"]), inner),
    max_leaves=6,
)


@pytest.mark.django_db
def test_it_stores_every_field() -> None:
    version = drafts.complete(drafts.lead(), validity_months="24", next_review="2028-01-31", evidence_required="on")
    assert (version.contact_minutes, version.practice_minutes, version.independent_minutes) == (240, 390, 90)
    assert (version.minutes, version.blocks, version.informal_minutes_most) == (720, 1, 120)
    assert version.validity_months == 24
    assert version.next_review == datetime.date(2028, 1, 31)
    assert version.evidence_required is True
    assert [one.statement for one in version.competencies.all()] == ["Plan a week of meals", "Cook grains safely"]
    assert version.competencies.all()[0].links == [drafts.LINK]


@pytest.mark.django_db
def test_it_stores_an_incomplete_draft_and_leaves_the_rest_alone() -> None:
    by = drafts.lead()
    version = actions.edit_draft(drafts.complete(by), {"summary": "", "contact_minutes": 7}, by=by)
    assert (version.summary, version.contact_minutes, version.practice_minutes) == ("", 7, 390)
    assert version.competencies.count() == 2


@pytest.mark.django_db
def test_it_replaces_all_competencies_and_keeps_their_keys_by_place() -> None:
    by = drafts.lead()
    version = drafts.complete(by)
    key = version.competencies.all()[0].key
    version = actions.edit_draft(version, {}, [{"statement": "Judge a herb"}], by=by)
    (one,) = version.competencies.all()
    assert (one.statement, one.level, one.indicators, one.links, one.key) == ("Judge a herb", "", [], [], key)
    assert actions.edit_draft(version, {}, [], by=by).competencies.count() == 0


@pytest.mark.django_db
def test_it_writes_one_audit_entry() -> None:
    by = drafts.lead()
    version = drafts.draft(by)
    before = len(drafts.trace())
    actions.edit_draft(version, {"summary": "x"}, by=by)
    assert drafts.trace(before) == ["draft edited"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "", "title"),
        ("title", "x" * 121, "120 is the most"),
        ("summary", "x" * 5001, "5000 is the most"),
        ("summary", 7, "not a text"),
        ("summary", "a\x00b", "control characters"),
        ("summary", "a\ud800b", "control characters"),
        ("monogram", "ABCD", "3 is the most"),
        ("language", "English", "code"),
        ("country", "USA", "two letters"),
        ("way", "by post", "Choose one of: on site"),
        ("evidence_visibility", "", "Choose one of"),
        ("contact_minutes", -15, "between"),
        ("contact_minutes", True, "not a number"),
        ("contact_minutes", "12.5", "not a number of minutes"),
        ("contact_hours", "a dozen", "not a number of hours"),
        ("contact_hours", "0.001", "whole number of minutes"),
        ("practice_minutes", 10**30, "between"),
        ("assessment", [{"type": "exam", "weight": "half"}], "whole number"),
        ("assessment", "exam", "weight in percent"),
        ("assessment", [{"type": "exam", "weight": 101}], "0 to 100"),
        ("tags", {"a": 1}, "not a list"),
        ("tags", ["x"] * 41, "40 is the most"),
        ("validity_months", 0, "between 1 and 600"),
        ("validity_months", "ever", "between 1 and 600"),
        ("next_review", "12/03/2027", "year-month-day"),
        ("next_review", "2027-02-30", "There is no day"),
        ("evidence_required", "perhaps", "yes or no"),
        ("state", "published", "no such field"),
        ("content_hash", "0" * 64, "no such field"),
    ],
)
def test_it_refuses_what_cannot_be_stored_and_changes_nothing(name: str, value: object, words: str) -> None:
    by = drafts.lead()
    version = drafts.complete(by)
    with pytest.raises(Invalid) as refused:
        actions.edit_draft(version, {"audience": "Cooks", name: value}, by=by)
    assert words in " ".join(refused.value.fields[name])
    assert Version.objects.get(pk=version.pk).audience == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("competencies", "field"),
    [
        ([{}] * 8, "competencies"),
        ("Plan a week", "competencies"),
        (["Plan a week"], "competencies.0"),
        ([{}, {"statement": "x" * 201}], "competencies.1.statement"),
        ([{"indicators": {"a": "b"}}], "competencies.0.indicators"),
        ([{"links": [{"url": "javascript:alert(1)", "name": "x"}]}], "competencies.0.links"),
        ([{"links": [{"url": "https://skills.example/a b", "name": "x"}]}], "competencies.0.links"),
        ([{"links": [{"url": "https://skills.example/1"}]}], "competencies.0.links"),
        ([{"position": 4}], "competencies.0.position"),
    ],
)
def test_it_says_which_competency_cannot_be_stored(competencies: Any, field: str) -> None:
    by = drafts.lead()
    with pytest.raises(Invalid) as refused:
        actions.edit_draft(drafts.draft(by), {}, competencies, by=by)
    assert list(refused.value.fields) == [field]


@pytest.mark.django_db
def test_it_refuses_a_published_version() -> None:
    by = drafts.lead()
    version = drafts.published(by)
    with pytest.raises(WrongState, match=r"Version 1\.0\.0 was approved"):
        actions.edit_draft(version, {"summary": "Another"}, [{"statement": "Another"}], by=by)
    assert Version.objects.get(pk=version.pk).summary == drafts.FIELDS["summary"]
    assert version.competencies.count() == 2


@pytest.mark.django_db
def test_it_refuses_who_does_not_lead_the_unit() -> None:
    by = drafts.lead()
    version = drafts.draft(by)
    for person in (drafts.lead(), factories.user(Role.REGISTRAR), factories.user(Role.INSTRUCTOR, drafts.unit_of(by))):
        with pytest.raises(NotAllowed):
            actions.edit_draft(version, {"summary": "x"}, by=person)


@given(st.dictionaries(st.sampled_from(NAMES), ANY, max_size=3) | ANY)
def test_reading_fields_never_crashes_and_yields_only_what_can_be_stored(fields: object) -> None:
    values, faults = reading.read_fields(fields)
    for name, value in values.items():
        field = Version._meta.get_field(name)
        field.clean(value, None) if value not in ("", None, []) else None  # type: ignore[union-attr]
        assert "\\u0000" not in json.dumps(value, default=str)
    assert all(words and all(words) for words in faults.values())


@given(st.lists(st.dictionaries(st.sampled_from(COMPETENCY_NAMES), ANY, max_size=3) | ANY, max_size=3) | ANY)
def test_reading_competencies_never_crashes(competencies: object) -> None:
    values, faults = reading.read_competencies(competencies)
    assert faults or all(set(one) == set(definition.COMPETENCY_LABELS) for one in values)
    assert faults or "\\u0000" not in json.dumps(values)
