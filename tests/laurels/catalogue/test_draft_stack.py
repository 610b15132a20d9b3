"""Drafting a stack: a definition that is earned by other awards, refused when its rule cannot be one."""

import pytest

from laurels.catalogue import actions, definition, hours
from laurels.catalogue.completeness import missing
from laurels.catalogue.models import PartsPolicy, Version, VersionKind
from laurels.errors import Invalid, NotAllowed
from laurels.people.system import system
from tests import factories
from tests.laurels.catalogue import drafts, stacked
from tests.laurels.catalogue.stacked import all_of, rule

pytestmark = pytest.mark.django_db


def lacks(version: Version) -> set[str]:
    return {one.field for one in missing(version, list(version.competencies.all())) if one.mandatory}


def test_it_begins_a_stack_and_leaves_its_trace() -> None:
    version = actions.draft_stack(drafts.unit_of(by := drafts.lead()), "Food Educator", by=by)
    assert (version.kind, version.rule, version.parts_policy) == (VersionKind.STACK, None, PartsPolicy.FLAG)
    assert drafts.trace()[-1] == "stack drafted"


def test_only_a_lead_drafts_one() -> None:
    with pytest.raises(NotAllowed):
        actions.draft_stack(factories.unit(), "Food Educator", by=factories.user())


def test_it_asks_for_a_rule_and_for_no_hours_no_assessment_and_no_evidence() -> None:
    version = actions.draft_stack(drafts.unit_of(by := drafts.lead()), "Food Educator", by=by)
    found = lacks(version)
    assert "rule" in found
    assert not found & {"contact_minutes", "assessment", "evidence", "way"}
    stacked.parts(by, "Cooking")
    done = actions.edit_draft(version, {**stacked.FIELDS, "rule": all_of("cooking")}, stacked.SHOWS, by=by)
    assert lacks(done) == set()


def test_hours_of_its_own_are_refused() -> None:
    by = drafts.lead()
    stacked.parts(by, "Cooking")
    version = stacked.complete(by, all_of("cooking"), contact_hours="12")
    assert "contact_minutes" in lacks(version)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"award": "nothing"}, "No micro-credential “nothing” is published"),
        ({"all": []}, "Name at least one part here. (at /rule/all)"),
        ({"blocks": {"n": 90, "from": {"list": ["cooking"]}}}, "90 blocks are asked for from cooking; there are 1."),
        ({"stack": "cooking"}, "“cooking” is a micro-credential and no stack"),
        ({"level": {"competency": "Fly", "at_least": "mastery"}}, "No micro-credential has the competency “Fly”."),
    ],
)
def test_a_rule_that_cannot_be_one_is_refused_when_it_is_saved(given: dict[str, object], words: str) -> None:
    by = drafts.lead()
    stacked.parts(by, "Cooking")
    with pytest.raises(Invalid) as refusal:
        stacked.complete(by, rule(given))
    assert words in " ".join(refusal.value.fields["rule"])
    assert Version.objects.get(kind=VersionKind.STACK).rule is None


def test_a_circle_through_another_stack_is_refused() -> None:
    by = drafts.lead()
    stacked.parts(by, "Cooking")
    first = stacked.published(by, all_of("cooking"), "Inner")
    stacked.published(by, rule({"all": [{"stack": "inner"}, {"award": "cooking"}]}), "Outer")
    again = actions.draft_new_version(first.micro_credential, "minor", by=by)
    with pytest.raises(Invalid) as refusal:
        actions.edit_draft(again, {"rule": rule({"stack": "outer"})}, by=by)
    assert "inner needs outer needs inner" in refusal.value.fields["rule"][0]


def test_a_micro_credential_has_no_rule() -> None:
    by = drafts.lead()
    with pytest.raises(Invalid, match="cannot be stored"):
        actions.edit_draft(drafts.draft(by), {"rule": all_of("cooking")}, by=by)


def test_it_is_published_with_its_rule_in_words_and_in_its_hash() -> None:
    by = drafts.lead()
    stacked.parts(by, "Cooking", "Baking")
    version = stacked.published(by, all_of("cooking", "baking"), parts_policy="revoke", validity_months="24")
    assert version.frozen is not None
    assert version.frozen["rule"] == all_of("cooking", "baking")
    assert version.frozen["rule_words"] == "all of: Cooking; Baking"
    assert (version.frozen["parts_policy"], version.frozen["blocks"]) == ("revoke", 2)
    assert [one["title"] for one in version.frozen["parts"]] == ["Cooking", "Baking"]
    other = {**version.frozen, "rule": all_of("cooking")}
    assert {one.field for one in definition.differences(version.frozen, other)} == {"rule"}


def test_a_rule_that_nobody_can_meet_any_more_is_not_published() -> None:
    by = drafts.lead()
    (part,) = stacked.parts(by, "Cooking")
    version = stacked.complete(by, all_of("cooking"))
    actions.retire_version(part, drafts.NOW.date(), "No teacher.", by=by)
    with pytest.raises(Invalid, match="No micro-credential “cooking” is published"):
        actions.publish(version, drafts.approval(), by=system())


def test_the_next_version_begins_with_the_rule_of_the_one_before() -> None:
    by = drafts.lead()
    stacked.parts(by, "Cooking")
    first = stacked.published(by, all_of("cooking"), parts_policy="keep")
    again = actions.draft_new_version(first.micro_credential, "minor", by=by)
    assert (again.kind, again.rule, again.parts_policy) == (first.kind, first.rule, "keep")


def test_each_version_knows_the_stacks_that_it_counts_to() -> None:
    by = drafts.lead()
    cooking, baking = stacked.parts(by, "Cooking", "Baking")
    stack = stacked.published(by, all_of("cooking"))
    blocks = stacked.published(by, rule({"blocks": {"n": 1, "from": {"tags": ["cooking"]}}}), "Blocks")
    later = drafts.published(by, "Later", tags=["other"])
    for version, expected in (
        (cooking, [stack, blocks]),
        (baking, [blocks]),
        (later, []),
        (stack, []),
    ):
        version.refresh_from_db()
        assert version.counts_to == [one.micro_credential_id for one in expected]
    actions.retire_version(blocks, drafts.NOW.date(), "Enough.", by=by)
    baking.refresh_from_db()
    assert baking.counts_to == []


def test_its_picture_shows_its_parts_and_its_alt_text_names_them() -> None:
    by = drafts.lead()
    stacked.parts(by, "Cooking", "Baking", "Frying")
    version = stacked.published(by, all_of("cooking", "baking", "frying"))
    drawn = bytes(version.picture_svg).decode()
    assert drawn.count('r="8.60"') == 3
    assert "<text" not in drawn
    assert hours.blocks(version.minutes) == 0
