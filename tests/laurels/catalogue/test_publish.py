import dataclasses
import hashlib
import re
from typing import Any

import pytest
import rfc8785

from laurels.catalogue import actions
from laurels.catalogue.definition import Approval
from laurels.catalogue.models import Version, VersionState
from laurels.errors import Invalid, WrongState
from laurels.people.system import system
from tests.laurels.catalogue import drafts

pytestmark = pytest.mark.django_db


def test_it_freezes_the_definition_with_its_pictures() -> None:
    by = drafts.lead()
    version = drafts.published(by)
    assert (version.state, version.number) == (VersionState.PUBLISHED, "1.0.0")
    assert version.micro_credential.slug == "whole-food-cooking-foundations"
    assert version.published_at == drafts.NOW
    assert version.picture_svg.startswith(b"<svg") and version.picture_png.startswith(b"\x89PNG")
    frozen = version.frozen
    assert frozen["pictures"] == {
        "svg": hashlib.sha256(version.picture_svg).hexdigest(),
        "png": hashlib.sha256(version.picture_png).hexdigest(),
    }
    assert [one["key"] for one in frozen["competencies"]] == [str(one.key) for one in version.competencies.all()]
    assert frozen["levels"] == ["foundational", "proficient", "mastery"]
    assert frozen["unit"]["name"] == drafts.unit_of(by).name
    assert version.content_hash == hashlib.sha256(rfc8785.dumps(frozen)).hexdigest()


def test_it_keeps_the_approval_as_plain_values() -> None:
    assert Approval.of(drafts.published(drafts.lead()).approval) == drafts.approval()


def test_it_writes_one_audit_entry() -> None:
    version = drafts.complete(drafts.lead())
    before = len(drafts.trace())
    actions.publish(version, drafts.approval(), by=system())
    assert drafts.trace(before) == ["version published"]


def test_it_draws_a_slug_of_its_own_for_each_title() -> None:
    by = drafts.lead()
    slugs = [drafts.published(by, title).micro_credential.slug for title in ("Tea", "Tea", "Téa!", "茶", "茶")]
    assert slugs == ["tea", "tea-2", "tea-3", "micro-credential", "micro-credential-2"]


@pytest.mark.parametrize(("change", "number"), [("major", "2.0.0"), ("minor", "1.1.0"), ("patch", "1.0.1")])
def test_it_numbers_by_the_change_and_supersedes_the_version_before(change: str, number: str) -> None:
    by = drafts.lead()
    first = drafts.published(by)
    draft = actions.draft_new_version(first.micro_credential, change, by=by)
    second = actions.publish(draft, drafts.approval("2027-015"), by=system())
    first.refresh_from_db()
    assert (second.number, second.state, first.state) == (number, VersionState.PUBLISHED, VersionState.SUPERSEDED)
    assert second.micro_credential.slug == first.micro_credential.slug


def test_it_keeps_the_slug_when_the_title_changes() -> None:
    by = drafts.lead()
    first = drafts.published(by)
    draft = actions.draft_new_version(first.micro_credential, "major", by=by)
    actions.edit_draft(draft, {"title": "Another title"}, by=by)
    second = actions.publish(draft, drafts.approval("2027-015"), by=system())
    assert second.micro_credential.slug == "whole-food-cooking-foundations"


def test_it_leaves_the_bytes_and_words_of_earlier_versions_alone() -> None:
    by = drafts.lead()
    first = drafts.published(by)
    before = Version.objects.filter(pk=first.pk).values("frozen", "content_hash", "picture_svg", "picture_png").get()
    draft = actions.draft_new_version(first.micro_credential, "major", by=by)
    actions.edit_draft(draft, {"summary": "Another", "contact_hours": "40"}, [{**drafts.COMPETENCIES[0]}], by=by)
    actions.publish(draft, drafts.approval("2027-015"), by=system())
    after = Version.objects.filter(pk=first.pk).values("frozen", "content_hash", "picture_svg", "picture_png").get()
    assert before == after


def test_the_leaf_tone_is_the_lowest_level_and_the_blocks_are_whole_ones() -> None:
    by = drafts.lead()
    # 12 hours, proficient and foundational: one pair of open leaves. 30 hours, mastery: two solid ones with berries.
    low = drafts.published(by)
    draft = actions.draft_new_version(low.micro_credential, "major", by=by)
    levels = [{**one, "level": "mastery"} for one in drafts.COMPETENCIES]
    actions.edit_draft(draft, {"contact_hours": "22"}, levels, by=by)
    high = actions.publish(draft, drafts.approval("2027-015"), by=system())
    assert bytes(low.picture_svg).count(b'stroke-width="3.60"') == 2
    assert b"#a67c2d" not in bytes(low.picture_svg)
    assert bytes(high.picture_svg).count(b'stroke-width="3.60"') == 4
    assert bytes(high.picture_svg).count(b"#a67c2d") == 4


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contact_hours", "3.75"),
        ("contact_minutes", 247),
        ("informal_hours_most", "12.25"),
        ("summary", ""),
        ("quality_assurance", ""),
        ("assessment", [{"type": "exam", "weight": 90}]),
        ("short_title", "Whole-food cooking in a h"[:24]),
        ("tags", []),
    ],
)
def test_it_refuses_an_incomplete_definition_in_words(field: str, value: object) -> None:
    version = drafts.complete(drafts.lead(), **{field: value})
    with pytest.raises(Invalid, match="cannot be published yet") as refused:
        actions.publish(version, drafts.approval(), by=system())
    named = re.sub("hours", "minutes", field)
    assert refused.value.fields[named]
    assert Version.objects.get(pk=version.pk).state == VersionState.DRAFT


def test_it_refuses_less_than_a_block_in_plain_words() -> None:
    version = drafts.complete(drafts.lead(), contact_hours="1.5")
    with pytest.raises(Invalid, match="at least 12 h of training; this one has 9 h 30 min"):
        actions.publish(version, drafts.approval(), by=system())


@pytest.mark.parametrize(
    "change", [{"number": " "}, {"body": ""}, {"rubric": 0}, {"endorsement": "x"}, {"endorsement_ob2": ""}]
)
def test_it_refuses_an_approval_that_does_not_hold(change: dict[str, Any]) -> None:
    version = drafts.complete(drafts.lead())
    with pytest.raises(Invalid, match="approval does not hold"):
        actions.publish(version, dataclasses.replace(drafts.approval(), **change), by=system())
    assert Version.objects.get(pk=version.pk).state == VersionState.DRAFT


def test_it_refuses_a_version_that_is_published_already() -> None:
    version = drafts.published(drafts.lead())
    with pytest.raises(WrongState, match="can never be changed"):
        actions.publish(version, drafts.approval("2027-016"), by=system())
    version.refresh_from_db()
    assert version.approval["number"] == "2027-014"
